#include "ui/commands/PlaceCommand.h"

#include <utility>

namespace rackmuster::ui {

PlaceCommand::PlaceCommand(std::vector<PlaceChange> changes, Submit submit, QUndoCommand* parent)
    : QUndoCommand(parent), m_changes(std::move(changes)), m_submit(std::move(submit)) {}

void PlaceCommand::redo() {
    place(&PlaceChange::after);
}

void PlaceCommand::undo() {
    place(&PlaceChange::before);
}

void PlaceCommand::place(std::optional<int> PlaceChange::*target) {
    std::vector<roster::Command> commands;
    if (m_changes.size() > 1) {
        for (const PlaceChange& change : m_changes)
            commands.emplace_back(roster::Place{change.mac, std::nullopt});
    }
    for (const PlaceChange& change : m_changes)
        commands.emplace_back(roster::Place{change.mac, change.*target});
    m_submit(std::move(commands));
}

} // namespace rackmuster::ui
