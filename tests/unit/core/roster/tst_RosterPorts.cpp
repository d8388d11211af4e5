#include "core/roster/PortOrder.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

/// A known port beats the order of arrival, and nothing that a person decided.
class TestRosterPorts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newcomerStandsAtItsPort();
    void cursorGoesOnOnlyFromItsOwnSlot();
    void aReservedSlotMayBeTaken();
    void aPortMakesTheOrderCertain();
    void whomTheCursorPutThereGivesWay();
    void whoGaveWayComesBackByItsOwnPort();
    void twoThatStandAtEachOthersPortChangePlaces();
    void whatAPersonPlacedStays();
    void whatAPortPlacedStays();
    void aPlannedPlaceStays();
    void whatIsInstalledStays();
    void aSlotThatAwaitsItsReplacementStays();
    void whoFindsItsSlotTakenIsToldAndGetsIt();
    void aKnownMachineFollowsItsPort();
    void itsFormerSlotIsNextAgain();
    void aPortThatAgreesSettlesThePlace();
    void whomAPersonMovedStaysWhateverItsPort();
    void whomAPersonTookOutStaysOut();
    void refusedMachinesStayWhereTheyAre();
    void aNicTakesNoSlotByItsPort();
    void aNicSpeaksForItsMachine();
    void whatMayBeANicWaitsForTheAnswer();
    void portsOutsideTheRackSayNothing();
    void strangersHaveNoPlace();
    void whoFoundNoRoomFollowsItsPort();
    void placesAreKept();
};

void TestRosterPorts::newcomerStandsAtItsPort() {
    RosterFixture f(3);
    const Changes changes = f.discoverAt(4, 7);
    QCOMPARE(f.machine(4).slot, std::optional(7));
    QVERIFY(!f.machine(4).isCaptured);
    QCOMPARE(changes.added, std::vector{macOf(4)});
    QVERIFY(!f.machine(4).problem);
}

void TestRosterPorts::cursorGoesOnOnlyFromItsOwnSlot() {
    RosterFixture f(3);
    QVERIFY(!f.discoverAt(4, 2).isEmpty());
    QCOMPARE(f.roster.cursor(), 4);
    f.discoverAt(5, 4);
    QCOMPARE(f.roster.cursor(), 5);
    f.discover(6);
    QCOMPARE(f.machine(6).slot, std::optional(5));
}

void TestRosterPorts::aReservedSlotMayBeTaken() {
    RosterFixture f(3);
    QVERIFY(f.command(Reserve{6}));
    f.discoverAt(4, 6);
    QCOMPARE(f.machine(4).slot, std::optional(6));
}

void TestRosterPorts::aPortMakesTheOrderCertain() {
    RosterFixture f;
    f.discover(1);
    f.pass(100ms);
    f.discoverAt(2, 2);
    QVERIFY(f.machine(2).orderUncertainWith.empty());
    f.pass(100ms);
    f.discover(3); // and is compared only with whom the cursor placed
    QCOMPARE(f.machine(3).orderUncertainWith, std::vector{macOf(1)});
    f.discoverAt(1, 1);
    QVERIFY(f.machine(3).orderUncertainWith.empty());
}

void TestRosterPorts::whomTheCursorPutThereGivesWay() {
    RosterFixture f(3);
    const Changes changes = f.discoverAt(4, 2);
    QCOMPARE(f.machine(4).slot, std::optional(2));
    QVERIFY(!f.machine(2).slot);
    QVERIFY(f.machine(2).problem);
    QVERIFY(f.machine(2).problem == (Error{ErrorCode::GaveWay, "2", macOf(4).toString()}));
    QVERIFY(std::find(changes.updated.begin(), changes.updated.end(), macOf(2)) != changes.updated.end());
    f.pass(1min);
    f.discover(2); // it asks again: nobody knows its port yet
    QVERIFY(!f.machine(2).slot);
}

void TestRosterPorts::whoGaveWayComesBackByItsOwnPort() {
    RosterFixture f(3);
    f.discoverAt(4, 2);
    f.locate(2, 8);
    QCOMPARE(f.machine(2).slot, std::optional(8));
    QVERIFY(!f.machine(2).problem);
}

