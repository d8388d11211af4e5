#pragma once

#include "core/engine/Snapshot.h"
#include "ui/models/MachineColumns.h"

#include <QAbstractTableModel>

#include <optional>
#include <unordered_map>
#include <vector>

namespace rackmuster::ui {

/// The condition shown for a row: the machine's own, or Next when the roll call expects it now.
[[nodiscard]] roster::MachineState shownState(const engine::MachineRow& row, int cursor);
/// It was heard, nobody decided about it yet, and it was never finished.
[[nodiscard]] bool needsApproval(const engine::MachineRow& row);

/// Groups of the chips above the table.
enum class MachineGroup : std::uint8_t { All, Waiting, Installing, Problem, Done };
[[nodiscard]] bool isInGroup(const engine::MachineRow& row, MachineGroup group);

/// The machines in slot order, unplaced ones behind in order of their first packet.
class MachineModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< int of MachineState
        PercentRole,              ///< int, 0..100
        SortRole,                 ///< Sorts as a person expects: numbers as numbers, addresses by value.
        PinnedRole,               ///< bool: the operator typed it
        ApprovableRole,           ///< bool: see needsApproval
        SinceRole,                ///< QDateTime: when the stage was reached; invalid when unknown
        ChoiceRole,               ///< QString: a Choice's value; empty for the default
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The whole table anew.
    void reset(const std::vector<engine::MachineRow>& rows, const roster::RackLayout& layout, int cursor);
    /// Inserts, moves and removes what changed; at most one dataChanged.
    void apply(const engine::MachineUpdate& update);

    [[nodiscard]] const engine::MachineRow& row(int index) const {
        return m_rows.at(static_cast<std::size_t>(index));
    }
    /// Null when the machine is not in the table.
    [[nodiscard]] const engine::MachineRow* find(MacAddress mac) const;
    [[nodiscard]] const engine::MachineRow* findBySlot(int slot) const;
    /// -1 when the machine is not in the table.
    [[nodiscard]] int indexOf(MacAddress mac) const;
    [[nodiscard]] const std::vector<engine::MachineRow>& rows() const { return m_rows; }
    [[nodiscard]] const roster::RackLayout& layout() const { return m_layout; }
    [[nodiscard]] int cursor() const { return m_cursor; }
    [[nodiscard]] int count(MachineGroup group) const;
    [[nodiscard]] std::vector<MacAddress> waiting() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Passes the edit on with editRequested; the cell changes when the engine says so.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    /// The same edit for several machines.
    void requestEdit(const std::vector<MacAddress>& machines, MachineColumn column, const QString& text);

Q_SIGNALS:
    void editRequested(const std::vector<rackmuster::MacAddress>& machines,
                       rackmuster::ui::MachineColumn column, const QString& text);
    /// Anything at all changed: counts, layout or cursor too.
    void changed();

private:
    void removeMachine(MacAddress mac);
    /// The row's new place, or its old one.
    void updateMachine(int index, const engine::MachineRow& row);
    void insertMachine(const engine::MachineRow& row);
    void reindex();
    void emitDataChanged(const std::vector<MacAddress>& machines);
    [[nodiscard]] QVariant sortKey(const engine::MachineRow& row, MachineColumn column) const;
    [[nodiscard]] QString shownText(const engine::MachineRow& row, MachineColumn column) const;
    [[nodiscard]] QVariant toolTip(const engine::MachineRow& row, MachineColumn column) const;

    std::vector<engine::MachineRow> m_rows;
    std::unordered_map<MacAddress, int> m_index;
    roster::RackLayout m_layout;
    int m_cursor = 1;
};

} // namespace rackmuster::ui
