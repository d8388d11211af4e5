#pragma once

#include "ui/models/MachineModel.h"

#include <QSortFilterProxyModel>

#include <unordered_map>

namespace rackmuster::ui {

/// The rows that the filter box and the chips leave. A row that was shown stays until the filter changes, and
/// order changes only when a header is clicked: nothing moves under the pointer.
class MachineFilterModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit MachineFilterModel(MachineModel& machines, QObject* parent = nullptr);

    /// Matches any column; part of a MAC in any spelling (aa:bb, AA-BB, aabb) finds it.
    void setText(const QString& text);
    void setGroup(MachineGroup group);
    [[nodiscard]] MachineGroup group() const { return m_group; }
    [[nodiscard]] MacAddress machineAt(const QModelIndex& proxyIndex) const;
    /// Invalid when the filter hides it.
    [[nodiscard]] QModelIndex indexOf(MacAddress mac, int column = 0) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    void refilter();
    /// Rows that match now appear; those already shown stay.
    void lookAgainAt(const std::vector<MacAddress>& machines);
    [[nodiscard]] bool accepts(const engine::MachineRow& row) const;
    [[nodiscard]] bool matches(const engine::MachineRow& row) const;

    MachineModel& m_machines;
    QString m_text;
    QString m_hex; ///< m_text as bare hex digits, when it can be part of a MAC.
    MachineGroup m_group = MachineGroup::All;
    mutable std::unordered_map<MacAddress, bool> m_verdicts; ///< since the filter was last set
};

} // namespace rackmuster::ui
