#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::boot {

/// `text` in digits seven lines high, for a console seen from the end of the aisle: '#' on `blank`. Empty
/// when it has a character that is neither digit nor '-', or more than six characters.
[[nodiscard]] std::vector<std::string> bannerLines(std::string_view text, char blank);

} // namespace rackmuster::boot
