#include "core/boot/LeaseTable.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

constexpr std::chrono::seconds offerLifetime{60}; // R07

bool isExpired(const Lease& lease, Instant now) {
    return lease.expires && *lease.expires <= now;
}

} // namespace

LeaseTable::LeaseTable(const std::vector<Lease>& leases) {
    for (const Lease& lease : leases)
        put(lease);
}

const Lease* LeaseTable::find(MacAddress mac) const {
    const auto found = m_leases.find(mac);
    return found == m_leases.end() ? nullptr : &found->second;
}

const Lease* LeaseTable::find(Ipv4Address address) const {
    const auto found = m_byAddress.find(address);
    return found == m_byAddress.end() ? nullptr : find(found->second);
}

std::optional<MacAddress> LeaseTable::holder(Ipv4Address address, Instant now) const {
    if (const auto found = m_quarantined.find(address); found != m_quarantined.end() && found->second > now)
        return nobody;
    if (const Lease* const lease = find(address); lease != nullptr && !isExpired(*lease, now))
        return lease->mac;
    if (const auto found = m_offeredAddresses.find(address); found != m_offeredAddresses.end()) {
        if (offered(found->second, now) == address)
            return found->second;
    }
    return std::nullopt;
}

void LeaseTable::offer(MacAddress mac, Ipv4Address address, Instant now) {
    forgetEnded(now);
    eraseOffer(mac);
    if (const auto other = m_offeredAddresses.find(address); other != m_offeredAddresses.end())
        eraseOffer(MacAddress(other->second));
    if (m_offers.size() >= maximumOffers)
        eraseOffer(MacAddress(m_offeredAddresses.at(m_offerEnds.begin()->second)));
    const Instant until = now + offerLifetime;
    m_offers.insert_or_assign(mac, Offer{address, until});
    m_offeredAddresses.insert_or_assign(address, mac);
    m_offerEnds.emplace(until, address);
    m_touched.insert(address);
}

std::optional<Ipv4Address> LeaseTable::offered(MacAddress mac, Instant now) const {
    const auto found = m_offers.find(mac);
    if (found == m_offers.end() || found->second.until <= now)
        return std::nullopt;
    return found->second.address;
}

void LeaseTable::put(const Lease& lease) {
    erase(lease.mac);
    eraseOffer(lease.mac);
    if (const auto other = m_byAddress.find(lease.address); other != m_byAddress.end())
        erase(MacAddress(other->second));
    if (const auto other = m_offeredAddresses.find(lease.address); other != m_offeredAddresses.end())
        eraseOffer(MacAddress(other->second));
    m_leases.insert_or_assign(lease.mac, lease);
    m_byAddress.insert_or_assign(lease.address, lease.mac);
    if (lease.expires)
        m_leaseEnds.emplace(*lease.expires, lease.address);
    m_touched.insert(lease.address);
}

void LeaseTable::erase(MacAddress mac) {
    const auto found = m_leases.find(mac);
    if (found == m_leases.end())
        return;
    const Lease gone = found->second;
    m_byAddress.erase(gone.address);
    m_leases.erase(found);
    if (gone.expires)
        m_leaseEnds.erase({*gone.expires, gone.address});
    noteGone(gone.address);
}

void LeaseTable::eraseOffer(MacAddress mac) {
    const auto found = m_offers.find(mac);
    if (found == m_offers.end())
        return;
    const Offer gone = found->second;
    m_offeredAddresses.erase(gone.address);
    m_offers.erase(found);
    m_offerEnds.erase({gone.until, gone.address});
    noteGone(gone.address);
}

void LeaseTable::quarantine(Ipv4Address address, Instant until) {
    eraseQuarantine(address);
    if (m_quarantined.size() >= maximumQuarantined)
        eraseQuarantine(m_quarantineEnds.begin()->second);
    m_quarantined.emplace(address, until);
    m_quarantineEnds.emplace(until, address);
    m_touched.insert(address);
}

std::size_t LeaseTable::quarantined(Instant now) const {
    const auto isHeld = [now](const auto& entry) {
        return entry.second > now;
    };
    return static_cast<std::size_t>(std::count_if(m_quarantined.begin(), m_quarantined.end(), isHeld));
}

std::optional<Ipv4Address> LeaseTable::firstUnused(Ipv4Address first, Ipv4Address last, Instant now) const {
    auto lowest = m_touched.firstMissing(first, last);
    // What ended since the last offer() is still in the set. It is little.
    for (const Ends* ends : std::array{&m_offerEnds, &m_quarantineEnds}) {
        for (auto end = ends->begin(); end != ends->end() && end->first <= now; ++end) {
            const Ipv4Address address = end->second;
            const bool isInside = address >= first && address <= last && !m_byAddress.contains(address);
            if (isInside && address < lowest.value_or(Ipv4Address::broadcast()))
                lowest = address;
        }
    }
    return lowest;
}

std::optional<Ipv4Address> LeaseTable::longestEnded(Ipv4Address first, Ipv4Address last, Instant now,
                                                    const AcceptsAddress& accepts) const {
    for (auto end = m_leaseEnds.begin(); end != m_leaseEnds.end() && end->first <= now; ++end) {
        const Ipv4Address address = end->second;
        if (address >= first && address <= last && accepts(address))
            return address;
    }
    return std::nullopt;
}

std::optional<Ipv4Address> LeaseTable::oldestOffer(Ipv4Address first, Ipv4Address last, Instant now,
                                                   const AcceptsOffer& accepts) const {
    for (const auto& [until, address] : m_offerEnds) {
        const bool isPending = until > now && address >= first && address <= last;
        if (isPending && accepts(m_offeredAddresses.at(address), address))
            return address;
    }
    return std::nullopt;
}

/// Ended leases stay: their machine gets the same address again while nobody else took it.
void LeaseTable::forgetEnded(Instant now) {
    while (!m_offerEnds.empty() && m_offerEnds.begin()->first <= now)
        eraseOffer(MacAddress(m_offeredAddresses.at(m_offerEnds.begin()->second)));
    while (!m_quarantineEnds.empty() && m_quarantineEnds.begin()->first <= now)
        eraseQuarantine(m_quarantineEnds.begin()->second);
}

void LeaseTable::eraseQuarantine(Ipv4Address address) {
    const auto found = m_quarantined.find(address);
    if (found == m_quarantined.end())
        return;
    m_quarantineEnds.erase({found->second, address});
    m_quarantined.erase(found);
    noteGone(address);
}

void LeaseTable::noteGone(Ipv4Address address) {
    const bool isNamed = m_byAddress.contains(address) || m_offeredAddresses.contains(address) ||
                         m_quarantined.contains(address);
    if (!isNamed)
        m_touched.erase(address);
}

} // namespace rackmuster::boot
