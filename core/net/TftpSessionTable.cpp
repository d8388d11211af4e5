#include "core/net/TftpSessionTable.h"

namespace rackmuster::net {

TftpSessionTable::Id TftpSessionTable::add(std::unique_ptr<TftpSession> session) {
    const Id id = ++m_last;
    const Instant deadline = session->deadline();
    m_byPeer.insert_or_assign(session->peer(), id);
    m_deadlines.emplace(deadline, id);
    m_sessions.emplace(id, Entry{std::move(session), deadline});
    return id;
}

TftpSession* TftpSessionTable::find(Id id) const {
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : found->second.session.get();
}

std::optional<TftpSessionTable::Id> TftpSessionTable::idOf(const UdpEndpoint& peer) const {
    const auto found = m_byPeer.find(peer);
    return found == m_byPeer.end() ? std::nullopt : std::optional(found->second);
}

std::unique_ptr<TftpSession> TftpSessionTable::remove(Id id) {
    const auto found = m_sessions.find(id);
    if (found == m_sessions.end())
        return nullptr;
    m_deadlines.erase({found->second.scheduled, id});
    m_byPeer.erase(found->second.session->peer());
    std::unique_ptr<TftpSession> session = std::move(found->second.session);
    m_sessions.erase(found);
    return session;
}

void TftpSessionTable::reschedule(Id id) {
    const auto found = m_sessions.find(id);
    if (found != m_sessions.end() && found->second.session->deadline() < found->second.scheduled)
        schedule(id, found->second, found->second.session->deadline());
}

void TftpSessionTable::schedule(Id id, Entry& entry, Instant deadline) {
    m_deadlines.erase({entry.scheduled, id});
    entry.scheduled = deadline;
    m_deadlines.emplace(deadline, id);
}

std::optional<Instant> TftpSessionTable::nextDeadline() const {
    return m_deadlines.empty() ? std::nullopt : std::optional(m_deadlines.begin()->first);
}

std::optional<TftpSessionTable::Id> TftpSessionTable::due(Instant now) {
    while (!m_deadlines.empty() && m_deadlines.begin()->first <= now) {
        const Id id = m_deadlines.begin()->second;
        Entry& entry = m_sessions.at(id);
        if (entry.session->deadline() <= now)
            return id;
        schedule(id, entry, entry.session->deadline());
    }
    return std::nullopt;
}

std::optional<TftpSessionTable::Id> TftpSessionTable::oldestProbe() const {
    std::optional<Id> oldest;
    for (const auto& [id, entry] : m_sessions) {
        if (entry.session->isProbe() && (!oldest || id < *oldest))
            oldest = id;
    }
    return oldest;
}

} // namespace rackmuster::net
