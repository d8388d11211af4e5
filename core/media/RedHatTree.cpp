#include "core/media/InstallTree.h"
#include "core/media/TreeText.h"

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

/// The menus start a live system and no installer.
bool isLive(const BootMenus& menus) {
    return menus.text.find("root=live:") != std::string::npos &&
           menus.text.find("stage2=") == std::string::npos;
}

/// Anaconda's own words in a menu: where its second stage is, or its kickstart on the disc.
bool namesAnaconda(const BootMenus& menus) {
    return menus.text.find("stage2=") != std::string::npos ||
           menus.text.find("ks=cdrom") != std::string::npos;
}

/// A medium without a description: the label that its menu gives the installer, what the menu says that it
/// installs, or its own label.
std::optional<Distribution> undescribed(const IsoImage& image, const BootMenus& menus) {
    if (!hasAnaconda(image) && !namesAnaconda(menus))
        return std::nullopt;
    const std::string menuLabel = stage2LabelOf(menus.text);
    Distribution out = parseVolumeLabel(menuLabel.empty() ? image.volumeId() : menuLabel);
    if (out.version.empty()) {
        if (const NameAndVersion product = splitVersion(installedTitleOf(menus.text));
            !product.version.empty()) {
            out.name = product.name;
            out.version = product.version;
        }
    }
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

std::optional<Distribution> distributionOf(const IsoImage& image, const TreeInfo& info,
                                           const BootMenus& menus) {
    const auto discInfo = parseDiscInfo(textOf(image, ".discinfo"));
    if (info.distribution.family == boot::InstallerFamily::RedHat)
        return discInfo ? completedBy(info.distribution, *discInfo) : info.distribution;
    if (info.distribution.family != boot::InstallerFamily::None)
        return std::nullopt; // it describes itself, as something else
    auto product = parseKylinProduct(textOf(image, ".productinfo"));
    if (!product)
        product = parseMediaRepo(textOf(image, "media.repo"));
    if (!discInfo && !product)
        return undescribed(image, menus);
    Distribution out = discInfo.value_or(product.value_or(Distribution()));
    if (product)
        out = completedBy(std::move(out), *product);
    if (out.name.empty()) { // a bare version
        const auto other = undescribed(image, menus);
        out = other ? completedBy(std::move(out), *other) : out;
    }
    return out;
}

} // namespace

std::optional<InstallTree> readRedHatTree(const IsoImage& image, const BootMenus& menus) {
    const TreeInfo info =
        parseTreeInfo(textOf(image, image.contains(".treeinfo") ? ".treeinfo" : "treeinfo"));
    auto distribution = distributionOf(image, info, menus);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = std::move(*distribution);
    if (info.isAddOn && !hasAnaconda(image)) {
        tree.notes.push_back({ErrorCode::AddOnMedium, {}, tree.distribution.title()});
        return tree;
    }
    if (isLive(menus) && !info.boot.isComplete()) {
        const std::string title = tree.distribution.title();
        tree.notes.push_back({ErrorCode::LiveMedium, {}, title.empty() ? image.volumeId() : title});
        return tree;
    }
    chooseKernel(image, info.boot, tree);
    return tree;
}

} // namespace rackmuster::media
