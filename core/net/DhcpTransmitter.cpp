#include "core/net/DhcpTransmitter.h"

#include "core/wire/Frame.h"

#include <algorithm>
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>

namespace rackmuster::net {

namespace {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;

UdpEndpoint target(const boot::DhcpDecision& decision, const UdpEndpoint& sender) {
    switch (decision.delivery) {
    case boot::Delivery::Relay:
        return {decision.destination, serverPort};
    case boot::Delivery::Unicast:
    case boot::Delivery::LinkUnicast:
        return {decision.destination, clientPort};
    case boot::Delivery::Sender:
        return sender;
    case boot::Delivery::Broadcast:
        break;
    }
    return {Ipv4Address::broadcast(), clientPort};
}

} // namespace

Result<void> DhcpTransmitter::send(const boot::DhcpDecision& decision, Ipv4Address server,
                                   const UdpEndpoint& sender) const {
    const auto payload = wire::encodeDhcp(*decision.reply, decision.maximumSize);
    if (!payload)
        return tl::unexpected(payload.error());
    if (decision.delivery == boot::Delivery::LinkUnicast)
        return sendToLink(*decision.reply, server, *payload);
    // A relay or a renewing client may stand behind a router, so only a broadcast names the interface.
    const int interface = decision.delivery == boot::Delivery::Broadcast ? m_interfaceIndex : 0;
    const int socket = decision.delivery == boot::Delivery::Sender ? m_proxy : m_socket;
    return sendDatagram(socket, target(decision, sender), server, interface, *payload);
}

/// The client cannot answer ARP yet, so the frame names its hardware address itself.
Result<void> DhcpTransmitter::sendToLink(const wire::DhcpMessage& reply, Ipv4Address server,
                                         Bytes payload) const {
    const auto packet = wire::encodeIpv4Udp(server, serverPort, reply.yiaddr, clientPort, payload);
    const MacAddress::Octets client = reply.mac().octets();
    sockaddr_ll to{};
    to.sll_family = AF_PACKET;
    to.sll_protocol = htons(ETH_P_IP);
    to.sll_ifindex = m_interfaceIndex;
    to.sll_halen = MacAddress::size;
    std::ranges::copy(client, to.sll_addr);
    if (::sendto(m_packet, packet.data(), packet.size(), MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&to),
                 sizeof to) < 0)
        return failSystem("Sending a frame");
    return {};
}

} // namespace rackmuster::net
