#pragma once

#include "core/boot/Catalog.h"

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::boot {

// Text that the loader configurations share.

/// Control characters become blanks, so that text cannot end its line; no blanks at the ends.
[[nodiscard]] std::string oneLine(std::string_view text);

/// What a boot loader's console can show and none of the three takes for syntax; '?' for every other
/// character.
[[nodiscard]] std::string screenText(std::string_view text);

/// What a parked machine shows on a cleared screen of 25 lines, the last of which is left for a prompt.
struct ParkedScreen {
    /// Slot, name and end of the MAC in large letters, as far as they can be drawn; lines of bannerLines().
    std::vector<std::string> picture;
    std::string text; ///< One line with slot, name and MAC, for the lines below.
};
[[nodiscard]] ParkedScreen parkedScreen(const MachineBoot& machine);
/// A line of a picture with `ink` before every run of '#', and `plain` before every run of blanks and at the
/// end.
[[nodiscard]] std::string painted(std::string_view line, std::string_view ink, std::string_view plain);

constexpr std::string_view localDiskText = "Booting the disk of this machine";
/// "Installing <image> on <name>", or "Starting <entry> of <image> on <name>".
[[nodiscard]] std::string installText(const MachineBoot& machine, const ImageFiles& image);

/// "6.10" is 6. A version without a number in front counts as new.
[[nodiscard]] unsigned majorVersion(std::string_view version);

/// "m/aabbccddeeff", the machine's part of the virtual tree.
[[nodiscard]] std::string machineDirectory(MacAddress mac);

/// kernelArguments() with or without BOOTIF, which pxelinux adds itself.
[[nodiscard]] std::string kernelCommandLine(const MachineBoot& machine, const ImageFiles& image,
                                            const ServerIdentity& server, bool withBootif);

} // namespace rackmuster::boot
