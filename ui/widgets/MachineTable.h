#pragma once

#include "ui/Theme.h"
#include "ui/Workbench.h"
#include "ui/models/MachineColumns.h"
#include "ui/models/MachineFilterModel.h"

#include <QTableView>
#include <QTimer>

#include <array>
#include <optional>
#include <vector>

namespace rackmuster::ui {

/// The table of machines: keyboard first, several rows at once, columns chosen at the header.
class MachineTable final : public QTableView {
    Q_OBJECT

public:
    MachineTable(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] MachineFilterModel& filter() { return m_filter; }
    /// In table order.
    [[nodiscard]] std::vector<MacAddress> selectedMachines() const;
    [[nodiscard]] std::optional<MacAddress> currentMachine() const;
    void selectMachine(MacAddress mac);
    void setCompact(bool isCompact);

    /// Widths, order and choice of columns.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

Q_SIGNALS:
    void currentMachineChanged();
    void menuRequested(const QPoint& globalPosition);
    void approveRequested(const std::vector<rackmuster::MacAddress>& machines);
    void forgetRequested(const std::vector<rackmuster::MacAddress>& machines);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    /// An edit counts for every selected row.
    void commitData(QWidget* editor) override;

private:
    void setDelegates(const Theme& theme);
    void setHeader();
    void showColumnMenu(const QPoint& position);
    /// Hides the columns of the highest rank until the rest fits, unless the operator chose the columns;
    /// shares what is left over among the columns whose size he left alone.
    void fitColumns();
    void shareRoom(int room);
    [[nodiscard]] bool isSizeOurs(int section) const;
    [[nodiscard]] std::vector<MacAddress> editedMachines(const QModelIndex& index) const;

    Workbench& m_workbench;
    MachineFilterModel m_filter;
    QTimer m_clock; ///< the Stage column shows how long
    bool m_areColumnsChosen = false;
    std::array<int, machineColumns.size()> m_fittedSizes{}; ///< as shareRoom() left them; pixels
};

} // namespace rackmuster::ui
