#pragma once

#include "core/net/StopSignal.h"

#include <thread>

namespace rackmuster::tests {

/// Runs `server.run(stop)` on a thread of its own, in the network namespace of the thread that makes it,
/// until it is destroyed.
template <typename Server>
class RunningServer {
public:
    explicit RunningServer(Server& server) : m_thread([this, &server] { server.run(m_stop); }) {}
    ~RunningServer() {
        m_stop.raise();
        m_thread.join();
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

private:
    net::StopSignal m_stop;
    std::thread m_thread;
};

} // namespace rackmuster::tests
