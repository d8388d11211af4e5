#include "tests/support/UdpClient.h"

#include <QtGlobal>

#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

sockaddr_in endpoint(Ipv4Address address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address.value());
    out.sin_port = htons(port);
    return out;
}

} // namespace

UdpClient::UdpClient(Ipv4Address address) : m_socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in local = endpoint(address, 0);
    if (::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0)
        qFatal("A test cannot bind to %s.", address.toString().c_str());
}

void UdpClient::send(Bytes bytes, std::uint16_t port, Ipv4Address server) const {
    const sockaddr_in to = endpoint(server, port);
    ::sendto(m_socket.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to),
             sizeof to);
}

std::optional<UdpClient::Datagram> UdpClient::receive(std::chrono::milliseconds patience) const {
    pollfd ready{m_socket.get(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(patience.count())) <= 0)
        return std::nullopt;
    std::vector<std::uint8_t> buffer(65536);
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t count = ::recvfrom(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                     reinterpret_cast<sockaddr*>(&from), &size);
    if (count < 0)
        return std::nullopt;
    buffer.resize(static_cast<std::size_t>(count));
    return Datagram{std::move(buffer), ntohs(from.sin_port)};
}

} // namespace rackmuster::tests
