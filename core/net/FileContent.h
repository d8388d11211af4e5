#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rackmuster::net {

/// Fills `into` from byte `offset` of `file`, over slice borders. A file that is shorter than its slices say,
/// or that somebody wrote to since it was opened, is an error, never made-up or mixed bytes (R44): what is
/// returned was read before the file was seen to be unchanged. Reads by pread, so a vanished disc cannot
/// raise SIGBUS.
[[nodiscard]] Result<void> readContent(const boot::BootFile& file, std::uint64_t offset,
                                       std::span<std::uint8_t> into);

/// Nobody wrote to the files behind `file` since they were opened. Errors: FileChanged, System.
[[nodiscard]] Result<void> checkUnchanged(const boot::BootFile& file);

/// The one run of bytes inside one open file that holds `length` bytes from `offset`, when there is one:
/// slices that follow each other in the same file are one run (xorriso writes large files so). Only of files
/// that nobody but this program writes to: sendfile gives the network pages of the file itself, and whoever
/// writes to it changes what is still on its way, with no moment at which a look would help.
[[nodiscard]] std::optional<boot::FileSlice> sendfileRun(const boot::BootFile& file, std::uint64_t offset,
                                                         std::uint64_t length);

} // namespace rackmuster::net
