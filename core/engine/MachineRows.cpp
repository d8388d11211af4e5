#include "core/engine/MachineRows.h"

namespace rackmuster::engine {

MachineRow makeRow(const roster::Machine& machine, const PlanInputs& inputs, const Vendors& vendors) {
    MachineRow row{.machine = machine};
    if (machine.slot)
        row.slotLabel = QString::fromStdString(inputs.roster.layout().slotLabel(*machine.slot));
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
        row.machine.problem = problem;
    if (const ProfileInfo* profile = profileOf(machine, inputs); profile && row.menuEntry.isEmpty())
        row.profileName = profile->name;
    return row;
}

void addMachineFacts(EngineEvent& event, const roster::Roster& roster) {
    const roster::Machine* machine = event.mac ? roster.machineOfNic(*event.mac) : nullptr;
    if (machine == nullptr)
        return;
    if (machine->slot)
        event.facts.insert(QStringLiteral("slot"), *machine->slot);
    if (const std::string hostname = roster.hostnameOf(*machine); !hostname.empty())
        event.facts.insert(QStringLiteral("hostname"), QString::fromStdString(hostname));
    if (machine->leased && !event.facts.contains(QLatin1String("ip")))
        event.facts.insert(QStringLiteral("ip"), QString::fromStdString(machine->leased->toString()));
    if (event.name == QLatin1String("packages")) {
        event.facts.insert(QStringLiteral("done"), static_cast<qint64>(machine->packagesDone));
        event.facts.insert(QStringLiteral("total"), static_cast<qint64>(machine->packagesTotal));
    }
}

} // namespace rackmuster::engine
