#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace rackmuster::net {

/// `text` as RFC 764 sends it: LF becomes CR LF, a CR alone CR NUL. Translated as a whole, so no state has to
/// survive from one packet to the next (R32).
[[nodiscard]] std::string toNetascii(std::string_view text);

constexpr std::size_t largestNetascii = 1 << 20; ///< bytes; only texts are asked for this way

/// `file` with its bytes translated. Error: NotAllowed when it is larger than largestNetascii.
[[nodiscard]] Result<boot::BootFile> asNetascii(const boot::BootFile& file);

} // namespace rackmuster::net
