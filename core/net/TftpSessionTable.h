#pragma once

#include "core/net/TftpSession.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace rackmuster::net {

/// The running transfers, by number, by peer and by deadline.
class TftpSessionTable {
public:
    using Id = std::uint64_t; ///< counts up, never used twice; from 1

    Id add(std::unique_ptr<TftpSession> session);
    /// The session, or null when it is over and gone.
    [[nodiscard]] TftpSession* find(Id id) const;
    [[nodiscard]] std::optional<Id> idOf(const UdpEndpoint& peer) const;
    std::unique_ptr<TftpSession> remove(Id id);
    /// To be called after a session did anything: its deadline has moved. Costs nothing when it moved away,
    /// as it does with every block: due() finds that out.
    void reschedule(Id id);

    /// No deadline is earlier.
    [[nodiscard]] std::optional<Instant> nextDeadline() const;
    /// A session whose deadline has passed.
    [[nodiscard]] std::optional<Id> due(Instant now);
    /// The oldest one that has taken no data yet (R34).
    [[nodiscard]] std::optional<Id> oldestProbe() const;
    [[nodiscard]] std::size_t size() const { return m_sessions.size(); }

private:
    struct Entry {
        std::unique_ptr<TftpSession> session;
        Instant scheduled; ///< not after its deadline
    };
    struct PeerHash {
        std::size_t operator()(const UdpEndpoint& peer) const noexcept {
            return std::hash<std::uint64_t>{}(std::uint64_t{peer.address.value()} << 16U | peer.port);
        }
    };
    void schedule(Id id, Entry& entry, Instant deadline);

    std::unordered_map<Id, Entry> m_sessions;
    std::unordered_map<UdpEndpoint, Id, PeerHash> m_byPeer;
    std::set<std::pair<Instant, Id>> m_deadlines;
    Id m_last = 0;
};

} // namespace rackmuster::net
