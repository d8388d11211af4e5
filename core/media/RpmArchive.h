#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// A regular file of a package, whole.
struct RpmMember {
    std::string path; ///< as the package writes it: "./boot/efi/EFI/BOOT/BOOTX64.EFI"
    std::string bytes;
};

/// The regular files of an RPM package for which `wants(path)` holds, unpacked in memory by libarchive.
/// Nothing is written anywhere, so no path, link or device of a package can mean anything (R45). Errors:
/// BrokenIso; NotAllowed when a wanted file is larger than `limit` bytes or the package unpacks to more than
/// a gibibyte.
[[nodiscard]] Result<std::vector<RpmMember>> readRpm(const std::vector<boot::FileSlice>& package,
                                                     const std::function<bool(std::string_view path)>& wants,
                                                     std::uint64_t limit = 16U << 20U);

} // namespace rackmuster::media
