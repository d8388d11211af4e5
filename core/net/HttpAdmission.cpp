#include "core/net/HttpAdmission.h"

namespace rackmuster::net {

bool HttpAdmission::enter(Ipv4Address peer) {
    const std::lock_guard lock(m_mutex);
    if (m_count >= inAll)
        return false;
    unsigned& ofPeer = m_ofPeers[peer]; // one that is refused has some already
    if (ofPeer >= ofOnePeer)
        return false;
    ++ofPeer;
    ++m_count;
    return true;
}

void HttpAdmission::leave(Ipv4Address peer) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_ofPeers.find(peer);
    if (found == m_ofPeers.end())
        return;
    --m_count;
    if (--found->second == 0)
        m_ofPeers.erase(found);
}

} // namespace rackmuster::net
