#pragma once

#include "core/net/ServerEvents.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace rackmuster::tests {

/// Keeps what servers report, from any thread, for a test to wait for.
class ServerEventLog {
public:
    [[nodiscard]] net::EventSink sink() {
        return [this](net::ServerEvent event) {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(std::move(event));
            m_changed.notify_all();
        };
    }

    /// All events of one kind so far.
    template <typename T>
    [[nodiscard]] std::vector<T> all() const {
        const std::lock_guard lock(m_mutex);
        return collect<T>();
    }

    /// Waits until there are at least `count` events of one kind, five seconds at most; all of that kind.
    template <typename T>
    [[nodiscard]] std::vector<T> waitFor(std::size_t count = 1) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(5), [&] { return collect<T>().size() >= count; });
        return collect<T>();
    }

private:
    template <typename T>
    [[nodiscard]] std::vector<T> collect() const {
        std::vector<T> found;
        for (const net::ServerEvent& event : m_events) {
            if (const T* one = std::get_if<T>(&event))
                found.push_back(*one);
        }
        return found;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<net::ServerEvent> m_events;
};

} // namespace rackmuster::tests
