#include "core/net/InterfaceMonitor.h"

#include <array>
#include <cerrno>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace rackmuster::net {

Result<InterfaceMonitor> InterfaceMonitor::open() {
    FileDescriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl groups{};
    groups.nl_family = AF_NETLINK;
    groups.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR;
    if (!socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&groups), sizeof groups) != 0)
        return failSystem("Watching the network interfaces");
    return InterfaceMonitor(std::move(socket));
}

void InterfaceMonitor::drain() const {
    std::array<char, 8192> buffer{};
    // ENOBUFS says that messages were lost, which is a change as well.
    while (::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) > 0 || errno == ENOBUFS ||
           errno == EINTR)
        continue;
}

} // namespace rackmuster::net
