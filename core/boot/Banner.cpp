#include "core/boot/Banner.h"

#include <array>
#include <cstdint>
#include <optional>

namespace rackmuster::boot {

namespace {

constexpr std::size_t height = 7;
constexpr unsigned width = 5;
constexpr std::size_t maximumGlyphs = 6; // 80 columns

/// Five bits a row, the leftmost first.
using Glyph = std::array<std::uint8_t, height>;

constexpr std::array<Glyph, 10> digits{{
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110},
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
constexpr Glyph hyphen{0, 0, 0, 0b11111, 0, 0, 0};

std::optional<Glyph> glyphOf(char c) {
    if (c == '-')
        return hyphen;
    if (c < '0' || c > '9')
        return std::nullopt;
    return digits[static_cast<std::size_t>(c - '0')];
}

/// Characters are about twice as high as wide, so each dot is two of them.
std::string rowOf(std::uint8_t bits, char blank) {
    std::string row;
    for (unsigned column = width; column > 0; --column)
        row.append(2, (std::uint32_t{bits} >> (column - 1) & 1U) != 0 ? '#' : blank);
    return row;
}

} // namespace

std::vector<std::string> bannerLines(std::string_view text, char blank) {
    if (text.empty() || text.size() > maximumGlyphs)
        return {};
    // pxelinux drops leading blanks: the bar keeps the rows in place.
    std::vector<std::string> lines(height, "|");
    for (const char c : text) {
        const auto glyph = glyphOf(c);
        if (!glyph)
            return {};
        for (std::size_t row = 0; row < height; ++row)
            lines[row] += std::string(2, blank) + rowOf((*glyph)[row], blank);
    }
    for (std::string& line : lines)
        line.erase(line.find_last_not_of(blank) + 1);
    return lines;
}

} // namespace rackmuster::boot
