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

/// From byte `offset` of `file` on, as much as lies in one run: of one open file, or zeros. Slices that
/// follow each other in the same file are one run (xorriso writes large files so). Nothing in text and at the
/// end.
[[nodiscard]] std::optional<boot::FileSlice> runAt(const boot::BootFile& file, std::uint64_t offset);

/// Whether bytes of it lie in a file that somebody else may write to: one with a stamp.
[[nodiscard]] bool isOfOthers(const boot::BootFile& file);

} // namespace rackmuster::net
