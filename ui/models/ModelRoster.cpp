#include "ui/models/ModelRoster.h"

#include "ui/models/MachineModel.h"

#include <utility>

namespace rackmuster::ui {

roster::Roster rosterOf(const MachineModel& machines) {
    roster::RosterState state{machines.layout(), machines.cursor(), {}, machines.reserved()};
    for (const engine::MachineRow& row : machines.rows())
        state.machines.push_back(row.machine);
    return roster::Roster(std::move(state));
}

} // namespace rackmuster::ui
