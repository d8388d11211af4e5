#pragma once

#include "ui/commands/Submit.h"
#include "ui/models/MachineEdit.h"

#include <QUndoCommand>

namespace rackmuster::ui {

/// An edit of any number of machines: typed, pasted, filled down, cleared or imported. One step, all or
/// nothing; a rack that grew by it is as large as before after undo, and the cursor back in its slot.
class EditCommand final : public QUndoCommand {
public:
    /// `submitTogether` carries out all commands or none. `machines` outlives this: who has been forgotten
    /// since is left alone, and a planned machine that has come since is not forgotten again.
    EditCommand(PlannedEdit edit, const MachineModel& machines, Submit submitTogether);

    void redo() override;
    void undo() override;

private:
    /// What takes back that the rack grew, and that the cursor left a slot which was taken.
    [[nodiscard]] std::vector<roster::Command> rackBefore(const std::vector<MacAddress>& leaving) const;
    void send(const std::vector<MachineChange>& changes, std::vector<roster::Command> first,
              std::vector<roster::Command> last);

    PlannedEdit m_edit;
    const MachineModel& m_machines;
    Submit m_submit;
    bool m_isFirst = true; ///< What the edit was planned on is what is there.
    int m_rackCount = 0;   ///< Before, as the next two.
    int m_slotCount = 0;
    int m_cursor = 0;
};

} // namespace rackmuster::ui
