#include "ui/widgets/MachineDrawer.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/ChoiceDelegate.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StatePill.h"
#include "ui/widgets/TimelineView.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>
#include <array>

namespace rackmuster::ui {

using engine::MachineRow;
using roster::MachineState;

namespace {

struct Fact {
    const char* title;
    bool isFixed;
    QString (*text)(const MachineRow& row);
};

QString uuidText(const MachineRow& row) {
    return row.machine.uuid ? QString::fromStdString(row.machine.uuid->toString()) : QString();
}

/// The first and the last group; the whole stands in the tool tip.
QString shortened(const QString& uuid) {
    return uuid.size() > 16 ? QStringLiteral("%1-…-%2").arg(uuid.first(8), uuid.last(12)) : uuid;
}

QString makeText(const MachineRow& row) {
    QStringList parts{cell::vendor(row), cell::firmware(row)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString heardText(const MachineRow& row) {
    if (!row.machine.firstSeen)
        return MachineDrawer::tr("not yet");
    return MachineDrawer::tr("%1 · %n request(s)", nullptr, static_cast<int>(row.machine.discovers))
        .arg(clockText(*row.machine.firstSeen));
}

QString ticketText(const MachineRow& row) {
    const std::optional<roster::Ticket>& ticket = row.machine.ticket;
    if (!ticket)
        return MachineDrawer::tr("none");
    const QString time = clockText(ticket->minted);
    if (ticket->isSpent)
        return MachineDrawer::tr("spent, of %1").arg(time);
    return ticket->isFetched ? MachineDrawer::tr("in use, of %1").arg(time)
                             : MachineDrawer::tr("ready, of %1").arg(time);
}

QString servedText(const MachineRow& row) {
    return row.machine.bytesServed == 0 ? QString() : sizeText(row.machine.bytesServed);
}

QString portText(const MachineRow& row) {
    return printable(row.port);
}

constexpr std::array facts{
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "MAC"), true, cell::mac},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "Address"), true, cell::address},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "Switch port"), true, portText},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "Make"), false, makeText},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "UUID"), true, uuidText},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "First heard"), false, heardText},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "Ticket"), false, ticketText},
    Fact{QT_TRANSLATE_NOOP("rackmuster::ui::MachineDrawer", "Served"), false, servedText},
};

} // namespace

