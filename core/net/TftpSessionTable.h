#pragma once

#include "core/net/TftpSession.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
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
    /// To be called after a session did anything: its deadline has moved.
    void reschedule(Id id);

    [[nodiscard]] std::optional<Instant> nextDeadline() const;
    /// A session whose deadline has passed.
    [[nodiscard]] std::optional<Id> due(Instant now) const;
    /// The oldest one that has taken no data yet (R34).
    [[nodiscard]] std::optional<Id> oldestProbe() const;
    [[nodiscard]] std::size_t size() const { return m_sessions.size(); }

private:
    struct Entry {
        std::unique_ptr<TftpSession> session;
        Instant scheduled;
    };
    std::map<Id, Entry> m_sessions; ///< in order of age
    std::map<UdpEndpoint, Id> m_byPeer;
    std::set<std::pair<Instant, Id>> m_deadlines;
    Id m_last = 0;
};

} // namespace rackmuster::net
