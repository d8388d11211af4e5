#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"

#include <unordered_map>

namespace rackmuster::net {

/// How much each peer may still say: `burst` at once, then `perSecond` (a token bucket each). Remembers a
/// bounded number of peers; when there are more, the fullest, which is as good as a new one, is forgotten.
class LineBudget {
public:
    static constexpr std::size_t maximumPeers = 4096;

    LineBudget(double perSecond, double burst) : m_perSecond(perSecond), m_burst(burst) {}

    /// Takes one line of what `peer` has left at `now`; false when that is nothing.
    [[nodiscard]] bool take(Ipv4Address peer, Instant now);

private:
    struct Bucket {
        double left = 0; ///< lines
        Instant at;
    };
    [[nodiscard]] double leftAt(const Bucket& bucket, Instant now) const;
    void forgetFullest(Instant now);

    double m_perSecond;
    double m_burst;
    std::unordered_map<Ipv4Address, Bucket> m_buckets;
};

} // namespace rackmuster::net