void TestRosterPorts::twoThatStandAtEachOthersPortChangePlaces() {
    RosterFixture f(3);
    f.locate(1, 2);
    f.locate(2, 1);
    QCOMPARE(f.machine(1).slot, std::optional(2));
    QCOMPARE(f.machine(2).slot, std::optional(1));
    QVERIFY(!f.machine(2).problem);
    QCOMPARE(f.roster.cursor(), 4);
}

void TestRosterPorts::whatAPersonPlacedStays() {
    RosterFixture f(3);
    QVERIFY(f.command(Place{macOf(2), 7}));
    f.discoverAt(4, 7);
    QCOMPARE(f.machine(2).slot, std::optional(7));
    QVERIFY(!f.machine(4).slot);
    QVERIFY(f.machine(4).problem);
}

void TestRosterPorts::whatAPortPlacedStays() {
    RosterFixture f(3);
    f.discoverAt(4, 7);
    f.discoverAt(5, 7); // both behind one port
    QCOMPARE(f.machine(4).slot, std::optional(7));
    QVERIFY(!f.machine(5).slot);
}

void TestRosterPorts::aPlannedPlaceStays() {
    RosterFixture f(3);
    QVERIFY(f.command(Plan{macOf(9), 7, {}}));
    f.discoverAt(4, 7);
    QVERIFY(!f.machine(4).slot);
    f.discoverAt(9, 8); // the plan is what a person said
    QCOMPARE(f.machine(9).slot, std::optional(7));
}

void TestRosterPorts::whatIsInstalledStays() {
    RosterFixture f;
    f.install(1);
    QVERIFY(f.machine(1).isCaptured);
    f.discoverAt(2, 1);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QVERIFY(!f.machine(2).slot);
    f.locate(1, 5); // its name is on its disk
    QCOMPARE(f.machine(1).slot, std::optional(1));
}

void TestRosterPorts::aSlotThatAwaitsItsReplacementStays() {
    RosterFixture f(3);
    QVERIFY(f.command(Replace{macOf(2)}));
    f.discoverAt(4, 2); // it may be the replacement: a person says so
    QVERIFY(!f.machine(4).slot);
    QVERIFY(f.command(TakeOver{macOf(4), macOf(2)}));
    QCOMPARE(f.machine(4).slot, std::optional(2));
    QVERIFY(!f.machine(4).problem);
}

void TestRosterPorts::whoFindsItsSlotTakenIsToldAndGetsIt() {
    RosterFixture f(3);
    QVERIFY(f.command(Place{macOf(2), 7}));
    f.discoverAt(4, 7);
    QVERIFY(f.machine(4).problem == (Error{ErrorCode::PortTaken, "7", f.roster.hostnameOf(f.machine(2))}));
    QCOMPARE(f.roster.cursor(), 4);
    QVERIFY(f.command(Place{macOf(2), 2}));
    f.discoverAt(4, 7);
    QCOMPARE(f.machine(4).slot, std::optional(7));
    QVERIFY(!f.machine(4).problem);
}

void TestRosterPorts::aKnownMachineFollowsItsPort() {
    RosterFixture f(3);
    f.discoverAt(2, 9);
    QCOMPARE(f.machine(2).slot, std::optional(9));
    QVERIFY(!f.machine(2).isCaptured);
    f.locate(1, 2);
    QCOMPARE(f.machine(1).slot, std::optional(2));
    QVERIFY(f.locate(1, 2).isEmpty());
}

void TestRosterPorts::itsFormerSlotIsNextAgain() {
    RosterFixture f(3);
    f.locate(1, 8); // others stand behind it
    QCOMPARE(f.roster.cursor(), 4);
    f.locate(3, 9);
    QCOMPARE(f.roster.cursor(), 3);
    QVERIFY(f.command(Reserve{3}));
    QVERIFY(f.command(MoveCursor{5}));
    f.discover(4);
    QVERIFY(f.command(Reserve{6}));
    f.locate(4, 12); // a reserved slot is nobody's
    QCOMPARE(f.roster.cursor(), 5);
}

