#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/boot/AddressRuns.h"
#include "core/boot/Lease.h"

#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace rackmuster::boot {

/// The truth about addresses, in memory; one thread owns it. One lease per MAC, one MAC per address. No
/// operation walks over the leases.
class LeaseTable {
public:
    static constexpr MacAddress nobody{MacAddress::Octets{}};
    /// Offers that nobody took up yet, and addresses in quarantine (A9). More machines than one network
    /// holds; past it the oldest offer, or the quarantine that ends first, gives way.
    static constexpr std::size_t maximumOffers = 8192;
    static constexpr std::size_t maximumQuarantined = 4096;
    using AcceptsAddress = std::function<bool(Ipv4Address)>;
    using AcceptsOffer = std::function<bool(MacAddress, Ipv4Address)>;

    LeaseTable() = default;
    /// Later leases win where two name one address.
    explicit LeaseTable(const std::vector<Lease>& leases);

    [[nodiscard]] const Lease* find(MacAddress mac) const;
    /// The lease of an address, ended or not.
    [[nodiscard]] const Lease* find(Ipv4Address address) const;
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
    /// `address` answered to somebody else: give it to nobody until `until` (R12, R13).
    void quarantine(Ipv4Address address, Instant until);
    /// Addresses in quarantine at `now`.
    [[nodiscard]] std::size_t quarantined(Instant now) const;
    [[nodiscard]] std::size_t size() const { return m_leases.size(); }
    /// Offers that were not taken up, ended ones included until the next offer().
    [[nodiscard]] std::size_t offers() const { return m_offers.size(); }

    /// The lowest address of `first`..`last` that no lease names, ended ones included, and no offer or
    /// quarantine that runs at `now`.
    [[nodiscard]] std::optional<Ipv4Address> firstUnused(Ipv4Address first, Ipv4Address last,
                                                         Instant now) const;
    /// Of the ended leases of `first`..`last` the address of the one that ended first and that `accepts`
    /// takes.
    [[nodiscard]] std::optional<Ipv4Address> longestEnded(Ipv4Address first, Ipv4Address last, Instant now,
                                                          const AcceptsAddress& accepts) const;
    /// The oldest pending offer of `first`..`last` that `accepts` takes.
    [[nodiscard]] std::optional<Ipv4Address> oldestOffer(Ipv4Address first, Ipv4Address last, Instant now,
                                                         const AcceptsOffer& accepts) const;

private:
    struct Offer {
        Ipv4Address address;
        Instant until;
    };
    using Ends = std::set<std::pair<Instant, Ipv4Address>>;

    void forgetEnded(Instant now);
    void eraseQuarantine(Ipv4Address address);
    /// After something of `address` went: is there anything left?
    void noteGone(Ipv4Address address);

    std::unordered_map<MacAddress, Lease> m_leases;
    std::unordered_map<Ipv4Address, MacAddress> m_byAddress;
    std::unordered_map<MacAddress, Offer> m_offers;
    std::unordered_map<Ipv4Address, MacAddress> m_offeredAddresses;
    std::unordered_map<Ipv4Address, Instant> m_quarantined;
    // The same by the time of their end, and all addresses that anything of the above names.
    Ends m_leaseEnds;
    Ends m_offerEnds;
    Ends m_quarantineEnds;
    AddressRuns m_touched;
};

} // namespace rackmuster::boot
