#pragma once

#include "ui/Workbench.h"

#include <QWidget>

class QMenu;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace rackmuster::ui {

class CellActs;
class EmptyState;
class FilterBar;
class MachineDrawer;
class MachineTable;
class PlaceActs;
class PlanActs;
class RackView;
class Theme;

/// Where the operator lives: filter, table, rack and the drawer of the chosen machine.
class MachinesPage final : public QWidget {
    Q_OBJECT

public:
    MachinesPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);
    void setCompact(bool isCompact);
    void setNarrow(bool isNarrow);
    void selectMachine(MacAddress machine);
    void focusFilter();
    /// Shows what the file would do; nothing happens before the operator says so.
    void importPlan(const QString& path);

Q_SIGNALS:
    void chooseImagesRequested();
    void startRequested();
    void rackRequested();

private:
    [[nodiscard]] QWidget* makeTableCard(const Theme& theme);
    [[nodiscard]] QWidget* makeRackCard(const Theme& theme);
    void connectTable();
    void refreshEmptyState();
    void actOnEmptyState();
    void followSelection();
    void approve(const std::vector<MacAddress>& machines);
    void askForget(const std::vector<MacAddress>& machines);
    void askRearm(MacAddress machine);
    void showMenu(const QPoint& globalPosition);
    void addApprovalActs(QMenu& menu, const std::vector<MacAddress>& machines);

    Workbench& m_workbench;
    MachineTable* m_table;
    FilterBar* m_filterBar;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    MachineDrawer* m_drawer;
    QSplitter* m_splitter;
    QWidget* m_rackCard;
    RackView* m_rack;
    CellActs* m_cellActs;
    PlanActs* m_planActs;
    PlaceActs* m_placeActs;
};

} // namespace rackmuster::ui
