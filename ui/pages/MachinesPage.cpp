#include "ui/pages/MachinesPage.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/CellActs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/MachineDrawer.h"
#include "ui/widgets/MachineTable.h"
#include "ui/widgets/PlaceActs.h"
#include "ui/widgets/PlanActs.h"
#include "ui/widgets/RackView.h"
#include "ui/widgets/RearmDialog.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace rackmuster::ui {

using engine::MachineRow;
using Machines = std::vector<MacAddress>;

MachinesPage::MachinesPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_table(new MachineTable(workbench, theme)),
      m_filterBar(new FilterBar(workbench.machines(), m_table->filter(), theme)), m_stack(new QStackedWidget),
      m_empty(new EmptyState(theme)), m_drawer(new MachineDrawer(workbench, theme)),
      m_splitter(new QSplitter(Qt::Vertical)), m_rack(new RackView(workbench.machines(), theme)),
      m_cellActs(new CellActs(workbench, *m_table)),
      m_planActs(new PlanActs(workbench, theme, *m_table, *this)),
      m_placeActs(new PlaceActs(workbench, *this)) {
    m_filterBar->addAtEnd(*m_planActs->makeButton());
    m_rackCard = makeRackCard(theme);
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, metrics::medium + 2);
    auto* const column = new QVBoxLayout;
    column->setSpacing(metrics::medium);
    column->addWidget(m_filterBar);
    m_splitter->setObjectName(QStringLiteral("drawerSplitter"));
    m_splitter->setHandleWidth(metrics::medium);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTableCard(theme));
    m_splitter->addWidget(m_drawer);
    m_splitter->setStretchFactor(0, 1);
    column->addWidget(m_splitter, 1);
    layout->addLayout(column, 1);
    layout->addWidget(m_rackCard);
    setFocusProxy(m_table);
    connectTable();
    refreshEmptyState();
}

QWidget* MachinesPage::makeTableCard(const Theme&) {
    QFrame* const card = frame("card");
    auto* const layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 1, 1, metrics::tiny);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack);
    card->setMinimumHeight(180);
    return card;
}

QWidget* MachinesPage::makeRackCard(const Theme&) {
    QFrame* const card = frame("card");
    auto* const layout = new QVBoxLayout(card);
    setSpacing(*layout, metrics::medium, metrics::tiny);
    auto* const head = new QHBoxLayout;
    QLabel* const name = plainLabel({}, "strong");
    QLabel* const size = plainLabel({}, "muted");
    head->addWidget(name);
    head->addStretch();
    head->addWidget(size);
    layout->addLayout(head);
    auto* const scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    m_rack->setProperty("role", QStringLiteral("page"));
    scroll->setWidget(m_rack);
    layout->addWidget(scroll, 1);
    const auto refresh = [this, name, size] {
        const roster::RackLayout& racks = m_workbench.machines().layout();
        name->setText(printable(racks.rackName(m_rack->rack())));
        size->setText(tr("%1 U").arg(m_rack->slotCount()));
    };
    connect(&m_workbench.machines(), &MachineModel::changed, card, refresh);
    connect(m_rack, &RackView::rackChanged, card, refresh);
    refresh();
    return card;
}

void MachinesPage::connectTable() {
    connect(m_table, &MachineTable::currentMachineChanged, this, &MachinesPage::followSelection);
    connect(m_table, &MachineTable::approveRequested, this, &MachinesPage::approve);
    connect(m_table, &MachineTable::forgetRequested, this, &MachinesPage::askForget);
    connect(m_table, &MachineTable::menuRequested, this, &MachinesPage::showMenu);
    connect(m_drawer, &MachineDrawer::approveRequested, this, &MachinesPage::approve);
    connect(m_drawer, &MachineDrawer::rearmRequested, this, &MachinesPage::askRearm);
    connect(m_rack, &RackView::machineClicked, this, &MachinesPage::selectMachine);
    connect(m_rack, &RackView::slotClicked, this, &MachinesPage::rackRequested);
    connect(m_rack, &RackView::menuRequested, m_placeActs, &PlaceActs::popUp);
    connect(m_empty, &EmptyState::buttonClicked, this, &MachinesPage::actOnEmptyState);
    connect(&m_workbench.machines(), &MachineModel::changed, this, &MachinesPage::refreshEmptyState);
    connect(&m_workbench, &Workbench::servicesChanged, this, &MachinesPage::refreshEmptyState);
    connect(&m_workbench, &Workbench::defaultsChanged, this, &MachinesPage::refreshEmptyState);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_table->filter(), signal, this, &MachinesPage::refreshEmptyState);
}

void MachinesPage::refreshEmptyState() {
    const bool hasMachines = m_workbench.machines().rowCount() > 0;
    const engine::ServicesInfo& services = m_workbench.services();
    if (m_table->filter().rowCount() > 0) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (hasMachines)
        m_empty->setContent(QStringLiteral("search"), tr("No machine matches"),
                            tr("The filter hides all machines."), tr("Show all"));
    else if (m_workbench.images().readyCount() == 0)
        m_empty->setContent(QStringLiteral("images"), tr("Drop an installation ISO here"),
                            tr("It is served from where it lies: nothing is copied and nothing is unpacked."),
                            tr("Choose files…"));
    else if (!services.isRunning)
        m_empty->setContent(QStringLiteral("start"), tr("Start, then power on the first machine"),
                            tr("Machines appear here in the order in which they are powered on."),
                            tr("Start"));
    else
        m_empty->setContent(QStringLiteral("machines"), tr("Power on the first machine"),
                            tr("Listening on %1. A machine appears here as soon as it asks for an address.")
                                .arg(printable(services.interface)),
                            QString());
    m_stack->setCurrentWidget(m_empty);
}

