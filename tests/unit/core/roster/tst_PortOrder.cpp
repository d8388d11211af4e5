#include "core/roster/PortOrder.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

class TestPortOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void portsBeatTheOrderOfArrival();
    void whoHasNoKnownPortLeavesTheSlotOfAnother();
    void whatAPersonPlacedStays();
    void aCardSpeaksForItsMachine();
    void theMachinesOwnPortCountsMost();
    void strangersAndMachinesInPlaceNeedNothing();
};

void TestPortOrder::portsBeatTheOrderOfArrival() {
    RosterFixture f(4);
    QVERIFY(f.command(placesByPort(f.roster, {{macOf(1), 3}, {macOf(2), 1}, {macOf(3), 2}, {macOf(4), 9}})));
    QCOMPARE(f.machine(1).slot, std::optional(3));
    QCOMPARE(f.machine(2).slot, std::optional(1));
    QCOMPARE(f.machine(3).slot, std::optional(2));
    QCOMPARE(f.machine(4).slot, std::optional(9));
}

void TestPortOrder::whoHasNoKnownPortLeavesTheSlotOfAnother() {
    RosterFixture f(4);
    QVERIFY(f.command(placesByPort(f.roster, {{macOf(1), 2}})));
    QCOMPARE(f.machine(1).slot, std::optional(2));
    QVERIFY(!f.machine(2).slot);
    QCOMPARE(f.machine(3).slot, std::optional(3));
}

void TestPortOrder::whatAPersonPlacedStays() {
    RosterFixture f(4);
    QVERIFY(f.command(Place{macOf(2), 7}));
    QVERIFY(!f.command(placesByPort(f.roster, {{macOf(1), 7}})));
    QCOMPARE(f.machine(2).slot, std::optional(7));
}

void TestPortOrder::aCardSpeaksForItsMachine() {
    RosterFixture f(4);
    QVERIFY(f.command(AttachNic{macOf(4), macOf(1)}));
    QVERIFY(f.command(placesByPort(f.roster, {{macOf(4), 8}})));
    QCOMPARE(f.machine(1).slot, std::optional(8));
    QVERIFY(!f.machine(4).slot);
}

void TestPortOrder::theMachinesOwnPortCountsMost() {
    RosterFixture f(4);
    for (const unsigned card : {4U, 2U}) {
        QVERIFY(f.command(AttachNic{macOf(card), macOf(3)}));
        QVERIFY(f.command(placesByPort(f.roster, {{macOf(card), 8}, {macOf(3), 6}})));
        QCOMPARE(f.machine(3).slot, std::optional(6));
    }
}

void TestPortOrder::strangersAndMachinesInPlaceNeedNothing() {
    const RosterFixture f(4);
    QVERIFY(placesByPort(f.roster, {{macOf(9), 8}, {macOf(3), 3}}).places.empty());
    QVERIFY(placesByPort(f.roster, {}).places.empty());
}

QTEST_GUILESS_MAIN(TestPortOrder)
#include "tst_PortOrder.moc"
