#pragma once

#include "core/base/Ipv4Address.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace rackmuster::boot {

/// A set of addresses, kept as runs of neighbours, so that the first one missing is found without a walk over
/// those that are there. All operations cost the logarithm of the number of runs.
class AddressRuns {
public:
    void insert(Ipv4Address address);
    void erase(Ipv4Address address);
    [[nodiscard]] bool contains(Ipv4Address address) const;
    /// The lowest address of `first`..`last` that is not in the set.
    [[nodiscard]] std::optional<Ipv4Address> firstMissing(Ipv4Address first, Ipv4Address last) const;
    [[nodiscard]] std::size_t runs() const { return m_runs.size(); }

private:
    /// First and last number of each run; no two runs touch. 64 bits: the number after the last address
    /// counts.
    std::map<std::uint64_t, std::uint64_t> m_runs;
};

} // namespace rackmuster::boot
