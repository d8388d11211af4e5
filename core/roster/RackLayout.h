#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::roster {

/// Slots are numbered from 1 to this.
inline constexpr int maximumSlot = 999;

/// The way the cursor goes. Slots count from the bottom up; where machines stand side by side, row by row.
enum class Direction : std::uint8_t {
    BottomUp,
    TopDown,
    OddEven,  ///< All odd slots, then all even ones.
    ByColumn, ///< Every slot of the first column, then of the next.
};

/// "bottom-up", "top-down", "odd-even", "by-column": the words of the database.
[[nodiscard]] std::string_view toWord(Direction direction);
[[nodiscard]] std::optional<Direction> directionFromWord(std::string_view word);

/// Where a slot is: both count from 1.
struct RackPlace {
    int rack = 1;
    int slot = 1; ///< Within its rack.

    bool operator==(const RackPlace&) const = default;
};

/// How names and addresses follow from slots, and in which order slots are taken. Slots are numbered through
/// all racks, from 1: with 42 in each, slot 43 is the first of the second rack.
struct RackLayout {
    std::string name = "R1"; ///< Of the first rack; the others count on: R2, R3.
    int rackCount = 1;  ///< Alike, and filled one after the other. Of several, one is added when more come.
    int slotCount = 42; ///< Of each rack. A single rack grows when more come.
    /// {slot}, {slot:0N} for at least N digits; {rack} for the rack's name, {rack:0N} for the number in it. A
    /// pattern that names the rack counts the slots within it.
    std::string namePattern = "node-{slot:02}";
    std::optional<Ipv4Address> firstAddress; ///< Of slot 1; nothing: addresses come from the range.
    int addressStep = 1;                     ///< From slot to slot, 1 to 65,536.
    int rackAddressStep = 0; ///< From a rack's first slot to the next one's, to 2^24; 0: it counts on.

    Direction direction = Direction::BottomUp;
    int columns = 2; ///< Machines side by side, 1 to 99; for Direction::ByColumn.

    bool operator==(const RackLayout&) const = default;

    /// Of all racks together.
    [[nodiscard]] int lastSlot() const;
    /// Where a roll call begins.
    [[nodiscard]] int firstSlot() const;
    /// Where the cursor goes from `slot`: beyond the last when there is none left, as racks grow.
    [[nodiscard]] int slotAfter(int slot) const;
    /// A slot beyond the last of a single rack is in that rack, else in one that is not there yet.
    [[nodiscard]] RackPlace placeOf(int slot) const;
    [[nodiscard]] int slotAt(const RackPlace& place) const;
    /// The racks that are needed to have this slot.
    void growTo(int slot);
    /// "R1", "R2": `rack` counts from 1.
    [[nodiscard]] std::string rackName(int rack) const;
    /// What people call the slot: "7", with several racks "R2-07".
    [[nodiscard]] std::string slotLabel(int slot) const;
    /// Reads a label, with "-", ":", "/" or blanks between rack and slot, or a number that counts through all
    /// racks. Nothing for any other text, and for a slot that its rack does not have.
    [[nodiscard]] std::optional<int> slotFromLabel(std::string_view label) const;
    /// Empty when the pattern does not pass checkNamePattern().
    [[nodiscard]] std::string hostnameOf(int slot) const;
    /// Nothing without a first address, or when counting on from it leaves the address space.
    [[nodiscard]] std::optional<Ipv4Address> addressOf(int slot) const;
};

/// RFC 1123 2.1: letters, digits, inner hyphens, dots between labels; labels up to 63, whole up to 253.
[[nodiscard]] bool isHostname(std::string_view text);

/// How names are compared: RFC 1123 ignores the case of ASCII letters.
[[nodiscard]] std::string foldedName(std::string_view hostname);

/// Pattern check for the operator. Errors: BadName for an unknown {word} or a result that is no host name,
/// Malformed when all slots get the same name.
[[nodiscard]] Result<void> checkNamePattern(std::string_view pattern);

/// The pattern with the racks' own names, the steps and the numbers of racks, slots (1..999 in all) and
/// columns. Errors: BadName, Malformed (also when the addresses of two racks overlap).
[[nodiscard]] Result<void> checkLayout(const RackLayout& layout);

} // namespace rackmuster::roster
