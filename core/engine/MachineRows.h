#pragma once

#include "core/engine/InstallPlan.h"
#include "core/engine/Snapshot.h"
#include "core/engine/Vendors.h"

namespace rackmuster::engine {

/// A machine as the table shows it: what it was assigned, and what follows from its slot and the defaults.
[[nodiscard]] MachineRow makeRow(const roster::Machine& machine, const PlanInputs& inputs,
                                 const Vendors& vendors);

} // namespace rackmuster::engine
