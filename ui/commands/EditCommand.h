#pragma once

#include "ui/commands/Submit.h"
#include "ui/models/MachineEdit.h"

#include <QUndoCommand>

namespace rackmuster::ui {

/// An edit of any number of machines: typed, pasted, filled down, cleared or imported. One step, all or
/// nothing.
class EditCommand final : public QUndoCommand {
public:
    /// `submitTogether` carries out all commands or none. `machines` outlives this: who has been forgotten
    /// since is left alone, and a planned machine that has come since is not forgotten again.
    EditCommand(PlannedEdit edit, const MachineModel& machines, Submit submitTogether);

    void redo() override;
    void undo() override;

private:
    void send(const std::vector<MachineChange>& changes, std::vector<roster::Command> more);

    PlannedEdit m_edit;
    const MachineModel& m_machines;
    Submit m_submit;
    bool m_isFirst = true; ///< What the edit was planned on is what is there.
};

} // namespace rackmuster::ui
