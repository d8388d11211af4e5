#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rackmuster::net {

/// Fills `into` from byte `offset` of `file`, over slice borders. A file that is shorter than its slices say
/// is an error, never made-up bytes (R44). Reads by pread, so a vanished disc cannot raise SIGBUS.
[[nodiscard]] Result<void> readContent(const boot::BootFile& file, std::uint64_t offset,
                                       std::span<std::uint8_t> into);

/// The one run of bytes inside one open file that holds `length` bytes from `offset`, when there is one:
/// slices that follow each other in the same file are one run (xorriso writes large files so).
[[nodiscard]] std::optional<boot::FileSlice> contiguousRun(const boot::BootFile& file, std::uint64_t offset,
                                                           std::uint64_t length);

} // namespace rackmuster::net
