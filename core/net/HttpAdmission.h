#pragma once

#include "core/base/Ipv4Address.h"

#include <mutex>
#include <unordered_map>

namespace rackmuster::net {

/// How many connections there may be (R36). Thread-safe.
class HttpAdmission {
public:
    static constexpr unsigned inAll = 1024;
    static constexpr unsigned ofOnePeer = 64;

    /// Counts one more, when there is room for it.
    [[nodiscard]] bool enter(Ipv4Address peer);
    void leave(Ipv4Address peer); ///< As often as it entered.

private:
    std::mutex m_mutex;
    unsigned m_count = 0;
    std::unordered_map<Ipv4Address, unsigned> m_ofPeers;
};

} // namespace rackmuster::net
