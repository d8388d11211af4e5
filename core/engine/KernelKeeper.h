#pragma once

#include "core/engine/ImageLibrary.h"
#include "core/engine/Snapshot.h"

#include <QString>

#include <map>
#include <vector>

namespace rackmuster::engine {

/// The image that a kernel of the operator's own becomes: no family, one menu entry of its name, its files
/// served in place. Its id follows from the name. While one of its files is gone it has none, and a problem
/// that says which. Error: NotAllowed for an empty name or one of several lines.
[[nodiscard]] Result<LibraryImage> makeKernelImage(const KernelChoice& choice);

/// The kernels of the operator's own. Engine thread only.
class KernelKeeper {
public:
    /// Remembers what the image was made of.
    void put(const QString& imageId, const KernelChoice& choice);
    void remove(const QString& imageId) { m_kernels.erase(imageId); }
    /// Null when the image is none of them.
    [[nodiscard]] const KernelChoice* find(const QString& imageId) const;
    /// Made again: the images of kernels with a file that came, went or was written to since.
    [[nodiscard]] std::vector<LibraryImage> refresh();

private:
    struct Kernel {
        KernelChoice choice;
        std::string identity; ///< of all its files
    };
    std::map<QString, Kernel> m_kernels; ///< by image id
};

} // namespace rackmuster::engine
