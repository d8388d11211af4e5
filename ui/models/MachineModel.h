#pragma once

#include "core/engine/Snapshot.h"
#include "ui/models/MachineColumns.h"

#include <QAbstractTableModel>

#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace rackmuster::ui {

/// The condition shown for a row: the machine's own, or Next when the roll call expects it now.
[[nodiscard]] roster::MachineState shownState(const engine::MachineRow& row, int cursor);
/// It was heard, nobody decided about it yet, and it was never finished.
[[nodiscard]] bool needsApproval(const engine::MachineRow& row);

/// Groups of the chips above the table.
enum class MachineGroup : std::uint8_t { All, Waiting, Installing, Problem, Done };
inline constexpr std::size_t machineGroupCount = 5;
[[nodiscard]] bool isInGroup(const engine::MachineRow& row, MachineGroup group);

/// The machines in slot order, unplaced ones behind in order of their first packet.
class MachineModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< int of MachineState
        PercentRole,              ///< int, 0..100
        PinnedRole,               ///< bool: the operator typed it
        ApprovableRole,           ///< bool: see needsApproval
        SinceRole,                ///< QDateTime: when the stage was reached; invalid when unknown
        ChoiceRole,               ///< QString: a Choice's value; empty for the default
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The whole table anew.
    void reset(const std::vector<engine::MachineRow>& rows, const roster::RackLayout& layout, int cursor,
               std::set<int> reserved = {});
    /// Inserts, removes and reorders what changed, each at once; dataChanged for each run of rows.
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
    [[nodiscard]] const std::set<int>& reserved() const { return m_reserved; } ///< Slots that are kept free.
    [[nodiscard]] int count(MachineGroup group) const;
    /// 0 when no machine is placed.
    [[nodiscard]] int highestSlot() const;
    /// "R1", or "R1 – R3".
    [[nodiscard]] QString rackTitle() const;
    /// What people call the slot: "7", with several racks "R2-07".
    [[nodiscard]] QString slotLabel(int slot) const;
    /// How the column sorts, without a detour over data().
    [[nodiscard]] bool sortsBefore(int left, int right, MachineColumn column) const;
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
    /// These came, changed or went; before changed().
    void touched(const std::vector<rackmuster::MacAddress>& machines);

private:
    void removeMachines(const std::vector<MacAddress>& machines);
    /// True when the row has to go elsewhere.
    bool updateMachine(int index, const engine::MachineRow& row);
    /// True when they stand at the end and have to go elsewhere yet.
    bool insertMachines(std::vector<engine::MachineRow> rows);
    /// Puts all rows in their order; selections go along.
    void reorder();
    void forgetDerived();
    void countIn(const engine::MachineRow& row, int step) const;
    void emitDataChanged(const std::vector<MacAddress>& machines);
    [[nodiscard]] QString shownText(const engine::MachineRow& row, MachineColumn column) const;
    [[nodiscard]] QVariant toolTip(const engine::MachineRow& row, MachineColumn column) const;

    std::vector<engine::MachineRow> m_rows;
    mutable std::unordered_map<MacAddress, int> m_index; ///< of m_rows; empty: to be made anew
    mutable std::array<int, machineGroupCount> m_counts{};
    mutable bool m_isCounted = false;
    roster::RackLayout m_layout;
    int m_cursor = 1;
    std::set<int> m_reserved;
};

} // namespace rackmuster::ui
