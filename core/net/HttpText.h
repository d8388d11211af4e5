#pragma once

#include <string_view>

namespace rackmuster::net {

// What the grammar of HTTP needs all over (RFC 9110 5.6).

/// By the letters of ASCII.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// Splits off what stands before the first `separator`; all of it when there is none.
[[nodiscard]] std::string_view takeUntil(std::string_view& text, char separator);

} // namespace rackmuster::net
