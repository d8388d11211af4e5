#pragma once

#include "ui/models/CellPaste.h"

#include <QObject>

#include <vector>

class QAction;
class QMenu;

namespace rackmuster::ui {

class MachineTable;
class Workbench;

/// What can be done to the selected cells of the table as in a spreadsheet, by key and by menu: copy, paste,
/// fill down, clear. Every act is one undo step.
class CellActs final : public QObject {
    Q_OBJECT

public:
    CellActs(Workbench& workbench, MachineTable& table);

    /// The entries with their keys.
    void addTo(QMenu& menu) const;

    void copy() const;
    /// Asks first when the clipboard holds more rows than the table.
    void paste();
    void fillDown();
    void clear();

private:
    /// What becomes of rows beyond the table.
    struct Growth {
        bool addsMachines = false;
        std::optional<int> lastSlot; ///< For the racks.
    };

    QAction* addAct(const char* name, const QString& text, const QKeySequence& key, void (CellActs::*act)());
    void copyCells() { copy(); }
    void copyMacs();
    void selectRows();
    void askAboutExtraRows(const PasteTarget& target, const CellGrid& grid);
    void put(const PasteTarget& target, const CellGrid& grid, Growth growth);

    Workbench& m_workbench;
    MachineTable& m_table;
    std::vector<QAction*> m_acts;
};

} // namespace rackmuster::ui
