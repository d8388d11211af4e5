#include "core/roster/RackLayout.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace rackmuster::roster {

namespace {

constexpr std::size_t maximumLabel = 63;
constexpr std::size_t maximumName = 253;
constexpr int maximumColumns = 99;

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isLabel(std::string_view label) {
    if (label.empty() || label.size() > maximumLabel)
        return false;
    if (!isAlphanumeric(label.front()) || !isAlphanumeric(label.back()))
        return false;
    return std::all_of(label.begin(), label.end(), [](char c) { return isAlphanumeric(c) || c == '-'; });
}

/// The value of "slot", "slot:0N" (N digits at least, 1 to 9) or "rack"; nothing for any other word.
std::optional<std::string> valueOf(std::string_view word, std::string_view rack, int slot) {
    if (word == "rack")
        return std::string(rack);
    const std::string number = std::to_string(slot);
    if (word == "slot")
        return number;
    constexpr std::string_view padded = "slot:0";
    if (!word.starts_with(padded) || word.size() != padded.size() + 1)
        return std::nullopt;
    const char digit = word.back();
    if (digit < '1' || digit > '9')
        return std::nullopt;
    const auto width = static_cast<std::size_t>(digit - '0');
    return std::string(width > number.size() ? width - number.size() : 0, '0') + number;
}

/// Nothing when the pattern has an unknown or unclosed {word}.
std::optional<std::string> render(std::string_view pattern, std::string_view rack, int slot) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = pattern.find('}', open);
        if (close == std::string_view::npos)
            return std::nullopt;
        const auto value = valueOf(pattern.substr(open + 1, close - open - 1), rack, slot);
        if (!value)
            return std::nullopt;
        out += *value;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

Result<void> checkRendered(std::string_view pattern, std::string_view rack) {
    const auto first = render(pattern, rack, 1);
    const auto last = render(pattern, rack, maximumSlot);
    if (!first || !last || !isHostname(*first) || !isHostname(*last))
        return fail(ErrorCode::BadName, {}, first.value_or(std::string(pattern)));
    if (*first == *last)
        return fail(ErrorCode::Malformed, "The name pattern",
                    "without {slot} every machine has the same name");
    return {};
}

struct DirectionWord {
    Direction direction;
    std::string_view word;
};
constexpr std::array directions{
    DirectionWord{Direction::BottomUp, "bottom-up"},
    DirectionWord{Direction::TopDown, "top-down"},
    DirectionWord{Direction::OddEven, "odd-even"},
    DirectionWord{Direction::ByColumn, "by-column"},
};

} // namespace

std::string_view toWord(Direction direction) {
    return directions[static_cast<std::size_t>(direction)].word;
}

std::optional<Direction> directionFromWord(std::string_view word) {
    const auto* found =
        std::find_if(directions.begin(), directions.end(), [&](const auto& d) { return d.word == word; });
    return found == directions.end() ? std::nullopt : std::optional(found->direction);
}

int RackLayout::firstSlot() const {
    return direction == Direction::TopDown ? slotCount : 1;
}

int RackLayout::slotAfter(int slot) const {
    const int beyond = slotCount + 1;
    if (slot > slotCount || direction == Direction::BottomUp)
        return slot + 1;
    if (direction == Direction::TopDown)
        return slot > 1 ? slot - 1 : beyond;
    const int width = direction == Direction::OddEven ? 2 : columns;
    if (slot + width <= slotCount)
        return slot + width;
    const int nextColumn = (slot - 1) % width + 2;
    return nextColumn <= std::min(width, slotCount) ? nextColumn : beyond;
}

std::string RackLayout::hostnameOf(int slot) const {
    return render(namePattern, name, slot).value_or(std::string());
}

std::optional<Ipv4Address> RackLayout::addressOf(int slot) const {
    if (!firstAddress || slot < 1)
        return std::nullopt;
    const std::uint64_t value = std::uint64_t{firstAddress->value()} + static_cast<std::uint64_t>(slot) - 1;
    if (value > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return Ipv4Address(static_cast<std::uint32_t>(value));
}

bool isHostname(std::string_view text) {
    if (text.size() > maximumName)
        return false;
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.')) {
        if (!isLabel(text.substr(0, dot)))
            return false;
        text.remove_prefix(dot + 1);
    }
    return isLabel(text);
}

std::string foldedName(std::string_view hostname) {
    std::string out(hostname);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

Result<void> checkNamePattern(std::string_view pattern) {
    return checkRendered(pattern, "R1");
}

Result<void> checkLayout(const RackLayout& layout) {
    if (layout.slotCount < 1 || layout.slotCount > maximumSlot)
        return fail(ErrorCode::Malformed, "The number of slots",
                    "it goes from 1 to " + std::to_string(maximumSlot));
    if (layout.columns < 1 || layout.columns > maximumColumns)
        return fail(ErrorCode::Malformed, "The number of columns",
                    "it goes from 1 to " + std::to_string(maximumColumns));
    if (auto checked = checkNamePattern(layout.namePattern); !checked)
        return checked;
    return checkRendered(layout.namePattern, layout.name);
}

} // namespace rackmuster::roster
