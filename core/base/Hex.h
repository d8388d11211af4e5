#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace rackmuster {

/// The value of a hexadecimal digit, or nothing.
[[nodiscard]] constexpr std::optional<std::uint8_t> hexValue(char digit) {
    if (digit >= '0' && digit <= '9')
        return static_cast<std::uint8_t>(digit - '0');
    if (digit >= 'a' && digit <= 'f')
        return static_cast<std::uint8_t>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F')
        return static_cast<std::uint8_t>(digit - 'A' + 10);
    return std::nullopt;
}

/// Two lower-case digits per byte, `separator` between bytes ('\0' for none).
[[nodiscard]] std::string toHexText(std::span<const std::uint8_t> bytes, char separator = '\0');

} // namespace rackmuster
