#pragma once

#include "core/net/TftpServer.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/MapSource.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"
#include "tests/support/TftpClient.h"

#include <memory>
#include <string>

namespace rackmuster::tests {

/// A TFTP server on loopback, with the files of `source`, which are put in first.
class RunningTftp {
public:
    explicit RunningTftp(std::shared_ptr<MapSource> source, std::size_t maximumTransfers = 1024)
        : m_source(std::move(source)), m_bound(LoopbackSocket::udp()), m_server(options(maximumTransfers)),
          m_running(m_server) {}

    [[nodiscard]] std::uint16_t port() const { return m_bound.port; }
    [[nodiscard]] net::TftpServer& server() { return m_server; }
    [[nodiscard]] ServerEventLog& log() { return m_log; }
    [[nodiscard]] TftpQuery ask(const std::string& path) const {
        TftpQuery query;
        query.port = m_bound.port;
        query.path = path;
        return query;
    }

private:
    net::TftpServer::Options options(std::size_t maximumTransfers) {
        net::TftpServer::Options options;
        options.socket = std::move(m_bound.socket);
        options.source = [source = m_source] {
            return source;
        };
        options.clock = &m_clock;
        options.events = m_log.sink();
        options.maximumTransfers = maximumTransfers;
        return options;
    }

    std::shared_ptr<MapSource> m_source;
    LoopbackSocket m_bound;
    ServerEventLog m_log;
    SystemClock m_clock;
    net::TftpServer m_server;
    RunningServer<net::TftpServer> m_running;
};

} // namespace rackmuster::tests
