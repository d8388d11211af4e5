#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"

#include <optional>

namespace rackmuster::boot {

/// An address that was acknowledged to a machine. It ends by the clock that never jumps, so a wrong date that
/// is put right ends no lease and brings none back (A7, R54).
struct Lease {
    MacAddress mac;
    Ipv4Address address;
    std::optional<Instant> expires; ///< Nothing: infinite.

    bool operator==(const Lease&) const = default;
};

/// The same on disk, where only the wall clock means anything after a restart.
struct StoredLease {
    MacAddress mac;
    Ipv4Address address;
    std::optional<WallTime> expires; ///< Nothing: infinite.

    bool operator==(const StoredLease&) const = default;
};

/// What is left of the lease stays the same; `now` and `wallNow` are the same moment. Times that lie further
/// off than any lease can (2^32 s) are drawn in to that.
[[nodiscard]] StoredLease toStored(const Lease& lease, Instant now, WallTime wallNow);
[[nodiscard]] Lease fromStored(const StoredLease& lease, Instant now, WallTime wallNow);

} // namespace rackmuster::boot
