#pragma once

#include "ui/commands/Submit.h"
#include "ui/models/MachineEdit.h"

#include <QUndoCommand>

#include <vector>

namespace rackmuster::ui {

/// Moves machines to other slots. They leave their old slots first, so that a row of them can shift by one.
class PlaceCommand final : public QUndoCommand {
public:
    PlaceCommand(std::vector<PlaceChange> changes, Submit submit, QUndoCommand* parent = nullptr);

    void redo() override;
    void undo() override;

private:
    void place(std::optional<int> PlaceChange::*target);

    std::vector<PlaceChange> m_changes;
    Submit m_submit;
};

} // namespace rackmuster::ui
