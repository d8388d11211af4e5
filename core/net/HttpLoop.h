#pragma once

#include "core/net/HttpAdmission.h"
#include "core/net/HttpConnection.h"
#include "core/net/StopSignal.h"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace rackmuster::net {

/// One thread's share of the connections. Several loops may share a listener.
class HttpLoop {
public:
    struct Shared {
        int listener = -1; ///< Not owned; non-blocking.
        HttpResponder& responder;
        HttpTransfers& transfers;
        HttpAdmission& admission;
    };
    /// Errors: System.
    [[nodiscard]] static Result<std::unique_ptr<HttpLoop>> create(Shared shared);
    ~HttpLoop();
    HttpLoop(const HttpLoop&) = delete;
    HttpLoop& operator=(const HttpLoop&) = delete;

    void run(const StopSignal& stop);

private:
    struct Client {
        std::unique_ptr<HttpConnection> connection;
        std::uint32_t events = 0; ///< what epoll watches it for
    };

    HttpLoop(Shared shared, FileDescriptor epoll, FileDescriptor timer);
    [[nodiscard]] bool listen(); ///< (Again.) False: it cannot be watched.
    void take(int fd, std::uint32_t events);
    void accept();
    void admit(FileDescriptor socket, Ipv4Address peer);
    void advance(int socket);
    void follow(int socket, Client& client, HttpConnection::Wish wish);
    void remove(int socket);
    void askAwaiting();
    void sweep();
    void setTimer(std::chrono::nanoseconds after);

    Shared m_shared;
    FileDescriptor m_epoll;
    FileDescriptor m_timer; // until those that await an acknowledgement are asked again
    std::vector<std::uint8_t> m_buffer;
    std::unordered_map<int, Client> m_clients; // by socket
    std::vector<int> m_awaiting;               // sockets that await an acknowledgement
    std::chrono::nanoseconds m_patience{};     // until they are asked again
    bool m_isListening = false;
};

} // namespace rackmuster::net
