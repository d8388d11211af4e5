#include "ui/pages/RollCallPage.h"

#include "ui/EffectPlayer.h"
#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/Words.h"
#include "ui/widgets/DirectionButton.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RackView.h"
#include "ui/widgets/RowDelegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <array>

namespace rackmuster::ui {

namespace {

QString addressText(const std::optional<Ipv4Address>& address) {
    return address ? QString::fromStdString(address->toString()) : QString();
}

QString nameOf(const engine::MachineRow& row) {
    return row.hostname.isEmpty() ? cell::mac(row) : printable(row.hostname);
}

/// Those that were heard last, the first of them first.
std::vector<MacAddress> newestOf(const MachineModel& machines, int count) {
    std::vector<std::pair<WallTime, MacAddress>> heard;
    for (const engine::MachineRow& row : machines.rows()) {
        if (row.machine.firstSeen)
            heard.emplace_back(*row.machine.firstSeen, row.machine.mac);
    }
    std::sort(heard.begin(), heard.end());
    std::vector<MacAddress> newest;
    for (std::size_t i = heard.size() - std::min(heard.size(), static_cast<std::size_t>(count));
         i < heard.size(); ++i)
        newest.push_back(heard[i].second);
    return newest;
}

QLabel* bigLabel(const char* name, const char* role) {
    QLabel* const label = plainLabel({}, role);
    label->setObjectName(QLatin1String(name));
    return label;
}

} // namespace

RollCallPage::RollCallPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_player(std::make_unique<EffectPlayer>()) {
    setObjectName(QStringLiteral("rollCall"));
    setFocusPolicy(Qt::StrongFocus);
    m_prompt = bigLabel("rollCallPrompt", "rollPrompt");
    m_slot = bigLabel("rollCallSlot", "rollSlot");
    m_name = bigLabel("rollCallName", "rollName");
    m_address = bigLabel("rollCallAddress", "rollAddress");
    auto* const named = new QHBoxLayout;
    named->setSpacing(metrics::huge);
    named->addWidget(m_name);
    named->addWidget(m_address);
    named->addStretch();
    auto* const column = new QVBoxLayout;
    column->setContentsMargins(2 * metrics::huge, metrics::huge, 2 * metrics::huge, metrics::huge);
    column->setSpacing(metrics::medium);
    column->addLayout(makeHead());
    column->addStretch(1);
    column->addWidget(m_prompt);
    column->addWidget(m_slot);
    column->addLayout(named);
    column->addStretch(1);
    column->addLayout(makeCards());
    column->addStretch(2);
    column->addLayout(makeKeys());
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(column, 1);
    layout->addWidget(makeRack(theme));
    connect(&workbench.machines(), &MachineModel::changed, this, &RollCallPage::refresh);
    connect(&m_clock, &QTimer::timeout, this, &RollCallPage::refreshWait);
    m_clock.start(std::chrono::seconds(1));
}

QBoxLayout* RollCallPage::makeHead() {
    auto* const head = new QHBoxLayout;
    head->addWidget(plainLabel(tr("Roll call"), "title"));
    head->addStretch();
    m_soundButton = new QPushButton;
    m_soundButton->setObjectName(QStringLiteral("rollCallSounds"));
    m_soundButton->setCheckable(true);
    m_soundButton->setFocusPolicy(Qt::TabFocus);
    m_soundButton->setProperty("role", QStringLiteral("chip"));
    setSounds(true);
    head->addWidget(m_soundButton);
    connect(m_soundButton, &QPushButton::clicked, this, &RollCallPage::chooseSounds);
    auto* const leave = new QPushButton(tr("Leave (Esc)"));
    leave->setObjectName(QStringLiteral("leaveRollCall"));
    leave->setFocusPolicy(Qt::TabFocus);
    head->addWidget(leave);
    connect(leave, &QPushButton::clicked, this, &RollCallPage::left);
    return head;
}

QBoxLayout* RollCallPage::makeCards() {
    m_last = frame("card");
    m_lastWhen = bigLabel("rollCallWhen", "rollSmall");
    m_lastName = bigLabel("rollCallLast", "rollLast");
    m_lastMac = bigLabel("rollCallMac", "rollMac");
    m_lastMac->setFont(fixedFont(22));
    m_lastFacts = bigLabel("rollCallFacts", "rollSmall");
    auto* const last = new QVBoxLayout(m_last);
    setSpacing(*last, metrics::huge, metrics::tiny);
    for (QLabel* const label : {m_lastWhen, m_lastName, m_lastMac, m_lastFacts})
        last->addWidget(label);
    m_doubt = frame("doubt");
    m_doubt->setObjectName(QStringLiteral("rollCallDoubt"));
    m_doubtTitle = wrappedLabel({}, "rollDoubt");
    m_doubtTitle->setObjectName(QStringLiteral("rollCallDoubtTitle"));
    m_confirm = new QPushButton(tr("The order is right (R)"));
    m_swap = new QPushButton(tr("Swap them (W)"));
    m_confirm->setObjectName(QStringLiteral("confirmOrder"));
    m_swap->setObjectName(QStringLiteral("swapMachines"));
    auto* const buttons = new QHBoxLayout;
    for (QPushButton* const button : {m_confirm, m_swap}) {
        button->setFocusPolicy(Qt::TabFocus);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* const doubt = new QVBoxLayout(m_doubt);
    setSpacing(*doubt, metrics::huge, metrics::medium);
    doubt->addWidget(m_doubtTitle);
    doubt->addWidget(wrappedLabel(tr("Which one stands first?"), "rollQuestion"));
    doubt->addLayout(buttons);
    doubt->addStretch();
    connect(m_confirm, &QPushButton::clicked, this, &RollCallPage::confirm);
    connect(m_swap, &QPushButton::clicked, this, &RollCallPage::swap);
    auto* const cards = new QHBoxLayout;
    cards->setSpacing(metrics::large);
    cards->addWidget(m_last, 1);
    cards->addWidget(m_doubt, 1);
    return cards;
}

QBoxLayout* RollCallPage::makeKeys() {
    auto* const keys = new QHBoxLayout;
    keys->setSpacing(metrics::small);
    const std::array all{std::pair{tr("Space"), tr("button pressed")}, std::pair{tr("S"), tr("skip")},
                         std::pair{tr("W"), tr("swap last two")}, std::pair{tr("A"), tr("approve all")},
                         std::pair{tr("Backspace"), tr("undo")}};
    for (const auto& [key, words] : all) {
        keys->addWidget(plainLabel(key, "rollKey"));
        keys->addWidget(plainLabel(words, "rollSmall"));
        keys->addSpacing(metrics::tiny);
    }
    keys->addStretch();
    return keys;
}

QWidget* RollCallPage::makeRack(const Theme& theme) {
    m_side = frame("rollSide");
    m_rackName = plainLabel({}, "heading");
    m_count = bigLabel("rollCallCount", "muted");
    m_direction = new DirectionButton(m_workbench);
    m_rack = new RackView(m_workbench.machines(), theme);
    m_rack->setObjectName(QStringLiteral("rollCallRack"));
    m_rack->setFocusPolicy(Qt::NoFocus);
    m_rack->setProperty("role", QStringLiteral("page"));
    auto* const head = new QHBoxLayout;
    head->addWidget(m_rackName);
    head->addStretch();
    head->addWidget(m_count);
    auto* const scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_rack);
    auto* const layout = new QVBoxLayout(m_side);
    setSpacing(*layout, metrics::huge, metrics::medium);
    layout->addLayout(head);
    layout->addWidget(m_direction);
    layout->addWidget(scroll, 1);
    return m_side;
}

void RollCallPage::showEvent(QShowEvent* event) {
    m_known = -1; // who came meanwhile belongs to no button
    m_sounds.begin(m_workbench.machines());
    refresh();
    QWidget::showEvent(event);
}

/// What it shows is looked for among all machines.
void RollCallPage::refresh() {
    if (!isVisible())
        return;
    const MachineModel& machines = m_workbench.machines();
    m_call = rollCallOf(machines);
    matchPresses();
    const std::optional<Sound> sound = m_sounds.listen(machines);
    if (sound && m_areSoundsOn)
        m_player->play(*sound);
    m_slot->setText(machines.slotLabel(m_call.next));
    m_name->setText(printable(m_call.nextName));
    m_address->setText(addressText(m_call.nextAddress));
    m_rackName->setText(printable(machines.layout().rackName(machines.layout().placeOf(m_call.next).rack)));
    m_count->setText(tr("%1 here · %2 to go").arg(m_call.here).arg(std::max(0, m_call.toGo)));
    showDoubt();
    refreshWait();
}

void RollCallPage::matchPresses() {
    const int fresh = m_known < 0 ? 0 : std::max(0, m_call.here - m_known);
    for (const MacAddress mac : newestOf(m_workbench.machines(), fresh)) {
        m_lastTaken = m_presses.match(BootClock::now());
        if (m_lastTaken)
            m_workbench.noteButton(mac, *m_lastTaken);
    }
    m_known = m_call.here;
}

void RollCallPage::refreshWait() {
    showLast();
    const Instant now = BootClock::now();
    const auto waited = m_presses.waited(now);
    if (!waited)
        m_prompt->setText(m_call.toGo > 0 ? tr("Power on next") : tr("The rack is full. Power on next"));
    else if (m_presses.isOverdue(now))
        m_prompt->setText(
            tr("Nothing heard for %1: check its cable and its boot order").arg(durationText(*waited)));
    else if (m_presses.waiting() > 1)
        m_prompt->setText(
            tr("Waiting for %n machines, %1", nullptr, m_presses.waiting()).arg(durationText(*waited)));
    else
        m_prompt->setText(tr("Waiting, %1").arg(durationText(*waited)));
}

void RollCallPage::showLast() {
    m_last->setVisible(m_call.last.has_value());
    if (!m_call.last)
        return;
    const engine::MachineRow& row = *m_call.last;
    const auto age =
        std::chrono::duration_cast<std::chrono::milliseconds>(wallNow() - *row.machine.firstSeen);
    m_lastWhen->setText(tr("Came last · %1 ago").arg(durationText(age)));
    if (row.machine.slot)
        m_lastName->setText(tr("%1 · %2").arg(row.slotLabel, nameOf(row)));
    else // its MAC stands below
        m_lastName->setText(row.hostname.isEmpty() ? tr("No slot yet")
                                                   : tr("%1 · no slot yet").arg(nameOf(row)));
    m_lastMac->setText(cell::mac(row));
    QStringList facts{printable(row.vendor), firmwareWord(row.machine.firmware),
                      stateWord(roster::stateOf(row.machine))};
    if (m_lastTaken)
        facts << tr("%1 after its button").arg(durationText(*m_lastTaken));
    facts.removeAll(QString());
    m_lastFacts->setText(facts.join(QStringLiteral(" · ")));
}

void RollCallPage::showDoubt() {
    m_doubt->setVisible(m_call.doubt.has_value());
    if (!m_call.doubt)
        return;
    const RollCallDoubt& doubt = *m_call.doubt;
    m_doubtTitle->setText(tr("Order uncertain: %1 and %2 came %3 apart")
                              .arg(doubt.first.slotLabel, doubt.second.slotLabel,
                                   secondsText(static_cast<double>(doubt.apart.count()) / 1000)));
}

void RollCallPage::keyPressEvent(QKeyEvent* event) {
    if (event->isAutoRepeat())
        return;
    switch (event->key()) {
    case Qt::Key_Space:
        return press();
    case Qt::Key_S:
        return skip();
    case Qt::Key_W:
        return swap();
    case Qt::Key_R:
        return confirm();
    case Qt::Key_A:
        return approveAll();
    case Qt::Key_D:
        return m_direction->choose();
    case Qt::Key_M:
        return chooseSounds(!m_areSoundsOn);
    case Qt::Key_Backspace:
        return takeBack();
    case Qt::Key_Escape:
        Q_EMIT left();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

/// As large as the window allows, for who stands two metres away.
void RollCallPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const auto set = [](QLabel& label, int pixels) {
        QFont font = label.font();
        font.setPixelSize(pixels);
        label.setFont(font);
    };
    m_side->setFixedWidth(width() < metrics::narrowWindow ? 230 : 330);
    set(*m_slot, std::max(80, height() / 4));
    set(*m_name, std::max(28, height() / 20));
    set(*m_address, std::max(24, height() / 24));
    set(*m_prompt, std::max(20, height() / 32));
}

void RollCallPage::press() {
    m_presses.press(BootClock::now());
    refreshWait();
}

void RollCallPage::skip() {
    m_workbench.keepFree(m_call.next);
}

/// The doubtful pair, or else the last two.
void RollCallPage::swap() {
    if (m_call.doubt)
        m_workbench.swap(m_call.doubt->first.machine.mac, m_call.doubt->second.machine.mac);
    else if (m_call.last && m_call.before && m_call.last->machine.slot && m_call.before->machine.slot)
        m_workbench.swap(m_call.last->machine.mac, m_call.before->machine.mac);
}

void RollCallPage::confirm() {
    if (m_call.doubt)
        m_workbench.confirmOrder(m_call.doubt->first.machine.mac, m_call.doubt->second.machine.mac);
}

void RollCallPage::approveAll() {
    m_workbench.approve(m_workbench.machines().waiting());
}

void RollCallPage::setSounds(bool areOn) {
    m_areSoundsOn = areOn;
    m_soundButton->setChecked(areOn);
    m_soundButton->setText(areOn ? tr("Sounds on (M)") : tr("Sounds off (M)"));
}

/// Switched on, it is heard that they are.
void RollCallPage::chooseSounds(bool areOn) {
    setSounds(areOn);
    if (areOn)
        m_player->play(Sound::NewMachine);
    Q_EMIT soundsChosen(areOn);
}

/// A press that still waits is the last act there was.
void RollCallPage::takeBack() {
    if (m_presses.takeBack())
        refreshWait();
    else
        m_workbench.undoStack().undo();
}

} // namespace rackmuster::ui
