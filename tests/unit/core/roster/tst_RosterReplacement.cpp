#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

/// Machines 1 to 3 in slots 1 to 3; 2 was given a name and an image, is installed, and broke.
RosterFixture rackWithABrokenMachine() {
    RosterFixture f(3);
    RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    (void)f.command(SetLayout{layout});
    Assignment assigned;
    assigned.hostname = "storage";
    assigned.imageId = "rocky";
    (void)f.command(Assign{macOf(2), assigned});
    f.install(2);
    f.pass(1h);
    (void)f.command(Replace{macOf(2)});
    return f;
}

} // namespace

/// "Replace a machine in a slot" of the roll call's rules.
class TestRosterReplacement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void brokenMachinesAreRefusedAndTheirSlotsWait();
    void noMachineTakesAWaitingSlotByItself();
    void theReplacementGetsSlotNameAndWhatWasAssigned();
    void theCursorComesBackToWhereTheReplacementStood();
    void theOldMachineStaysRefusedWhenItComesBack();
    void keptMachinesAreAsFinishedAsBefore();
    void rearmingEndsTheWait();
    void outOfItsSlotNothingWaits();
    void refusesWhatCannotTakeOver();
    void refusesToReplaceWithoutASlot();
    void survivesARestart();
};

void TestRosterReplacement::brokenMachinesAreRefusedAndTheirSlotsWait() {
    const RosterFixture f = rackWithABrokenMachine();
    QCOMPARE(f.machine(2).approval, Approval::Refused);
    QCOMPARE(f.machine(2).slot, std::optional(2));
    QCOMPARE(stateOf(f.machine(2)), MachineState::Reserved);
    QCOMPARE(f.roster.hostnameOf(f.machine(2)), std::string("storage"));
}

void TestRosterReplacement::noMachineTakesAWaitingSlotByItself() {
    RosterFixture f = rackWithABrokenMachine();
    for (const unsigned number : {4U, 5U}) {
        f.discover(number);
        f.pass(1min);
    }
    QCOMPARE(f.machine(4).slot, std::optional(4));
    QCOMPARE(f.machine(5).slot, std::optional(5));
    QVERIFY(!f.command(Place{macOf(4), 2}));
}

void TestRosterReplacement::theReplacementGetsSlotNameAndWhatWasAssigned() {
    RosterFixture f = rackWithABrokenMachine();
    f.discover(4);
    const Assignment assigned = f.machine(2).assigned;
    const auto changes = f.command(TakeOver{macOf(4), macOf(2)});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (std::vector{macOf(2), macOf(4)}));
    QCOMPARE(f.machine(4).slot, std::optional(2));
    QVERIFY(f.machine(4).assigned == assigned);
    QCOMPARE(f.roster.hostnameOf(f.machine(4)), std::string("storage"));
    QCOMPARE(f.roster.addressOf(f.machine(4)), std::optional(Ipv4Address(10, 0, 0, 2)));
    QCOMPARE(f.machine(4).approval, Approval::Waiting); // it is not wiped without a word
    QVERIFY(!f.machine(2).slot && !f.machine(2).isToBeReplaced);
    QVERIFY(f.machine(2).assigned == Assignment());
}

void TestRosterReplacement::theCursorComesBackToWhereTheReplacementStood() {
    RosterFixture f = rackWithABrokenMachine();
    f.discover(4);
    QCOMPARE(f.roster.cursor(), 5);
    QVERIFY(f.command(TakeOver{macOf(4), macOf(2)}));
    QCOMPARE(f.roster.cursor(), 4);
}

void TestRosterReplacement::theOldMachineStaysRefusedWhenItComesBack() {
    RosterFixture f = rackWithABrokenMachine();
    f.discover(4);
    QVERIFY(f.command(TakeOver{macOf(4), macOf(2)}));
    f.pass(1h);
    f.discover(2);
    QCOMPARE(f.machine(2).approval, Approval::Refused);
    QVERIFY(!f.machine(2).slot);
    QVERIFY(!f.approve(2));
}

void TestRosterReplacement::keptMachinesAreAsFinishedAsBefore() {
    RosterFixture f = rackWithABrokenMachine();
    QVERIFY(f.command(Replace{macOf(1)}));
    QVERIFY(f.command(Keep{macOf(1)}));
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QVERIFY(f.command(Keep{macOf(2)}));
    QVERIFY(hasInstalled(f.machine(2)));
    QCOMPARE(stateOf(f.machine(2)), MachineState::Done);
    QVERIFY(f.command(Keep{macOf(2)})->isEmpty());
}

void TestRosterReplacement::rearmingEndsTheWait() {
    RosterFixture f = rackWithABrokenMachine();
    QVERIFY(f.command(Rearm{macOf(2)}));
    QVERIFY(!f.machine(2).isToBeReplaced);
    QCOMPARE(f.machine(2).approval, Approval::Waiting);
}

void TestRosterReplacement::outOfItsSlotNothingWaits() {
    RosterFixture f = rackWithABrokenMachine();
    QVERIFY(f.command(Replace{macOf(3)}));
    QVERIFY(f.command(Place{macOf(3), std::nullopt}));
    QVERIFY(!f.machine(3).isToBeReplaced);
    QCOMPARE(f.machine(3).approval, Approval::Refused);
}

void TestRosterReplacement::refusesWhatCannotTakeOver() {
    RosterFixture f = rackWithABrokenMachine();
    f.install(5);
    f.pass(1h);
    f.discover(4);
    const RosterState before = f.roster.state();
    QCOMPARE(f.command(TakeOver{macOf(4), macOf(1)}).error().code, ErrorCode::NotAllowed); // that is well
    QCOMPARE(f.command(TakeOver{macOf(5), macOf(2)}).error().code, ErrorCode::NotAllowed); // installed
    QCOMPARE(f.command(TakeOver{macOf(2), macOf(2)}).error().code, ErrorCode::Duplicate);
    QCOMPARE(f.command(TakeOver{macOf(9), macOf(2)}).error().code, ErrorCode::UnknownMachine);
    QVERIFY(f.roster.state() == before);
    QVERIFY(f.command(AttachNic{macOf(4), macOf(1)}));
    QCOMPARE(f.command(TakeOver{macOf(4), macOf(2)}).error().code, ErrorCode::NotAllowed); // a NIC
    QVERIFY(f.command(Refuse{macOf(3)}));
    QCOMPARE(f.command(TakeOver{macOf(3), macOf(2)}).error().code, ErrorCode::NotAllowed);
}

void TestRosterReplacement::refusesToReplaceWithoutASlot() {
    RosterFixture f = rackWithABrokenMachine();
    QVERIFY(f.command(Place{macOf(1), std::nullopt}));
    QCOMPARE(f.command(Replace{macOf(1)}).error().code, ErrorCode::NotAllowed);
}

void TestRosterReplacement::survivesARestart() {
    const RosterFixture f = rackWithABrokenMachine();
    const Roster again(f.roster.state());
    QVERIFY(again.state() == f.roster.state());
    QVERIFY(again.find(macOf(2))->isToBeReplaced);
}

QTEST_GUILESS_MAIN(TestRosterReplacement)
#include "tst_RosterReplacement.moc"
