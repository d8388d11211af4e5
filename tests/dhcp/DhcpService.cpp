#include "tests/dhcp/DhcpService.h"

#include <cstdio>
#include <cstdlib>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

void require(bool isDone, const char* what) {
    if (isDone)
        return;
    std::perror(what);
    std::abort();
}

bool set(const FileDescriptor& socket, int level, int option, int value) {
    return ::setsockopt(socket.get(), level, option, &value, sizeof value) == 0;
}

FileDescriptor openUdp(const std::string& interface) {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(67);
    constexpr int buffer = 4 * 1024 * 1024; // as the helper has it
    const bool isOpen = set(socket, SOL_SOCKET, SO_BROADCAST, 1) && set(socket, IPPROTO_IP, IP_PKTINFO, 1) &&
                        set(socket, SOL_SOCKET, SO_RCVBUFFORCE, buffer) &&
                        ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.c_str(),
                                     static_cast<socklen_t>(interface.size())) == 0 &&
                        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
    require(isOpen, "UDP port 67");
    return socket;
}

/// `protocol` 0: for sending only.
FileDescriptor openPacket(int interfaceIndex, std::uint16_t protocol) {
    FileDescriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_ll place{};
    place.sll_family = AF_PACKET;
    place.sll_protocol = htons(protocol);
    place.sll_ifindex = interfaceIndex;
    const bool isBound =
        protocol == 0 || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
    require(socket.isOpen() && isBound, "a packet socket");
    return socket;
}

} // namespace

std::shared_ptr<const boot::Catalog> DhcpService::catalog() const {
    boot::Catalog::Contents contents;
    contents.server.interface = interface;
    contents.server.address = address;
    contents.server.network = Ipv4Network(address, prefixLength);
    if (!range.empty())
        contents.dhcp.range = Ipv4Range::parse(range).value();
    if (!quarantine.empty())
        contents.dhcp.quarantine = Ipv4Range::parse(quarantine).value();
    contents.dhcp.leaseSeconds = leaseSeconds;
    contents.dhcp.checksAddresses = checksAddresses;
    contents.hostFiles["pxelinux.0"] = {};
    for (const MacAddress& mac : approved) {
        boot::MachineBoot machine{.mac = mac};
        machine.isApproved = true;
        contents.machines.emplace(mac, std::make_shared<const boot::MachineBoot>(machine));
    }
    return std::make_shared<const boot::Catalog>(std::move(contents));
}

net::DhcpServer::Options DhcpService::open(boot::LeaseStore& store, const Clock& clock,
                                           net::EventSink events) const {
    net::DhcpServer::Options options;
    options.interfaceIndex = static_cast<int>(::if_nametoindex(interface.c_str()));
    options.socket = openUdp(interface);
    options.packet = openPacket(options.interfaceIndex, 0);
    options.arp = openPacket(options.interfaceIndex, ETH_P_ARP);
    options.catalog = std::make_shared<Published<boot::Catalog>>(catalog());
    options.store = &store;
    options.clock = &clock;
    options.events = std::move(events);
    return options;
}

} // namespace rackmuster::tests
