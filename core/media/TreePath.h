#pragma once

#include "core/boot/BootFile.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// The name part of a path that we can serve: not empty, not "." or "..", no slash and no control character.
[[nodiscard]] bool isUsableName(std::string_view name);
/// A path inside an image that we can serve: usable names between single slashes, 4096 bytes at most (R43).
[[nodiscard]] bool isUsablePath(std::string_view path);
/// For messages, in which control characters would spoil a line of the log: those as '?', 200 bytes at most.
[[nodiscard]] std::string printableName(std::string_view text);
/// Bytes of a file that lies in these slices.
[[nodiscard]] std::uint64_t sizeOfSlices(const std::vector<boot::FileSlice>& slices);

} // namespace rackmuster::media
