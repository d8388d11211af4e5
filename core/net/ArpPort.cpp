#include "core/net/ArpPort.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace rackmuster::net {

namespace {

constexpr int perCall = 256;

} // namespace

ArpPort::ArpPort(int socket) : m_socket(socket) {
    if (!isOpen())
        return;
    sockaddr_ll here{};
    socklen_t size = sizeof here;
    if (::getsockname(m_socket, reinterpret_cast<sockaddr*>(&here), &size) != 0) {
        m_socket = -1;
        return;
    }
    m_interfaceIndex = here.sll_ifindex;
    MacAddress::Octets octets{};
    std::copy_n(std::begin(here.sll_addr), octets.size(), octets.begin());
    m_hardware = MacAddress(octets);
}

Result<void> ArpPort::probe(std::span<const Ipv4Address> addresses) {
    sockaddr_ll everybody{};
    everybody.sll_family = AF_PACKET;
    everybody.sll_protocol = htons(ETH_P_ARP);
    everybody.sll_ifindex = m_interfaceIndex;
    everybody.sll_halen = MacAddress::size;
    std::fill_n(std::begin(everybody.sll_addr), MacAddress::size, std::uint8_t{0xFF});
    Result<void> outcome;
    for (const Ipv4Address address : addresses) {
        const wire::ArpBytes packet = wire::encodeArp(wire::arpProbe(m_hardware, address));
        if (::sendto(m_socket, packet.data(), packet.size(), MSG_DONTWAIT,
                     reinterpret_cast<const sockaddr*>(&everybody), sizeof everybody) < 0)
            outcome = failSystem("Sending an address probe");
    }
    return outcome;
}

Result<std::vector<wire::ArpPacket>> ArpPort::receive() {
    std::vector<wire::ArpPacket> packets;
    for (int i = 0; i < perCall; ++i) {
        std::array<std::uint8_t, 64> buffer{};
        sockaddr_ll from{};
        socklen_t size = sizeof from;
        const ssize_t count = ::recvfrom(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT | MSG_TRUNC,
                                         reinterpret_cast<sockaddr*>(&from), &size);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (count < 0 && (errno == EINTR || errno == ENETDOWN))
            continue; // a pulled cable is told once, and may come back
        if (count < 0)
            return failSystem("Receiving address probes");
        const std::size_t length = std::min(static_cast<std::size_t>(count), buffer.size());
        const auto packet = wire::decodeArp(Bytes(buffer).first(length));
        if (packet && from.sll_pkttype != PACKET_OUTGOING)
            packets.push_back(*packet);
    }
    return packets;
}

} // namespace rackmuster::net
