#include "core/exchange/KnownMachines.h"

#include "core/exchange/PlanLines.h"
#include "core/roster/RackLayout.h"

namespace rackmuster::exchange {

void KnownMachines::add(MacAddress mac, std::string_view hostname, std::optional<Ipv4Address> address) {
    if (!hostname.empty())
        m_names.emplace(roster::foldedName(hostname), mac);
    if (address)
        m_addresses.emplace(*address, mac);
}

std::optional<MacAddress> KnownMachines::meantBy(const PlanLine& line) const {
    if (line.mac)
        return line.mac;
    if (const auto found = m_names.find(roster::foldedName(line.assigned.hostname)); found != m_names.end())
        return found->second;
    for (const std::string& alias : line.aliases) {
        if (const auto found = m_names.find(roster::foldedName(alias)); found != m_names.end())
            return found->second;
    }
    if (!line.assigned.address)
        return std::nullopt;
    const auto found = m_addresses.find(*line.assigned.address);
    return found == m_addresses.end() ? std::nullopt : std::optional(found->second);
}

PlanProblem KnownMachines::nobody(const PlanLine& line) {
    return {line.line,
            QT_TRANSLATE_NOOP("Plan", "it gives no MAC address, and no machine is called %1 or has the "
                                      "address %2"),
            line.assigned.hostname,
            line.assigned.address ? line.assigned.address->toString() : std::string("-")};
}

} // namespace rackmuster::exchange
