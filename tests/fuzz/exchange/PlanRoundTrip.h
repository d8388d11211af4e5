#pragma once

#include "core/exchange/KnownMachines.h"
#include "core/exchange/PlanFile.h"
#include "core/roster/RackLayout.h"
#include "core/roster/Roster.h"
#include "tests/fuzz/support/Require.h"

#include <string>

namespace rackmuster::fuzz {

/// Whatever a file holds: its good lines name machines that can be, and what is written of them is read
/// again.
template <typename Read, typename Write>
void requirePlanRoundTrip(const std::string& text, Read read, Write write) {
    exchange::PlanFile file = read(text);
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
    const exchange::PlanFile again = read(write(roster));
    require(again.machines.size() <= roster.machines().size());
    for (const exchange::PlanLine& line : again.machines)
        require(line.mac && roster.find(*line.mac) != nullptr);
}

} // namespace rackmuster::fuzz
