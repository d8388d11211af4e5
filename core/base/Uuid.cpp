#include "core/base/Uuid.h"

#include "core/base/Hex.h"

#include <algorithm>

namespace rackmuster {

namespace {

// Position of each printed byte in the wire order.
constexpr std::array<std::size_t, Uuid::size> printedOrder{3, 2, 1,  0,  5,  4,  7,  6,
                                                           8, 9, 10, 11, 12, 13, 14, 15};

} // namespace

Result<Uuid> Uuid::parse(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::BadAddress, "UUID", std::string(text));
    };
    if (text.size() != 36)
        return bad();
    Octets octets{};
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return bad();
            continue;
        }
        const auto value = hexValue(text[i]);
        if (!value)
            return bad();
        std::uint8_t& octet = octets[printedOrder[digits / 2]];
        octet = static_cast<std::uint8_t>(octet << 4U | *value);
        ++digits;
    }
    return Uuid(octets);
}

std::string Uuid::toString() const {
    Octets printed{};
    for (std::size_t i = 0; i < size; ++i)
        printed[i] = m_octets[printedOrder[i]];
    std::string out = toHexText(printed);
    for (const std::size_t position : {20U, 16U, 12U, 8U})
        out.insert(position, 1, '-');
    return out;
}

bool Uuid::isTrustworthy() const {
    const auto all = [this](std::uint8_t value) {
        return std::all_of(m_octets.begin(), m_octets.end(), [value](std::uint8_t o) { return o == value; });
    };
    if (all(0x00) || all(0xFF))
        return false;
    constexpr std::string_view dummy = "03000200-0400-0500-0006-000700080009";
    // Some firmware writes the dummy in one byte order, some in the other.
    const bool isDummy = toString() == dummy || toHexText(m_octets) == "03000200040005000006000700080009";
    return !isDummy;
}

} // namespace rackmuster
