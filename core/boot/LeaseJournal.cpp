#include "core/boot/LeaseJournal.h"

#include <array>
#include <utility>

namespace rackmuster::boot {

void LeaseJournal::load(std::span<const StoredLease> stored, Instant now, WallTime wallNow) {
    m_leases = LeaseTable();
    m_stored = LeaseTable();
    for (const StoredLease& lease : stored) {
        m_leases.put(fromStored(lease, now, wallNow));
        m_stored.put(fromStored(lease, now, wallNow));
    }
}

bool LeaseJournal::isRenewal(const Lease& lease) const {
    const Lease* const stored = m_stored.find(lease.mac);
    return stored != nullptr && stored->address == lease.address;
}

bool LeaseJournal::isDurable(const Lease& lease) const {
    if (!isRenewal(lease) || m_open.concerns(lease) || m_sealed.concerns(lease))
        return false;
    const auto& stored = m_stored.find(lease.mac)->expires;
    if (!stored || !lease.expires)
        return !stored && !lease.expires;
    return *lease.expires >= *stored && *lease.expires <= *stored + m_slack;
}

void LeaseJournal::note(MacAddress mac) {
    m_open.macs.insert(mac);
    for (const LeaseTable* table : std::array<const LeaseTable*, 2>{&m_leases, &m_stored}) {
        if (const Lease* const lease = table->find(mac))
            m_open.addresses.insert(lease->address);
    }
}

LeaseJournal::Group LeaseJournal::seal(Instant now, WallTime wallNow) {
    m_sealed = std::exchange(m_open, {});
    m_isUnderWay = true;
    // Whose address went to another loses it for good, even when the other gave it back at once.
    for (const Ipv4Address address : m_sealed.addresses) {
        if (const Lease* const stored = m_stored.find(address))
            m_sealed.macs.insert(stored->mac);
    }
    Group group;
    for (const MacAddress& mac : m_sealed.macs) {
        const Lease* const lease = m_leases.find(mac);
        if (lease == nullptr) {
            group.removed.push_back(mac);
            continue;
        }
        StoredLease stored = toStored(*lease, now, wallNow);
        if (stored.expires)
            *stored.expires += m_slack;
        group.changed.push_back(stored);
        m_sealedLeases.push_back(*lease);
    }
    return group;
}

void LeaseJournal::succeed() {
    for (const MacAddress& mac : m_sealed.macs)
        m_stored.erase(mac);
    for (const Lease& lease : m_sealedLeases)
        m_stored.put(lease);
    m_sealed = {};
    m_sealedLeases.clear();
    m_isUnderWay = false;
}

void LeaseJournal::fail(Instant now) {
    // What was noted since was decided on the strength of what now never happened.
    Touched touched = std::exchange(m_sealed, {});
    touched.macs.merge(m_open.macs);
    touched.addresses.merge(m_open.addresses);
    m_open = {};
    m_sealedLeases.clear();
    m_isUnderWay = false;
    const std::vector<Lease> undone = undo(touched);
    bringBack(touched);
    for (const Lease& lease : undone) {
        // Its machine will ask again for what it was offered.
        if (!m_leases.holder(lease.address, now))
            m_leases.offer(lease.mac, lease.address, now);
    }
}

/// Takes out of the table what the store does not have; which leases that were.
std::vector<Lease> LeaseJournal::undo(const Touched& touched) {
    std::vector<Lease> undone;
    for (const MacAddress& mac : touched.macs) {
        const Lease* const lease = m_leases.find(mac);
        if (lease != nullptr && isRenewal(*lease)) {
            note(mac);
        } else if (lease != nullptr) {
            undone.push_back(*lease);
            m_leases.erase(mac);
        }
    }
    return undone;
}

/// Puts back what the store has: the leases of these machines, and of whoever had their addresses.
void LeaseJournal::bringBack(const Touched& touched) {
    const auto restore = [this](const Lease* stored) {
        if (stored != nullptr && m_leases.find(stored->mac) == nullptr)
            m_leases.put(*stored);
    };
    for (const MacAddress& mac : touched.macs)
        restore(m_stored.find(mac));
    for (const Ipv4Address address : touched.addresses)
        restore(m_stored.find(address));
}

} // namespace rackmuster::boot
