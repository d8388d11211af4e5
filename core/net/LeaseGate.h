#pragma once

#include "core/base/Clock.h"
#include "core/boot/LeaseJournal.h"
#include "core/boot/LeaseTable.h"
#include "core/net/DhcpTransmitter.h"
#include "core/net/LeaseWriter.h"

#include <optional>
#include <vector>

namespace rackmuster::net {

/// Holds every ACK back until its lease is on disk (RFC 2131 3.1 (4), A5). Whatever comes while a group is
/// being written leaves with the next one. When writing fails (R49) nothing new is acknowledged; machines
/// that renew what the disk has for them are answered all the same.
class LeaseGate {
public:
    /// ACKs that wait (A9); more are for the caller to turn away: their machines ask again.
    static constexpr std::size_t maximumWaiting = 8192;
    /// After a failure, for what nobody waits for.
    static constexpr std::chrono::seconds retry{2};

    /// `store` and `leases` are not owned. `slack`: see boot::LeaseJournal.
    LeaseGate(boot::LeaseStore& store, boot::LeaseTable& leases, std::chrono::seconds slack)
        : m_journal(leases, slack), m_writer(store) {}

    /// Reads the leases into the table. Errors: those of the store.
    [[nodiscard]] Result<void> load(const Clock& clock);
    [[nodiscard]] bool hasLostLeases() const { return m_writer.hasLostLeases(); }
    [[nodiscard]] bool isFull() const { return m_waiting.size() >= maximumWaiting; }

    /// The lease of an ACK that must be stored before it may leave. False: it may leave now.
    [[nodiscard]] bool mustWait(const boot::Lease& lease) const { return !m_journal.isDurable(lease); }
    /// `pending` has a lease, which stands in the table.
    void hold(PendingReply pending);
    /// The table has lost the lease of `mac`.
    void noteRemoval(MacAddress mac) { m_journal.note(mac); }

    /// Gives the writer the next group, when it is free and there is one.
    void write(const Clock& clock);
    [[nodiscard]] int fd() const { return m_writer.fd(); }
    struct Outcome {
        std::vector<PendingReply> sendable;
        std::optional<Error> failure; ///< the first one since the last success
    };
    /// What may leave now; for when fd() is readable.
    [[nodiscard]] Outcome takeOutcome(Instant now);
    /// When write() is worth a call though nothing arrived.
    [[nodiscard]] std::optional<Instant> next() const;

private:
    boot::LeaseJournal m_journal;
    LeaseWriter m_writer;
    std::vector<PendingReply> m_waiting; ///< for the next group
    std::vector<PendingReply> m_underWay;
    std::optional<Instant> m_failedAt;
};

} // namespace rackmuster::net
