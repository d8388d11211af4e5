#include "ui/widgets/MachineDialog.h"

#include "ui/widgets/RowDelegate.h"

#include <QLineEdit>

namespace rackmuster::ui {

MachineDialog::MachineDialog(const MachineModel& machines, QWidget* parent)
    : FormDialog(tr("Plan a machine"),
                 tr("It takes its slot when it is powered on. The MAC address stands on its sticker."),
                 tr("Plan"), parent),
      m_machines(machines), m_mac(addLine("machineMac", tr("MAC address"))),
      m_slot(addLine("machineSlot", tr("Slot"))), m_name(addLine("machineName", tr("Name"))) {
    setObjectName(QStringLiteral("machineDialog"));
    m_mac->setFont(fixedFont(13));
    m_mac->setPlaceholderText(QStringLiteral("52:54:00:ab:cd:ef"));
    m_slot->setText(machines.slotLabel(machines.cursor()));
    m_name->setPlaceholderText(tr("as the slot says"));
    for (const QLineEdit* const line : {m_mac, m_slot, m_name})
        connect(line, &QLineEdit::textChanged, this, &MachineDialog::check);
    connect(&machines, &MachineModel::changed, this, &MachineDialog::check);
    check();
    m_mac->setFocus();
}

QLineEdit* MachineDialog::addLine(const char* name, const QString& caption) {
    auto* const line = new QLineEdit;
    line->setObjectName(QLatin1String(name));
    line->setAccessibleName(caption);
    addField(caption, *line);
    return line;
}

void MachineDialog::check() {
    m_planned = {};
    if (m_mac->text().trimmed().isEmpty()) {
        setProblem(
            tr("12 hex digits: 52:54:00:ab:cd:ef, 52-54-00-AB-CD-EF, 5254.00ab.cdef or 525400abcdef."));
        return;
    }
    auto plan = planMachine(m_machines, m_mac->text(), m_slot->text(), m_name->text());
    setProblem(plan ? QString() : plan.error());
    if (plan)
        m_planned = std::move(*plan);
}

} // namespace rackmuster::ui
