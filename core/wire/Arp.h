#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <array>
#include <cstdint>

namespace rackmuster::wire {

/// ARP for IPv4 over Ethernet (RFC 826), without the Ethernet header.
struct ArpPacket {
    std::uint16_t operation = 1; ///< 1 request, 2 reply; others are kept as they are
    MacAddress sender{MacAddress::Octets{}};
    Ipv4Address senderAddress;
    MacAddress target{MacAddress::Octets{}};
    Ipv4Address targetAddress;

    bool operator==(const ArpPacket&) const = default;

    /// The address that the sender says is its own, or is about to take (RFC 5227 1.1: a probe has sender
    /// address 0).
    [[nodiscard]] Ipv4Address claimed() const {
        return senderAddress.isNull() ? targetAddress : senderAddress;
    }
};

/// "Is `address` in use?" of RFC 5227 2.1.1, which leaves nothing behind in anybody's ARP cache.
[[nodiscard]] ArpPacket arpProbe(MacAddress sender, Ipv4Address address);

/// What follows the packet (Ethernet's padding) is passed over. Error: Malformed, also for other networks
/// than IPv4 over Ethernet.
[[nodiscard]] Result<ArpPacket> decodeArp(Bytes payload);

using ArpBytes = std::array<std::uint8_t, 28>;
[[nodiscard]] ArpBytes encodeArp(const ArpPacket& packet);

} // namespace rackmuster::wire
