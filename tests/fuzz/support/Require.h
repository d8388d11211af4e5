#pragma once

#include <cstdlib>

namespace rackmuster::fuzz {

/// A broken promise is a crash, which libFuzzer keeps as an input.
inline void require(bool isKept) {
    if (!isKept)
        std::abort();
}

} // namespace rackmuster::fuzz
