#include "tests/support/HttpClient.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sstream>
#include <sys/socket.h>
#include <utility>

namespace rackmuster::tests {

namespace {

sockaddr_in socketAddress(Ipv4Address address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address.value());
    out.sin_port = htons(port);
    return out;
}

} // namespace

HttpClient::HttpClient(Ipv4Address server, std::uint16_t port) : HttpClient(server, port, Ipv4Address()) {}

HttpClient::HttpClient(Ipv4Address server, std::uint16_t port, Ipv4Address from, int receiveBuffer) {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (receiveBuffer > 0) {
        ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        // As on a cable: a segment of the loopback device would be larger than the window, and only probes of
        // the sender, seconds apart, would fill it.
        const int segment = 1460;
        ::setsockopt(socket.get(), IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
    }
    const sockaddr_in own = socketAddress(from, 0);
    const sockaddr_in to = socketAddress(server, port);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 &&
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
        m_socket = std::move(socket);
    setPatience(std::chrono::seconds(5));
}

void HttpClient::setPatience(std::chrono::seconds patience) {
    const timeval time{patience.count(), 0};
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

bool HttpClient::send(const std::string& text) {
    return ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
}

bool HttpClient::fill() {
    std::array<char, 65536> buffer{};
    ssize_t count = 0;
    do {
        errno = 0;
        count = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count > 0)
        m_buffer.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string HttpClient::readText() {
    if (m_buffer.empty())
        fill();
    return std::exchange(m_buffer, {});
}

bool HttpClient::isEnded() {
    while (fill())
        m_buffer.clear();
    return errno != EAGAIN; // as after a time-out
}

std::size_t HttpClient::readSome(std::size_t count) {
    std::size_t taken = std::min(count, m_buffer.size());
    m_buffer.erase(0, taken);
    errno = 0;
    while (taken < count) {
        // Of a stream MSG_TRUNC throws away, and needs no place to put it.
        const ssize_t got = ::recv(m_socket.get(), nullptr, count - taken, MSG_TRUNC);
        if (got > 0)
            taken += static_cast<std::size_t>(got);
        else if (got == 0 || errno != EINTR)
            break;
    }
    return taken;
}

HttpResponse HttpClient::receiveHead() {
    HttpResponse response;
    while (m_buffer.find("\r\n\r\n") == std::string::npos) {
        if (!fill())
            return response;
    }
    const std::size_t end = m_buffer.find("\r\n\r\n");
    std::istringstream head(m_buffer.substr(0, end + 2));
    m_buffer.erase(0, end + 4);
    std::getline(head, response.statusLine, '\r');
    std::istringstream(response.statusLine.substr(std::min<std::size_t>(9, response.statusLine.size()))) >>
        response.status;
    for (std::string line; head.get() && std::getline(head, line, '\r') && !line.empty();) {
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos)
            response.headers[line.substr(0, colon)] = line.substr(colon + 2);
    }
    return response;
}

HttpResponse HttpClient::receive(bool hasBody) {
    HttpResponse response = receiveHead();
    if (response.status == 0)
        return response;
    const auto length = response.headers.find("Content-Length");
    const std::size_t due = hasBody && length != response.headers.end() ? std::stoull(length->second) : 0;
    while (m_buffer.size() < due && fill()) {
    }
    response.isWhole = m_buffer.size() >= due;
    response.body = m_buffer.substr(0, due);
    m_buffer.erase(0, response.body.size());
    return response;
}

HttpResponse HttpClient::get(const std::string& target, const std::string& headers) {
    if (!send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n"))
        return {};
    return receive();
}

} // namespace rackmuster::tests
