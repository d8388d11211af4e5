#include "core/net/ForeignServers.h"

namespace rackmuster::net {

bool ForeignServers::isNews(const ForeignDhcp& server, Instant now) {
    std::erase_if(m_lastHeard, [now](const auto& entry) { return now - entry.second >= silence; });
    const std::pair key(server.server, server.mac);
    if (const auto known = m_lastHeard.find(key); known != m_lastHeard.end()) {
        known->second = now;
        return false;
    }
    return m_lastHeard.size() < limit && m_lastHeard.emplace(key, now).second;
}

} // namespace rackmuster::net
