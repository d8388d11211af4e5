#include "ui/widgets/MachineTable.h"

#include "ui/models/MachineEdit.h"
#include "ui/widgets/ChoiceDelegate.h"
#include "ui/widgets/LineEditDelegate.h"
#include "ui/widgets/ProgressDelegate.h"
#include "ui/widgets/StageDelegate.h"
#include "ui/widgets/StateDelegate.h"

#include <QComboBox>
#include <QDataStream>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>

#include <algorithm>

namespace rackmuster::ui {

namespace {

int indexOf(MachineColumn column) {
    return static_cast<int>(column);
}

} // namespace

MachineTable::MachineTable(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QTableView(parent), m_workbench(workbench), m_filter(workbench.machines()) {
    setObjectName(QStringLiteral("machineTable"));
    setAccessibleName(tr("Machines"));
    setModel(&m_filter);
    setSelectionBehavior(SelectItems);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked | EditKeyPressed);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    setCompact(false);
    setDelegates(theme);
    setHeader();
    connect(&m_clock, &QTimer::timeout, this, [this] { viewport()->update(); });
    m_clock.start(std::chrono::seconds(1));
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void MachineTable::setDelegates(const Theme& theme) {
    for (const MachineColumnInfo& column : machineColumns)
        setItemDelegateForColumn(indexOf(column.id), new RowDelegate(theme, CellStyle::Plain, this));
    const auto check = [this](const QModelIndex& index, const QString& text) {
        const auto plan = planEdit(m_workbench.machines(), editedMachines(index),
                                   static_cast<MachineColumn>(index.column()), text);
        return plan ? QString() : plan.error();
    };
    const auto choices = [this](const QModelIndex& index) {
        return choicesFor(static_cast<MachineColumn>(index.column()), editedMachines(index));
    };
    const auto set = [this](MachineColumn column, QAbstractItemDelegate* delegate) {
        setItemDelegateForColumn(indexOf(column), delegate);
    };
    auto* const progress = new ProgressDelegate(theme, this);
    set(MachineColumn::Slot, new LineEditDelegate(theme, CellStyle::Fixed, check, this));
    set(MachineColumn::State, new StateDelegate(theme, this));
    set(MachineColumn::Name, new LineEditDelegate(theme, CellStyle::Strong, check, this));
    set(MachineColumn::Address, new LineEditDelegate(theme, CellStyle::Fixed, check, this));
    set(MachineColumn::Mac, new RowDelegate(theme, CellStyle::FixedTail, this));
    set(MachineColumn::Vendor, new RowDelegate(theme, CellStyle::Muted, this));
    set(MachineColumn::Firmware, new RowDelegate(theme, CellStyle::Muted, this));
    set(MachineColumn::Image, new ChoiceDelegate(theme, choices, this));
    set(MachineColumn::Profile, new ChoiceDelegate(theme, choices, this));
    set(MachineColumn::Stage, new StageDelegate(theme, this));
    set(MachineColumn::Progress, progress);
    connect(progress, &ProgressDelegate::approveClicked, this,
            [this](const QModelIndex& index) { Q_EMIT approveRequested({m_filter.machineAt(index)}); });
}

void MachineTable::setHeader() {
    QHeaderView& header = *horizontalHeader();
    header.setSectionsMovable(true);
    header.setHighlightSections(false);
    header.setStretchLastSection(true);
    header.setMinimumSectionSize(40);
    header.setFixedHeight(32);
    for (const MachineColumnInfo& column : machineColumns) {
        header.resizeSection(indexOf(column.id), column.width);
        m_fittedSizes.at(static_cast<std::size_t>(indexOf(column.id))) = column.width;
    }
    header.setSortIndicatorClearable(true); // the third click on a header brings the slot order back
    setSortingEnabled(true);
    sortByColumn(indexOf(MachineColumn::Slot), Qt::AscendingOrder);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QHeaderView::customContextMenuRequested, this, &MachineTable::showColumnMenu);
}

void MachineTable::showColumnMenu(const QPoint& position) {
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColumnMenu(*menu);
    menu->popup(horizontalHeader()->mapToGlobal(position));
}

void MachineTable::fillColumnMenu(QMenu& menu) {
    for (const MachineColumnInfo& column : machineColumns) {
        const int section = indexOf(column.id);
        QAction* const action = menu.addAction(columnTitle(column.id));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(section));
        action->setEnabled(column.rank > 0);
        connect(action, &QAction::toggled, this, [this, section](bool isShown) {
            m_areColumnsChosen = true;
            setColumnHidden(section, !isShown);
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Fit columns to the window")), &QAction::triggered, this, [this] {
        m_areColumnsChosen = false;
        fitColumns();
    });
}

void MachineTable::fitColumns() {
    if (m_areColumnsChosen)
        return;
    std::vector<MachineColumnInfo> byRank(machineColumns.begin(), machineColumns.end());
    std::sort(
        byRank.begin(), byRank.end(),
        [](const MachineColumnInfo& left, const MachineColumnInfo& right) { return left.rank < right.rank; });
    int used = 0;
    bool hasRoom = true;
    for (const MachineColumnInfo& column : byRank) {
        const int section = indexOf(column.id);
        const int size = isSizeOurs(section) ? column.width : horizontalHeader()->sectionSize(section);
        hasRoom = hasRoom && (column.rank == 0 || used + size <= viewport()->width());
        setColumnHidden(section, !hasRoom);
        used += hasRoom ? size : 0;
    }
    shareRoom(viewport()->width() - used);
}

/// Progress is stretched into what remains, so its size tells nothing about the operator.
bool MachineTable::isSizeOurs(int section) const {
    return section == indexOf(MachineColumn::Progress) || horizontalHeader()->isSectionHidden(section) ||
           horizontalHeader()->sectionSize(section) == m_fittedSizes.at(static_cast<std::size_t>(section));
}

void MachineTable::shareRoom(int room) {
    int wanted = 0;
    for (const MachineColumnInfo& column : machineColumns)
        wanted += isColumnHidden(indexOf(column.id)) ? 0 : column.widest - column.width;
    for (const MachineColumnInfo& column : machineColumns) {
        const int section = indexOf(column.id);
        if (isColumnHidden(section) || !isSizeOurs(section) || column.id == MachineColumn::Progress)
            continue;
        const int wish = column.widest - column.width;
        const int share = wanted > room ? std::max(0, room) * wish / std::max(1, wanted) : wish;
        m_fittedSizes.at(static_cast<std::size_t>(section)) = column.width + share;
        setColumnWidth(section, column.width + share);
    }
}

std::vector<int> MachineTable::selectedRows(std::optional<int> column) const {
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        if (column && (range.left() > *column || range.right() < *column))
            continue;
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

std::vector<MachineColumn> MachineTable::shownColumns() const {
    std::vector<MachineColumn> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int section = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(section))
            columns.push_back(static_cast<MachineColumn>(section));
    }
    return columns;
}

