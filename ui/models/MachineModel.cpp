#include "ui/models/MachineModel.h"

#include "core/roster/SecondNic.h"
#include "ui/models/Choices.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

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
           !machine.owner &&
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

void MachineModel::reset(const std::vector<MachineRow>& rows, const roster::RackLayout& layout, int cursor,
                         std::set<int> reserved) {
    beginResetModel();
    m_rows = rows;
    std::sort(m_rows.begin(), m_rows.end(), comesBefore);
    m_layout = layout;
    m_cursor = cursor;
    m_reserved = std::move(reserved);
    forgetDerived();
    endResetModel();
    Q_EMIT changed();
}

void MachineModel::apply(const engine::MachineUpdate& update) {
    removeMachines(update.removed);
    std::vector<MacAddress> known;
    std::vector<MacAddress> all = update.removed;
    std::vector<MachineRow> fresh;
    bool isOutOfOrder = false;
    for (const MachineRow& row : update.changed) {
        all.push_back(row.machine.mac);
        if (const int index = indexOf(row.machine.mac); index >= 0) {
            isOutOfOrder = updateMachine(index, row) || isOutOfOrder;
            known.push_back(row.machine.mac);
        } else {
            fresh.push_back(row);
        }
    }
    const int previous = std::exchange(m_cursor, update.cursor);
    m_layout = update.layout;
    m_reserved = update.reserved;
    isOutOfOrder = insertMachines(std::move(fresh)) || isOutOfOrder;
    if (isOutOfOrder)
        reorder();
    for (const int slot : {previous, m_cursor}) { // whose state word may have become Next or ceased to be
        if (const MachineRow* const row = previous == m_cursor ? nullptr : findBySlot(slot))
            known.push_back(row->machine.mac);
    }
    emitDataChanged(known);
    Q_EMIT touched(all);
    Q_EMIT changed();
}

void MachineModel::removeMachines(const std::vector<MacAddress>& machines) {
    std::vector<int> rows;
    for (const MacAddress mac : machines) {
        if (const int index = indexOf(mac); index >= 0)
            rows.push_back(index);
    }
    std::sort(rows.rbegin(), rows.rend());
    for (std::size_t i = 0; i < rows.size();) {
        const int last = rows[i];
        int first = last;
        for (++i; i < rows.size() && rows[i] == first - 1; ++i)
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        forgetDerived();
        endRemoveRows();
    }
}

bool MachineModel::updateMachine(int index, const MachineRow& row) {
    MachineRow& known = m_rows[static_cast<std::size_t>(index)];
    const bool isElsewhere = comesBefore(known, row) || comesBefore(row, known);
    if (m_isCounted) {
        countIn(known, -1);
        countIn(row, 1);
    }
    known = row;
    return isElsewhere;
}

