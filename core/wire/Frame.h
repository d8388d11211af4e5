#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/wire/Ethernet.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace rackmuster::wire {

/// An Ethernet II frame that carries one whole UDP datagram over IPv4; one or two VLAN tags are looked
/// through.
struct UdpFrame {
    MacAddress source{MacAddress::Octets{}};
    MacAddress destination{MacAddress::Octets{}};
    std::optional<std::uint16_t> vlan; ///< 1..4094, the outer tag
    Ipv4Address sourceAddress, destinationAddress;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    Bytes payload; ///< view into the frame
};

/// Nothing (not an error) when the frame is something else: ARP, IPv6, TCP, a fragment. Errors: Truncated,
/// Malformed.
[[nodiscard]] Result<std::optional<UdpFrame>> decodeUdp(const EthernetFrame& frame);
[[nodiscard]] Result<std::optional<UdpFrame>> decodeUdpFrame(Bytes frame);

/// IPv4 header (RFC 791, with checksum, TTL 64, DF off as P62 wants) and UDP header (with checksum) round
/// `payload`: what an AF_PACKET SOCK_DGRAM socket sends to a client that has no address yet (P10). `payload`
/// is what one datagram holds, at most 65507 bytes.
[[nodiscard]] std::vector<std::uint8_t> encodeIpv4Udp(Ipv4Address source, std::uint16_t sourcePort,
                                                      Ipv4Address destination, std::uint16_t destinationPort,
                                                      Bytes payload);

} // namespace rackmuster::wire
