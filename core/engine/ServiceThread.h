#pragma once

#include "core/net/StopSignal.h"

#include <functional>
#include <thread>

namespace rackmuster::engine {

/// Owns a server's thread. The loop runs until it returns or the signal is raised; destruction raises it and
/// waits. A std::thread, so that ThreadSanitizer can judge what runs in it.
class ServiceThread {
public:
    using Loop = std::function<void(const net::StopSignal& stop)>;

    /// `name` is at most 15 characters (Linux shows no more).
    ServiceThread(const char* name, Loop loop);
    ~ServiceThread();
    ServiceThread(const ServiceThread&) = delete;
    ServiceThread& operator=(const ServiceThread&) = delete;

private:
    net::StopSignal m_stop;
    std::thread m_thread;
};

} // namespace rackmuster::engine
