#include "ui/models/MachineColumns.h"

#include "core/roster/Machine.h"
#include "ui/text/PlainText.h"
#include "ui/text/Words.h"

namespace rackmuster::ui {

namespace cell {

QString slot(const engine::MachineRow& row) {
    return row.machine.slot ? printable(row.slotLabel).rightJustified(2, QLatin1Char('0')) : QString();
}

QString state(const engine::MachineRow& row) {
    return stateWord(roster::stateOf(row.machine));
}

QString name(const engine::MachineRow& row) {
    return printable(row.hostname);
}

QString address(const engine::MachineRow& row) {
    const std::optional<Ipv4Address> address = row.address ? row.address : row.machine.leased;
    return address ? QString::fromStdString(address->toString()) : QString();
}

QString mac(const engine::MachineRow& row) {
    return QString::fromStdString(row.machine.mac.toString());
}

QString vendor(const engine::MachineRow& row) {
    return printable(row.vendor);
}

QString firmware(const engine::MachineRow& row) {
    return firmwareWord(row.machine.firmware);
}

QString image(const engine::MachineRow& row) {
    return printable(row.imageName);
}

QString profile(const engine::MachineRow& row) {
    return row.machine.assigned.menuEntry.empty() ? printable(row.profileName)
                                                  : QCoreApplication::translate("Columns", "Menu: %1")
                                                        .arg(printable(row.machine.assigned.menuEntry));
}

QString stage(const engine::MachineRow& row) {
    return stageText(row.machine);
}

QString progress(const engine::MachineRow& row) {
    return QStringLiteral("%1 %").arg(roster::progressOf(row.machine));
}

} // namespace cell

QString columnTitle(MachineColumn column) {
    return QCoreApplication::translate("Columns", columnInfo(column).title);
}

} // namespace rackmuster::ui
