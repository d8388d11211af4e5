#pragma once

#include "core/exchange/PlanFile.h"

#include <string_view>
#include <unordered_map>

namespace rackmuster::exchange {

/// Finds the machine that a line without a MAC means.
class KnownMachines {
public:
    void add(MacAddress mac, std::string_view hostname, std::optional<Ipv4Address> address);
    /// The line's own MAC; else the machine of that name, of one of its aliases, or of that address.
    [[nodiscard]] std::optional<MacAddress> meantBy(const PlanLine& line) const;
    /// Of a line for which meantBy() finds nothing.
    [[nodiscard]] static PlanProblem nobody(const PlanLine& line);

private:
    std::unordered_map<std::string, MacAddress> m_names; ///< folded
    std::unordered_map<Ipv4Address, MacAddress> m_addresses;
};

} // namespace rackmuster::exchange