MachineDrawer::MachineDrawer(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_workbench(workbench) {
    setObjectName(QStringLiteral("machineDrawer"));
    setProperty("role", QStringLiteral("card"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::large - 2, metrics::medium, metrics::large - 2, metrics::medium);
    layout->setSpacing(metrics::huge);
    layout->addLayout(makeSummary(theme), 9);
    layout->addLayout(makeTimeline(theme), 10);
    layout->addLayout(makeIdentity(), 8);
    connect(&workbench.machines(), &MachineModel::changed, this, &MachineDrawer::refresh);
    connect(&workbench, &Workbench::defaultsChanged, this,
            &MachineDrawer::refresh); // images and profiles, too
    connect(&m_clock, &QTimer::timeout, this, &MachineDrawer::refreshTimeline);
    m_clock.start(std::chrono::seconds(1));
    hide();
}

QBoxLayout* MachineDrawer::makeSummary(const Theme& theme) {
    auto* const column = new QVBoxLayout;
    column->setSpacing(metrics::small);
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    m_name = plainLabel({}, "heading");
    m_name->setObjectName(QStringLiteral("drawerName"));
    m_pill = new StatePill(theme);
    m_slot = plainLabel({}, "muted");
    head->addWidget(m_name);
    head->addWidget(m_pill);
    head->addWidget(m_slot);
    head->addStretch();
    column->addLayout(head);
    m_problem = frame("problem");
    m_problemText = wrappedLabel();
    m_problemText->setObjectName(QStringLiteral("drawerProblem"));
    auto* const inside = new QHBoxLayout(m_problem);
    setSpacing(*inside, metrics::medium - 2, 0);
    inside->addWidget(m_problemText);
    column->addWidget(m_problem);
    m_advice = wrappedLabel({}, "muted");
    column->addWidget(m_advice);
    m_start = new QComboBox;
    m_start->setObjectName(QStringLiteral("drawerStart"));
    m_start->setAccessibleName(tr("Start with"));
    m_start->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_start->setMinimumContentsLength(14);
    auto* const buttons = new QHBoxLayout;
    m_approve = new QPushButton(tr("Approve"));
    m_rearm = new QPushButton(tr("Re-arm…"));
    buttons->addWidget(m_approve);
    buttons->addWidget(m_rearm);
    buttons->addWidget(m_start, 1);
    column->addLayout(buttons);
    column->addStretch();
    connect(m_start, &QComboBox::activated, this, [this] {
        m_workbench.edit({*m_machine}, MachineColumn::Profile, m_start->currentData().toString());
    });
    connect(m_approve, &QPushButton::clicked, this, [this] { Q_EMIT approveRequested({*m_machine}); });
    connect(m_rearm, &QPushButton::clicked, this, [this] { Q_EMIT rearmRequested(*m_machine); });
    return column;
}

QBoxLayout* MachineDrawer::makeTimeline(const Theme& theme) {
    auto* const column = new QVBoxLayout;
    column->setSpacing(metrics::tiny);
    auto* const head = new QHBoxLayout;
    head->addWidget(plainLabel(tr("Timeline"), "caption"));
    head->addWidget(plainLabel(tr("| marks the peers' median"), "muted"));
    head->addStretch();
    column->addLayout(head);
    m_timeline = new TimelineView(theme);
    column->addWidget(m_timeline);
    column->addStretch();
    return column;
}

QBoxLayout* MachineDrawer::makeIdentity() {
    auto* const column = new QVBoxLayout;
    column->setSpacing(metrics::small);
    column->addWidget(plainLabel(tr("Identity"), "caption"));
    m_identity = new QGridLayout;
    m_identity->setHorizontalSpacing(metrics::medium);
    m_identity->setVerticalSpacing(5);
    m_identity->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        QLabel* const value = plainLabel();
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setMinimumWidth(40);
        if (facts.at(i).isFixed)
            value->setFont(fixedFont());
        m_identity->addWidget(plainLabel(tr(facts.at(i).title), "muted"), static_cast<int>(i), 0);
        m_identity->addWidget(value, static_cast<int>(i), 1);
        m_values.push_back(value);
    }
    column->addLayout(m_identity);
    column->addStretch();
    return column;
}

void MachineDrawer::setMachine(std::optional<MacAddress> machine) {
    m_machine = machine;
    refresh();
}

void MachineDrawer::refresh() {
    const MachineRow* const row = m_machine ? m_workbench.machines().find(*m_machine) : nullptr;
    setVisible(row != nullptr);
    if (!row)
        return;
    const MachineState state = shownState(*row, m_workbench.machines().cursor());
    m_name->setText(row->hostname.isEmpty() ? cell::mac(*row) : printable(row->hostname));
    m_pill->setContent(pillOf(state, roster::progressOf(row->machine)));
    m_slot->setText(row->machine.slot ? tr("slot %1").arg(cell::slot(*row)) : tr("no slot"));
    m_problem->setVisible(row->machine.problem.has_value());
    m_problemText->setText(row->machine.problem ? sentence(*row->machine.problem) : QString());
    m_advice->setText(advice(*row));
    m_approve->setVisible(needsApproval(*row));
    m_rearm->setVisible(roster::mayBeRearmed(row->machine));
    showChoices(*row);
    showIdentity(*row);
    refreshTimeline();
}

void MachineDrawer::refreshTimeline() {
    const MachineRow* const row = m_machine ? m_workbench.machines().find(*m_machine) : nullptr;
    if (row)
        m_timeline->setTimeline(m_workbench.history().timelineOf(*m_machine, wallNow()),
                                row->machine.problem.has_value());
}

/// Filled anew only when there is something else to choose: the list may be open.
void MachineDrawer::showChoices(const MachineRow& row) {
    m_start->setVisible(!row.machine.isDone && row.machine.approval != roster::Approval::Refused);
    std::vector<Choice> choices =
        startChoices(m_workbench.profiles(), m_workbench.images(), m_workbench.machines(), {row.machine.mac});
    if (choices != m_choices) {
        m_choices = std::move(choices);
        m_start->clear();
        fillChoices(*m_start, m_choices);
    }
    m_start->setCurrentIndex(std::max(0, m_start->findData(startValueOf(row.machine.assigned))));
    m_start->setToolTip(toolTipText(m_start->currentText()));
}

void MachineDrawer::showIdentity(const MachineRow& row) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        QString text = facts.at(i).text(row);
        const auto button = m_workbench.history().buttonOf(row.machine.mac);
        if (button && row.machine.firstSeen && facts.at(i).text == heardText) // no room for the requests, too
            text = clockText(*row.machine.firstSeen) + QStringLiteral(" · ") +
                   tr("%1 after its button").arg(durationText(*button));
        const bool isUuid = facts.at(i).text == uuidText;
        m_values[i]->setText(text.isEmpty() ? QStringLiteral("–") : isUuid ? shortened(text) : text);
        m_values[i]->setToolTip(isUuid ? text : QString());
    }
}

QString MachineDrawer::advice(const MachineRow& row) const {
    if (row.machine.owner)
        return tr("A network card of another machine: what that one gets counts.");
    if (row.machine.isToBeReplaced)
        return tr("Broken, and refused. Power the new machine on and choose “It replaces …” from its menu "
                  "(right click).");
    if (!row.machine.orderUncertainWith.empty())
        return tr(
            "It came nearly together with another one. Swap them, or say that their order is right (right "
            "click).");
    switch (shownState(row, m_workbench.machines().cursor())) {
    case MachineState::Seen:
        return tr("It asked for an address. Its boot loader comes next.");
    case MachineState::Reserved:
        return tr("Planned. It fills this slot when it is powered on.");
    case MachineState::Next:
        return tr("Power this one on now.");
    case MachineState::Waiting:
        return tr("It waits in its boot loader and goes on by itself once approved.");
    case MachineState::Approved:
        return tr("It asks again within seconds and starts its installer. No power cycle.");
    case MachineState::Booting:
    case MachineState::Installing:
        if (!row.machine.assigned.menuEntry.empty())
            return tr("Gets “%2” of the menu of %1.")
                .arg(row.imageName.isEmpty() ? tr("no image") : printable(row.imageName),
                     printable(row.machine.assigned.menuEntry));
        return tr("Gets %1 with the profile %2.")
            .arg(row.imageName.isEmpty() ? tr("no image") : printable(row.imageName),
                 row.profileName.isEmpty() ? tr("none") : printable(row.profileName));
    case MachineState::Done:
        return tr("Installed. It is never wiped again unless you re-arm it.");
    case MachineState::CameBack:
        return tr("It was installed before and was sent to its own disk.");
    case MachineState::Refused:
        return tr("It gets no answer.");
    case MachineState::Stalled:
    case MachineState::Failed:
        break;
    }
    return {};
}

} // namespace rackmuster::ui
