#include "ui/models/MachineFilterModel.h"

#include <algorithm>

namespace rackmuster::ui {

namespace {

/// "3C-EC:ef.4a" -> "3cecef4a"; empty when the text cannot be part of a MAC.
QString bareHex(const QString& text) {
    QString hex;
    for (const QChar character : text.toLower()) {
        const bool isDigit =
            (character >= u'0' && character <= u'9') || (character >= u'a' && character <= u'f');
        if (isDigit)
            hex += character;
        else if (character != u':' && character != u'-' && character != u'.' && character != u' ')
            return {};
    }
    return hex.size() < 2 ? QString() : hex;
}

} // namespace

MachineFilterModel::MachineFilterModel(MachineModel& machines, QObject* parent)
    : QSortFilterProxyModel(parent), m_machines(machines) {
    setDynamicSortFilter(false);
    setSortRole(MachineModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(&machines);
    connect(&machines, &MachineModel::changed, this, [this] {
        if (m_group != MachineGroup::All || !m_text.isEmpty())
            invalidateFilter(); // rows that match now appear; those already shown stay
    });
}

void MachineFilterModel::setText(const QString& text) {
    m_text = text.trimmed();
    m_hex = bareHex(m_text);
    refilter();
}

void MachineFilterModel::setGroup(MachineGroup group) {
    m_group = group;
    refilter();
}

void MachineFilterModel::refilter() {
    m_shown.clear();
    invalidateFilter();
}

MacAddress MachineFilterModel::machineAt(const QModelIndex& proxyIndex) const {
    return m_machines.row(mapToSource(proxyIndex).row()).machine.mac;
}

QModelIndex MachineFilterModel::indexOf(MacAddress mac, int column) const {
    const int row = m_machines.indexOf(mac);
    return row < 0 ? QModelIndex() : mapFromSource(m_machines.index(row, column));
}

bool MachineFilterModel::filterAcceptsRow(int sourceRow, const QModelIndex&) const {
    const engine::MachineRow& row = m_machines.row(sourceRow);
    if (m_shown.contains(row.machine.mac))
        return true;
    if (!isInGroup(row, m_group) || !matches(row))
        return false;
    m_shown.insert(row.machine.mac);
    return true;
}

bool MachineFilterModel::matches(const engine::MachineRow& row) const {
    if (m_text.isEmpty())
        return true;
    if (!m_hex.isEmpty() && QString::fromStdString(row.machine.mac.toHex()).contains(m_hex))
        return true;
    return std::any_of(machineColumns.begin(), machineColumns.end(), [&](const MachineColumnInfo& column) {
        return column.id != MachineColumn::Progress && column.text(row).contains(m_text, Qt::CaseInsensitive);
    });
}

} // namespace rackmuster::ui
