#include "ui/widgets/MachineTable.h"

#include "ui/models/MachineEdit.h"
#include "ui/widgets/ChoiceDelegate.h"
#include "ui/widgets/LineEditDelegate.h"
#include "ui/widgets/ProgressDelegate.h"
#include "ui/widgets/StageDelegate.h"
#include "ui/widgets/StateDelegate.h"

#include <QClipboard>
#include <QComboBox>
#include <QDataStream>
#include <QGuiApplication>
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
    setSelectionBehavior(SelectRows);
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
    const auto images = [this](const QModelIndex&) {
        return imageChoices(m_workbench.images());
    };
    const auto starts = [this](const QModelIndex& index) {
        return startChoices(m_workbench.profiles(), m_workbench.images(), m_workbench.machines(),
                            editedMachines(index));
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
    set(MachineColumn::Image, new ChoiceDelegate(theme, images, this));
    set(MachineColumn::Profile, new ChoiceDelegate(theme, starts, this));
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
    setSortingEnabled(true);
    sortByColumn(indexOf(MachineColumn::Slot), Qt::AscendingOrder);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QHeaderView::customContextMenuRequested, this, &MachineTable::showColumnMenu);
}

void MachineTable::showColumnMenu(const QPoint& position) {
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const MachineColumnInfo& column : machineColumns) {
        const int section = indexOf(column.id);
        QAction* const action = menu->addAction(columnTitle(column.id));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(section));
        action->setEnabled(column.rank > 0);
        connect(action, &QAction::toggled, this, [this, section](bool isShown) {
            m_areColumnsChosen = true;
            setColumnHidden(section, !isShown);
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Fit columns to the window")), &QAction::triggered, this, [this] {
        m_areColumnsChosen = false;
        fitColumns();
    });
    menu->popup(horizontalHeader()->mapToGlobal(position));
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

std::vector<MacAddress> MachineTable::selectedMachines() const {
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<MacAddress> machines;
    for (const QModelIndex& row : rows)
        machines.push_back(m_filter.machineAt(row));
    return machines;
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
    if (event->matches(QKeySequence::Copy)) {
        QStringList lines;
        for (const MacAddress mac : selectedMachines())
            lines << QString::fromStdString(mac.toString());
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    } else if (event->modifiers() == Qt::NoModifier && isApprove) {
        Q_EMIT approveRequested(selectedMachines());
    } else if (event->key() == Qt::Key_Delete && !selectedMachines().empty()) {
        Q_EMIT forgetRequested(selectedMachines());
    } else {
        QTableView::keyPressEvent(event);
    }
}

void MachineTable::contextMenuEvent(QContextMenuEvent* event) {
    if (!selectedMachines().empty())
        Q_EMIT menuRequested(event->globalPos());
}

void MachineTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void MachineTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
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
    const std::vector<MacAddress> selected = selectedMachines();
    const MacAddress edited = m_filter.machineAt(index);
    return std::find(selected.begin(), selected.end(), edited) == selected.end() ? std::vector{edited}
                                                                                 : selected;
}

} // namespace rackmuster::ui
