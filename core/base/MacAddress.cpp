#include "core/base/MacAddress.h"

#include "core/base/Hex.h"

namespace rackmuster {

namespace {

// Where separators may stand, by how many digits lie between two of them.
bool isSeparatorLayoutValid(std::string_view text) {
    const std::size_t first = text.find_first_of(":-.");
    if (first == std::string_view::npos)
        return true;
    const char separator = text[first];
    if ((first != 2 && first != 4 && first != 6) || text.back() == separator)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPlace = i % (first + 1) == first;
        if ((text[i] == separator) != isPlace)
            return false;
    }
    return true;
}

} // namespace

Result<MacAddress> MacAddress::parse(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::BadAddress, "MAC address", std::string(text));
    };
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return bad();
    const std::string_view trimmed = text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
    if (!isSeparatorLayoutValid(trimmed))
        return bad();

    Octets octets{};
    std::size_t digits = 0;
    for (const char c : trimmed) {
        if (c == ':' || c == '-' || c == '.')
            continue;
        const auto value = hexValue(c);
        if (!value || digits == 2 * size)
            return bad();
        octets[digits / 2] = static_cast<std::uint8_t>(octets[digits / 2] << 4U | *value);
        ++digits;
    }
    if (digits != 2 * size)
        return bad();
    return MacAddress(octets);
}

std::string MacAddress::toString() const {
    return toHexText(m_octets, ':');
}

std::string MacAddress::toHex() const {
    return toHexText(m_octets);
}

std::string MacAddress::toBootif() const {
    return "01-" + toHexText(m_octets, '-');
}

} // namespace rackmuster
