#include "core/roster/RackLayout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <set>

namespace rackmuster::roster {

namespace {

constexpr std::size_t maximumLabel = 63;
constexpr std::size_t maximumName = 253;
constexpr int maximumColumns = 99;
constexpr int maximumStep = 1 << 16;
constexpr int maximumRackStep = 1 << 24;
constexpr std::size_t maximumRackDigits = 4;

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

std::string padded(const std::string& number, std::size_t width) {
    return std::string(width > number.size() ? width - number.size() : 0, '0') + number;
}

/// How many characters of a rack's name come before the number at its end.
std::size_t stemOf(std::string_view name) {
    const std::size_t last = name.find_last_not_of("0123456789");
    const std::size_t stem = last == std::string_view::npos ? 0 : last + 1;
    return std::max(stem, name.size() - std::min(name.size(), maximumRackDigits));
}

/// The names of the racks count on from the first one's: R09, R10.
std::string rackNumber(std::string_view firstName, int rack) {
    const std::string_view digits = firstName.substr(stemOf(firstName));
    if (digits.empty()) // "Cage" is followed by "Cage2"
        return std::to_string(rack);
    int first = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), first);
    return padded(std::to_string(first + rack - 1), digits.size());
}

std::string withoutZeros(const std::string& number) {
    return number.substr(std::min(number.find_first_not_of('0'), number.size() - 1));
}

/// What the words of a pattern stand for.
struct PatternWords {
    std::string slot;
    std::string rack;
    std::string rackNumber;
};

/// The value of "slot", "rack", or one of them with ":0N" (N digits at least, 1 to 9); nothing for any other
/// word.
std::optional<std::string> valueOf(std::string_view word, const PatternWords& words) {
    if (word == "rack")
        return words.rack;
    if (word == "slot")
        return words.slot;
    const bool isRack = word.starts_with("rack:0");
    constexpr std::size_t widthAt = std::string_view("slot:0").size();
    if ((!isRack && !word.starts_with("slot:0")) || word.size() != widthAt + 1)
        return std::nullopt;
    const char digit = word.back();
    if (digit < '1' || digit > '9')
        return std::nullopt;
    return padded(isRack ? words.rackNumber : words.slot, static_cast<std::size_t>(digit - '0'));
}

/// Nothing when the pattern has an unknown or unclosed {word}.
std::optional<std::string> render(std::string_view pattern, const PatternWords& words) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = pattern.find('}', open);
        if (close == std::string_view::npos)
            return std::nullopt;
        const auto value = valueOf(pattern.substr(open + 1, close - open - 1), words);
        if (!value)
            return std::nullopt;
        out += *value;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

std::optional<std::string> nameOf(const RackLayout& layout, int slot) {
    const RackPlace place = layout.placeOf(slot);
    const std::string& pattern = layout.namePattern;
    const bool namesRack = pattern.find("{rack") != std::string::npos;
    return render(pattern, {std::to_string(namesRack ? place.slot : slot), layout.rackName(place.rack),
                            withoutZeros(rackNumber(layout.name, place.rack))});
}

/// Of every slot that there may ever be.
Result<void> checkNames(const RackLayout& layout) {
    std::set<std::string> names;
    for (int slot = 1; slot <= maximumSlot; ++slot) {
        const auto name = nameOf(layout, slot);
        if (!name || !isHostname(*name))
            return fail(ErrorCode::BadName, {}, name.value_or(layout.namePattern));
        if (names.insert(foldedName(*name)).second)
            continue;
        const bool isOfAll = slot == 2;
        return fail(ErrorCode::Malformed, "The name pattern",
                    isOfAll ? "without {slot} every machine has the same name"
                            : "two slots would be called " + *name);
    }
    return {};
}

Result<void> checkSteps(const RackLayout& layout) {
    if (layout.addressStep < 1 || layout.addressStep > maximumStep)
        return fail(ErrorCode::Malformed, "The address step",
                    "it goes from 1 to " + std::to_string(maximumStep));
    if (layout.rackAddressStep < 0 || layout.rackAddressStep > maximumRackStep)
        return fail(ErrorCode::Malformed, "The address step of racks",
                    "it goes from 0 to " + std::to_string(maximumRackStep));
    const auto span = std::int64_t{layout.slotCount} * layout.addressStep;
    if (layout.rackCount > 1 && layout.rackAddressStep != 0 && layout.rackAddressStep < span)
        return fail(ErrorCode::Malformed, "The address step of racks",
                    "a rack needs " + std::to_string(span) + " addresses");
    return {};
}

/// How many slots of this rack can be used: not all of one that crosses the last number.
int slotsIn(const RackLayout& layout, int rack) {
    return std::clamp(maximumSlot - (rack - 1) * layout.slotCount, 0, layout.slotCount);
}

/// The first slot of a rack, within it, by the direction; 0 when it has none.
int firstIn(const RackLayout& layout, int rack) {
    const int count = slotsIn(layout, rack);
    return layout.direction == Direction::TopDown ? count : std::min(1, count);
}