void TestRosterPorts::aPortThatAgreesSettlesThePlace() {
    RosterFixture f(3);
    f.locate(2, 2);
    QVERIFY(!f.machine(2).isCaptured);
    f.discoverAt(4, 2);
    QCOMPARE(f.machine(2).slot, std::optional(2));
    QVERIFY(!f.machine(4).slot);
}

void TestRosterPorts::whomAPersonMovedStaysWhateverItsPort() {
    RosterFixture f(3);
    QVERIFY(f.command(Place{macOf(2), 7}));
    QVERIFY(f.locate(2, 9).isEmpty());
    f.discoverAt(2, 9);
    QCOMPARE(f.machine(2).slot, std::optional(7));
}

void TestRosterPorts::whomAPersonTookOutStaysOut() {
    RosterFixture f(3);
    QVERIFY(f.command(Place{macOf(2), std::nullopt}));
    f.discoverAt(2, 9);
    QVERIFY(!f.machine(2).slot);
}

void TestRosterPorts::refusedMachinesStayWhereTheyAre() {
    RosterFixture f(3);
    QVERIFY(f.command(Refuse{macOf(2)}));
    f.locate(2, 9);
    QCOMPARE(f.machine(2).slot, std::optional(2));
    f.discoverAt(4, 2); // yet nobody chose that slot for it
    QCOMPARE(f.machine(4).slot, std::optional(2));
}

void TestRosterPorts::aNicTakesNoSlotByItsPort() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    QVERIFY(f.command(Place{macOf(1), 3}));
    f.pass(10s);
    f.discoverAt(2, 5, uuidOf(1));
    QCOMPARE(f.machine(2).owner, std::optional(macOf(1)));
    QVERIFY(!f.machine(2).slot);
    QCOMPARE(f.machine(1).slot, std::optional(3));
    QVERIFY(!f.roster.findBySlot(5));
}

void TestRosterPorts::aNicSpeaksForItsMachine() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.pass(10s);
    f.discoverAt(2, 5, uuidOf(1));
    QVERIFY(!f.machine(2).slot);
    QCOMPARE(f.machine(1).slot, std::optional(5));
}

void TestRosterPorts::whatMayBeANicWaitsForTheAnswer() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.pass(100ms); // too soon for a machine to have given its NIC up
    f.discoverAt(2, 5, uuidOf(1));
    QCOMPARE(f.machine(2).maybeNicOf, std::optional(macOf(1)));
    QVERIFY(!f.machine(2).slot);
    f.locate(2, 5);
    QVERIFY(!f.machine(2).slot);
}

void TestRosterPorts::portsOutsideTheRackSayNothing() {
    RosterFixture f(3);
    f.discoverAt(4, 0);
    QCOMPARE(f.machine(4).slot, std::optional(4));
    f.discoverAt(5, maximumSlot + 1);
    QCOMPARE(f.machine(5).slot, std::optional(5));
    QVERIFY(f.locate(5, -3).isEmpty());
}

void TestRosterPorts::strangersHaveNoPlace() {
    RosterFixture f(3);
    QVERIFY(f.locate(9, 9).isEmpty());
    QCOMPARE(f.roster.machines().size(), std::size_t{3});
}

void TestRosterPorts::whoFoundNoRoomFollowsItsPort() {
    RosterFixture f;
    QVERIFY(f.command(MoveCursor{maximumSlot}));
    f.discover(1);
    f.pass(1min);
    f.discover(2);
    QVERIFY(!f.machine(2).slot);
    f.locate(2, 3);
    QCOMPARE(f.machine(2).slot, std::optional(3));
}

void TestRosterPorts::placesAreKept() {
    RosterFixture f(3);
    f.discoverAt(4, 2);
    Roster again(f.roster.state());
    QCOMPARE(again.state(), f.roster.state());
    again.apply(Located{macOf(2), 8}, f.now());
    QCOMPARE(again.find(macOf(2))->slot, std::optional(8));
}

QTEST_GUILESS_MAIN(TestRosterPorts)
#include "tst_RosterPorts.moc"
