#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/boot/Lease.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace rackmuster::boot {

/// The truth about addresses, in memory; one thread owns it. One lease per MAC, one MAC per address.
class LeaseTable {
public:
    static constexpr MacAddress nobody{MacAddress::Octets{}};

    LeaseTable() = default;
    /// Later leases win where two name one address.
    explicit LeaseTable(const std::vector<Lease>& leases);

    [[nodiscard]] const Lease* find(MacAddress mac) const;
    /// Who holds `address` by an unexpired lease or a pending offer at `now`; nothing when free. An address
    /// in quarantine is held by `nobody`, which is no machine's address.
    [[nodiscard]] std::optional<MacAddress> holder(Ipv4Address address, Instant now) const;
    /// Keeps `address` for `mac` for a minute after an OFFER; never persisted (R07). One per MAC.
    void offer(MacAddress mac, Ipv4Address address, Instant now);
    [[nodiscard]] std::optional<Ipv4Address> offered(MacAddress mac, Instant now) const;
    /// Takes the place of what the MAC held, and of any other lease or offer of the same address.
    void put(const Lease& lease);
    void erase(MacAddress mac);
    void eraseOffer(MacAddress mac);
    /// `address` answered to somebody else: give it to nobody until `until` (R13).
    void quarantine(Ipv4Address address, Instant until);
    /// Addresses in quarantine at `now`.
    [[nodiscard]] std::size_t quarantined(Instant now) const;
    [[nodiscard]] std::size_t size() const { return m_leases.size(); }

private:
    struct Offer {
        Ipv4Address address;
        Instant until;
    };
    std::unordered_map<MacAddress, Lease> m_leases;
    std::unordered_map<Ipv4Address, MacAddress> m_byAddress;
    std::unordered_map<MacAddress, Offer> m_offers;
    std::unordered_map<Ipv4Address, MacAddress> m_offeredAddresses;
    std::unordered_map<Ipv4Address, Instant> m_quarantined;
};

} // namespace rackmuster::boot
