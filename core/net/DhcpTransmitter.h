#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"
#include "core/boot/DhcpResponder.h"

namespace rackmuster::net {

/// Sends replies the four ways of RFC 2131 4.1 (P10), always from port 67 (P09) and over one interface (R52).
class DhcpTransmitter {
public:
    /// `socket` is bound to UDP 67, `packet` is an AF_PACKET SOCK_DGRAM socket; neither is owned.
    DhcpTransmitter(int socket, int packet, int interfaceIndex)
        : m_socket(socket), m_packet(packet), m_interfaceIndex(interfaceIndex) {}

    /// Sends `decision.reply` from `server`. Errors: Malformed (it does not fit), System.
    [[nodiscard]] Result<void> send(const boot::DhcpDecision& decision, Ipv4Address server) const;

private:
    [[nodiscard]] Result<void> sendToLink(const wire::DhcpMessage& reply, Ipv4Address server,
                                          Bytes payload) const;

    int m_socket;
    int m_packet;
    int m_interfaceIndex;
};

} // namespace rackmuster::net
