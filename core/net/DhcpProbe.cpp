#include "core/net/DhcpProbe.h"

#include "core/wire/Frame.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <random>
#include <sys/socket.h>

namespace rackmuster::net {

namespace {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;
constexpr std::uint16_t broadcastFlag = 0x8000;

MacAddress madeUpMac() {
    std::random_device random;
    MacAddress::Octets octets{};
    std::generate(octets.begin(), octets.end(), [&] { return static_cast<std::uint8_t>(random()); });
    octets[0] = static_cast<std::uint8_t>((octets[0] & 0xFCU) | 0x02U); // locally administered, one machine's
    return MacAddress(octets);
}

} // namespace

std::array<wire::DhcpMessage, 2> makeDhcpProbe(MacAddress mac, std::uint32_t transaction, Ipv4Address own) {
    wire::DhcpMessage discover;
    discover.xid = transaction;
    discover.flags = broadcastFlag;
    std::ranges::copy(mac.octets(), discover.chaddr.begin());
    discover.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Discover));
    const std::array<std::uint8_t, 2> parameters{1, 3};
    discover.set(wire::DhcpOption::ParameterList, Bytes(parameters));
    wire::DhcpMessage inform = discover;
    inform.ciaddr = own;
    inform.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Inform));
    return {std::move(inform), std::move(discover)};
}

DhcpProbe::DhcpProbe(Options options)
    : m_options(std::move(options)), m_mac(madeUpMac()), m_transaction(std::random_device{}()) {}

Result<void> DhcpProbe::send() {
    sockaddr_ll to{};
    to.sll_family = AF_PACKET;
    to.sll_protocol = htons(ETH_P_IP);
    to.sll_ifindex = m_options.interfaceIndex;
    to.sll_halen = MacAddress::size;
    std::fill_n(to.sll_addr, MacAddress::size, std::uint8_t{0xFF});
    for (const wire::DhcpMessage& message : makeDhcpProbe(m_mac, ++m_transaction, m_options.ownAddress)) {
        const auto payload = wire::encodeDhcp(message);
        if (!payload)
            return tl::unexpected(payload.error());
        const auto packet =
            wire::encodeIpv4Udp(message.ciaddr, clientPort, Ipv4Address::broadcast(), serverPort, *payload);
        if (::sendto(m_options.packet.get(), packet.data(), packet.size(), MSG_DONTWAIT,
                     reinterpret_cast<const sockaddr*>(&to), sizeof to) < 0)
            return failSystem("Looking for other DHCP servers");
    }
    return {};
}

void DhcpProbe::run(const StopSignal& stop) {
    const auto patience = static_cast<int>(m_options.interval.count());
    for (;;) {
        pollfd ready{stop.fd(), POLLIN, 0};
        const int count = ::poll(&ready, 1, patience);
        if (count > 0)
            return;
        if (count < 0)
            continue; // interrupted by a signal
        if (const Result<void> sent = send(); !sent)
            m_options.events(Rejected{message(sent.error()), m_options.ownAddress.toString()});
    }
}

} // namespace rackmuster::net
