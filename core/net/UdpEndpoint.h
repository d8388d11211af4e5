#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"

#include <compare>
#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <span>
#include <sys/socket.h>

namespace rackmuster::net {

struct UdpEndpoint {
    Ipv4Address address;
    std::uint16_t port = 0;

    auto operator<=>(const UdpEndpoint&) const = default;
    [[nodiscard]] sockaddr_in toSocketAddress() const;
};

/// A datagram with the way it came.
struct ReceivedDatagram {
    Bytes payload; ///< view into the caller's buffer
    UdpEndpoint peer;
    Ipv4Address local; ///< our address that an answer comes from (IP_PKTINFO ipi_spec_dst)
    int interfaceIndex = 0;
};

/// What a receiving call told of the way a datagram came; nothing without IP_PKTINFO.
[[nodiscard]] std::optional<in_pktinfo> packetInfo(msghdr& header);
/// An errno that tells of an earlier datagram's fate: the socket itself is well.
[[nodiscard]] bool isPassingError(int error);

/// The next datagram of a non-blocking socket with IP_PKTINFO; nothing when there is none. One that does not
/// fit into `buffer` is passed over.
[[nodiscard]] Result<std::optional<ReceivedDatagram>> receiveDatagram(int socket,
                                                                      std::span<std::uint8_t> buffer);

/// Sends from `local` over the interface `interfaceIndex`, 0 for what the routes say.
[[nodiscard]] Result<void> sendDatagram(int socket, const UdpEndpoint& to, Ipv4Address local,
                                        int interfaceIndex, Bytes payload);

} // namespace rackmuster::net
