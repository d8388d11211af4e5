#include "core/base/Hex.h"

#include <string_view>

namespace rackmuster {

std::string toHexText(std::span<const std::uint8_t> bytes, char separator) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 3);
    for (const std::uint8_t byte : bytes) {
        if (separator != '\0' && !out.empty())
            out += separator;
        out += digits[byte >> 4U];
        out += digits[byte & 0x0FU];
    }
    return out;
}

} // namespace rackmuster
