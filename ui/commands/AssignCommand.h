#pragma once

#include "ui/commands/Submit.h"
#include "ui/models/MachineEdit.h"

#include <QUndoCommand>

namespace rackmuster::ui {

/// Types or chooses name, address, image, profile or menu entry of one machine.
class AssignCommand final : public QUndoCommand {
public:
    AssignCommand(AssignChange change, Submit submit, QUndoCommand* parent = nullptr);

    void redo() override;
    void undo() override;

private:
    AssignChange m_change;
    Submit m_submit;
};

} // namespace rackmuster::ui
