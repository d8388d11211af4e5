#include "tests/support/LoopbackSocket.h"

#include <QtGlobal>

#include <netinet/in.h>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

LoopbackSocket bound(int type, std::uint16_t port = 0) {
    LoopbackSocket made{FileDescriptor(::socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), 0};
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    here.sin_port = htons(port);
    const int again = type == SOCK_STREAM ? 1 : 0;
    ::setsockopt(made.socket.get(), SOL_SOCKET, SO_REUSEADDR, &again, sizeof again);
    socklen_t size = sizeof here;
    auto* address = reinterpret_cast<sockaddr*>(&here);
    if (::bind(made.socket.get(), address, size) != 0 ||
        ::getsockname(made.socket.get(), address, &size) != 0)
        qFatal("A test cannot bind to 127.0.0.1.");
    made.port = ntohs(here.sin_port);
    return made;
}

} // namespace

LoopbackSocket LoopbackSocket::udp() {
    LoopbackSocket made = bound(SOCK_DGRAM);
    const int on = 1;
    ::setsockopt(made.socket.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    return made;
}

LoopbackSocket LoopbackSocket::listening(std::uint16_t port) {
    LoopbackSocket made = bound(SOCK_STREAM, port);
    if (::listen(made.socket.get(), 1024) != 0)
        qFatal("A test cannot listen on 127.0.0.1.");
    return made;
}

} // namespace rackmuster::tests
