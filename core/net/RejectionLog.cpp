#include "core/net/RejectionLog.h"

#include <utility>

namespace rackmuster::net {

void RejectionLog::report(std::string reason, std::string source, Instant now) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_inWindow == 0 || now - m_windowStart >= std::chrono::seconds(1)) {
            m_windowStart = now;
            m_inWindow = 0;
        }
        if (m_inWindow == perSecond) {
            ++m_suppressed;
            return;
        }
        ++m_inWindow;
        if (const std::uint64_t more = std::exchange(m_suppressed, 0); more > 0)
            reason += " (" + std::to_string(more) + " more refusals were not listed)";
    }
    m_events(Rejected{std::move(reason), std::move(source)});
}

} // namespace rackmuster::net
