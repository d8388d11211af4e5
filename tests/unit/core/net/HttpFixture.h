#pragma once

#include "core/net/HttpServer.h"
#include "tests/support/HttpClient.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/ManualClock.h"
#include "tests/support/MapSource.h"
#include "tests/support/ServerEventLog.h"

#include <memory>

namespace rackmuster::tests {

/// A server on 127.0.0.1 that serves what a test puts into `source` before start().
struct HttpFixture {
    std::shared_ptr<MapSource> source = std::make_shared<MapSource>();
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    unsigned threads = 2;
    ServerEventLog log;
    std::uint16_t port = 0;
    std::unique_ptr<net::HttpServer> server; // last: its threads use the others

    /// The second time on the port of the first.
    [[nodiscard]] bool start() {
        LoopbackSocket listening = LoopbackSocket::listening(port);
        if (port == 0)
            port = listening.port; // clients of the first may still read it
        net::HttpServer::Options options;
        options.socket = std::move(listening.socket);
        options.source = [this] {
            return source;
        };
        options.events = log.sink();
        options.clock = clock;
        options.threads = threads;
        auto started = net::HttpServer::start(std::move(options));
        if (started)
            server = std::move(*started);
        return server != nullptr;
    }
    [[nodiscard]] HttpClient connect(Ipv4Address from = {}, int receiveBuffer = 0) const {
        return {Ipv4Address(127, 0, 0, 1), port, from, receiveBuffer};
    }
    [[nodiscard]] HttpResponse get(const std::string& target, const std::string& headers = {}) const {
        return connect().get(target, headers);
    }
};

} // namespace rackmuster::tests
