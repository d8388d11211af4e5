#include "core/media/BootMenu.h"
#include "core/media/DebianInfo.h"
#include "core/media/InstallTree.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace rackmuster::media {

namespace {

/// Menus of installation media and of netboot images, which keep them in their root.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> menus{{{"isolinux", "txt.cfg"},
                                                                              {"", "txt.cfg"},
                                                                              {"isolinux", "isolinux.cfg"},
                                                                              {"", "isolinux.cfg"},
                                                                              {"boot/grub", "grub.cfg"}}};

std::string_view directoryOf(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view nameOf(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

bool isGraphicalOrLive(const KernelPair& pair) {
    return pair.initrd.find("gtk/") != std::string::npos || pair.kernel.starts_with("live/") ||
           pair.kernel.starts_with("casper/");
}

/// What the menus name first, of what is there: the text installer.
KernelPair fromMenus(const IsoImage& image) {
    for (const auto& [directory, name] : menus) {
        const std::string path = (directory.empty() ? "" : std::string(directory) + "/") + std::string(name);
        for (KernelPair& pair : parseBootMenu(textOf(image, path), directory)) {
            if (!isGraphicalOrLive(pair) && hasBoth(image, pair))
                return std::move(pair);
        }
    }
    return {};
}

/// The installer that fetches everything by network: <name>-installer/<arch>/linux of the netboot layout, or
/// the root of a mini.iso. `arch` may be empty.
KernelPair netbootPair(const IsoImage& image, const std::string& arch) {
    std::set<std::pair<bool, std::string>> found; // (other architecture, directory): the best one first
    for (const auto& [path, slices] : image.files()) {
        const std::string_view directory = directoryOf(path);
        if (nameOf(path) == "linux" && nameOf(directoryOf(directory)).ends_with("-installer") &&
            image.contains(std::string(directory) + "/initrd.gz"))
            found.emplace(nameOf(directory) != (arch.empty() ? "amd64" : arch), directory);
    }
    if (!found.empty())
        return {found.begin()->second + "/linux", found.begin()->second + "/initrd.gz"};
    if (image.contains("linux") && image.contains("initrd.gz"))
        return {"linux", "initrd.gz"};
    return {};
}

/// install.amd, install.a64, ... and plain install: where media keep the installer of their architecture.
KernelPair usualPair(const IsoImage& image) {
    std::set<std::string> found;
    for (const auto& [path, slices] : image.files()) {
        const std::string_view directory = directoryOf(path);
        if (nameOf(path) == "vmlinuz" && directory.starts_with("install") &&
            directory.find('/') == directory.npos && image.contains(std::string(directory) + "/initrd.gz"))
            found.emplace(directory);
    }
    return found.empty() ? KernelPair()
                         : KernelPair{*found.begin() + "/vmlinuz", *found.begin() + "/initrd.gz"};
}

/// The suites that have a Release file: "bookworm". Links to them ("stable") are no files of the image.
std::set<std::string> suitesOf(const IsoImage& image) {
    std::set<std::string> out;
    for (const auto& [path, slices] : image.files()) {
        const std::string_view directory = directoryOf(path);
        if (nameOf(path) == "Release" && directoryOf(directory) == "dists")
            out.emplace(nameOf(directory));
    }
    return out;
}

std::optional<Distribution> distributionOf(const IsoImage& image) {
    for (const char* path : {".disk/info", ".disk/mini-info"}) {
        if (auto info = parseDiskInfo(textOf(image, path)))
            return info;
    }
    Distribution out;
    out.family = boot::InstallerFamily::Debian;
    const KernelPair netboot = netbootPair(image, {});
    const KernelPair inMenu = fromMenus(image);
    if (const std::string_view directory = directoryOf(netboot.kernel); !directory.empty()) {
        out.name = directory.find("ubuntu-installer") == directory.npos ? "Debian GNU/Linux" : "Ubuntu";
        out.arch = std::string(nameOf(directory));
        return out;
    }
    // A mini.iso, or a medium whose description was lost: the menu says what it starts.
    const bool isMini = netboot.isComplete() && (inMenu == netboot || image.contains(".disk/mini-info"));
    const bool isMedium = inMenu.kernel.starts_with("install") && inMenu.initrd.ends_with("initrd.gz");
    return isMini || isMedium ? std::optional(out) : std::nullopt;
}

bool hasCasper(const IsoImage& image) {
    return std::any_of(image.files().begin(), image.files().end(),
                       [](const auto& file) { return file.first.starts_with("casper/"); });
}

void chooseKernel(const IsoImage& image, InstallTree& tree) {
    tree.boot = netbootPair(image, tree.distribution.arch);
    if (tree.boot.isComplete())
        return;
    tree.boot = fromMenus(image);
    if (!tree.boot.isComplete())
        tree.boot = usualPair(image);
    if (tree.boot.isComplete())
        tree.notes.push_back({ErrorCode::LooksForDisc, {}, {}});
    else if (hasCasper(image))
        tree.notes.push_back({ErrorCode::LiveMedium, {}, tree.distribution.title()});
    else
        tree.notes.push_back({ErrorCode::NoKernel, {}, {}});
}

} // namespace

std::optional<InstallTree> readDebianTree(const IsoImage& image) {
    const auto distribution = distributionOf(image);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = *distribution;
    chooseKernel(image, tree);
    const std::set<std::string> suites = suitesOf(image);
    if (!suites.empty() && !suites.contains(tree.distribution.suite))
        tree.distribution.suite = *suites.begin();
    if (suites.empty() && tree.boot.isComplete())
        tree.notes.push_back({ErrorCode::NoPackages, {}, {}});
    return tree;
}

} // namespace rackmuster::media
