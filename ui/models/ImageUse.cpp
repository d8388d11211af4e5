#include "ui/models/ImageUse.h"

#include <algorithm>

namespace rackmuster::ui {

using engine::MachineRow;

QString imageIdOf(const roster::Machine& machine, const QString& defaultId) {
    const bool isBound = machine.ticket && !machine.ticket->isSpent && !machine.ticket->imageId.empty();
    const std::string& own = isBound ? machine.ticket->imageId : machine.assigned.imageId;
    return own.empty() ? defaultId : QString::fromStdString(own);
}

std::vector<const MachineRow*> usersOf(const MachineModel& machines, const QString& imageId,
                                       const QString& defaultId) {
    std::vector<const MachineRow*> users;
    for (const MachineRow& row : machines.rows()) {
        const roster::Machine& machine = row.machine;
        if (!machine.isDone && machine.approval != roster::Approval::Refused &&
            imageIdOf(machine, defaultId) == imageId)
            users.push_back(&row);
    }
    return users;
}

int countWaitingFor(const MachineModel& machines, const QString& imageId, const QString& defaultId) {
    const auto users = usersOf(machines, imageId, defaultId);
    return static_cast<int>(std::count_if(users.begin(), users.end(), [](const MachineRow* row) {
        return row->machine.approval == roster::Approval::Approved;
    }));
}

} // namespace rackmuster::ui
