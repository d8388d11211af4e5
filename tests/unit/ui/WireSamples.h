#pragma once

#include "core/engine/Snapshot.h"

namespace rackmuster::tests {

[[nodiscard]] inline engine::NeighbourInfo neighbour(std::uint8_t number, boot::NeighbourKind kind,
                                                     const char* name, const char* vendor) {
    engine::NeighbourInfo info;
    info.neighbour.mac = MacAddress({0x00, 0x1B, 0x54, 0xAA, 0xBB, number});
    info.neighbour.kind = kind;
    info.neighbour.name = name;
    info.neighbour.firstHeard = WallTime(std::chrono::hours(500'000));
    info.neighbour.lastHeard = info.neighbour.firstHeard + std::chrono::seconds(90);
    info.neighbour.count = 4;
    info.vendor = QString::fromLatin1(vendor);
    return info;
}

/// A rack switch with its spanning tree, a BMC, another DHCP server and a phone in a VLAN.
[[nodiscard]] inline engine::WireInfo rackWire() {
    using Kind = boot::NeighbourKind;
    engine::WireInfo wire;
    wire.neighbours = {neighbour(0x8C, Kind::Switch, "core-sw1", "Cisco"),
                       neighbour(2, Kind::ManagementController, "idrac-7ABC123", "Dell"),
                       neighbour(3, Kind::Unknown, "", "MikroTik"),
                       neighbour(4, Kind::Phone, "SIP-T46S", "Yealink")};
    wire.neighbours[0].neighbour.address = Ipv4Address(10, 0, 0, 2);
    wire.neighbours[1].neighbour.address = Ipv4Address(192, 168, 0, 77);
    wire.neighbours[2].neighbour.address = Ipv4Address(192, 168, 0, 1);
    wire.neighbours[2].neighbour.isDhcpServer = true;
    wire.neighbours[3].neighbour.vlan = {std::uint16_t(100), std::uint16_t(30)};
    wire.switchPorts = {{wire.neighbours[0].neighbour.mac, "core-sw1", "Gi1/0/12", std::uint16_t(20)}};
    wire.spanningTree = boot::SpanningTree{};
    return wire;
}

} // namespace rackmuster::tests
