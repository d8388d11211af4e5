#include "core/net/LeaseGate.h"

#include <iterator>
#include <utility>

namespace rackmuster::net {

Result<void> LeaseGate::load(const Clock& clock) {
    const auto& stored = m_writer.load();
    if (!stored)
        return tl::unexpected(stored.error());
    m_journal.load(*stored, clock.now(), clock.wallNow());
    return {};
}

void LeaseGate::hold(PendingReply pending) {
    m_journal.note(pending.mac);
    m_waiting.push_back(std::move(pending));
}

void LeaseGate::write(const Clock& clock) {
    const Instant now = clock.now();
    const bool isTooSoon = m_waiting.empty() && m_failedAt && now < *m_failedAt + retry;
    if (m_journal.isUnderWay() || m_journal.noted() == 0 || isTooSoon)
        return;
    m_underWay = std::exchange(m_waiting, {});
    m_writer.write(m_journal.seal(now, clock.wallNow()));
}

LeaseGate::Outcome LeaseGate::takeOutcome(Instant now) {
    Outcome out;
    const std::optional<Result<void>> written = m_writer.takeOutcome();
    if (!written)
        return out;
    if (*written) {
        m_journal.succeed();
        m_failedAt.reset();
        out.sendable = std::exchange(m_underWay, {});
        return out;
    }
    if (!m_failedAt)
        out.failure = written->error();
    m_failedAt = now;
    for (auto* replies : {&m_underWay, &m_waiting}) {
        for (PendingReply& pending : *replies) {
            if (m_journal.isRenewal(*pending.decision.lease))
                out.sendable.push_back(std::move(pending));
        }
        replies->clear();
    }
    m_journal.fail(now);
    return out;
}

std::optional<Instant> LeaseGate::next() const {
    if (m_journal.isUnderWay() || m_journal.noted() == 0 || !m_failedAt)
        return std::nullopt;
    return *m_failedAt + retry;
}

} // namespace rackmuster::net
