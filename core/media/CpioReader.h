#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// A regular file of an archive, whole.
struct CpioMember {
    std::string path; ///< as the archive writes it: "./boot/efi/EFI/BOOT/BOOTX64.EFI"
    std::string bytes;
};

struct CpioLimits {
    std::uint64_t member = 16U << 20U;  ///< bytes of one file that is wanted
    std::uint64_t archive = 64U << 20U; ///< bytes of the whole archive: of a bomb no more is unpacked
};

/// Fills `into` from its beginning and says how much of it; 0 only at the end.
using ByteSource = std::function<Result<std::size_t>(std::span<std::uint8_t> into)>;

/// The regular files for which `wants(path)` holds, of an archive in the "new" format of SVR4 (magic 070701
/// or 070702; cpio(5)). Links, devices and folders have no bytes here and so mean nothing, and neither does
/// a path. A file without bytes is left out: it is another name of one that has them. Errors: BrokenIso;
/// NotAllowed beyond `limits` and for the format 07070X, in which RPM keeps files above 4 GiB.
[[nodiscard]] Result<std::vector<CpioMember>>
readCpio(const ByteSource& source, const std::function<bool(std::string_view path)>& wants,
         const CpioLimits& limits = {});

} // namespace rackmuster::media
