#include "core/media/InstallTree.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <string_view>

namespace rackmuster::media {

namespace {

constexpr std::string_view casper = "casper/";

/// Subiquity came with server images that had "installer" layers, and desktops since 23.04 that list what
/// they install. A live system that only looks like one has neither.
bool hasInstallerLayer(const IsoImage& image) {
    return std::any_of(image.files().begin(), image.files().end(), [](const auto& file) {
        const std::string& path = file.first;
        return path == "casper/install-sources.yaml" ||
               (path.starts_with(casper) && path.ends_with(".squashfs") &&
                path.find("installer") != std::string::npos);
    });
}

bool namesServer(const BootMenus& menus, const Distribution& distribution) {
    return lowerCase(distribution.name).find("server") != std::string::npos ||
           std::any_of(menus.entries.begin(), menus.entries.end(), [](const boot::MenuEntry& entry) {
               return entry.kernelPath.starts_with(casper) &&
                      entry.title.find("Ubuntu Server") != std::string::npos;
           });
}

/// The first pair of the menus that is not of the hardware enablement kernel, which is a choice beside it.
KernelPair fromMenus(const BootMenus& menus) {
    for (const boot::MenuEntry& entry : menus.entries) {
        const bool isUsual = entry.kernelPath.starts_with(casper) && !entry.initrdPaths.empty() &&
                             nameOf(entry.kernelPath).starts_with("vmlinuz");
        if (isUsual)
            return pairOf(entry);
    }
    return {};
}

/// casper/vmlinuz and casper/initrd, whatever endings their packing has.
KernelPair fromDirectory(const IsoImage& image) {
    KernelPair out;
    for (const auto& [path, slices] : image.files()) {
        if (directoryOf(path) != "casper")
            continue;
        std::string* const place = nameOf(path).starts_with("vmlinuz")  ? &out.kernel
                                   : nameOf(path).starts_with("initrd") ? &out.initrd
                                                                        : nullptr;
        if (place != nullptr && (place->empty() || path < *place)) // the plain name is the smallest
            *place = path;
    }
    return out.isComplete() ? out : KernelPair();
}

} // namespace

KernelPair findSubiquity(const IsoImage& image, const BootMenus& menus, const Distribution& distribution) {
    if (!hasInstallerLayer(image) && !namesServer(menus, distribution))
        return {};
    KernelPair pair = fromMenus(menus);
    return pair.isComplete() ? pair : fromDirectory(image);
}

} // namespace rackmuster::media
