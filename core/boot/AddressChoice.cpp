#include "core/boot/AddressChoice.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

std::optional<Ipv4Range> rangeFor(const MachineBoot* machine, const DhcpSettings& settings) {
    const bool isApproved = machine != nullptr && machine->isApproved;
    const std::optional<Ipv4Range>& right = isApproved ? settings.range : settings.quarantine;
    const std::optional<Ipv4Range>& other = isApproved ? settings.quarantine : settings.range;
    return right ? right : other;
}

/// The part of `range` that lies inside the network, whatever range was typed.
struct Bounds {
    Ipv4Address first;
    Ipv4Address last;
};

Bounds insideNetwork(const Ipv4Range& range, const Ipv4Network& network) {
    return {std::max(range.first(), network.base()), std::min(range.last(), network.broadcast())};
}

/// Who may take an address that was only offered: approved machines from all others, known ones from unknown
/// ones. So no flood of strangers keeps a machine of the rack from its address (R07).
int standing(MacAddress mac, const Catalog& catalog) {
    const MachineBoot* const machine = catalog.machine(mac);
    if (machine == nullptr)
        return 0;
    return machine->isApproved ? 2 : 1;
}

std::optional<Ipv4Address> firstFree(MacAddress mac, const Bounds& bounds, const Catalog& catalog,
                                     const LeaseTable& leases, Instant now) {
    const auto isFree = [&](Ipv4Address address) {
        return isFreeFor(mac, address, catalog, leases, now);
    };
    // Addresses that were never given first: whoever had one of the others gets it again when it comes back.
    auto address = leases.firstUnused(bounds.first, bounds.last, now);
    while (address && !isFree(*address)) {
        if (*address == bounds.last)
            address.reset();
        else
            address = leases.firstUnused(Ipv4Address(address->value() + 1), bounds.last, now);
    }
    if (!address)
        address = leases.longestEnded(bounds.first, bounds.last, now, isFree);
    if (address)
        return address;
    const int own = standing(mac, catalog);
    if (own == 0)
        return std::nullopt;
    return leases.oldestOffer(bounds.first, bounds.last, now, [&](MacAddress other, Ipv4Address offered) {
        return standing(other, catalog) < own && isFreeFor(other, offered, catalog, leases, now);
    });
}

} // namespace

bool isFreeFor(MacAddress mac, Ipv4Address address, const Catalog& catalog, const LeaseTable& leases,
               Instant now) {
    const ServerIdentity& server = catalog.server();
    const auto fixedHolder = catalog.fixedHolder(address);
    return server.network.isHost(address) && address != server.address && address != server.gateway &&
           (!fixedHolder || *fixedHolder == catalog.machineOfNic(mac)) &&
           leases.holder(address, now).value_or(mac) == mac;
}

std::optional<Ipv4Address> chooseAddress(MacAddress mac, const Catalog& catalog, const LeaseTable& leases,
                                         Instant now) {
    const auto isFree = [&](Ipv4Address address) {
        return isFreeFor(mac, address, catalog, leases, now);
    };
    const MachineBoot* const machine = catalog.machine(mac);
    if (machine != nullptr && machine->address && isFree(*machine->address))
        return machine->address;

    const std::optional<Ipv4Range> range = rangeFor(machine, catalog.dhcp());
    if (!range)
        return std::nullopt;
    const Lease* const lease = leases.find(mac);
    if (lease != nullptr && range->contains(lease->address) && isFree(lease->address))
        return lease->address;
    const std::optional<Ipv4Address> offered = leases.offered(mac, now);
    if (offered && range->contains(*offered) && isFree(*offered))
        return offered;
    return firstFree(mac, insideNetwork(*range, catalog.server().network), catalog, leases, now);
}

} // namespace rackmuster::boot
