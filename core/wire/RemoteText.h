#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rackmuster::wire {

/// Text that somebody on the network chose, fit to be kept: control characters are blanks, blanks at the end
/// are gone, and what is longer than `limit` bytes ends at a whole character. May still be no UTF-8.
[[nodiscard]] std::string remoteText(std::string_view text, std::size_t limit);

} // namespace rackmuster::wire
