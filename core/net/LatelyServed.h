#pragma once

#include "core/net/UdpEndpoint.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rackmuster::net {

/// The clients whose transfers ended last. An echo of theirs must not be answered: they may have begun
/// something new at the same port, and would take the answer for its end.
class LatelyServed {
public:
    void add(const UdpEndpoint& peer) {
        m_peers[m_next] = peer;
        m_next = (m_next + 1) % m_peers.size();
    }
    [[nodiscard]] bool contains(const UdpEndpoint& peer) const {
        return std::ranges::find(m_peers, peer) != m_peers.end();
    }

private:
    std::array<UdpEndpoint, 256> m_peers{};
    std::size_t m_next = 0;
};

} // namespace rackmuster::net
