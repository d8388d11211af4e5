#pragma once

#include "core/boot/Catalog.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::boot {

/// What an approved machine starts: the installer of its image, or an entry of the image's own menu.
struct Startup {
    std::string kernelPath;               ///< inside the image
    std::vector<std::string> initrdPaths; ///< inside the image, in their order; empty: the kernel alone
    const MenuEntry* entry = nullptr;     ///< Points into the image; null: the installer.

    /// A kernel that is a program of UEFI and no Linux, as the memory tests of newer media are.
    [[nodiscard]] bool isEfiProgram() const;
};

/// The first entry with this title; null when there is none.
[[nodiscard]] const MenuEntry* findEntry(const ImageFiles& image, std::string_view title);

/// What starts `entry`; nothing when one of its files is not in the image.
[[nodiscard]] std::optional<Startup> startupOf(const ImageFiles& image, const MenuEntry& entry);

/// What a loader starts now. Nothing unless the machine is approved, has its ticket, and all that it needs is
/// in the image, which is of the architecture of its firmware.
[[nodiscard]] std::optional<Startup> startupOf(const MachineBoot& machine, const ImageFiles* image);

/// The initrds of a start as one file, with the image's extra initrds behind them: Linux reads archives that
/// follow each other, each from a multiple of four bytes with zeros between (kernel documentation,
/// driver-api/early-userspace/buffer-format). Nothing when there is none, or one of them cannot be read:
/// never a shorter one in its place.
[[nodiscard]] std::optional<BootFile> initrdFile(const ImageFiles& image,
                                                 const std::vector<std::string>& paths);

} // namespace rackmuster::boot
