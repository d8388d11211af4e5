#include "core/net/LineBudget.h"

#include <algorithm>

namespace rackmuster::net {

double LineBudget::leftAt(const Bucket& bucket, Instant now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(m_burst, bucket.left + seconds * m_perSecond);
}

bool LineBudget::take(Ipv4Address peer, Instant now) {
    auto found = m_buckets.find(peer);
    if (found == m_buckets.end()) {
        if (m_buckets.size() >= maximumPeers)
            forgetFullest(now);
        found = m_buckets.emplace(peer, Bucket{m_burst, now}).first;
    }
    Bucket& bucket = found->second;
    bucket = {leftAt(bucket, now), now};
    if (bucket.left < 1)
        return false;
    bucket.left -= 1;
    return true;
}

void LineBudget::forgetFullest(Instant now) {
    m_buckets.erase(std::ranges::max_element(m_buckets, {},
                                             [&](const auto& entry) { return leftAt(entry.second, now); }));
}

} // namespace rackmuster::net
