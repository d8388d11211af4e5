#include "core/boot/LeaseTable.h"

#include <algorithm>

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

std::optional<MacAddress> LeaseTable::holder(Ipv4Address address, Instant now) const {
    if (const auto found = m_quarantined.find(address); found != m_quarantined.end() && found->second > now)
        return nobody;
    if (const auto found = m_byAddress.find(address); found != m_byAddress.end()) {
        const Lease* const lease = find(found->second);
        if (lease != nullptr && !isExpired(*lease, now))
            return found->second;
    }
    if (const auto found = m_offeredAddresses.find(address); found != m_offeredAddresses.end()) {
        if (offered(found->second, now) == address)
            return found->second;
    }
    return std::nullopt;
}

void LeaseTable::offer(MacAddress mac, Ipv4Address address, Instant now) {
    eraseOffer(mac);
    if (const auto other = m_offeredAddresses.find(address); other != m_offeredAddresses.end())
        m_offers.erase(other->second);
    m_offers.insert_or_assign(mac, Offer{address, now + offerLifetime});
    m_offeredAddresses.insert_or_assign(address, mac);
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
        erase(other->second);
    if (const auto other = m_offeredAddresses.find(lease.address); other != m_offeredAddresses.end())
        eraseOffer(other->second);
    m_leases.insert_or_assign(lease.mac, lease);
    m_byAddress.insert_or_assign(lease.address, lease.mac);
}

void LeaseTable::erase(MacAddress mac) {
    const auto found = m_leases.find(mac);
    if (found == m_leases.end())
        return;
    m_byAddress.erase(found->second.address);
    m_leases.erase(found);
}

void LeaseTable::eraseOffer(MacAddress mac) {
    const auto found = m_offers.find(mac);
    if (found == m_offers.end())
        return;
    m_offeredAddresses.erase(found->second.address);
    m_offers.erase(found);
}

void LeaseTable::quarantine(Ipv4Address address, Instant until) {
    m_quarantined.insert_or_assign(address, until);
}

std::size_t LeaseTable::quarantined(Instant now) const {
    const auto isHeld = [now](const auto& entry) {
        return entry.second > now;
    };
    return static_cast<std::size_t>(std::count_if(m_quarantined.begin(), m_quarantined.end(), isHeld));
}

} // namespace rackmuster::boot
