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
    roster::RackLayout layout = m_machines.layout();
    if (std::exchange(m_isFirst, false)) {
        m_rackCount = layout.rackCount;
        m_slotCount = layout.slotCount;
        m_cursor = m_machines.cursor();
    }
    std::vector<roster::Command> growth;
    if (m_edit.lastSlot > layout.lastSlot()) {
        layout.growTo(*m_edit.lastSlot);
        growth.emplace_back(roster::SetLayout{std::move(layout)});
    }
    send(changes, std::move(growth), {});
}

void EditCommand::undo() {
    std::vector<MachineChange> changes;
    std::vector<roster::Command> forgotten;
    std::vector<MacAddress> leaving;
    for (MachineChange change : reversed(m_edit.changes)) {
        const engine::MachineRow* const row = m_machines.find(change.mac);
        if (!row)
            continue;
        if (change.isNew && !row->machine.firstSeen) {
            forgotten.emplace_back(roster::Forget{change.mac});
            leaving.push_back(change.mac);
            continue;
        }
        if (std::exchange(change.isNew, false))
            change.slotAfter = change.slotBefore; // it has come meanwhile, and keeps its place
        else if (change.slotBefore != change.slotAfter)
            leaving.push_back(change.mac);
        changes.push_back(std::move(change));
    }
    send(changes, std::move(forgotten), rackBefore(leaving));
}

std::vector<roster::Command> EditCommand::rackBefore(const std::vector<MacAddress>& leaving) const {
    std::vector<roster::Command> commands;
    roster::RackLayout layout = m_machines.layout();
    layout.rackCount = m_rackCount; // the roster keeps what somebody stands in
    layout.slotCount = m_slotCount;
    const int last = layout.lastSlot();
    const bool hasGrown = m_edit.lastSlot > last || std::any_of(m_edit.changes.begin(), m_edit.changes.end(),
                                                                [last](const MachineChange& change) {
                                                                    return change.slotAfter > last;
                                                                });
    if (hasGrown)
        commands.emplace_back(roster::SetLayout{std::move(layout)});
    const engine::MachineRow* const holder = m_machines.findBySlot(m_cursor);
    const bool isFree = holder
                            ? std::find(leaving.begin(), leaving.end(), holder->machine.mac) != leaving.end()
                            : !m_machines.reserved().contains(m_cursor);
    const bool isOurs =
        std::any_of(m_edit.changes.begin(), m_edit.changes.end(),
                    [this](const MachineChange& change) { return change.slotAfter == m_cursor; });
    if (isOurs && isFree)
        commands.emplace_back(roster::MoveCursor{m_cursor});
    return commands;
}

/// Who is forgotten goes first: the others may want its name.
void EditCommand::send(const std::vector<MachineChange>& changes, std::vector<roster::Command> first,
                       std::vector<roster::Command> last) {
    std::vector<roster::Command> commands = std::move(first);
    std::vector<roster::Command> others = commandsOf(changes);
    commands.insert(commands.end(), std::make_move_iterator(others.begin()),
                    std::make_move_iterator(others.end()));
    commands.insert(commands.end(), std::make_move_iterator(last.begin()),
                    std::make_move_iterator(last.end()));
    if (!commands.empty())
        m_submit(std::move(commands));
}

} // namespace rackmuster::ui
