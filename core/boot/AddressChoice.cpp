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

std::optional<Ipv4Address> firstFree(MacAddress mac, const Ipv4Range& range, const Catalog& catalog,
                                     const LeaseTable& leases, Instant now) {
    // Only the part inside the network is walked, whatever range was typed.
    const Ipv4Network& network = catalog.server().network;
    const std::uint64_t first = std::max(range.first(), network.base()).value();
    const std::uint64_t last = std::min(range.last(), network.broadcast()).value();
    for (std::uint64_t value = first; value <= last; ++value) {
        const Ipv4Address address(static_cast<std::uint32_t>(value));
        if (isFreeFor(mac, address, catalog, leases, now))
            return address;
    }
    return std::nullopt;
}

} // namespace

bool isFreeFor(MacAddress mac, Ipv4Address address, const Catalog& catalog, const LeaseTable& leases,
               Instant now) {
    const ServerIdentity& server = catalog.server();
    return server.network.isHost(address) && address != server.address && address != server.gateway &&
           catalog.fixedHolder(address).value_or(mac) == mac &&
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
    return firstFree(mac, *range, catalog, leases, now);
}

} // namespace rackmuster::boot
