#pragma once

#include "core/media/BootMenu.h"
#include "core/media/Distribution.h"
#include "core/media/IsoImage.h"
#include "core/media/TreeInfo.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::media {

/// What the description inside an image says: whose tree it is and what starts its installer.
struct InstallTree {
    Distribution distribution;
    KernelPair boot;          ///< what it names or holds; empty when there is nothing that we can start
    std::vector<Error> notes; ///< the reason for an empty `boot` first; inspect() writes the subject
    std::vector<boot::MenuEntry> entries; ///< that no menu of the image has
};

// Each reads the description files of its family, and the menus, and checks that what they name is there.
// Nothing when the image is of another family.
[[nodiscard]] std::optional<InstallTree> readRedHatTree(const IsoImage& image, const BootMenus& menus);
/// Debian, its relatives, and all of Ubuntu: with its own installer (family Ubuntu), with Debian's, or only
/// live.
[[nodiscard]] std::optional<InstallTree> readDebianTree(const IsoImage& image, const BootMenus& menus);
[[nodiscard]] std::optional<InstallTree> readSuseTree(const IsoImage& image, const BootMenus& menus);
/// VMware ESXi: recognised by its boot.cfg, not driven.
[[nodiscard]] std::optional<InstallTree> readEsxiTree(const IsoImage& image, const BootMenus& menus);
/// Memtest86+: a kernel without an initrd, and mostly without a menu.
[[nodiscard]] std::optional<InstallTree> readMemtestTree(const IsoImage& image, const BootMenus& menus);

/// The kernel and initrd of an Ubuntu live system that is an installer (family Ubuntu: subiquity); empty when
/// it is only live, or not of that kind.
[[nodiscard]] KernelPair findSubiquity(const IsoImage& image, const BootMenus& menus,
                                       const Distribution& distribution);

/// A small text file of the image; empty when it is missing, larger than 1 MiB or unreadable: then the other
/// descriptions decide.
[[nodiscard]] std::string textOf(const IsoImage& image, const std::string& path);
/// Both files are in the image.
[[nodiscard]] bool hasBoth(const IsoImage& image, const KernelPair& pair);
/// What the entry starts; its first initrd.
[[nodiscard]] KernelPair pairOf(const boot::MenuEntry& entry);

} // namespace rackmuster::media
