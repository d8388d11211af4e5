#include "core/media/BootMenu.h"
#include "core/media/InstallTree.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rackmuster::media {

namespace {

/// Where every tree of the family keeps its kernel, should no description name one.
const std::array<KernelPair, 2> usualPlaces{KernelPair{"images/pxeboot/vmlinuz", "images/pxeboot/initrd.img"},
                                            KernelPair{"isolinux/vmlinuz", "isolinux/initrd.img"}};

constexpr std::array<std::string_view, 4> installerImages{"images/install.img", "LiveOS/squashfs.img",
                                                          "images/stage2.img", "images/product.img"};

/// The files of Anaconda, of which every release of the family has some.
bool hasAnaconda(const IsoImage& image) {
    const bool hasInstaller =
        std::any_of(installerImages.begin(), installerImages.end(),
                    [&](std::string_view path) { return image.contains(std::string(path)); });
    return hasBoth(image, usualPlaces[0]) || (hasInstaller && hasBoth(image, usualPlaces[1]));
}

std::optional<Distribution> fromLabel(const IsoImage& image) {
    if (!hasAnaconda(image))
        return std::nullopt;
    const std::string menuLabel = stage2LabelOf(textOf(image, "isolinux/isolinux.cfg"));
    Distribution out = parseVolumeLabel(menuLabel.empty() ? image.volumeId() : menuLabel);
    out.family = boot::InstallerFamily::RedHat;
    return out;
}

void chooseKernel(const IsoImage& image, const KernelPair& named, InstallTree& tree) {
    if (named.isComplete() && hasBoth(image, named)) {
        tree.boot = named;
        return;
    }
    const auto usual = std::find_if(usualPlaces.begin(), usualPlaces.end(),
                                    [&](const KernelPair& pair) { return hasBoth(image, pair); });
    if (usual != usualPlaces.end())
        tree.boot = *usual;
    else if (named.isComplete())
        tree.notes.push_back(
            {ErrorCode::KernelMissing, {}, image.contains(named.kernel) ? named.initrd : named.kernel});
    else
        tree.notes.push_back({ErrorCode::NoKernel, {}, {}});
}

std::optional<Distribution> distributionOf(const IsoImage& image, const TreeInfo& info) {
    const auto discInfo = parseDiscInfo(textOf(image, ".discinfo"));
    if (info.distribution.family == boot::InstallerFamily::RedHat)
        return discInfo ? completedBy(info.distribution, *discInfo) : info.distribution;
    if (!info.distribution.name.empty())
        return std::nullopt; // it describes itself, as something else
    return discInfo ? discInfo : fromLabel(image);
}

} // namespace

std::optional<InstallTree> readRedHatTree(const IsoImage& image) {
    const TreeInfo info =
        parseTreeInfo(textOf(image, image.contains(".treeinfo") ? ".treeinfo" : "treeinfo"));
    auto distribution = distributionOf(image, info);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = std::move(*distribution);
    if (info.isAddOn && !hasAnaconda(image)) {
        tree.notes.push_back({ErrorCode::AddOnMedium, {}, tree.distribution.title()});
        return tree;
    }
    chooseKernel(image, info.boot, tree);
    return tree;
}

} // namespace rackmuster::media
