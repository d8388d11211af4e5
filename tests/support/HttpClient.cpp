#include "tests/support/HttpClient.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>

namespace rackmuster::tests {

HttpClient::HttpClient(Ipv4Address server, std::uint16_t port) {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience{5, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(server.value());
    to.sin_port = htons(port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
        m_socket = std::move(socket);
}

bool HttpClient::send(const std::string& text) {
    return ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
}

bool HttpClient::fill() {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
    if (count > 0)
        m_buffer.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::size_t HttpClient::readSome(std::size_t count) {
    while (m_buffer.size() < count && fill()) {
    }
    const std::size_t taken = std::min(count, m_buffer.size());
    m_buffer.erase(0, taken);
    return taken;
}

HttpResponse HttpClient::receive(bool hasBody) {
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
