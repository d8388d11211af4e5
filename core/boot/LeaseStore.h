#pragma once

#include "core/base/Result.h"
#include "core/boot/Lease.h"

#include <span>
#include <vector>

namespace rackmuster::boot {

/// What must be on disk before an ACK leaves (RFC 2131 3.1 (4), design rule A5).
class LeaseStore {
public:
    virtual ~LeaseStore() = default;
    [[nodiscard]] virtual Result<std::vector<StoredLease>> load() = 0;
    /// Leases that were once acknowledged may be missing from what load() gave (R50).
    [[nodiscard]] virtual bool hasLostLeases() const { return false; }
    /// Durable when it returns: one transaction for all of `changed` (one lease per MAC) and `removed`.
    [[nodiscard]] virtual Result<void> commit(std::span<const StoredLease> changed,
                                              std::span<const MacAddress> removed) = 0;
    /// In the thread that made the other calls: there will be no more.
    virtual void close() {}
};

} // namespace rackmuster::boot
