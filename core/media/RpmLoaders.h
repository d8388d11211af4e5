#pragma once

#include "core/media/IsoTree.h"
#include "core/media/MemoryFile.h"

#include <string_view>

namespace rackmuster::media {

/// Where the loaders out of packages stand in the tree: "[rpm]/EFI/BOOT/BOOTX64.EFI".
inline constexpr std::string_view rpmDirectory = "[rpm]/";

/// The UEFI loaders of a RHEL-family tree that keeps them only in its packages, as network trees do: shim out
/// of shim-x64 (or shim-aa64, shim), grub out of grub2-efi-x64 (or grub2-efi-aa64, grub2-efi), laid out as
/// EFI/BOOT/BOOT<arch>.EFI with its grub beside it. Nothing when the tree has no such packages; one that
/// cannot be read becomes a fact in `skipped`.
[[nodiscard]] IsoTree readRpmLoaders(const IsoFiles& files, MemoryFile& kept);

/// pxelinux.0 and its modules out of the tree's own syslinux package, all of one package, under
/// "[rpm]/bios/".
[[nodiscard]] IsoTree readRpmBiosLoader(const IsoFiles& files, MemoryFile& kept);
inline constexpr std::string_view rpmBiosDirectory = "[rpm]/bios/";

} // namespace rackmuster::media
