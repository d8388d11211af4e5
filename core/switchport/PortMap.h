#pragma once

#include "core/base/Result.h"
#include "core/switchport/PortReading.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::switchport {

struct PortMapFile;

/// Which slot hangs on which port. Racks are cabled alike, so one map, learned from the first rack or typed,
/// orders the next.
class PortMap {
public:
    /// Reads lines "SLOT PORT", and lines with a pattern "Gi1/0/{slot}"; behind either may stand " @SWITCH"
    /// when several switches have ports of that name. # begins a comment. Never fails as a whole.
    [[nodiscard]] static PortMapFile parse(std::string_view text);

    /// The ports on which machines of known slots hang. A port that two slots claim is left out.
    [[nodiscard]] static PortMap learned(const PortReading& reading, const std::map<MacAddress, int>& slots);

    /// A line goes before a pattern, one with a switch before one without. `port` may be a circuit id, which
    /// comes without a switch.
    [[nodiscard]] std::optional<int> slotOf(const SwitchPort& port) const;
    /// Nothing for a MAC that hangs on no port of its own.
    [[nodiscard]] std::optional<int> slotOf(const PortReading& reading, const MacAddress& mac) const;

    [[nodiscard]] bool isEmpty() const { return m_lines.empty() && m_patterns.empty(); }
    /// What parse() reads.
    [[nodiscard]] std::string toText() const;

    bool operator==(const PortMap&) const = default;

private:
    struct Pattern {
        std::string switchAddress; ///< Empty: of any switch.
        std::string before;
        std::string after;
        bool operator==(const Pattern&) const = default;
    };
    [[nodiscard]] std::optional<std::string> addLine(std::string_view line);

    std::map<SwitchPort, int> m_lines; ///< The address may be empty: of any switch.
    std::vector<Pattern> m_patterns;
};

/// What was read of a text, and one BadPortMapLine for each line that was not.
struct PortMapFile {
    PortMap map;
    std::vector<Error> errors;
};

} // namespace rackmuster::switchport
