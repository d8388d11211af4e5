#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::boot {

/// What a machine on the wire is, as far as it says so.
enum class NeighbourKind : std::uint8_t {
    Unknown,
    Computer,
    ManagementController, ///< BMC: iDRAC, iLO, XCC, ...
    Switch,
    Router,
    AccessPoint,
    Phone,
    PowerUnit, ///< Power strip or UPS.
};

/// VLAN ids of a frame's tags, 1..4094.
struct VlanTags {
    std::optional<std::uint16_t> outer; ///< The only one, as a rule.
    std::optional<std::uint16_t> inner;

    bool operator==(const VlanTags&) const = default;
};

/// Somebody on the wire that is no machine of the rack: it takes no slot and no address. Its text was chosen
/// by it: without control characters, at most 255 bytes a field.
struct Neighbour {
    MacAddress mac{MacAddress::Octets{}};
    NeighbourKind kind = NeighbourKind::Unknown;
    bool isDhcpServer = false;
    std::string name;
    std::string description;
    std::optional<Ipv4Address> address;
    VlanTags vlan; ///< Of what it said last.
    WallTime firstHeard, lastHeard;
    std::uint64_t count = 0; ///< Of what it said.

    bool operator==(const Neighbour&) const = default;
};

/// The port of a switch at the other end of the cable.
struct SwitchPort {
    MacAddress mac{MacAddress::Octets{}}; ///< That it speaks from.
    std::string switchName;               ///< As it calls itself, else the address of its chassis.
    std::string port;
    std::optional<std::uint16_t> vlan; ///< 1..4094: of untagged frames.

    bool operator==(const SwitchPort&) const = default;
};

/// The spanning tree of the port at the other end of the cable.
struct SpanningTree {
    enum class Protocol : std::uint8_t { Stp, Rstp, Mstp };

    Protocol protocol = Protocol::Stp;
    MacAddress root{MacAddress::Octets{}};
    MacAddress bridge{MacAddress::Octets{}}; ///< That the port belongs to.
    std::chrono::seconds forwardDelay{15};   ///< A port waits twice as long before it forwards.

    bool operator==(const SpanningTree&) const = default;
};

/// All that is known of the wire besides the machines of the rack.
struct WirePicture {
    std::vector<Neighbour> neighbours;   ///< In the order in which they were first heard.
    std::vector<SwitchPort> switchPorts; ///< More than one: something between forwards what it should not.
    std::optional<SpanningTree> spanningTree;
    std::vector<std::uint16_t> taggedVlans; ///< That frames arrived with, rising.

    bool operator==(const WirePicture&) const = default;
};

/// "computer", "bmc", "switch", "router", "access-point", "phone", "power-unit", "unknown": the words of
/// events and --json.
[[nodiscard]] std::string_view toWord(NeighbourKind kind);
/// "stp", "rstp", "mstp".
[[nodiscard]] std::string_view toWord(SpanningTree::Protocol protocol);

} // namespace rackmuster::boot
