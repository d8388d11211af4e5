#pragma once

#include "core/roster/Roster.h"

namespace rackmuster::ui {

class MachineModel;

/// What the table shows as the engine keeps it: to try commands on, or to be written down.
[[nodiscard]] roster::Roster rosterOf(const MachineModel& machines);

} // namespace rackmuster::ui
