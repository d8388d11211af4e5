#pragma once

#include "core/base/Clock.h"
#include "core/boot/Lease.h"
#include "core/boot/LeaseTable.h"

#include <cstddef>
#include <span>
#include <unordered_set>
#include <vector>

namespace rackmuster::boot {

/// Keeps the lease table and the store in step (A5). Changes of the table are noted, leave in groups for the
/// store, one group at a time, and when a group could not be written the table goes back to what the store
/// has: a promise that is not durable was never made. Only a machine that renews the address which the store
/// has for it keeps what it has in memory, and is written with the next group (R49).
class LeaseJournal {
public:
    /// A lease is stored as if it lasted this much longer. So a renewal within that time needs no writing and
    /// is durable all the same (R08).
    static constexpr std::chrono::seconds usualSlack{30};

    /// One transaction.
    struct Group {
        std::vector<StoredLease> changed;
        std::vector<MacAddress> removed;
        [[nodiscard]] bool isEmpty() const { return changed.empty() && removed.empty(); }
    };

    /// `leases` is not owned.
    explicit LeaseJournal(LeaseTable& leases, std::chrono::seconds slack = usualSlack)
        : m_leases(leases), m_slack(slack) {}

    /// What the store had at the start, into the table.
    void load(std::span<const StoredLease> stored, Instant now, WallTime wallNow);
    /// The store has all of this lease, and nothing that concerns it is on the way.
    [[nodiscard]] bool isDurable(const Lease& lease) const;
    /// The store has this address for this machine, whatever its end.
    [[nodiscard]] bool isRenewal(const Lease& lease) const;
    /// The table's lease of `mac`, or that it has none, is to be stored.
    void note(MacAddress mac);
    [[nodiscard]] std::size_t noted() const { return m_open.macs.size(); }
    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }

    /// What was noted, as the table has it now: under way until one of the two below is called.
    [[nodiscard]] Group seal(Instant now, WallTime wallNow);
    void succeed();
    void fail(Instant now);

private:
    /// Whose entries a group changes, and of which addresses.
    struct Touched {
        std::unordered_set<MacAddress> macs;
        std::unordered_set<Ipv4Address> addresses;
        [[nodiscard]] bool concerns(const Lease& lease) const {
            return macs.contains(lease.mac) || addresses.contains(lease.address);
        }
    };
    [[nodiscard]] std::vector<Lease> undo(const Touched& touched);
    void bringBack(const Touched& touched);

    LeaseTable& m_leases;
    std::chrono::seconds m_slack;
    LeaseTable m_stored; ///< what the store has
    Touched m_open;
    Touched m_sealed;
    std::vector<Lease> m_sealedLeases;
    bool m_isUnderWay = false;
};

} // namespace rackmuster::boot
