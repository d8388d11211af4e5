#pragma once

#include "core/base/Hex.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace rackmuster::tests {

/// The bytes of hexadecimal digits; blanks between them are passed over.
[[nodiscard]] inline std::vector<std::uint8_t> hexBytes(std::string_view digits) {
    std::vector<std::uint8_t> bytes;
    bool isHigh = true;
    for (const char digit : digits) {
        const auto value = hexValue(digit);
        if (!value)
            continue;
        if (isHigh)
            bytes.push_back(static_cast<std::uint8_t>(*value << 4U));
        else
            bytes.back() = static_cast<std::uint8_t>(bytes.back() | *value);
        isHigh = !isHigh;
    }
    return bytes;
}

} // namespace rackmuster::tests
