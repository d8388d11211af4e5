#include "ui/commands/ProfileBootCommand.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <utility>

namespace rackmuster::ui {

ProfileBootCommand::ProfileBootCommand(const QString& profile, engine::ProfileBoot before,
                                       engine::ProfileBoot after, SetBoot setBoot)
    : QUndoCommand(QCoreApplication::translate("Commands", "boot of %1").arg(printable(profile))),
      m_before(std::move(before)), m_after(std::move(after)), m_setBoot(std::move(setBoot)) {}

void ProfileBootCommand::redo() {
    m_setBoot(m_after);
}

void ProfileBootCommand::undo() {
    m_setBoot(m_before);
}

} // namespace rackmuster::ui
