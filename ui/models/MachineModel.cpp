#include "ui/models/MachineModel.h"

#include "core/roster/SecondNic.h"
#include "ui/models/Choices.h"
#include "ui/text/PlainText.h"
#include "ui/text/Words.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <tuple>

namespace rackmuster::ui {

using engine::MachineRow;
using roster::MachineState;

namespace {

bool comesBefore(const MachineRow& left, const MachineRow& right) {
    const auto key = [](const MachineRow& row) {
        return std::tuple(row.machine.slot.value_or(std::numeric_limits<int>::max()),
                          row.machine.firstSeen.value_or(WallTime::max()), row.machine.mac);
    };
    return key(left) < key(right);
}

bool isEmptyCell(const MachineRow& row, MachineColumn column) {
    return columnInfo(column).text(row).isEmpty();
}

} // namespace

MachineState shownState(const MachineRow& row, int cursor) {
    const MachineState state = roster::stateOf(row.machine);
    return state == MachineState::Reserved && row.machine.slot == cursor ? MachineState::Next : state;
}

bool needsApproval(const MachineRow& row) {
    const roster::Machine& machine = row.machine;
    return machine.firstSeen && machine.approval == roster::Approval::Waiting && !machine.isDone &&
           !roster::asksAboutSecondNic(machine); // one click for many must not answer that question
}

bool isInGroup(const MachineRow& row, MachineGroup group) {
    const MachineState state = roster::stateOf(row.machine);
    switch (group) {
    case MachineGroup::All:
        return true;
    case MachineGroup::Waiting:
        return needsApproval(row);
    case MachineGroup::Installing:
        return state == MachineState::Approved || state == MachineState::Booting ||
               state == MachineState::Installing;
    case MachineGroup::Problem:
        return state == MachineState::Stalled || state == MachineState::Failed;
    case MachineGroup::Done:
        return state == MachineState::Done || state == MachineState::CameBack;
    }
    return false;
}

void MachineModel::reset(const std::vector<MachineRow>& rows, const roster::RackLayout& layout, int cursor) {
    beginResetModel();
    m_rows = rows;
    std::sort(m_rows.begin(), m_rows.end(), comesBefore);
    m_layout = layout;
    m_cursor = cursor;
    reindex();
    endResetModel();
    Q_EMIT changed();
}

void MachineModel::apply(const engine::MachineUpdate& update) {
    for (const MacAddress mac : update.removed)
        removeMachine(mac);
    std::vector<MacAddress> touched;
    for (const MachineRow& row : update.changed) {
        if (const int index = indexOf(row.machine.mac); index >= 0) {
            updateMachine(index, row);
            touched.push_back(row.machine.mac);
        } else {
            insertMachine(row);
        }
    }
    const int previous = std::exchange(m_cursor, update.cursor);
    m_layout = update.layout;
    for (const int slot : {previous, m_cursor}) { // whose state word may have become Next or ceased to be
        if (const MachineRow* const row = previous == m_cursor ? nullptr : findBySlot(slot))
            touched.push_back(row->machine.mac);
    }
    emitDataChanged(touched);
    Q_EMIT changed();
}

void MachineModel::removeMachine(MacAddress mac) {
    const int index = indexOf(mac);
    if (index < 0)
        return;
    beginRemoveRows({}, index, index);
    m_rows.erase(m_rows.begin() + index);
    reindex();
    endRemoveRows();
}

void MachineModel::updateMachine(int index, const MachineRow& row) {
    const auto isElsewhere = [&](int neighbour, bool mustBeBefore) {
        if (neighbour < 0 || neighbour >= rowCount())
            return false;
        return comesBefore(this->row(neighbour), row) != mustBeBefore;
    };
    if (!isElsewhere(index - 1, true) && !isElsewhere(index + 1, false)) {
        m_rows[static_cast<std::size_t>(index)] = row;
        return;
    }
    const auto place = std::count_if(m_rows.begin(), m_rows.end(), [&](const MachineRow& other) {
        return other.machine.mac != row.machine.mac && comesBefore(other, row);
    });
    const int target = static_cast<int>(place);
    beginMoveRows({}, index, index, {}, target > index ? target + 1 : target);
    m_rows.erase(m_rows.begin() + index);
    m_rows.insert(m_rows.begin() + target, row);
    reindex();
    endMoveRows();
}

void MachineModel::insertMachine(const MachineRow& row) {
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), row, comesBefore);
    const int index = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, index, index);
    m_rows.insert(place, row);
    reindex();
    endInsertRows();
}

void MachineModel::reindex() {
    m_index.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_index.emplace(m_rows[i].machine.mac, static_cast<int>(i));
}

