#include "core/boot/Banner.h"

#include <array>
#include <cstdint>
#include <optional>

namespace rackmuster::boot {

namespace {

constexpr std::size_t height = 7;
constexpr unsigned width = 5;

/// Five bits a row, the leftmost first.
using Glyph = std::array<std::uint8_t, height>;

constexpr std::array<Glyph, 10> digits{{
    {0b01110, 0b10001, 0b10001, 0b10101, 0b10001, 0b10001, 0b01110}, // no O
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b01110, 0b10000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00010, 0b00100, 0b00100, 0b00100},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00001, 0b01110},
}};
constexpr std::array<Glyph, 26> letters{{
    {0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001}, // A
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110}, // B
    {0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110}, // C
    {0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110}, // D
    {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111}, // E
    {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000}, // F
    {0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01111}, // G
    {0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001}, // H
    {0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110}, // I
    {0b00111, 0b00010, 0b00010, 0b00010, 0b00010, 0b10010, 0b01100}, // J
    {0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001}, // K
    {0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111}, // L
    {0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001}, // M
    {0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001}, // N
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110}, // O
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000}, // P
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10101, 0b10010, 0b01101}, // Q
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001}, // R
    {0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110}, // S
    {0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100}, // T
    {0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110}, // U
    {0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b00100}, // V
    {0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001}, // W
    {0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001}, // X
    {0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100}, // Y
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b11111}, // Z
}};
constexpr Glyph hyphen{0, 0, 0, 0b11111, 0, 0, 0};
constexpr Glyph dot{0, 0, 0, 0, 0, 0b01100, 0b01100};
constexpr Glyph colon{0, 0b01100, 0b01100, 0, 0b01100, 0b01100, 0};

std::optional<Glyph> glyphOf(char c) {
    if (c >= '0' && c <= '9')
        return digits[static_cast<std::size_t>(c - '0')];
    if (c >= 'A' && c <= 'Z')
        return letters[static_cast<std::size_t>(c - 'A')];
    if (c >= 'a' && c <= 'z')
        return letters[static_cast<std::size_t>(c - 'a')];
    switch (c) {
    case '-':
        return hyphen;
    case '.':
        return dot;
    case ':':
        return colon;
    default:
        return std::nullopt;
    }
}

std::string rowOf(std::uint8_t bits, unsigned columnsPerDot) {
    std::string row;
    for (unsigned column = width; column > 0; --column)
        row.append(columnsPerDot, (std::uint32_t{bits} >> (column - 1) & 1U) != 0 ? '#' : ' ');
    return row;
}

} // namespace

std::vector<std::string> bannerLines(std::string_view text, unsigned columnsPerDot) {
    if (text.empty() || text.size() * (width + 1) * columnsPerDot > bannerColumns)
        return {};
    std::vector<std::string> lines(height);
    for (const char c : text) {
        const auto glyph = glyphOf(c);
        if (!glyph)
            return {};
        for (std::size_t row = 0; row < height; ++row)
            lines[row] += rowOf((*glyph)[row], columnsPerDot) + std::string(columnsPerDot, ' ');
    }
    for (std::string& line : lines)
        line.erase(line.find_last_not_of(' ') + 1);
    return lines;
}

} // namespace rackmuster::boot
