#include "tests/ui/TestWindow.h"
#include "ui/widgets/PlaceActs.h"

#include <QMenu>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::tests;

/// The menus of machines and of slots, over the real engine. Three machines stand in slots 1 to 3.
class PlaceActsTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void swapsTwo();
    void insertsAFreeSlot();
    void reversesARow();
    void keepsASlotFreeAndUsesItAgain();
    void choosesWhereTheNextMachineStands();
    void makesAMachineOfANetworkCard();
    void replacesAMachine();
    void offersNothingThatCannotBe();

private:
    [[nodiscard]] static MacAddress mac(int number) { return waitingRow(number).machine.mac; }
    [[nodiscard]] std::vector<int> standing() const;
    [[nodiscard]] QStringList offered(const std::vector<MacAddress>& machines);
    void choose(QMenu& menu, const QString& words);
    void chooseOf(const std::vector<MacAddress>& machines, const QString& words);
    void chooseOfSlot(int slot, const QString& words);
    void undo() { m_workbench->undoStack().undo(); }

    ui::PlaceActs* m_acts = nullptr; // the window's
};

void PlaceActsTest::init() {
    open({1024, 700});
    m_acts = new ui::PlaceActs(*m_workbench, *m_window);
    std::vector<roster::Command> plan;
    for (int number = 1; number <= 3; ++number)
        plan.emplace_back(roster::Plan{mac(number), number, {}});
    engine().submitTogether(std::move(plan));
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
}

/// The slots of machines 1 to 3; 0: none.
std::vector<int> PlaceActsTest::standing() const {
    std::vector<int> slots;
    for (int number = 1; number <= 3; ++number) {
        const engine::MachineRow* const row = m_workbench->machines().find(mac(number));
        slots.push_back(row ? row->machine.slot.value_or(0) : -1);
    }
    return slots;
}

QStringList PlaceActsTest::offered(const std::vector<MacAddress>& machines) {
    QMenu menu;
    m_acts->addTo(menu, machines);
    QStringList words;
    for (const QAction* const act : menu.actions())
        words << (act->isEnabled() ? act->text() : QString());
    words.removeAll(QString());
    return words;
}

void PlaceActsTest::choose(QMenu& menu, const QString& words) {
    for (QAction* const act : menu.actions()) {
        if (act->text() == words)
            return act->trigger();
    }
    QFAIL(qPrintable(words));
}

void PlaceActsTest::chooseOf(const std::vector<MacAddress>& machines, const QString& words) {
    QMenu menu;
    m_acts->addTo(menu, machines);
    choose(menu, words);
}

void PlaceActsTest::chooseOfSlot(int slot, const QString& words) {
    m_acts->popUp(slot, QPoint(10, 10));
    auto* const menu = find<QMenu>("slotMenu");
    QVERIFY(menu);
    choose(*menu, words);
    delete menu;
}

void PlaceActsTest::swapsTwo() {
    chooseOf({mac(1), mac(3)}, QStringLiteral("Swap node-01 and node-03"));
    QTRY_COMPARE(standing(), (std::vector<int>{3, 2, 1}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3}));
}

void PlaceActsTest::insertsAFreeSlot() {
    chooseOf({mac(2)}, QStringLiteral("Insert a free slot before it"));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 3, 4}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3}));
    chooseOfSlot(1, QStringLiteral("Insert a free slot before it"));
    QTRY_COMPARE(standing(), (std::vector<int>{2, 3, 4}));
}

void PlaceActsTest::reversesARow() {
    chooseOf({mac(1), mac(2), mac(3)}, QStringLiteral("Reverse the order of slots 1 to 3"));
    QTRY_COMPARE(standing(), (std::vector<int>{3, 2, 1}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3}));
}

void PlaceActsTest::keepsASlotFreeAndUsesItAgain() {
    chooseOfSlot(4, QStringLiteral("Keep slot 4 free"));
    QTRY_COMPARE(m_workbench->machines().cursor(), 5);
    QVERIFY(m_workbench->machines().reserved().contains(4));
    chooseOfSlot(4, QStringLiteral("Use slot 4 again"));
    QTRY_VERIFY(m_workbench->machines().reserved().empty());
    undo();
    undo();
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
    QVERIFY(m_workbench->machines().reserved().empty());
}

void PlaceActsTest::choosesWhereTheNextMachineStands() {
    chooseOfSlot(20, QStringLiteral("The next machine stands in slot 20"));
    QTRY_COMPARE(m_workbench->machines().cursor(), 20);
    undo();
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
}

void PlaceActsTest::makesAMachineOfANetworkCard() {
    engine().submit(roster::AttachNic{mac(3), mac(1)});
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 0}));
    chooseOf({mac(3)}, QStringLiteral("It is a machine of its own"));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3}));
    undo();
    QTRY_VERIFY(m_workbench->machines().find(mac(3))->machine.owner == mac(1));
}

void PlaceActsTest::replacesAMachine() {
    const auto isAwaited = [this] {
        return m_workbench->machines().find(mac(1))->machine.isToBeReplaced;
    };
    chooseOf({mac(1)}, QStringLiteral("Wait for its replacement"));
    QTRY_VERIFY(isAwaited());
    chooseOf({mac(3)}, QStringLiteral("It replaces node-01 in slot 1"));
    QTRY_COMPARE(standing(), (std::vector<int>{0, 2, 1}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3}));
    QTRY_VERIFY(isAwaited());
    chooseOf({mac(1)}, QStringLiteral("Keep it after all"));
    QTRY_VERIFY(!isAwaited());
}

void PlaceActsTest::offersNothingThatCannotBe() {
    QCOMPARE(offered({mac(1)}), (QStringList{QStringLiteral("Insert a free slot before it"),
                                             QStringLiteral("Wait for its replacement"),
                                             QStringLiteral("Take out of the slot")}));
    QCOMPARE(offered({}), QStringList());
    const MacAddress stranger({2, 0, 0, 0, 0, 9});
    QCOMPARE(offered({stranger}), QStringList());
}

QTEST_MAIN(PlaceActsTest)
#include "tst_PlaceActs.moc"
