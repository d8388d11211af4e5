#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/Snapshot.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// An image that was read: what people see of it, and what the servers send out of it.
struct LibraryImage {
    ImageInfo info;
    std::shared_ptr<const boot::ImageFiles> files; ///< Null while the file is gone.
};

/// Opens and inspects an ISO in place. Any thread; touches nothing else. Errors: NoSuchFile, NotAnIso,
/// TruncatedIso, BrokenIso, and what the first note of the inspection says of an image that no machine can
/// start.
[[nodiscard]] Result<LibraryImage> readImage(const QString& path);

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
