#pragma once

#include "ui/Theme.h"
#include "ui/Workbench.h"
#include "ui/models/CellPaste.h"
#include "ui/models/MachineColumns.h"
#include "ui/models/MachineFilterModel.h"

#include <QTableView>
#include <QTimer>

#include <array>
#include <optional>
#include <vector>

class QMenu;

namespace rackmuster::ui {

/// The table of machines: keyboard first, several rows at once, columns chosen at the header.
class MachineTable final : public QTableView {
    Q_OBJECT

public:
    MachineTable(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] MachineFilterModel& filter() { return m_filter; }
    /// Those of the selected cells, in table order.
    [[nodiscard]] std::vector<MacAddress> selectedMachines() const;
    /// The selected cells that are shown, column by column as they stand.
    [[nodiscard]] std::vector<CellColumn> selectedCells() const;
    /// What a paste covers: from the upper left selected cell on.
    [[nodiscard]] PasteTarget pasteTarget() const;
    /// What is chosen from in a cell of the columns Image and Profile.
    [[nodiscard]] std::vector<Choice> choicesFor(MachineColumn column,
                                                 const std::vector<MacAddress>& machines) const;
    /// Whole rows of the selected cells.
    void selectWholeRows();
    /// The columns to choose from.
    void fillColumnMenu(QMenu& menu);
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
    /// An edit counts for every selected cell of the column.
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
    /// Ascending rows of the selected cells; of one column, or of any.
    [[nodiscard]] std::vector<int> selectedRows(std::optional<int> column = std::nullopt) const;
    [[nodiscard]] std::vector<MacAddress> machinesOf(const std::vector<int>& rows) const;
    [[nodiscard]] std::vector<MachineColumn> shownColumns() const;

    Workbench& m_workbench;
    MachineFilterModel m_filter;
    QTimer m_clock; ///< the Stage column shows how long
    bool m_areColumnsChosen = false;
    std::array<int, machineColumns.size()> m_fittedSizes{}; ///< as shareRoom() left them; pixels
};

} // namespace rackmuster::ui
