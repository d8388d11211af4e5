#include "core/base/Ipv4Address.h"

#include "core/base/Trimmed.h"

#include <charconv>
#include <optional>

namespace rackmuster {

namespace {

// A decimal number without sign, blanks or leading zeros (a leading zero reads as octal elsewhere).
std::optional<unsigned> plainNumber(std::string_view text, unsigned maximum) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > maximum)
        return std::nullopt;
    return value;
}

} // namespace

Result<Ipv4Address> Ipv4Address::parse(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::BadAddress, "IPv4 address", std::string(text));
    };
    std::string_view rest = trimmed(text);
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = rest.find('.');
        if ((dot == std::string_view::npos) != (part == 3))
            return bad();
        const auto octet = plainNumber(rest.substr(0, dot), 255);
        if (!octet)
            return bad();
        value = value << 8U | *octet;
        if (part < 3)
            rest.remove_prefix(dot + 1);
    }
    return Ipv4Address(value);
}

std::string Ipv4Address::toString() const {
    std::string out;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        if (!out.empty())
            out += '.';
        out += std::to_string(m_value >> (shift - 8) & 0xFFU);
    }
    return out;
}

Result<Ipv4Network> Ipv4Network::parse(std::string_view text) {
    const std::string_view whole = trimmed(text);
    const std::size_t slash = whole.find('/');
    if (slash == std::string_view::npos)
        return fail(ErrorCode::BadAddress, "IPv4 network", std::string(text));
    const auto address = Ipv4Address::parse(whole.substr(0, slash));
    const auto prefix = plainNumber(whole.substr(slash + 1), 32);
    if (!address || !prefix)
        return fail(ErrorCode::BadAddress, "IPv4 network", std::string(text));
    return Ipv4Network(*address, *prefix);
}

std::string Ipv4Network::toString() const {
    return base().toString() + '/' + std::to_string(m_prefixLength);
}

Result<Ipv4Range> Ipv4Range::create(Ipv4Address first, Ipv4Address last) {
    if (last < first)
        return fail(ErrorCode::BadAddress, "address range", first.toString() + '-' + last.toString());
    return Ipv4Range(first, last);
}

Result<Ipv4Range> Ipv4Range::parse(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = Ipv4Address::parse(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : Ipv4Address::parse(text.substr(dash + 1));
    if (!first || !last)
        return fail(ErrorCode::BadAddress, "address range", std::string(text));
    return create(*first, *last);
}

std::string Ipv4Range::toString() const {
    return m_first.toString() + '-' + m_last.toString();
}

} // namespace rackmuster
