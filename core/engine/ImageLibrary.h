#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/FileStamp.h"
#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/ExtraInitrds.h"
#include "core/engine/Snapshot.h"
#include "core/media/Medium.h"

#include <QString>

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// An image that was read: what people see of it, and what the servers send out of it.
struct LibraryImage {
    ImageInfo info;
    std::shared_ptr<const boot::ImageFiles> files; ///< Null while the file is gone.
    std::optional<Error> initrdProblem;            ///< An extra initrd of it cannot be read: nothing starts.
    // Filled by openImage():
    std::shared_ptr<const FileDescriptor> file; ///< the open file that all of it is read from
    FileStamp stamp;                            ///< of that file
    std::string ends;                           ///< digest of both its ends

    /// It has an installer, not only a menu.
    [[nodiscard]] bool isInstallable() const { return files != nullptr && !files->kernelPath.empty(); }
};

/// Opens and inspects an ISO in place, in a confined process. Any thread; touches nothing else. Errors: those
/// of ConfinedReader::read, and what the first note of the inspection says of an image that no machine can
/// start.
[[nodiscard]] Result<LibraryImage> readImage(const QString& path, const std::stop_token& stop = {});
/// What the console keeps of an image that was read from `path`. Errors: as above, Truncated, System.
[[nodiscard]] Result<LibraryImage> toLibraryImage(const media::Medium& medium, const QString& path);

enum class FileOwner {
    Somebody, ///< Who may write to it at any time.
    Us,       ///< A copy in the library.
};
/// readImage(), and what is needed to know the file again when it comes back (R44).
[[nodiscard]] Result<LibraryImage> openImage(const QString& path, FileOwner owner = FileOwner::Somebody,
                                             const std::stop_token& stop = {});
/// Where an image lies, and whose that file is.
struct ImagePlace {
    QString path;
    FileOwner owner = FileOwner::Somebody;
};
/// openImage() for several, two at a time; each answer stands where its place does.
[[nodiscard]] std::vector<Result<LibraryImage>> openImages(const std::vector<ImagePlace>& places);

/// The images of this console. Engine thread only.
class ImageLibrary {
public:
    /// Appends the extra initrds that were set for its id.
    void put(LibraryImage image);
    /// Also before the image is there.
    void setExtraInitrds(const QString& id, ExtraInitrds extras);
    /// Looks whether the extra initrds are as they were. True when an image changed by it.
    [[nodiscard]] bool refreshExtraInitrds();
    void remove(const QString& id);
    /// By id, else by name (case does not matter); null when unknown.
    [[nodiscard]] const LibraryImage* find(const QString& idOrName) const;
    /// The only image, or the only one that can be installed; null when that says nothing.
    [[nodiscard]] const LibraryImage* onlyOne() const;
    /// In the order of their names.
    [[nodiscard]] std::vector<ImageInfo> infos() const;
    [[nodiscard]] std::map<std::string, std::shared_ptr<const boot::ImageFiles>> files() const;
    [[nodiscard]] bool isEmpty() const { return m_images.empty(); }

private:
    void append(LibraryImage& image) const;

    std::map<QString, LibraryImage> m_images; ///< by id
    std::map<QString, ExtraInitrds> m_extras; ///< by id
};

} // namespace rackmuster::engine
