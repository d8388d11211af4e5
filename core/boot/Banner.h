#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::boot {

/// The widest banner: in the last of a console's 80 columns a line would break.
inline constexpr std::size_t bannerColumns = 79;

/// `text` in letters seven lines high, for a console seen from the end of the aisle: '#' on blanks, none at
/// the ends of lines. Small letters are drawn as capitals. Empty when it has a character other than letters,
/// digits and "-.:", or does not fit.
[[nodiscard]] std::vector<std::string> bannerLines(std::string_view text, unsigned columnsPerDot);

} // namespace rackmuster::boot