std::vector<MacAddress> MachineTable::machinesOf(const std::vector<int>& rows) const {
    std::vector<MacAddress> machines;
    machines.reserve(rows.size());
    for (const int row : rows)
        machines.push_back(m_filter.machineAt(m_filter.index(row, 0)));
    return machines;
}

std::vector<MacAddress> MachineTable::selectedMachines() const {
    return machinesOf(selectedRows());
}

std::vector<CellColumn> MachineTable::selectedCells() const {
    std::vector<CellColumn> cells;
    for (const MachineColumn column : shownColumns()) {
        if (const std::vector<int> rows = selectedRows(indexOf(column)); !rows.empty())
            cells.push_back({column, machinesOf(rows)});
    }
    return cells;
}

PasteTarget MachineTable::pasteTarget() const {
    const std::vector<int> selected = selectedRows();
    const int first = !selected.empty() ? selected.front() : std::max(0, currentIndex().row());
    PasteTarget target;
    for (int row = first; row < m_filter.rowCount(); ++row)
        target.machines.push_back(m_filter.machineAt(m_filter.index(row, 0)));
    target.columns = shownColumns();
    const auto isCovered = [this](MachineColumn column) {
        return selectionModel()->selection().isEmpty() ? column == MachineColumn::Slot
                                                       : !selectedRows(indexOf(column)).empty();
    };
    target.columns.erase(target.columns.begin(),
                         std::find_if(target.columns.begin(), target.columns.end(), isCovered));
    return target;
}

