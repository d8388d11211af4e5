#include "app/helper/Sockets.h"

#include "app/helper/PortHolder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <system_error>

namespace rackmuster::helper {

namespace {

constexpr int receiveBuffer = 4 * 1024 * 1024; // bytes: a rack that powers on at once
constexpr int tcpBacklog = 1024;               // R36

struct Port {
    Transport transport;
    std::uint16_t number;

    [[nodiscard]] std::string name() const {
        return (transport == Transport::Udp ? "UDP port " : "TCP port ") + std::to_string(number);
    }
};

/// The failure of the last system call on `what`, by errno.
tl::unexpected<Error> failOn(const std::string& what) {
    const int reason = errno;
    if (reason == EACCES || reason == EPERM)
        return fail(ErrorCode::NoPrivilege, what);
    return fail(ErrorCode::HelperFailed, what, std::generic_category().message(reason));
}

tl::unexpected<Error> failOn(Port port) {
    if (errno == EADDRINUSE)
        return fail(ErrorCode::PortInUse, std::to_string(port.number),
                    portHolder(port.transport, port.number));
    return failOn(port.name());
}

bool enable(const FileDescriptor& socket, int level, int option, int value = 1) {
    return ::setsockopt(socket.get(), level, option, &value, sizeof value) == 0;
}

bool bindTo(const FileDescriptor& socket, const std::string& interface, std::uint16_t port) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(port);
    return ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.c_str(),
                        static_cast<socklen_t>(interface.size())) == 0 &&
           ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
}

/// Without SO_REUSEADDR, as two of us on one UDP port would steal each other's packets.
Result<FileDescriptor> openUdp(const std::string& interface, std::uint16_t number) {
    const Port port{Transport::Udp, number};
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const bool isOpen = socket.isOpen() && enable(socket, SOL_SOCKET, SO_BROADCAST) &&
                        enable(socket, IPPROTO_IP, IP_PKTINFO) &&
                        enable(socket, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT) // P62
                        && bindTo(socket, interface, number);
    if (!isOpen)
        return failOn(port);
    // Over the system's limit only with CAP_NET_ADMIN; else as much as the limit allows.
    if (!enable(socket, SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer))
        enable(socket, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
    return socket;
}

/// With SO_REUSEADDR: a listener is still exclusive, but old connections do not keep us from starting again.
Result<FileDescriptor> openTcp(const std::string& interface, std::uint16_t number) {
    const Port port{Transport::Tcp, number};
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const bool isOpen = socket.isOpen() && enable(socket, SOL_SOCKET, SO_REUSEADDR) &&
                        bindTo(socket, interface, number) && ::listen(socket.get(), tcpBacklog) == 0;
    if (!isOpen)
        return failOn(port);
    return socket;
}

/// Protocol 0: it receives nothing, it only sends (P10).
Result<FileDescriptor> openPacket() {
    FileDescriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket.isOpen())
        return failOn("the packet socket");
    return socket;
}

/// The ARP frames that arrive on the interface, and our own probes (R12).
Result<FileDescriptor> openArp(const std::string& interface) {
    FileDescriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_ll place{};
    place.sll_family = AF_PACKET;
    place.sll_protocol = htons(ETH_P_ARP);
    place.sll_ifindex = static_cast<int>(::if_nametoindex(interface.c_str()));
    if (!socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0)
        return failOn("the ARP socket");
    return socket;
}

/// Both or none. A syslog daemon of this computer may hold the port: machines can be installed without.
Result<std::vector<FileDescriptor>> openSyslog(const net::HelperRequest& request) {
    std::vector<FileDescriptor> sockets;
    if (request.syslogPort == 0)
        return sockets;
    Result<FileDescriptor> udp = openUdp(request.interface, request.syslogPort);
    Result<FileDescriptor> tcp = openTcp(request.interface, request.syslogPort);
    for (const auto* socket : {&udp, &tcp}) {
        if (!*socket && socket->error().code != ErrorCode::PortInUse)
            return tl::unexpected(socket->error());
    }
    if (udp && tcp) {
        sockets.push_back(std::move(*udp));
        sockets.push_back(std::move(*tcp));
    }
    return sockets;
}

Result<void> checkAddress(const std::string& interface) {
    const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq query{};
    std::memcpy(query.ifr_name, interface.data(), std::min(interface.size(), sizeof query.ifr_name - 1));
    if (::ioctl(socket.get(), SIOCGIFADDR, &query) == 0)
        return {};
    if (errno == EADDRNOTAVAIL)
        return fail(ErrorCode::NoAddress, interface);
    return failOn(interface);
}

} // namespace

Result<std::vector<FileDescriptor>> openSockets(const net::HelperRequest& request) {
    if (auto address = checkAddress(request.interface); !address)
        return tl::unexpected(address.error());
    std::vector<FileDescriptor> sockets;
    Result<void> outcome;
    const auto keep = [&](Result<FileDescriptor> socket) {
        if (!socket) {
            outcome = tl::unexpected(socket.error());
            return false;
        }
        sockets.push_back(std::move(*socket));
        return true;
    };
    const bool isWhole = keep(openUdp(request.interface, 67)) && keep(openUdp(request.interface, 4011)) &&
                         keep(openUdp(request.interface, 69)) &&
                         keep(openTcp(request.interface, request.httpPort)) && keep(openPacket()) &&
                         keep(openArp(request.interface));
    if (!isWhole)
        return tl::unexpected(outcome.error());
    Result<std::vector<FileDescriptor>> syslog = openSyslog(request);
    if (!syslog)
        return syslog;
    std::ranges::move(*syslog, std::back_inserter(sockets));
    return sockets;
}

} // namespace rackmuster::helper