void MachinesPage::actOnEmptyState() {
    if (m_workbench.machines().rowCount() > 0)
        m_filterBar->clear();
    else if (m_workbench.images().readyCount() == 0)
        Q_EMIT chooseImagesRequested();
    else
        Q_EMIT startRequested();
}

void MachinesPage::followSelection() {
    const std::optional<MacAddress> machine = m_table->currentMachine();
    m_drawer->setMachine(machine);
    m_rack->setCurrent(machine);
}

void MachinesPage::approve(const Machines& machines) {
    Machines approvable;
    std::copy_if(machines.begin(), machines.end(), std::back_inserter(approvable), [this](MacAddress mac) {
        const MachineRow* const row = m_workbench.machines().find(mac);
        return row && row->machine.approval == roster::Approval::Waiting && !row->machine.isDone;
    });
    if (!approvable.empty())
        m_workbench.approve(approvable);
}

void MachinesPage::askForget(const Machines& machines) {
    QStringList names;
    for (const MacAddress mac : machines) {
        if (const MachineRow* const row = m_workbench.machines().find(mac))
            names << QStringLiteral("%1  %2").arg(cell::mac(*row), printable(row->hostname));
    }
    auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("Forget"),
                                      tr("Forget %n machine(s)?", nullptr, static_cast<int>(names.size())),
                                      QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("forgetBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    constexpr int shown = 12;
    const QString more = names.size() > shown
                             ? tr("\nand %n more", nullptr, static_cast<int>(names.size()) - shown)
                             : QString();
    box->setInformativeText(tr("Slot, typed name and address, lease and history are lost:\n%1")
                                .arg(names.mid(0, shown).join(QLatin1Char('\n')) + more));
    QPushButton* const forget = box->addButton(tr("Forget"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(forget, &QPushButton::clicked, this, [this, machines] { m_workbench.forget(machines); });
    box->open();
}

void MachinesPage::askRearm(MacAddress machine) {
    const MachineRow* const row = m_workbench.machines().find(machine);
    if (!row)
        return;
    auto* const dialog =
        new RearmDialog(row->hostname.isEmpty() ? cell::mac(*row) : printable(row->hostname), this);
    connect(dialog, &QDialog::accepted, this, [this, machine] { m_workbench.rearm(machine); });
    dialog->open();
}

void MachinesPage::showMenu(const QPoint& globalPosition) {
    const Machines machines = m_table->selectedMachines();
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("machineMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addApprovalActs(*menu, machines);
    menu->addSeparator();
    m_placeActs->addTo(*menu, machines);
    menu->addSeparator();
    m_cellActs->addTo(*menu);
    menu->addSeparator();
    m_planActs->addTo(*menu);
    m_table->fillColumnMenu(*menu->addMenu(tr("Columns")));
    menu->popup(globalPosition);
}

void MachinesPage::addApprovalActs(QMenu& menu, const Machines& machines) {
    const auto count = [&](auto predicate) {
        return static_cast<int>(std::count_if(machines.begin(), machines.end(), [&](MacAddress mac) {
            const MachineRow* const row = m_workbench.machines().find(mac);
            return row && predicate(row->machine);
        }));
    };
    const auto add = [&](const QString& text, bool isEnabled, auto act) {
        menu.addAction(text, this, act)->setEnabled(isEnabled);
    };
    using roster::Approval;
    using roster::Machine;
    const int waiting = count([](const Machine& m) { return m.approval == Approval::Waiting && !m.isDone; });
    const int approved =
        count([](const Machine& m) { return m.approval == Approval::Approved && !m.isDone; });
    const int taken = count([](const Machine& m) { return m.approval != Approval::Refused; });
    const bool canRearm = machines.size() == 1 && count(roster::mayBeRearmed) == 1;
    add((waiting > 1 ? tr("Approve %n machine(s)", nullptr, waiting) : tr("Approve")) + QStringLiteral("\tA"),
        waiting > 0, [this, machines] { approve(machines); });
    add(tr("Withdraw approval"), approved > 0, [this, machines] { m_workbench.withdraw(machines); });
    add(tr("Refuse"), taken > 0, [this, machines] { m_workbench.refuse(machines); });
    menu.addSeparator();
    add(tr("Re-arm…"), canRearm, [this, machines] { askRearm(machines.front()); });
    add(tr("Forget…") + QStringLiteral("\tShift+Del"), true, [this, machines] { askForget(machines); });
}

void MachinesPage::importPlan(const QString& path) {
    m_planActs->preview(path);
}

void MachinesPage::saveLayout(QSettings& settings) const {
    settings.setValue(QStringLiteral("machines/columns"), m_table->saveColumns());
    settings.setValue(QStringLiteral("machines/drawer"), m_splitter->saveState());
}

void MachinesPage::restoreLayout(const QSettings& settings) {
    m_table->restoreColumns(settings.value(QStringLiteral("machines/columns")).toByteArray());
    m_splitter->restoreState(settings.value(QStringLiteral("machines/drawer")).toByteArray());
}

void MachinesPage::setCompact(bool isCompact) {
    m_table->setCompact(isCompact);
}

void MachinesPage::setNarrow(bool isNarrow) {
    m_rackCard->setFixedWidth(isNarrow ? metrics::narrowRackWidth : metrics::rackWidth);
}

void MachinesPage::selectMachine(MacAddress machine) {
    m_table->selectMachine(machine);
}

void MachinesPage::focusFilter() {
    m_filterBar->focusBox();
}

} // namespace rackmuster::ui
