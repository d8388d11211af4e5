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
    setSourceModel(&machines);
    connect(&machines, &MachineModel::touched, this, &MachineFilterModel::lookAgainAt);
    connect(&machines, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_verdicts.clear(); });
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
    m_verdicts.clear();
    invalidateFilter();
}

void MachineFilterModel::lookAgainAt(const std::vector<MacAddress>& machines) {
    if (m_group == MachineGroup::All && m_text.isEmpty())
        return;
    bool appears = false;
    for (const MacAddress mac : machines) {
        const engine::MachineRow* const row = m_machines.find(mac);
        const auto verdict = m_verdicts.find(mac);
        if (!row)
            m_verdicts.erase(mac);
        else if (verdict != m_verdicts.end() && !verdict->second)
            appears = (verdict->second = accepts(*row)) || appears;
    }
    if (appears)
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
    if (m_group == MachineGroup::All && m_text.isEmpty())
        return true;
    const auto [verdict, isNew] = m_verdicts.try_emplace(row.machine.mac, false);
    if (isNew)
        verdict->second = accepts(row);
    return verdict->second;
}

bool MachineFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    return m_machines.sortsBefore(left.row(), right.row(), static_cast<MachineColumn>(left.column()));
}

bool MachineFilterModel::accepts(const engine::MachineRow& row) const {
    return isInGroup(row, m_group) && matches(row);
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