/// Counts in a rack of `count` slots; nothing when there is none left.
std::optional<int> nextInRack(const RackLayout& layout, int slot, int count) {
    if (layout.direction == Direction::BottomUp)
        return slot < count ? std::optional(slot + 1) : std::nullopt;
    if (layout.direction == Direction::TopDown)
        return slot > 1 ? std::optional(slot - 1) : std::nullopt;
    const int width = layout.direction == Direction::OddEven ? 2 : layout.columns;
    if (slot + width <= count)
        return slot + width;
    const int nextColumn = (slot - 1) % width + 2;
    return nextColumn <= std::min(width, count) ? std::optional(nextColumn) : std::nullopt;
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

int RackLayout::lastSlot() const {
    return std::min(rackCount * slotCount, maximumSlot);
}

int RackLayout::firstSlot() const {
    return firstIn(*this, 1);
}

int RackLayout::slotAfter(int slot) const {
    const RackPlace place = placeOf(slot);
    if (place.slot > slotCount) // a single rack grows
        return slot + 1;
    if (const auto next = nextInRack(*this, place.slot, slotsIn(*this, place.rack)))
        return slotAt({place.rack, *next});
    if (rackCount == 1)
        return slotCount + 1;
    const int first = firstIn(*this, place.rack + 1);
    return first == 0 ? maximumSlot + 1 : slotAt({place.rack + 1, first});
}

RackPlace RackLayout::placeOf(int slot) const {
    if (rackCount == 1)
        return {1, slot};
    return {(slot - 1) / slotCount + 1, (slot - 1) % slotCount + 1};
}

int RackLayout::slotAt(const RackPlace& place) const {
    return (place.rack - 1) * slotCount + place.slot;
}

void RackLayout::growTo(int slot) {
    if (rackCount == 1)
        slotCount = std::max(slotCount, slot);
    else
        rackCount = std::max(rackCount, placeOf(slot).rack);
}

std::string RackLayout::rackName(int rack) const {
    return rack == 1 ? name : name.substr(0, stemOf(name)) + rackNumber(name, rack);
}

std::string RackLayout::slotLabel(int slot) const {
    const RackPlace place = placeOf(slot);
    const std::string number = std::to_string(place.slot);
    return rackCount == 1 ? number : rackName(place.rack) + '-' + padded(number, 2);
}

std::optional<int> RackLayout::slotFromLabel(std::string_view label) const {
    constexpr std::string_view digits = "0123456789";
    const std::size_t begin = label.find_last_not_of(digits) + 1; // npos + 1 is 0
    const std::string_view number = label.substr(begin);
    int slot = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), slot);
    if (error != std::errc{} || slot < 1 || slot > maximumSlot)
        return std::nullopt;
    if (begin == 0)
        return slot;
    const std::size_t rackEnd = label.find_last_not_of("-:/ ", begin - 1) + 1;
    const std::string rack = foldedName(label.substr(0, rackEnd));
    if (rackEnd == begin || (rackCount > 1 && slot > slotCount))
        return std::nullopt;
    for (int candidate = 1; candidate <= rackCount; ++candidate) {
        if (foldedName(rackName(candidate)) != rack)
            continue;
        const int through = slotAt({candidate, slot});
        return through <= maximumSlot ? std::optional(through) : std::nullopt;
    }
    return std::nullopt;
}

std::string RackLayout::hostnameOf(int slot) const {
    return nameOf(*this, slot).value_or(std::string());
}

std::optional<Ipv4Address> RackLayout::addressOf(int slot) const {
    if (!firstAddress || slot < 1)
        return std::nullopt;
    const RackPlace place = rackAddressStep == 0 ? RackPlace{1, slot} : placeOf(slot);
    const std::int64_t value = std::int64_t{firstAddress->value()} +
                               std::int64_t{place.rack - 1} * rackAddressStep +
                               std::int64_t{place.slot - 1} * addressStep;
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
    RackLayout layout;
    layout.namePattern = pattern;
    return checkNames(layout);
}

Result<void> checkLayout(const RackLayout& layout) {
    if (layout.slotCount < 1 || layout.slotCount > maximumSlot)
        return fail(ErrorCode::Malformed, "The number of slots",
                    "it goes from 1 to " + std::to_string(maximumSlot));
    const int mostRacks = (maximumSlot - 1) / layout.slotCount + 1;
    if (layout.rackCount < 1 || layout.rackCount > mostRacks)
        return fail(ErrorCode::Malformed, "The number of racks",
                    "with that many slots it goes from 1 to " + std::to_string(mostRacks));
    if (layout.columns < 1 || layout.columns > maximumColumns)
        return fail(ErrorCode::Malformed, "The number of columns",
                    "it goes from 1 to " + std::to_string(maximumColumns));
    if (auto checked = checkSteps(layout); !checked)
        return checked;
    return checkNames(layout);
}

} // namespace rackmuster::roster
