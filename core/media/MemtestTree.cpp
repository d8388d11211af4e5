#include "core/media/InstallTree.h"
#include "core/media/KernelImage.h"
#include "core/media/TreePath.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <vector>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t headBytes = 64U << 10U;
constexpr std::uint64_t maxKernel = 16U << 20U; // bytes; a memory test has far less than one million
constexpr std::size_t maxFiles = 64;            // an image of it alone has a handful

} // namespace

std::optional<InstallTree> readMemtestTree(const IsoImage& image, const BootMenus& /*menus*/) {
    std::vector<std::string> paths;
    for (const auto& [path, slices] : image.files()) {
        if (sizeOfSlices(slices) <= maxKernel)
            paths.push_back(path);
    }
    if (image.files().size() > maxFiles)
        return std::nullopt;
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) {
        const std::string head = image.readStart(path, headBytes).value_or("");
        const auto kernel = parseKernelImage(asBytes(head));
        if (!kernel || !kernel->version.starts_with("Memtest"))
            continue;
        InstallTree tree;
        const NameAndVersion what = splitVersion(kernel->version);
        tree.distribution.name = what.name;
        tree.distribution.version = what.version.starts_with('v') ? what.version.substr(1) : what.version;
        tree.distribution.arch = kernel->is64Bit ? "x86_64" : "i386";
        tree.entries.push_back({kernel->version, path, {}, {}});
        return tree;
    }
    return std::nullopt;
}

} // namespace rackmuster::media
