#include "core/roster/DhcpOptions.h"

#include "core/base/Hex.h"
#include "core/base/Ipv4Address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace rackmuster::roster {

namespace {

using Value = std::vector<std::uint8_t>;

constexpr std::size_t maximumOptions = 32;
constexpr std::size_t maximumBytes = 1024;
constexpr std::size_t maximumValue = 255;
constexpr std::size_t maximumVendorValue = 253; // P06
constexpr std::uint8_t vendorSpecific = 43;
constexpr std::array<std::uint8_t, 20> reserved{0,  1,  13, 50, 51, 52, 53, 54, 55, 56,
                                                57, 58, 59, 60, 61, 67, 82, 93, 94, 97};

tl::unexpected<Error> wrong(std::string_view option, std::string reason) {
    constexpr std::size_t shown = 60;
    return fail(ErrorCode::Malformed, "The DHCP option “" + std::string(option.substr(0, shown)) + "”",
                std::move(reason));
}

template <typename Number>
std::optional<Number> numberFrom(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

template <typename Number>
std::optional<Value> numberValue(std::string_view digits) {
    const auto number = numberFrom<Number>(digits);
    if (!number)
        return std::nullopt;
    Value out;
    for (std::size_t i = sizeof(Number); i > 0; --i)
        out.push_back(static_cast<std::uint8_t>(*number >> (8 * (i - 1))));
    return out;
}

std::optional<Value> hexValueOf(std::string_view digits) {
    if (digits.empty() || digits.size() % 2 != 0)
        return std::nullopt;
    Value out;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const auto high = hexValue(digits[i]);
        const auto low = hexValue(digits[i + 1]);
        if (!high || !low)
            return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(*high << 4U | *low));
    }
    return out;
}

std::optional<Value> textValue(std::string_view quoted) {
    const bool isQuoted = quoted.size() > 2 && quoted.back() == '"';
    const std::string_view text = isQuoted ? quoted.substr(1, quoted.size() - 2) : std::string_view();
    const bool isPlain = std::none_of(text.begin(), text.end(), [](char c) {
        return c == '"' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    return isQuoted && isPlain ? std::optional(Value(text.begin(), text.end())) : std::nullopt;
}

std::optional<Value> addressesValue(std::string_view list) {
    Value out;
    for (;;) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const auto address = Ipv4Address::parse(list.substr(0, comma));
        if (!address)
            return std::nullopt;
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            out.push_back(static_cast<std::uint8_t>(address->value() >> shift));
        if (comma == list.size())
            return out;
        list.remove_prefix(comma + 1);
    }
}

std::optional<Value> valueFrom(std::string_view text) {
    const auto after = [&text](std::string_view prefix) {
        return text.starts_with(prefix) ? std::optional(text.substr(prefix.size())) : std::nullopt;
    };
    if (text.empty())
        return Value();
    if (text.front() == '"')
        return textValue(text);
    if (const auto digits = after("0x"))
        return hexValueOf(*digits);
    if (const auto digits = after("u8:"))
        return numberValue<std::uint8_t>(*digits);
    if (const auto digits = after("u16:"))
        return numberValue<std::uint16_t>(*digits);
    if (const auto digits = after("u32:"))
        return numberValue<std::uint32_t>(*digits);
    return addressesValue(text);
}

/// Takes what stands before the next semicolon that is not in quotes.
std::string_view takeOption(std::string_view& text) {
    bool isQuoted = false;
    std::size_t end = 0;
    for (; end < text.size() && (isQuoted || text[end] != ';'); ++end)
        isQuoted = isQuoted != (text[end] == '"');
    const std::string_view option = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return option;
}

Result<DhcpOption> parseOption(std::string_view text) {
    const std::size_t equals = text.find('=');
    const auto code = numberFrom<std::uint8_t>(text.substr(0, equals));
    if (equals == std::string_view::npos || !code)
        return wrong(text, "write it like 42=192.168.0.1, with a code up to 254");
    const bool isReserved = std::find(reserved.begin(), reserved.end(), *code) != reserved.end();
    if (isReserved || *code == std::numeric_limits<std::uint8_t>::max())
        return wrong(text, "only the server itself says this one");
    auto value = valueFrom(text.substr(equals + 1));
    if (!value)
        return wrong(text, "its value is neither addresses, a text in quotes, 0x and bytes, nor u8:, u16: or "
                           "u32: and a number");
    if (value->size() > (*code == vendorSpecific ? maximumVendorValue : maximumValue))
        return wrong(text, "it is too long");
    return DhcpOption{*code, std::move(*value)};
}

} // namespace

Result<std::vector<DhcpOption>> parseDhcpOptions(std::string_view text) {
    std::vector<DhcpOption> out;
    std::size_t bytes = 0;
    while (!text.empty()) {
        const std::string_view written = takeOption(text);
        auto option = parseOption(written);
        if (!option)
            return tl::unexpected(option.error());
        bytes += option->value.size();
        const bool isTwice = std::any_of(out.begin(), out.end(),
                                         [&](const auto& other) { return other.code == option->code; });
        if (isTwice)
            return wrong(written, "it stands twice");
        out.push_back(std::move(*option));
        if (out.size() > maximumOptions || bytes > maximumBytes)
            return wrong(written, "there are more options than a reply has room for");
    }
    return out;
}

} // namespace rackmuster::roster
