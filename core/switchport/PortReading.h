#pragma once

#include "core/base/MacAddress.h"
#include "core/switchport/SwitchTables.h"

#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rackmuster::switchport {

/// A port of a switch, as people know it.
struct SwitchPort {
    std::string switchAddress;
    std::string
        name; ///< Printable, at most 64 bytes: "Gi1/0/7"; "bridge port 7" where the switch has no name.

    auto operator<=>(const SwitchPort&) const = default;
};

/// A MAC address on a port.
struct Sighting {
    MacAddress mac;
    SwitchPort port;
    std::vector<int> vlans; ///< Ascending; empty where the switch does not say.

    bool operator==(const Sighting&) const = default;
};

/// A port behind which many hang: another switch, not a machine.
struct Uplink {
    SwitchPort port;
    std::size_t macs = 0;

    bool operator==(const Uplink&) const = default;
};

/// A MAC address that hangs on several ports which are no uplinks: moved a moment ago, cloned, or a loop.
struct ContradictedMac {
    MacAddress mac;
    std::vector<SwitchPort> ports;

    bool operator==(const ContradictedMac&) const = default;
};

/// What the tables of switches say about machines.
struct PortReading {
    std::vector<Sighting> sightings; ///< One for each MAC that has a port of its own; by port, then MAC.
    std::vector<Uplink> uplinks;     ///< They order nobody.
    std::vector<ContradictedMac> contradictions;
    std::size_t unlearned = 0; ///< Rows with port 0: the switch knows the MAC, but not where (RFC 4188).
    std::size_t malformed = 0; ///< Rows that are no MAC with a port; they were left out.

    [[nodiscard]] const Sighting* find(const MacAddress& mac) const;
};

/// A port with more MACs than this is an uplink: one machine shows its NIC, its BMC on the same plug, and
/// perhaps a second of each.
constexpr std::size_t mostMacsOfAMachine = 4;

/// Reads the tables of the switches of a rack together: a MAC that is behind an uplink of one of them and on
/// a port of another hangs on the latter. Pure; takes any bytes.
[[nodiscard]] PortReading readPorts(std::span<const SwitchTables> switches,
                                    std::size_t mostMacs = mostMacsOfAMachine);

} // namespace rackmuster::switchport
