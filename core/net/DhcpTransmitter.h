#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/boot/DhcpResponder.h"
#include "core/net/UdpEndpoint.h"

#include <functional>
#include <linux/if_packet.h>
#include <vector>

namespace rackmuster::net {

/// A reply on its way.
struct PendingReply {
    boot::DhcpDecision decision; ///< with a reply
    MacAddress mac;
    Ipv4Address server;
    UdpEndpoint sender; ///< where the request came from
};

/// Sends replies the ways of RFC 2131 4.1 (P10) from port 67, answers to port 4011 from there (P09), all over
/// one interface (R52), as many as possible in one system call.
class DhcpTransmitter {
public:
    /// `socket` is bound to UDP 67, `proxy` to 4011, `packet` is an AF_PACKET SOCK_DGRAM socket; none is
    /// owned.
    DhcpTransmitter(int socket, int proxy, int packet, int interfaceIndex)
        : m_socket(socket), m_proxy(proxy), m_packet(packet), m_interfaceIndex(interfaceIndex) {}

    /// Keeps it for the next flush(). Error: Malformed (it does not fit); then it is not kept.
    [[nodiscard]] Result<void> add(PendingReply pending);
    /// Sends what was added, and says of each how that went. Errors: System.
    void flush(const std::function<void(const PendingReply&, const Result<void>&)>& told);
    [[nodiscard]] bool isEmpty() const { return m_outgoing.empty(); }

private:
    /// One datagram with all that sendmmsg wants to point at.
    struct Outgoing {
        PendingReply pending;
        int socket = -1;
        std::vector<std::uint8_t> bytes;
        union {
            sockaddr_in address;
            sockaddr_ll link;
        } to{};
        socklen_t toSize = 0;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> ancillary{};
        std::size_t ancillarySize = 0;
        iovec part{};
        Result<void> outcome;
    };
    void addressToLink(Outgoing& outgoing) const;
    void addressToEndpoint(Outgoing& outgoing) const;
    void send(int socket);

    int m_socket;
    int m_proxy;
    int m_packet;
    int m_interfaceIndex;
    std::vector<Outgoing> m_outgoing;
};

} // namespace rackmuster::net
