#include "core/engine/MachineRows.h"

namespace rackmuster::engine {

MachineRow makeRow(const roster::Machine& machine, const PlanInputs& inputs, const Vendors& vendors) {
    MachineRow row{.machine = machine};
    row.hostname = QString::fromStdString(inputs.roster.hostnameOf(machine));
    row.isHostnamePinned = !machine.assigned.hostname.empty();
    row.address = inputs.roster.addressOf(machine);
    row.isAddressPinned = machine.assigned.address.has_value();
    if (!row.address)
        row.address = machine.leased;
    row.vendor = vendors.nameOf(machine.mac);
    if (const LibraryImage* image = imageOf(machine, inputs))
        row.imageName = image->info.name;
    row.menuEntry = QString::fromStdString(menuEntryOf(machine, inputs));
    // Not kept: it follows from what the library holds now.
    const bool mayStart = machine.approval != roster::Approval::Refused && !machine.isDone;
    if (const auto problem = loaderProblem(machine, inputs); problem && mayStart && !machine.problem)
        row.machine.problem = message(*problem);
    if (const ProfileInfo* profile = profileOf(machine, inputs); profile && row.menuEntry.isEmpty())
        row.profileName = profile->name;
    return row;
}

} // namespace rackmuster::engine
