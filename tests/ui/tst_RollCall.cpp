#include "tests/ui/TestWindow.h"
#include "ui/pages/RollCallPage.h"

#include <QFrame>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::tests;

namespace {

class Recorder final : public ui::SoundPlayer {
public:
    explicit Recorder(std::vector<ui::Sound>& heard) : m_heard(heard) {}
    void play(ui::Sound sound) override { m_heard.push_back(sound); }

private:
    std::vector<ui::Sound>& m_heard;
};

} // namespace

/// The roll call by keyboard alone, over the real engine. The machines stand in its roster as planned; that
/// they were heard is told by hand.
class RollCallTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void entersAndLeavesByKey();
    void showsTheNextSlotAndWhoCameLast();
    void skipsASlotAndComesBack();
    void swapsAnUncertainPairAndTakesItBack();
    void confirmsAnOrder();
    void swapsTheLastTwoWithoutADoubt();
    void countsFromTheButtonToTheMachine();
    void approvesAllThatWait();
    void isHeardFromAcrossTheRoom();
    void soundsCanBeSwitchedOffForGood();
    void choosesTheDirectionByKey_data();
    void choosesTheDirectionByKey();

private:
    void hear(std::vector<engine::MachineRow> rows) const;
    void hearPair(bool isUncertain) const;
    void press(Qt::Key key) const { QTest::keyClick(m_page, key); }
    [[nodiscard]] QString text(const char* name) const {
        return m_page->findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] bool isInDoubt() const {
        return m_page->findChild<QFrame*>(QStringLiteral("rollCallDoubt"))->isVisible();
    }
    [[nodiscard]] int slotOf(int number) const;
    /// From here on; what sounds is in m_heard.
    void listen();

    std::vector<ui::Sound> m_heard;
    ui::RollCallPage* m_page = nullptr;
};

void RollCallTest::init() {
    open({1440, 900});
    m_page = m_window->findChild<ui::RollCallPage*>();
    QVERIFY(m_page);
    for (const int number : {1, 2}) {
        const engine::MachineRow row = waitingRow(number);
        engine().submit(roster::Plan{row.machine.mac, number, {}});
    }
    QTRY_COMPARE(m_workbench->machines().cursor(), 3);
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QTRY_VERIFY(m_page->isVisible());
}

void RollCallTest::hear(std::vector<engine::MachineRow> rows) const {
    engine::MachineUpdate update = updateOf(std::move(rows));
    update.layout = m_workbench->machines().layout();
    update.cursor = m_workbench->machines().cursor();
    Q_EMIT engine().machinesChanged(update);
}

void RollCallTest::hearPair(bool isUncertain) const {
    std::vector<engine::MachineRow> rows{waitingRow(1), waitingRow(2)};
    if (isUncertain) {
        rows[0].machine.orderUncertainWith = {rows[1].machine.mac};
        rows[1].machine.orderUncertainWith = {rows[0].machine.mac};
        engine().submit(roster::DoubtOrder{rows[0].machine.mac, rows[1].machine.mac});
    }
    hear(std::move(rows));
}

int RollCallTest::slotOf(int number) const {
    const engine::MachineRow* const row = m_workbench->machines().find(waitingRow(number).machine.mac);
    return row != nullptr ? row->machine.slot.value_or(0) : -1;
}

void RollCallTest::entersAndLeavesByKey() {
    QVERIFY(m_window->isFullScreen());
    QVERIFY(m_page->hasFocus());
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_page->isVisible() && !m_window->isFullScreen());
    find<QPushButton>("rollCallButton")->click();
    QTRY_VERIFY(m_page->isVisible() && m_page->hasFocus());
}

void RollCallTest::showsTheNextSlotAndWhoCameLast() {
    QCOMPARE(text("rollCallSlot"), QStringLiteral("3"));
    QCOMPARE(text("rollCallName"), QStringLiteral("node-03"));
    QVERIFY(!isInDoubt());
    hearPair(false);
    QTRY_COMPARE(text("rollCallLast"), QStringLiteral("2 · node-02"));
    QCOMPARE(text("rollCallMac"), QStringLiteral("52:54:00:00:00:02"));
    QCOMPARE(text("rollCallCount"), QStringLiteral("2 here · 40 to go"));
}

void RollCallTest::skipsASlotAndComesBack() {
    press(Qt::Key_S);
    QTRY_COMPARE(text("rollCallSlot"), QStringLiteral("4"));
    press(Qt::Key_Backspace);
    QTRY_COMPARE(text("rollCallSlot"), QStringLiteral("3"));
}

void RollCallTest::swapsAnUncertainPairAndTakesItBack() {
    hearPair(true);
    QTRY_VERIFY(isInDoubt());
    QVERIFY(text("rollCallDoubtTitle").contains(QStringLiteral("1 and 2")));
    press(Qt::Key_W);
    QTRY_VERIFY(slotOf(1) == 2 && slotOf(2) == 1);
    QTRY_VERIFY(!isInDoubt());
    press(Qt::Key_Backspace);
    QTRY_VERIFY(slotOf(1) == 1 && slotOf(2) == 2);
    const auto& machine = m_workbench->machines().find(waitingRow(1).machine.mac)->machine;
    QCOMPARE(machine.orderUncertainWith.size(), std::size_t(1));
}

