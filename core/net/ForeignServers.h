#pragma once

#include "core/base/Clock.h"
#include "core/net/ServerEvents.h"

#include <cstddef>
#include <map>
#include <utility>

namespace rackmuster::net {

/// Which other DHCP servers were told of already, so that each is told once and not with every reply (R09).
/// Bounded: forged servers beyond the limit are not told at all.
class ForeignServers {
public:
    static constexpr std::size_t limit = 32;
    static constexpr std::chrono::minutes silence{5}; ///< after which one is news again

    /// Notes that it was heard; true when that is news.
    [[nodiscard]] bool isNews(const ForeignDhcp& server, Instant now);

private:
    std::map<std::pair<Ipv4Address, MacAddress>, Instant> m_lastHeard;
};

} // namespace rackmuster::net
