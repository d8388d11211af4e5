#include "core/media/DebianInfo.h"
#include "core/media/InstallTree.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace rackmuster::media {

namespace {

bool isGraphicalOrLive(const KernelPair& pair) {
    return pair.initrd.find("gtk/") != std::string::npos || pair.kernel.starts_with("live/") ||
           pair.kernel.starts_with("casper/");
}

/// What the menus name first, of what is there: the text installer.
KernelPair fromMenus(const BootMenus& menus) {
    for (const boot::MenuEntry& entry : menus.entries) {
        if (KernelPair pair = pairOf(entry); pair.isComplete() && !isGraphicalOrLive(pair))
            return pair;
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

/// What a medium that lost its description is called: its menu says so, or its boot parameters.
std::string nameIn(const BootMenus& menus) {
    const bool isUbuntu =
        menus.text.find("Ubuntu") != std::string::npos || menus.text.find("/ubuntu") != std::string::npos;
    return isUbuntu ? "Ubuntu" : "Debian GNU/Linux";
}

/// install.amd, install.386, install.a64 are Debian's names for its architectures.
std::string architectureOf(const KernelPair& pair) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> directories{
        {{"install.amd", "amd64"}, {"install.386", "i386"}, {"install.a64", "arm64"}}};
    const auto* const found =
        std::find_if(directories.begin(), directories.end(),
                     [&pair](const auto& entry) { return directoryOf(pair.kernel) == entry.first; });
    return std::string(found == directories.end() ? std::string_view() : found->second);
}

/// Live images of Debian's relatives keep Debian's name and give their machines their own.
std::string relativeIn(const Distribution& info, const BootMenus& menus) {
    std::string host = argumentOf(menus.text, "hostname");
    if (!info.name.starts_with("Debian") || host.empty() || host == "debian" ||
        host.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos)
        return info.name;
    host.front() = static_cast<char>(host.front() - 'a' + 'A');
    return host;
}

/// Without .disk/info: a netboot tree, a mini.iso, or a medium whose description was lost.
std::optional<Distribution> undescribed(const IsoImage& image, const BootMenus& menus) {
    Distribution out;
    out.family = boot::InstallerFamily::Debian;
    out.name = nameIn(menus);
    const KernelPair netboot = netbootPair(image, {});
    if (const std::string_view directory = directoryOf(netboot.kernel); !directory.empty()) {
        out.name = directory.find("ubuntu-installer") == directory.npos ? "Debian GNU/Linux" : "Ubuntu";
        out.arch = std::string(nameOf(directory));
        return out;
    }
    const KernelPair inMenu = fromMenus(menus);
    const bool isMini = netboot.isComplete() && (inMenu == netboot || image.contains(".disk/mini-info"));
    const bool isMedium = inMenu.kernel.starts_with("install") && inMenu.initrd.ends_with("initrd.gz");
    const bool isLive = findSubiquity(image, menus, out).isComplete();
    out.arch = architectureOf(inMenu);
    return isMini || isMedium || isLive ? std::optional(out) : std::nullopt;
}

std::optional<Distribution> distributionOf(const IsoImage& image, const BootMenus& menus) {
    for (const char* path : {".disk/info", ".disk/mini-info"}) {
        if (auto info = parseDiskInfo(textOf(image, path))) {
            info->name = relativeIn(*info, menus);
            return info;
        }
    }
    return undescribed(image, menus);
}

bool isLive(const IsoImage& image) {
    return std::any_of(image.files().begin(), image.files().end(), [](const auto& file) {
        return file.first.starts_with("casper/") || file.first.starts_with("live/");
    });
}

void chooseKernel(const IsoImage& image, const BootMenus& menus, InstallTree& tree) {
    tree.boot = netbootPair(image, tree.distribution.arch);
    if (tree.boot.isComplete())
        return;
    tree.boot = fromMenus(menus);
    if (!tree.boot.isComplete())
        tree.boot = usualPair(image);
    if (tree.boot.isComplete()) {
        tree.notes.push_back({ErrorCode::LooksForDisc, {}, {}});
        return;
    }
    tree.boot = findSubiquity(image, menus, tree.distribution);
    if (tree.boot.isComplete())
        tree.distribution.family = boot::InstallerFamily::Ubuntu;
    else if (isLive(image))
        tree.notes.push_back({ErrorCode::LiveMedium, {}, tree.distribution.title()});
    else
        tree.notes.push_back({ErrorCode::NoKernel, {}, {}});
}

} // namespace

std::optional<InstallTree> readDebianTree(const IsoImage& image, const BootMenus& menus) {
    const auto distribution = distributionOf(image, menus);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = *distribution;
    chooseKernel(image, menus, tree);
    const std::set<std::string> suites = suitesOf(image);
    if (!suites.empty() && !suites.contains(tree.distribution.suite))
        tree.distribution.suite = *suites.begin();
    // Ubuntu's installer brings its system as an image of its own.
    const bool needsArchive = tree.distribution.family == boot::InstallerFamily::Debian;
    if (suites.empty() && tree.boot.isComplete() && needsArchive)
        tree.notes.push_back({ErrorCode::NoPackages, {}, {}});
    return tree;
}

} // namespace rackmuster::media
