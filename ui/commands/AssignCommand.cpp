#include "ui/commands/AssignCommand.h"

#include <utility>

namespace rackmuster::ui {

AssignCommand::AssignCommand(AssignChange change, Submit submit, QUndoCommand* parent)
    : QUndoCommand(parent), m_change(std::move(change)), m_submit(std::move(submit)) {}

void AssignCommand::redo() {
    m_submit({roster::Assign{m_change.mac, m_change.after}});
}

void AssignCommand::undo() {
    m_submit({roster::Assign{m_change.mac, m_change.before}});
}

} // namespace rackmuster::ui
