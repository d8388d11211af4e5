#include "ui/commands/RenameImageCommand.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <utility>

namespace rackmuster::ui {

RenameImageCommand::RenameImageCommand(QString before, QString after, Rename rename)
    : QUndoCommand(QCoreApplication::translate("Commands", "name of %1").arg(printable(before))),
      m_before(std::move(before)), m_after(std::move(after)), m_rename(std::move(rename)) {}

void RenameImageCommand::redo() {
    m_rename(m_after);
}

void RenameImageCommand::undo() {
    m_rename(m_before);
}

} // namespace rackmuster::ui
