#include "core/engine/Inbox.h"

#include <utility>

namespace rackmuster::engine {

Inbox::Inbox(std::function<void()> wake, std::size_t limit) : m_wake(std::move(wake)), m_limit(limit) {}

void Inbox::put(net::ServerEvent event) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.events.size() >= m_limit) {
            ++m_waiting.dropped;
            return;
        }
        m_waiting.events.push_back(std::move(event));
        if (m_waiting.events.size() > 1)
            return; // whoever put the first one has woken the engine
    }
    m_wake();
}

Inbox::Batch Inbox::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

} // namespace rackmuster::engine
