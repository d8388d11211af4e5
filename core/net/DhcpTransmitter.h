#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"
#include "core/boot/DhcpResponder.h"
#include "core/net/UdpEndpoint.h"

namespace rackmuster::net {

/// Sends replies the ways of RFC 2131 4.1 (P10) from port 67, answers to port 4011 from there (P09), all over
/// one interface (R52).
class DhcpTransmitter {
public:
    /// `socket` is bound to UDP 67, `proxy` to 4011, `packet` is an AF_PACKET SOCK_DGRAM socket; none is
    /// owned.
    DhcpTransmitter(int socket, int proxy, int packet, int interfaceIndex)
        : m_socket(socket), m_proxy(proxy), m_packet(packet), m_interfaceIndex(interfaceIndex) {}

    /// Sends `decision.reply` from `server`; `sender` is where the request came from. Errors: Malformed (it
    /// does not fit), System.
    [[nodiscard]] Result<void> send(const boot::DhcpDecision& decision, Ipv4Address server,
                                    const UdpEndpoint& sender) const;

private:
    [[nodiscard]] Result<void> sendToLink(const wire::DhcpMessage& reply, Ipv4Address server,
                                          Bytes payload) const;

    int m_socket;
    int m_proxy;
    int m_packet;
    int m_interfaceIndex;
};

} // namespace rackmuster::net
