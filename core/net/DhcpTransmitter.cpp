#include "core/net/DhcpTransmitter.h"

#include "core/wire/Frame.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <linux/if_ether.h>
#include <sys/socket.h>
#include <utility>

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

Result<void> DhcpTransmitter::add(PendingReply pending) {
    auto payload = wire::encodeDhcp(*pending.decision.reply, pending.decision.maximumSize);
    if (!payload)
        return tl::unexpected(payload.error());
    Outgoing outgoing{std::move(pending)};
    outgoing.bytes = std::move(*payload);
    if (outgoing.pending.decision.delivery == boot::Delivery::LinkUnicast)
        addressToLink(outgoing);
    else
        addressToEndpoint(outgoing);
    m_outgoing.push_back(std::move(outgoing));
    return {};
}

/// The client cannot answer ARP yet, so the frame names its hardware address itself.
void DhcpTransmitter::addressToLink(Outgoing& outgoing) const {
    const wire::DhcpMessage& reply = *outgoing.pending.decision.reply;
    outgoing.socket = m_packet;
    outgoing.bytes =
        wire::encodeIpv4Udp(outgoing.pending.server, serverPort, reply.yiaddr, clientPort, outgoing.bytes);
    sockaddr_ll& to = outgoing.to.link;
    to = {};
    to.sll_family = AF_PACKET;
    to.sll_protocol = htons(ETH_P_IP);
    to.sll_ifindex = m_interfaceIndex;
    to.sll_halen = MacAddress::size;
    const MacAddress::Octets client = reply.mac().octets();
    std::ranges::copy(client, std::begin(to.sll_addr));
    outgoing.toSize = sizeof to;
}

void DhcpTransmitter::addressToEndpoint(Outgoing& outgoing) const {
    const boot::Delivery delivery = outgoing.pending.decision.delivery;
    outgoing.socket = delivery == boot::Delivery::Sender ? m_proxy : m_socket;
    outgoing.to.address = target(outgoing.pending.decision, outgoing.pending.sender).toSocketAddress();
    outgoing.toSize = sizeof outgoing.to.address;
    in_pktinfo info{};
    // A relay or a renewing client may stand behind a router, so only a broadcast names the interface.
    info.ipi_ifindex = delivery == boot::Delivery::Broadcast ? m_interfaceIndex : 0;
    info.ipi_spec_dst.s_addr = htonl(outgoing.pending.server.value());
    cmsghdr control{};
    control.cmsg_level = IPPROTO_IP;
    control.cmsg_type = IP_PKTINFO;
    control.cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(outgoing.ancillary.data(), &control, sizeof control);
    std::memcpy(outgoing.ancillary.data() + CMSG_LEN(0), &info, sizeof info);
    outgoing.ancillarySize = outgoing.ancillary.size();
}

void DhcpTransmitter::flush(const std::function<void(const PendingReply&, const Result<void>&)>& told) {
    if (m_outgoing.empty())
        return;
    for (const int socket : {m_socket, m_proxy, m_packet})
        send(socket);
    const std::vector<Outgoing> sent = std::exchange(m_outgoing, {});
    for (const Outgoing& outgoing : sent)
        told(outgoing.pending, outgoing.outcome);
}

void DhcpTransmitter::send(int socket) {
    std::vector<mmsghdr> headers;
    std::vector<Outgoing*> ours;
    for (Outgoing& outgoing : m_outgoing) {
        if (outgoing.socket != socket)
            continue;
        outgoing.part = {outgoing.bytes.data(), outgoing.bytes.size()};
        mmsghdr header{};
        header.msg_hdr.msg_name = &outgoing.to;
        header.msg_hdr.msg_namelen = outgoing.toSize;
        header.msg_hdr.msg_iov = &outgoing.part;
        header.msg_hdr.msg_iovlen = 1;
        if (outgoing.ancillarySize > 0) {
            header.msg_hdr.msg_control = outgoing.ancillary.data();
            header.msg_hdr.msg_controllen = outgoing.ancillarySize;
        }
        headers.push_back(header);
        ours.push_back(&outgoing);
    }
    for (std::size_t done = 0; done < headers.size();) {
        const int count = ::sendmmsg(socket, &headers[done], static_cast<unsigned>(headers.size() - done),
                                     MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count > 0) {
            done += static_cast<std::size_t>(count);
            continue;
        }
        // Of the first one only: an unreachable client keeps no other from its reply.
        ours[done]->outcome = failSystem("Sending a DHCP reply");
        ++done;
    }
}

} // namespace rackmuster::net