std::vector<Choice> MachineTable::choicesFor(MachineColumn column,
                                             const std::vector<MacAddress>& machines) const {
    return column == MachineColumn::Image
               ? imageChoices(m_workbench.images())
               : startChoices(m_workbench.profiles(), m_workbench.images(), m_workbench.machines(), machines);
}

void MachineTable::selectWholeRows() {
    QItemSelection rows;
    for (const int row : selectedRows())
        rows.select(m_filter.index(row, 0), m_filter.index(row, m_filter.columnCount() - 1));
    selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

std::optional<MacAddress> MachineTable::currentMachine() const {
    return currentIndex().isValid() ? std::optional(m_filter.machineAt(currentIndex())) : std::nullopt;
}

void MachineTable::selectMachine(MacAddress mac) {
    if (const QModelIndex index = m_filter.indexOf(mac); index.isValid()) {
        setCurrentIndex(index);
        selectRow(index.row());
        scrollTo(index);
    }
}

void MachineTable::setCompact(bool isCompact) {
    const int height = isCompact ? metrics::compactRowHeight : metrics::rowHeight;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

QByteArray MachineTable::saveColumns() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_areColumnsChosen << horizontalHeader()->saveState();
    for (const int size : m_fittedSizes)
        stream << qint32(size);
    return state;
}

void MachineTable::restoreColumns(const QByteArray& state) {
    QDataStream stream(state);
    bool areChosen = false;
    QByteArray header;
    stream >> areChosen >> header;
    std::array<qint32, machineColumns.size()> fitted{};
    for (qint32& size : fitted)
        stream >> size;
    if (stream.status() != QDataStream::Ok || !horizontalHeader()->restoreState(header))
        return;
    m_areColumnsChosen = areChosen;
    std::copy(fitted.begin(), fitted.end(), m_fittedSizes.begin());
    fitColumns();
}

void MachineTable::keyPressEvent(QKeyEvent* event) {
    // Not Enter: it also ends an edit, comes on to the table from there, and an approval erases disks.
    const bool isApprove = event->key() == Qt::Key_A && state() != EditingState;
    if (event->modifiers() == Qt::NoModifier && isApprove)
        Q_EMIT approveRequested(selectedMachines());
    else if (event->modifiers() == Qt::ShiftModifier && event->key() == Qt::Key_Delete &&
             !selectedMachines().empty())
        Q_EMIT forgetRequested(selectedMachines());
    else
        QTableView::keyPressEvent(event);
}

void MachineTable::contextMenuEvent(QContextMenuEvent* event) {
    if (selectedMachines().empty())
        return;
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuRequested(isByKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                                 : event->globalPos());
}

void MachineTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void MachineTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        viewport()->update(); // the tint of the row
    Q_EMIT currentMachineChanged();
}

void MachineTable::commitData(QWidget* editor) {
    const QModelIndex index = currentIndex();
    const auto* const line = qobject_cast<QLineEdit*>(editor);
    const auto* const box = qobject_cast<QComboBox*>(editor);
    if (!index.isValid() || (!line && !box))
        return;
    m_workbench.machines().requestEdit(editedMachines(index), static_cast<MachineColumn>(index.column()),
                                       line ? line->text() : box->currentData().toString());
}

std::vector<MacAddress> MachineTable::editedMachines(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    return selectionModel()->isSelected(index) ? machinesOf(selectedRows(index.column()))
                                               : std::vector{m_filter.machineAt(index)};
}

} // namespace rackmuster::ui
