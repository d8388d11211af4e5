#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rackmuster::boot {

/// An address that was acknowledged to a machine.
struct Lease {
    MacAddress mac;
    Ipv4Address address;
    std::optional<WallTime> expires; ///< Nothing: infinite.

    bool operator==(const Lease&) const = default;
};

/// What must be on disk before an ACK leaves (RFC 2131 3.1 (4), design rule A5).
class LeaseStore {
public:
    virtual ~LeaseStore() = default;
    [[nodiscard]] virtual Result<std::vector<Lease>> load() = 0;
    /// Durable when it returns: one transaction for all of `changed` (one lease per MAC) and `removed`.
    [[nodiscard]] virtual Result<void> commit(std::span<const Lease> changed,
                                              std::span<const MacAddress> removed) = 0;
};

} // namespace rackmuster::boot
