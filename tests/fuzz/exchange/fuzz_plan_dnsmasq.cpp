#include "core/exchange/KnownMachines.h"
#include "core/exchange/PlanDnsmasq.h"
#include "core/exchange/TextEncoding.h"
#include "core/roster/RackLayout.h"
#include "tests/fuzz/support/Require.h"

#include <cstdint>
#include <string_view>

/// Whatever a file holds: its good lines name machines that can be, and what is written of them is read
/// again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    using fuzz::require;
    const std::string text = exchange::toUtf8({reinterpret_cast<const char*>(data), size});
    (void)exchange::looksLikeDnsmasq(text);
    exchange::PlanFile file = exchange::readPlanDnsmasq(text);
    for (const exchange::PlanLine& line : file.machines) {
        require(line.line > 0 && (!line.slot || (*line.slot >= 1 && *line.slot <= roster::maximumSlot)));
        require(line.assigned.hostname.empty() || roster::isHostname(line.assigned.hostname));
    }
    roster::Roster roster;
    for (const roster::Plan& machine : exchange::commandsOf(file, roster)) {
        require(machine.mac.isUsable());
        // Names and addresses may clash with computed ones; then the roster keeps what it has.
        (void)roster.apply(roster::Command(machine), WallTime());
    }
    const exchange::PlanFile again = exchange::readPlanDnsmasq(exchange::writePlanDnsmasq(roster));
    require(again.machines.size() <= roster.machines().size());
    for (const exchange::PlanLine& line : again.machines)
        require(line.mac && roster.find(*line.mac) != nullptr);
    return 0;
}
