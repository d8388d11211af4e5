#pragma once

#include "tests/fuzz/support/Require.h"

#include <algorithm>
#include <string>

namespace rackmuster::fuzz {

/// What must hold of every text that somebody on the network chose (R57).
inline void requireRemoteText(const std::string& text, std::size_t limit) {
    require(text.size() <= limit);
    require(
        std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
}

} // namespace rackmuster::fuzz
