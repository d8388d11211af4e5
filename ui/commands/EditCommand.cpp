#include "ui/commands/EditCommand.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rackmuster::ui {

EditCommand::EditCommand(PlannedEdit edit, const MachineModel& machines, Submit submitTogether)
    : m_edit(std::move(edit)), m_machines(machines), m_submit(std::move(submitTogether)) {}

void EditCommand::redo() {
    std::vector<MachineChange> changes;
    std::copy_if(m_edit.changes.begin(), m_edit.changes.end(), std::back_inserter(changes),
                 [this](const MachineChange& change) {
                     return m_isFirst || change.isNew || m_machines.find(change.mac);
                 });
    m_isFirst = false;
    send(changes, {});
}

void EditCommand::undo() {
    std::vector<MachineChange> changes;
    std::vector<roster::Command> forgotten;
    for (MachineChange change : reversed(m_edit.changes)) {
        const engine::MachineRow* const row = m_machines.find(change.mac);
        if (!row)
            continue;
        if (change.isNew && !row->machine.firstSeen) {
            forgotten.emplace_back(roster::Forget{change.mac});
            continue;
        }
        if (std::exchange(change.isNew, false))
            change.slotAfter = change.slotBefore; // it has come meanwhile, and keeps its place
        changes.push_back(std::move(change));
    }
    send(changes, std::move(forgotten));
}

/// Who is forgotten goes first: the others may want its name.
void EditCommand::send(const std::vector<MachineChange>& changes, std::vector<roster::Command> more) {
    std::vector<roster::Command> commands = std::move(more);
    std::vector<roster::Command> others = commandsOf(changes);
    commands.insert(commands.end(), std::make_move_iterator(others.begin()),
                    std::make_move_iterator(others.end()));
    if (!commands.empty())
        m_submit(std::move(commands));
}

} // namespace rackmuster::ui
