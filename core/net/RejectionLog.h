#pragma once

#include "core/base/Clock.h"
#include "core/net/ServerEvents.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace rackmuster::net {

/// Turns refusals into Rejected events, five a second at most: a flood of bad packets must not become a flood
/// of events (A9). The first event after a flood says how many were left out. Thread-safe.
class RejectionLog {
public:
    static constexpr unsigned perSecond = 5;

    explicit RejectionLog(EventSink events) : m_events(std::move(events)) {}

    void report(std::string reason, std::string source, Instant now);

private:
    EventSink m_events;
    std::mutex m_mutex;
    Instant m_windowStart{};
    unsigned m_inWindow = 0;
    std::uint64_t m_suppressed = 0;
};

} // namespace rackmuster::net
