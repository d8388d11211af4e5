#pragma once

#include "core/base/Clock.h"
#include "core/boot/Catalog.h"
#include "core/boot/LeaseTable.h"

#include <optional>

namespace rackmuster::boot {

/// The address for `mac` now, the same at every call with the same state (P11): its fixed address, the lease
/// it has when that lies in the right range, its pending offer, else the first address of the range that was
/// never given, else the one that is free for longest, else one that is only offered to a machine of lower
/// standing (unknown < known < approved).
/// Machines that are not approved get theirs from the quarantine range; when one range is absent the other
/// serves for both. Nothing: none free.
[[nodiscard]] std::optional<Ipv4Address> chooseAddress(MacAddress mac, const Catalog& catalog,
                                                       const LeaseTable& leases, Instant now);

/// `address` is ours to give, and neither held by nor promised to another machine.
[[nodiscard]] bool isFreeFor(MacAddress mac, Ipv4Address address, const Catalog& catalog,
                             const LeaseTable& leases, Instant now);

} // namespace rackmuster::boot
