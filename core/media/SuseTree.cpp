#include "core/media/InstallTree.h"
#include "core/media/SuseContent.h"

#include <set>

namespace rackmuster::media {

namespace {

/// What SUSE keeps of an installer in a tree of its own, and no live system has.
bool hasYast(const IsoImage& image) {
    for (const char* path : {"media.1/media", "media.1/products", "content", "control.xml"}) {
        if (image.contains(path))
            return true;
    }
    return false;
}

/// boot/<arch>/loader/linux, and boot/<arch>/linux where no syslinux stands beside it: the place of the
/// installer since SUSE 10. On a medium for several processors that of `arch`, else of x86_64.
KernelPair usualPair(const IsoImage& image, const std::string& arch) {
    std::set<std::pair<bool, std::string>> found; // (other architecture, directory): the best one first
    for (const auto& [path, slices] : image.files()) {
        const std::string directory(directoryOf(path));
        const bool isLoader = nameOf(directory) == "loader";
        const std::string_view place = isLoader ? directoryOf(directory) : std::string_view(directory);
        if (nameOf(path) == "linux" && directoryOf(place) == "boot" && image.contains(directory + "/initrd"))
            found.emplace(nameOf(place) != (arch.empty() ? "x86_64" : arch), directory);
    }
    if (found.empty())
        return {};
    const std::string& directory = found.begin()->second;
    return {directory + "/linux", directory + "/initrd"};
}

/// "x86_64" of boot/x86_64/loader/linux.
std::string architectureOf(std::string_view kernel) {
    std::string_view directory = directoryOf(kernel);
    if (nameOf(directory) == "loader")
        directory = directoryOf(directory);
    return directoryOf(directory) == "boot" ? std::string(nameOf(directory)) : std::string();
}

/// An unknown medium that is laid out as SUSE's are: its label tells what it is.
std::optional<Distribution> undescribed(const IsoImage& image) {
    if (!hasYast(image) || !usualPair(image, {}).isComplete())
        return std::nullopt;
    Distribution out = parseVolumeLabel(image.volumeId());
    out.family = boot::InstallerFamily::Suse;
    return out;
}

std::optional<Distribution> distributionOf(const IsoImage& image, const TreeInfo& info,
                                           const std::optional<SuseContent>& content) {
    if (info.distribution.family == boot::InstallerFamily::Suse)
        return info.distribution;
    if (content)
        return content->distribution;
    const auto products = parseSuseProducts(textOf(image, "media.1/products"));
    const auto media = parseSuseMedia(textOf(image, "media.1/media"));
    if (products)
        return media ? completedBy(*products, *media) : products;
    return media ? media : undescribed(image);
}

void chooseKernel(const IsoImage& image, const KernelPair& named, InstallTree& tree) {
    tree.boot =
        named.isComplete() && hasBoth(image, named) ? named : usualPair(image, tree.distribution.arch);
    if (tree.boot.isComplete())
        return;
    if (named.kernel.empty())
        tree.notes.push_back({ErrorCode::AddOnMedium, {}, tree.distribution.title()});
    else
        tree.notes.push_back(
            {ErrorCode::KernelMissing, {}, image.contains(named.kernel) ? named.initrd : named.kernel});
}

} // namespace

std::optional<InstallTree> readSuseTree(const IsoImage& image, const BootMenus& /*menus*/) {
    const TreeInfo info = parseTreeInfo(textOf(image, ".treeinfo"));
    const auto content = parseSuseContent(textOf(image, "content"));
    auto distribution = distributionOf(image, info, content);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = std::move(*distribution);
    KernelPair named = info.boot;
    if (!named.isComplete() && content && !content->kernel.empty())
        named = {content->kernel, std::string(directoryOf(content->kernel)) + "/initrd"};
    chooseKernel(image, named, tree);
    if (tree.distribution.arch.empty())
        tree.distribution.arch = architectureOf(tree.boot.kernel);
    return tree;
}

} // namespace rackmuster::media