void MachineModel::emitDataChanged(const std::vector<MacAddress>& machines) {
    int first = rowCount();
    int last = -1;
    for (const MacAddress mac : machines) {
        const int index = indexOf(mac);
        first = std::min(first, index);
        last = std::max(last, index);
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

const MachineRow* MachineModel::find(MacAddress mac) const {
    const int index = indexOf(mac);
    return index < 0 ? nullptr : &row(index);
}

const MachineRow* MachineModel::findBySlot(int slot) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [slot](const MachineRow& row) { return row.machine.slot == slot; });
    return found == m_rows.end() ? nullptr : &*found;
}

int MachineModel::indexOf(MacAddress mac) const {
    const auto found = m_index.find(mac);
    return found == m_index.end() ? -1 : found->second;
}

int MachineModel::count(MachineGroup group) const {
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(),
                                          [group](const MachineRow& row) { return isInGroup(row, group); }));
}

std::vector<MacAddress> MachineModel::waiting() const {
    std::vector<MacAddress> machines;
    for (const MachineRow& row : m_rows) {
        if (needsApproval(row))
            machines.push_back(row.machine.mac);
    }
    return machines;
}

int MachineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MachineModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(machineColumns.size());
}

QVariant MachineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MachineRow& machineRow = row(index.row());
    const auto column = static_cast<MachineColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shownText(machineRow, column);
    case Qt::EditRole:
        return columnInfo(column).text(machineRow);
    case Qt::ToolTipRole:
        return toolTip(machineRow, column);
    case StateRole:
        return static_cast<int>(shownState(machineRow, m_cursor));
    case PercentRole:
        return roster::progressOf(machineRow.machine);
    case SortRole:
        return sortKey(machineRow, column);
    case PinnedRole:
        return (column == MachineColumn::Name && machineRow.isHostnamePinned) ||
               (column == MachineColumn::Address && machineRow.isAddressPinned);
    case ApprovableRole:
        return needsApproval(machineRow);
    case SinceRole:
        return machineRow.machine.stageSince
                   ? QDateTime::fromMSecsSinceEpoch(machineRow.machine.stageSince->time_since_epoch().count())
                   : QDateTime();
    case ChoiceRole:
        return column == MachineColumn::Image ? QString::fromStdString(machineRow.machine.assigned.imageId)
                                              : startValueOf(machineRow.machine.assigned);
    default:
        return {};
    }
}

QString MachineModel::shownText(const MachineRow& row, MachineColumn column) const {
    const MachineState state = shownState(row, m_cursor);
    if (column == MachineColumn::State)
        return stateWord(state);
    if (column == MachineColumn::Stage && state == MachineState::Next)
        return tr("Power on now");
    if (column == MachineColumn::Stage && state == MachineState::Reserved)
        return tr("Kept free");
    return columnInfo(column).text(row);
}

QVariant MachineModel::toolTip(const MachineRow& row, MachineColumn column) const {
    if (row.machine.problem)
        return printable(*row.machine.problem).toHtmlEscaped();
    if (column == MachineColumn::Name && row.isHostnamePinned)
        return tr("Typed by hand. Empty the cell to follow the slot again.");
    if (column == MachineColumn::Address && row.isAddressPinned)
        return tr("Typed by hand. Empty the cell to follow the slot again.");
    return isEmptyCell(row, column) ? QVariant() : columnInfo(column).text(row).toHtmlEscaped();
}

QVariant MachineModel::sortKey(const MachineRow& row, MachineColumn column) const {
    switch (column) {
    case MachineColumn::Slot:
        return row.machine.slot.value_or(std::numeric_limits<int>::max());
    case MachineColumn::State:
        return static_cast<int>(shownState(row, m_cursor));
    case MachineColumn::Address: {
        const std::optional<Ipv4Address> address = row.address ? row.address : row.machine.leased;
        return address ? address->value() : std::numeric_limits<quint32>::max();
    }
    case MachineColumn::Stage:
        return static_cast<int>(row.machine.stage);
    case MachineColumn::Progress:
        return roster::progressOf(row.machine);
    default:
        return columnInfo(column).text(row);
    }
}

QVariant MachineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return columnTitle(static_cast<MachineColumn>(section));
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags MachineModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (columnInfo(static_cast<MachineColumn>(index.column())).editor != CellEditor::None)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool MachineModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    requestEdit({row(index.row()).machine.mac}, static_cast<MachineColumn>(index.column()), value.toString());
    return true;
}

void MachineModel::requestEdit(const std::vector<MacAddress>& machines, MachineColumn column,
                               const QString& text) {
    Q_EMIT editRequested(machines, column, text);
}

} // namespace rackmuster::ui
