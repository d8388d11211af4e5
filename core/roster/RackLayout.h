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

/// How names and addresses follow from slots, and in which order slots are taken. Slots count from 1.
struct RackLayout {
    std::string name = "R1";
    int slotCount = 42; ///< How many the picture shows at least; the rack grows when more come.
    std::string namePattern = "node-{slot:02}"; ///< {slot}, {slot:0N} for at least N digits, {rack}
    std::optional<Ipv4Address> firstAddress;    ///< Of slot 1; nothing: addresses come from the range.

    Direction direction = Direction::BottomUp;
    int columns = 2; ///< Machines side by side, 1 to 99; for Direction::ByColumn.

    bool operator==(const RackLayout&) const = default;

    /// Where a roll call begins.
    [[nodiscard]] int firstSlot() const;
    /// Where the cursor goes from `slot`: one beyond the last when there is none left, as the rack grows.
    [[nodiscard]] int slotAfter(int slot) const;
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

/// The pattern with this rack's own name, the number of slots (1..999) and of columns. Errors: BadName,
/// Malformed.
[[nodiscard]] Result<void> checkLayout(const RackLayout& layout);

} // namespace rackmuster::roster
