#include "ui/widgets/CellActs.h"

#include "core/exchange/Tsv.h"
#include "ui/Workbench.h"
#include "ui/widgets/MachineTable.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace rackmuster::ui {

namespace {

CellGrid clipboardGrid() {
    CellGrid grid;
    for (const auto& row : exchange::readTsv(QGuiApplication::clipboard()->text().toStdString())) {
        QStringList& cells = grid.emplace_back();
        for (const std::string& cell : row)
            cells << QString::fromStdString(cell);
    }
    return grid;
}

/// The headings of the columns came along.
bool isHeader(const QStringList& row, const std::vector<MachineColumn>& columns) {
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (static_cast<std::size_t>(i) >= columns.size() ||
            row[i].compare(columnTitle(columns[static_cast<std::size_t>(i)]), Qt::CaseInsensitive) != 0)
            return false;
    }
    return !row.isEmpty();
}

/// One cell over a selection: in each of its cells.
CellGrid repeated(const QString& text, const std::vector<CellColumn>& cells) {
    return CellGrid(cells.front().machines.size(), QStringList(static_cast<qsizetype>(cells.size()), text));
}

} // namespace

CellActs::CellActs(Workbench& workbench, MachineTable& table)
    : QObject(&table), m_workbench(workbench), m_table(table) {
    addAct("copyCells", tr("Copy"), QKeySequence::Copy, &CellActs::copyCells);
    addAct("pasteCells", tr("Paste"), QKeySequence::Paste, &CellActs::paste);
    addAct("fillDown", tr("Fill down, numbers count on"), QKeySequence(QStringLiteral("Ctrl+D")),
           &CellActs::fillDown);
    addAct("clearCells", tr("Clear typed values"), QKeySequence::Delete, &CellActs::clear);
    addAct("selectRows", tr("Select whole rows"), QKeySequence(QStringLiteral("Shift+Space")),
           &CellActs::selectRows);
    addAct("copyMacs", tr("Copy MAC"), QKeySequence(QStringLiteral("Ctrl+Shift+C")), &CellActs::copyMacs);
}

QAction* CellActs::addAct(const char* name, const QString& text, const QKeySequence& key,
                          void (CellActs::*act)()) {
    auto* const action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut); // an open editor has these keys for itself
    connect(action, &QAction::triggered, this, act);
    m_table.addAction(action);
    m_acts.push_back(action);
    return action;
}

void CellActs::addTo(QMenu& menu) const {
    for (QAction* const act : m_acts)
        menu.addAction(act);
}

void CellActs::copy() const {
    const std::vector<CellColumn> columns = m_table.selectedCells();
    const MachineModel& model = m_workbench.machines();
    exchange::Cells rows;
    for (const MacAddress mac : m_table.selectedMachines()) {
        std::vector<std::string>& row = rows.emplace_back();
        for (const CellColumn& column : columns) {
            const bool isSelected =
                std::find(column.machines.begin(), column.machines.end(), mac) != column.machines.end();
            const QModelIndex cell = model.index(model.indexOf(mac), static_cast<int>(column.column));
            row.push_back(isSelected ? cell.data().toString().toStdString() : std::string());
        }
    }
    if (!rows.empty())
        QGuiApplication::clipboard()->setText(QString::fromStdString(exchange::writeTsv(rows)));
}

void CellActs::copyMacs() {
    QStringList lines;
    for (const MacAddress mac : m_table.selectedMachines())
        lines << QString::fromStdString(mac.toString());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void CellActs::selectRows() {
    m_table.selectWholeRows();
}

void CellActs::paste() {
    CellGrid grid = clipboardGrid();
    const PasteTarget target = m_table.pasteTarget();
    if (grid.size() > 1 && isHeader(grid.front(), target.columns))
        grid.erase(grid.begin());
    if (grid.empty() || target.columns.empty())
        return;
    const std::vector<CellColumn> selected = m_table.selectedCells();
    const bool isOneCell = grid.size() == 1 && grid.front().size() == 1;
    if (isOneCell && selected.size() == 1 && columnInfo(selected[0].column).editor == CellEditor::Line) {
        m_workbench.edit(selected[0].machines, selected[0].column, grid.front().front());
        return;
    }
    if (isOneCell && !selected.empty())
        grid = repeated(grid.front().front(), selected);
    dropEmptyRows(grid, target.machines.size());
    if (extraRows(grid, target) > 0)
        askAboutExtraRows(target, grid);
    else
        put(target, grid, {});
}

void CellActs::askAboutExtraRows(const PasteTarget& target, const CellGrid& grid) {
    const int extra = extraRows(grid, target);
    const bool canAdd = bringsMachines(grid, target);
    const std::optional<int> lastSlot = slotsBrought(m_workbench.machines(), grid, target);
    auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("Paste"),
                                      tr("The clipboard has %n row(s) more than the table.", nullptr, extra),
                                      QMessageBox::NoButton, &m_table);
    box->setObjectName(QStringLiteral("extraRowsBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(canAdd && !lastSlot
                                ? tr("They can become planned machines: the rack grows, and each machine "
                                     "takes its slot when it is powered on.")
                            : lastSlot ? tr("They name slots and no machines: the rack can have that many.")
                                       : tr("To plan machines with them, copy the MAC column too."));
    if (lastSlot) {
        QPushButton* const grow =
            box->addButton(tr("Grow the rack to %n slot(s)", nullptr, *lastSlot), QMessageBox::AcceptRole);
        grow->setObjectName(QStringLiteral("growRack"));
        connect(grow, &QPushButton::clicked, this,
                [this, target, grid, lastSlot] { put(target, grid, {.lastSlot = lastSlot}); });
    } else if (canAdd) {
        QPushButton* const add =
            box->addButton(tr("Add %n planned machine(s)", nullptr, extra), QMessageBox::AcceptRole);
        add->setObjectName(QStringLiteral("addMachines"));
        connect(add, &QPushButton::clicked, this,
                [this, target, grid] { put(target, grid, {.addsMachines = true}); });
    }
    if (!target.machines.empty()) {
        QPushButton* const leave = box->addButton(tr("Leave them out"), QMessageBox::AcceptRole);
        leave->setObjectName(QStringLiteral("leaveOut"));
        connect(leave, &QPushButton::clicked, this, [this, target, grid] { put(target, grid, {}); });
    }
    box->setDefaultButton(box->addButton(tr("Cancel"), QMessageBox::RejectRole));
    box->open();
}

void CellActs::put(const PasteTarget& target, const CellGrid& grid, Growth growth) {
    const auto choices = [this](MachineColumn column, MacAddress mac) {
        return m_table.choicesFor(column, {mac});
    };
    auto plan = planPaste(m_workbench.machines(), choices, target, grid, growth.addsMachines);
    if (plan)
        plan->edit.lastSlot = growth.lastSlot;
    m_workbench.apply(plan.map([](const PastePlan& paste) { return paste.edit; }), tr("Paste"));
    if (plan && plan->skipped > 0)
        Q_EMIT m_workbench.told(
            tr("%n cell(s) cannot be changed and stay as they are.", nullptr, plan->skipped));
}

void CellActs::fillDown() {
    m_workbench.apply(planFillDown(m_workbench.machines(), m_table.selectedCells()), tr("Fill down"));
}

void CellActs::clear() {
    m_workbench.apply(planClear(m_workbench.machines(), m_table.selectedCells()), tr("Clear"));
}

} // namespace rackmuster::ui