void RollCallTest::confirmsAnOrder() {
    hearPair(true);
    QTRY_VERIFY(isInDoubt());
    press(Qt::Key_R);
    QTRY_VERIFY(!isInDoubt());
    QVERIFY(slotOf(1) == 1 && slotOf(2) == 2);
}

void RollCallTest::swapsTheLastTwoWithoutADoubt() {
    hearPair(false);
    QTRY_COMPARE(text("rollCallLast"), QStringLiteral("2 · node-02"));
    press(Qt::Key_W);
    QTRY_VERIFY(slotOf(1) == 2 && slotOf(2) == 1);
}

void RollCallTest::countsFromTheButtonToTheMachine() {
    press(Qt::Key_Space);
    QVERIFY(text("rollCallPrompt").startsWith(QStringLiteral("Waiting, ")));
    press(Qt::Key_Space);
    QVERIFY(text("rollCallPrompt").startsWith(QStringLiteral("Waiting for 2 machines")));
    press(Qt::Key_Backspace);
    QVERIFY(text("rollCallPrompt").startsWith(QStringLiteral("Waiting, ")));
    hear({waitingRow(1)});
    QTRY_COMPARE(text("rollCallPrompt"), QStringLiteral("Power on next"));
    QVERIFY(text("rollCallFacts").contains(QStringLiteral("after its button")));
    QVERIFY(m_workbench->history().buttonOf(waitingRow(1).machine.mac)); // for the drawer
    QVERIFY(!m_workbench->history().buttonOf(waitingRow(2).machine.mac));
}

void RollCallTest::approvesAllThatWait() {
    hearPair(false);
    QTRY_COMPARE(m_workbench->machines().waiting().size(), std::size_t(2));
    QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    press(Qt::Key_A);
    QTRY_COMPARE(refused.count(), 2); // the engine has no image to install from, and says so of each
}

void RollCallTest::listen() {
    m_heard.clear();
    m_page->setPlayer(std::make_unique<Recorder>(m_heard));
}

void RollCallTest::isHeardFromAcrossTheRoom() {
    using ui::Sound;
    listen();
    hear({waitingRow(1)});
    QTRY_COMPARE(m_heard, (std::vector{Sound::NewMachine}));
    hear({waitingRow(1)}); // nothing new
    engine::MachineRow again = waitingRow(1);
    again.machine.boots = 2;
    hear({again});
    QTRY_COMPARE(m_heard, (std::vector{Sound::NewMachine, Sound::CameBack}));
    hearPair(true);
    QTRY_COMPARE(m_heard.size(), std::size_t(3));
    QVERIFY(m_heard.back() == Sound::Problem);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_page->isVisible());
    hear({waitingRow(3)}); // at the desk the screen tells it
    QTRY_VERIFY(m_workbench->machines().find(waitingRow(3).machine.mac));
    QTest::keyClick(m_window.get(), Qt::Key_F11);
    QTRY_VERIFY(m_page->isVisible());
    QCOMPARE(m_heard.size(), std::size_t(3));
}

void RollCallTest::soundsCanBeSwitchedOffForGood() {
    listen();
    auto* button = find<QPushButton>("rollCallSounds");
    QVERIFY(button->isVisible() && button->isChecked());
    press(Qt::Key_M);
    QVERIFY(!button->isChecked());
    QCOMPARE(button->text(), QStringLiteral("Sounds off (M)"));
    hear({waitingRow(1)});
    QTRY_COMPARE(text("rollCallLast"), QStringLiteral("1 · node-01"));
    QVERIFY(m_heard.empty());
    m_window->close();
    openWindow({1440, 900}); // another day
    m_page = m_window->findChild<ui::RollCallPage*>();
    listen();
    button = find<QPushButton>("rollCallSounds");
    QVERIFY(!button->isChecked());
    button->click();
    QVERIFY(button->isChecked());
    QCOMPARE(m_heard, (std::vector{ui::Sound::NewMachine})); // it is heard that they are on
    QVERIFY(m_settings->value(QStringLiteral("rollCall/sounds")).toBool());
}

void RollCallTest::choosesTheDirectionByKey_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("direction");
    using roster::Direction;
    QTest::newRow("top down") << int(Qt::Key_2) << static_cast<int>(Direction::TopDown);
    QTest::newRow("odd, then even") << int(Qt::Key_3) << static_cast<int>(Direction::OddEven);
    QTest::newRow("by column") << int(Qt::Key_4) << static_cast<int>(Direction::ByColumn);
}

void RollCallTest::choosesTheDirectionByKey() {
    QFETCH(int, key);
    QFETCH(int, direction);
    const auto shown = [this] {
        return static_cast<int>(m_workbench->machines().layout().direction);
    };
    QCOMPARE(find<QPushButton>("rollCallDirection")->text(), QStringLiteral("Bottom up (D)"));
    press(Qt::Key_D);
    auto* const menu = find<QMenu>("directionMenu");
    QTRY_VERIFY(menu->isVisible());
    QVERIFY(menu->activeAction()->isChecked());
    QTest::keyClick(menu, static_cast<Qt::Key>(key));
    QTRY_COMPARE(shown(), direction);
    QVERIFY(!menu->isVisible());
    QTRY_VERIFY(!find<QPushButton>("rollCallDirection")->text().startsWith(QLatin1String("Bottom")));
    press(Qt::Key_Backspace);
    QTRY_COMPARE(shown(), static_cast<int>(roster::Direction::BottomUp));
}

QTEST_MAIN(RollCallTest)
#include "tst_RollCall.moc"
