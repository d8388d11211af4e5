#include "core/net/SyslogServer.h"

#include "core/net/LineBudget.h"
#include "core/net/RejectionLog.h"
#include "core/net/UdpEndpoint.h"
#include "core/wire/Syslog.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <vector>

namespace rackmuster::net {

namespace {

constexpr int datagramsAtOnce = 64;
constexpr std::chrono::minutes idleTime{10}; // then a connection may be ended for a new one

struct Connection {
    FileDescriptor socket;
    Ipv4Address peer;
    Instant lastHeard;
    wire::SyslogStream stream;
    bool isOver = false;
};

} // namespace

/// The state of one run(): what lives on its thread and nowhere else.
class SyslogServer::Loop {
public:
    explicit Loop(SyslogServer& server)
        : m_options(server.m_options), m_rejections(server.m_options.events),
          m_budget(linesPerSecond, burst) {}
    Result<void> run(const StopSignal& stop);

private:
    Result<void> receiveDatagrams();
    void acceptConnections();
    [[nodiscard]] bool makeRoom(Ipv4Address peer);
    void readFrom(Connection& connection);
    void onMessage(Bytes message, Ipv4Address peer);
    [[nodiscard]] Instant now() const { return m_options.clock->now(); }

    Options& m_options;
    RejectionLog m_rejections;
    LineBudget m_budget;
    std::vector<Connection> m_connections;
};

Result<void> SyslogServer::Loop::run(const StopSignal& stop) {
    std::vector<pollfd> ready;
    for (;;) {
        ready = {{stop.fd(), POLLIN, 0}, {m_options.udp.get(), POLLIN, 0}, {m_options.tcp.get(), POLLIN, 0}};
        constexpr std::size_t others = 3;
        for (const Connection& connection : m_connections)
            ready.push_back({connection.socket.get(), POLLIN, 0});
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failSystem("Waiting for log messages");
        if (ready[0].revents != 0)
            return {};
        for (std::size_t i = others; i < ready.size(); ++i) {
            if (ready[i].revents != 0)
                readFrom(m_connections[i - others]);
        }
        std::erase_if(m_connections, [](const Connection& connection) { return connection.isOver; });
        if (ready[1].revents != 0) {
            if (auto received = receiveDatagrams(); !received)
                return received;
        }
        if (ready[2].revents != 0)
            acceptConnections();
    }
}

Result<void> SyslogServer::Loop::receiveDatagrams() {
    std::array<std::uint8_t, wire::SyslogStream::longestMessage> buffer{};
    for (int i = 0; i < datagramsAtOnce; ++i) {
        const auto datagram = receiveDatagram(m_options.udp.get(), buffer);
        if (!datagram)
            return tl::unexpected(datagram.error());
        if (!*datagram)
            break;
        const bool isOurs =
            m_options.interfaceIndex == 0 || (*datagram)->interfaceIndex == m_options.interfaceIndex;
        if (isOurs)
            onMessage((*datagram)->payload, (*datagram)->peer.address);
    }
    return {};
}

void SyslogServer::Loop::acceptConnections() {
    for (;;) {
        sockaddr_in from{};
        socklen_t size = sizeof from;
        FileDescriptor socket(::accept4(m_options.tcp.get(), reinterpret_cast<sockaddr*>(&from), &size,
                                        SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket.isOpen()) {
            if (errno != EAGAIN && errno != EWOULDBLOCK && errno != ECONNABORTED && errno != EINTR)
                m_rejections.report(message(failSystem("A log connection").value()), {}, now());
            return;
        }
        const Ipv4Address peer(ntohl(from.sin_addr.s_addr));
        if (makeRoom(peer))
            m_connections.push_back({std::move(socket), peer, now(), {}, false});
        else
            m_rejections.report("Too many log connections are open at once.", peer.toString(), now());
    }
}

/// The one that was silent longest gives way, when it was so for long.
bool SyslogServer::Loop::makeRoom(Ipv4Address peer) {
    const auto ofPeer = std::ranges::count(m_connections, peer, &Connection::peer);
    if (static_cast<std::size_t>(ofPeer) < connectionsPerPeer && m_connections.size() < connectionLimit)
        return true;
    const bool isPeerFull = static_cast<std::size_t>(ofPeer) >= connectionsPerPeer;
    const auto silent = std::ranges::min_element(m_connections, {}, [&](const Connection& connection) {
        return isPeerFull && connection.peer != peer ? Instant::max() : connection.lastHeard;
    });
    // A machine that was reset never closed what it had: its own old ones go at once.
    if (!isPeerFull && now() - silent->lastHeard < idleTime)
        return false;
    m_connections.erase(silent);
    return true;
}

void SyslogServer::Loop::readFrom(Connection& connection) {
    std::array<std::uint8_t, wire::SyslogStream::longestMessage> buffer{};
    const ssize_t count = ::recv(connection.socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        return;
    connection.lastHeard = now();
    const auto take = [&](const std::string& text) {
        onMessage(asBytes(text), connection.peer);
    };
    if (count > 0) {
        connection.stream.append(Bytes(buffer).first(static_cast<std::size_t>(count)));
        while (const auto text = connection.stream.next())
            take(*text);
        return;
    }
    if (const auto text = connection.stream.rest())
        take(*text);
    connection.isOver = true;
}

void SyslogServer::Loop::onMessage(Bytes message, Ipv4Address peer) {
    const Instant time = now();
    if (!m_budget.take(peer, time))
        return m_rejections.report("A machine sends more log messages than are kept.", peer.toString(), time);
    auto decoded = wire::decodeSyslog(message);
    if (!decoded)
        return m_rejections.report(rackmuster::message(decoded.error()), peer.toString(), time);
    m_options.events(SyslogLine{peer, m_options.machineAt(peer), decoded->severity, std::move(decoded->tag),
                                std::move(decoded->text)});
}

SyslogServer::SyslogServer(Options options) : m_options(std::move(options)) {}

void SyslogServer::run(const StopSignal& stop) {
    Loop loop(*this);
    if (const Result<void> outcome = loop.run(stop); !outcome)
        m_options.events(ServiceFailed{"syslog", outcome.error()});
}

} // namespace rackmuster::net
