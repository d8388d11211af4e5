#pragma once

#include "core/media/IsoImage.h"
#include "core/media/MediaInspector.h"

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// The UEFI loaders of an image: EFI/BOOT/BOOT<arch>.EFI in any spelling, of the tree, else of the EFI boot
/// image, else out of packages, and bootnet<arch>.efi of Debian's netboot layout, which comes before the
/// other of its firmware because it finds its files by network. One per firmware.
[[nodiscard]] std::vector<Loader> findUefiLoaders(const IsoImage& image);

/// What the bytes of a loader say. A shim names itself in .sbat, or, before 2021, only in its messages
/// (UTF-16) and in the name of the grub that it starts.
struct ShimMarks {
    bool isShim = false;
    std::string sbat; ///< "shim,4"
};
[[nodiscard]] ShimMarks findShimMarks(std::string_view loaderBytes);

} // namespace rackmuster::media
