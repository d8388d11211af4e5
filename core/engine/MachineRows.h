#pragma once

#include "core/engine/EngineEvent.h"
#include "core/engine/InstallPlan.h"
#include "core/engine/Snapshot.h"
#include "core/engine/Vendors.h"

namespace rackmuster::engine {

/// A machine as the table shows it: what it was assigned, and what follows from its slot and the defaults.
[[nodiscard]] MachineRow makeRow(const roster::Machine& machine, const PlanInputs& inputs,
                                 const Vendors& vendors);

/// Adds slot, name and address, and the count of packages where it matters, to an event about a machine.
void addMachineFacts(EngineEvent& event, const roster::Roster& roster);

} // namespace rackmuster::engine
