#pragma once

#include "core/boot/Neighbour.h"

namespace rackmuster::wire {
struct Bpdu;
struct CdpMessage;
struct DhcpMessage;
struct LldpMessage;
} // namespace rackmuster::wire

namespace rackmuster::boot {

/// What one frame says of who sent it. `sightingOf` fills what the message says; when, from where and with
/// which tags it came is the capture's to add.
struct NeighbourSighting {
    /// How far `kind` and the names can be relied on.
    enum class Certainty : std::uint8_t {
        Guessed,  ///< By what its DHCP client looks like.
        Known,    ///< Only such a thing sends this.
        Announced ///< It says so itself.
    };
    /// The far end of the cable, as LLDP and CDP tell it.
    struct Port {
        bool isLldp = true; ///< Else CDP, which some speak beside it.
        std::string switchName;
        std::string port;
        std::optional<std::uint16_t> vlan;
        std::chrono::seconds timeToLive{0}; ///< 0: it leaves.
    };
    struct Tree {
        SpanningTree tree;
        std::chrono::milliseconds maxAge{0}; ///< After which it no longer holds.
    };

    MacAddress mac{MacAddress::Octets{}};
    WallTime time;
    VlanTags vlan;
    NeighbourKind kind = NeighbourKind::Unknown;
    Certainty certainty = Certainty::Guessed;
    bool isDhcpServer = false;
    std::string name;
    std::string description;
    std::optional<Ipv4Address> address;
    std::optional<Port> port;
    std::optional<Tree> tree;
};

[[nodiscard]] NeighbourSighting sightingOf(const wire::LldpMessage& message);
[[nodiscard]] NeighbourSighting sightingOf(const wire::CdpMessage& message);
[[nodiscard]] NeighbourSighting sightingOf(const wire::Bpdu& bpdu);
/// Of a DHCP client; its hardware address is filled, too, as a relay may have sent the frame.
[[nodiscard]] NeighbourSighting sightingOf(const wire::DhcpMessage& request);

} // namespace rackmuster::boot
