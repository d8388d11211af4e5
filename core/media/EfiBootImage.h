#pragma once

#include "core/media/IsoTree.h"

namespace rackmuster::media {

/// Where the files of the EFI boot image stand in the tree: "[efiboot]/EFI/BOOT/BOOTX64.EFI". No file of an
/// image that somebody made for people has such a name.
inline constexpr std::string_view efiBootDirectory = "[efiboot]/";

/// The files of the FAT volume that the El Torito catalogue names for EFI (El Torito 1.0;
/// UEFI 2.10 13.3.2.1), as extents of the image: a UEFI loader may be nowhere else. Nothing when there is no
/// such volume or when it cannot be read.
[[nodiscard]] std::optional<IsoTree> readEfiBootImage(const std::shared_ptr<const FileDescriptor>& file,
                                                      const IsoVolume& volume, const IsoLimits& limits = {});

} // namespace rackmuster::media
