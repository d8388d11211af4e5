#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace rackmuster::tests {

struct HttpResponse {
    int status = 0;
    std::string statusLine;
    std::map<std::string, std::string> headers; ///< names exactly as they came
    std::string body;
    bool isWhole = false; ///< as many bytes as Content-Length says (or none due)
};

/// One connection that sends exactly the bytes it is given, from the calling thread's namespace.
class HttpClient {
public:
    HttpClient(Ipv4Address server, std::uint16_t port);
    /// From an address of this computer; `receiveBuffer` bytes are all that the kernel takes unread, when
    /// given.
    HttpClient(Ipv4Address server, std::uint16_t port, Ipv4Address from, int receiveBuffer = 0);

    /// How long the server may be silent before what is awaited counts as ended; five seconds until told.
    void setPatience(std::chrono::seconds patience);
    [[nodiscard]] bool isConnected() const { return m_socket.isOpen(); }
    [[nodiscard]] bool send(const std::string& text);
    /// The next response; `hasBody` is false after a HEAD. Status 0 when the connection ended before one.
    [[nodiscard]] HttpResponse receive(bool hasBody = true);
    /// The head of the next response alone.
    [[nodiscard]] HttpResponse receiveHead();
    /// Reads and discards `count` bytes at most; what came.
    std::size_t readSome(std::size_t count);
    /// What is there, or comes next; empty at the end.
    [[nodiscard]] std::string readText();
    /// Whether the server has ended the connection, which may take it five seconds; discards what comes
    /// before.
    [[nodiscard]] bool isEnded();
    /// GET with `headers`, each ended by CR LF.
    [[nodiscard]] HttpResponse get(const std::string& target, const std::string& headers = {});

private:
    bool fill();

    FileDescriptor m_socket;
    std::string m_buffer;
};

} // namespace rackmuster::tests
