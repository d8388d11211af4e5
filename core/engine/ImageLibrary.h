#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
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
};

/// Opens and inspects an ISO in place, in a confined process. Any thread; touches nothing else. Errors: those
/// of ConfinedReader::read, and what the first note of the inspection says of an image that no machine can
/// start.
[[nodiscard]] Result<LibraryImage> readImage(const QString& path, const std::stop_token& stop = {});
/// The same for several, two at a time; each answer stands where its path does.
[[nodiscard]] std::vector<Result<LibraryImage>> readImages(const std::vector<QString>& paths);
/// What the console keeps of an image that was read from `path`. Errors: as above, Truncated, System.
[[nodiscard]] Result<LibraryImage> toLibraryImage(const media::Medium& medium, const QString& path);

/// The images of this console. Engine thread only.
class ImageLibrary {
public:
    void put(LibraryImage image);
    void remove(const QString& id);
    /// By id, else by name (case does not matter); null when unknown.
    [[nodiscard]] const LibraryImage* find(const QString& idOrName) const;
    /// In the order of their names.
    [[nodiscard]] std::vector<ImageInfo> infos() const;
    [[nodiscard]] std::map<std::string, std::shared_ptr<const boot::ImageFiles>> files() const;
    [[nodiscard]] bool isEmpty() const { return m_images.empty(); }

private:
    std::map<QString, LibraryImage> m_images; ///< by id
};

} // namespace rackmuster::engine
