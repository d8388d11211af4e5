#pragma once

#include <string_view>

namespace rackmuster {

/// `text` without the `blanks` at both ends; a view of it.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " \t");

} // namespace rackmuster
