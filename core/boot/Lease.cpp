#include "core/boot/Lease.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest = std::chrono::seconds(0xFFFFFFFF); // RFC 2131 3.3: 32 bits of seconds

} // namespace

StoredLease toStored(const Lease& lease, Instant now, WallTime wallNow) {
    StoredLease stored{lease.mac, lease.address, std::nullopt};
    if (lease.expires)
        stored.expires = wallNow + std::chrono::ceil<milliseconds>(*lease.expires - now);
    return stored;
}

Lease fromStored(const StoredLease& stored, Instant now, WallTime wallNow) {
    Lease lease{stored.mac, stored.address, std::nullopt};
    if (stored.expires)
        lease.expires = now + (std::clamp(*stored.expires, wallNow - longest, wallNow + longest) - wallNow);
    return lease;
}

} // namespace rackmuster::boot