bool MachineModel::insertMachines(std::vector<MachineRow> rows) {
    if (rows.empty())
        return false;
    std::sort(rows.begin(), rows.end(), comesBefore);
    const auto placeOf = [this](const MachineRow& row) {
        return std::lower_bound(m_rows.begin(), m_rows.end(), row, comesBefore);
    };
    const bool isOneRun = placeOf(rows.front()) == placeOf(rows.back());
    const auto place = isOneRun ? placeOf(rows.front()) : m_rows.end();
    const int first = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(place, std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    forgetDerived();
    endInsertRows();
    return !isOneRun;
}

void MachineModel::reorder() {
    if (std::is_sorted(m_rows.begin(), m_rows.end(), comesBefore))
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    std::vector<MacAddress> machines;
    for (const QModelIndex& index : before)
        machines.push_back(row(index.row()).machine.mac);
    std::sort(m_rows.begin(), m_rows.end(), comesBefore);
    forgetDerived();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(indexOf(machines[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

void MachineModel::forgetDerived() {
    m_index.clear();
    m_isCounted = false;
}

/// One signal for each run of rows, so that what stands between them need not be looked at; views of ten
/// thousand rows would spend their time with that. Of very many runs one for all costs less.
void MachineModel::emitDataChanged(const std::vector<MacAddress>& machines) {
    constexpr std::size_t mostRuns = 500;
    std::vector<int> rows;
    for (const MacAddress mac : machines)
        rows.push_back(indexOf(mac));
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> runs;
    for (const int row : rows) {
        if (runs.empty() || row > runs.back().second + 1)
            runs.emplace_back(row, row);
        runs.back().second = row;
    }
    if (runs.size() > mostRuns)
        runs = {{runs.front().first, runs.back().second}};
    for (const auto& [first, last] : runs)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

const MachineRow* MachineModel::find(MacAddress mac) const {
    const int index = indexOf(mac);
    return index < 0 ? nullptr : &row(index);
}

/// The rows stand in slot order.
const MachineRow* MachineModel::findBySlot(int slot) const {
    const auto found =
        std::lower_bound(m_rows.begin(), m_rows.end(), slot, [](const MachineRow& row, int value) {
            return row.machine.slot.value_or(std::numeric_limits<int>::max()) < value;
        });
    return found == m_rows.end() || found->machine.slot != slot ? nullptr : &*found;
}

int MachineModel::highestSlot() const {
    const auto end = std::partition_point(m_rows.begin(), m_rows.end(),
                                          [](const MachineRow& row) { return row.machine.slot.has_value(); });
    return end == m_rows.begin() ? 0 : *std::prev(end)->machine.slot;
}

QString MachineModel::rackTitle() const {
    const QString first = printable(m_layout.name);
    return m_layout.rackCount == 1
               ? first
               : QStringLiteral("%1 – %2").arg(first, printable(m_layout.rackName(m_layout.rackCount)));
}

QString MachineModel::slotLabel(int slot) const {
    return printable(m_layout.slotLabel(slot));
}

int MachineModel::indexOf(MacAddress mac) const {
    if (m_index.empty()) {
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_index.emplace(m_rows[i].machine.mac, static_cast<int>(i));
    }
    const auto found = m_index.find(mac);
    return found == m_index.end() ? -1 : found->second;
}

int MachineModel::count(MachineGroup group) const {
    if (!m_isCounted) {
        m_counts.fill(0);
        for (const MachineRow& row : m_rows)
            countIn(row, 1);
        m_isCounted = true;
    }
    return m_counts.at(static_cast<std::size_t>(group));
}

void MachineModel::countIn(const MachineRow& row, int step) const {
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        m_counts.at(i) += isInGroup(row, static_cast<MachineGroup>(i)) ? step : 0;
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
    if (column == MachineColumn::Stage && row.machine.owner) {
        const MachineRow* const owner = find(*row.machine.owner);
        return tr("Card of %1")
            .arg(owner && !owner->hostname.isEmpty() ? printable(owner->hostname)
                                                     : QString::fromStdString(row.machine.owner->toString()));
    }
    if (column == MachineColumn::Stage && row.machine.isToBeReplaced)
        return tr("Replacement awaited");
    if (column == MachineColumn::Stage && state == MachineState::Next)
        return tr("Power on now");
    if (column == MachineColumn::Stage && state == MachineState::Reserved)
        return tr("Planned");
    return columnInfo(column).text(row);
}

QVariant MachineModel::toolTip(const MachineRow& row, MachineColumn column) const {
    if (row.machine.problem)
        return sentence(*row.machine.problem).toHtmlEscaped();
    if (column == MachineColumn::Slot && !row.machine.orderUncertainWith.empty())
        return tr("Its order is uncertain: it came nearly together with another one.");
    if (column == MachineColumn::Name && row.isHostnamePinned)
        return tr("Typed by hand. Empty the cell to follow the slot again.");
    if (column == MachineColumn::Address && row.isAddressPinned)
        return tr("Typed by hand. Empty the cell to follow the slot again.");
    return isEmptyCell(row, column) ? QVariant() : columnInfo(column).text(row).toHtmlEscaped();
}

/// Texts as a person sorts them, the others by value.
bool MachineModel::sortsBefore(int left, int right, MachineColumn column) const {
    const MachineRow& one = row(left);
    const MachineRow& other = row(right);
    const auto address = [](const MachineRow& row) {
        const std::optional<Ipv4Address> known = row.address ? row.address : row.machine.leased;
        return known ? known->value() : std::numeric_limits<quint32>::max();
    };
    switch (column) {
    case MachineColumn::Slot:
        return left < right; // the order of the rows
    case MachineColumn::State:
        return shownState(one, m_cursor) < shownState(other, m_cursor);
    case MachineColumn::Address:
        return address(one) < address(other);
    case MachineColumn::Mac:
        return one.machine.mac < other.machine.mac;
    case MachineColumn::Stage:
        return one.machine.stage < other.machine.stage;
    case MachineColumn::Progress:
        return roster::progressOf(one.machine) < roster::progressOf(other.machine);
    default:
        return columnInfo(column).text(one).compare(columnInfo(column).text(other), Qt::CaseInsensitive) < 0;
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
