#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"

#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::roster {

/// Slots are numbered from 1 to this.
inline constexpr int maximumSlot = 999;

/// How names and addresses follow from slots. Slots count from 1.
struct RackLayout {
    std::string name = "R1";
    int slotCount = 42; ///< How many the picture shows at least; the rack grows when more come.
    std::string namePattern = "node-{slot:02}"; ///< {slot}, {slot:0N} for at least N digits, {rack}
    std::optional<Ipv4Address> firstAddress;    ///< Of slot 1; nothing: addresses come from the range.

    bool operator==(const RackLayout&) const = default;

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

/// The pattern with this rack's own name, and the number of slots (1..999). Errors: BadName, Malformed.
[[nodiscard]] Result<void> checkLayout(const RackLayout& layout);

} // namespace rackmuster::roster
