#pragma once

#include "core/net/ServerEvents.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace rackmuster::engine {

/// Takes what the servers report, on their threads, and hands it to the engine thread in batches. Bounded:
/// what does not fit is dropped and counted.
class Inbox {
public:
    struct Batch {
        std::vector<net::ServerEvent> events; ///< in the order they were put
        std::uint64_t dropped = 0;            ///< since the last batch
    };

    /// `wake` is called on the putting thread when the inbox was empty; it must only post.
    explicit Inbox(std::function<void()> wake, std::size_t limit = 100'000);

    void put(net::ServerEvent event); ///< any thread
    [[nodiscard]] Batch take();       ///< engine thread

private:
    std::function<void()> m_wake;
    std::size_t m_limit;
    std::mutex m_mutex;
    Batch m_waiting;
};

} // namespace rackmuster::engine
