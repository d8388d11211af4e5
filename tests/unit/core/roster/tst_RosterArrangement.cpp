#include "core/roster/Roster.h"
#include "core/roster/Undo.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

/// Machines 1 to `count` in slots 1 to `count`, far apart in time.
RosterFixture withMachines(unsigned count) {
    RosterFixture f;
    for (unsigned number = 1; number <= count; ++number) {
        f.discover(number);
        f.pass(30s);
    }
    return f;
}

/// The numbers of the machines in slots 1 to `count`; 0 for an empty one.
std::vector<unsigned> standing(const RosterFixture& f, int count) {
    std::vector<unsigned> out;
    for (int slot = 1; slot <= count; ++slot) {
        const Machine* const machine = f.roster.findBySlot(slot);
        out.push_back(machine == nullptr ? 0 : machine->mac.octets().back() / 2U);
    }
    return out;
}

using Slots = std::vector<unsigned>;

/// The code of a command that must fail, and must change nothing.
std::optional<ErrorCode> refusal(RosterFixture& f, const Command& command) {
    const RosterState before = f.roster.state();
    const auto result = f.command(command);
    return !result && f.roster.state() == before ? std::optional(result.error().code) : std::nullopt;
}

} // namespace

/// The rows "cursor" and "move, swap, insert" of the roll call's rules.
class TestRosterArrangement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void skippingReservesTheCursorsSlot();
    void reservedSlotIsNeverCapturedInto();
    void releasedSlotIsFreeAgain();
    void personMayPlaceIntoAReservedSlot();
    void onlyFreeSlotsAreReserved();
    void cursorStaysOffReservedSlots();
    void insertingShiftsToTheNextGap();
    void insertingPassesOverReservedSlots();
    void insertingBeforeAFreeSlotChangesNothing();
    void insertingNeedsRoom();
    void namesAndAddressesFollowTheSlot();
    void pinnedValuesStayWithTheirMachine();
    void manyMoveAtOnce();
    void movingManyIsAllOrNothing();
    void rangeIsReversedWithItsGaps();
    void reversingLeavesReservedSlotsAlone();
    void reversingNeedsARange();
    void rollCallBeginsAtTheTop();
    void directionIsReversedWhileRunning();
    void insertingShiftsTheWayTheCursorGoes();
    void installedNamesStay();
    void pinnedMachineMayMoveWhileInstalling();
    void menuEntriesFixNoName();
    void anotherRackIsAddedWhenTheyAreFull();
    void machinesKeepTheirPlacesWhenRacksChangeTheirSize();
    void noRackBecomesTooSmallForWhatStandsInIt();
    void oneLongRackIsDividedAndJoined();
};

void TestRosterArrangement::skippingReservesTheCursorsSlot() {
    RosterFixture f = withMachines(2);
    const auto changes = f.command(Reserve{3});
    QVERIFY(changes);
    QVERIFY(changes->layout);
    QCOMPARE(f.roster.cursor(), 4);
    f.discover(3);
    QCOMPARE(standing(f, 4), (Slots{1, 2, 0, 3}));
    QVERIFY(f.command(Reserve{3})->isEmpty());
}

void TestRosterArrangement::reservedSlotIsNeverCapturedInto() {
    RosterFixture f;
    for (const int slot : {1, 2, 5})
        QVERIFY(f.command(Reserve{slot}));
    for (unsigned number = 1; number <= 3; ++number)
        f.discover(number);
    QCOMPARE(standing(f, 6), (Slots{0, 0, 1, 2, 0, 3}));
    QVERIFY(f.command(Reserve{60})); // the rack shows it
    QCOMPARE(f.roster.layout().slotCount, 60);
}

void TestRosterArrangement::releasedSlotIsFreeAgain() {
    RosterFixture f;
    QVERIFY(f.command(Reserve{1}));
    QVERIFY(f.command(Release{1})->layout);
    QCOMPARE(f.roster.cursor(), 2); // it never goes back by itself
    QVERIFY(f.command(MoveCursor{1}));
    f.discover(1);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QVERIFY(f.command(Release{1})->isEmpty());
}

void TestRosterArrangement::personMayPlaceIntoAReservedSlot() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Reserve{7}));
    QVERIFY(f.command(Place{macOf(1), 7}));
    QVERIFY(f.command(Place{macOf(1), 1}));
    QCOMPARE(f.roster.reserved(), std::set{7});
}

void TestRosterArrangement::onlyFreeSlotsAreReserved() {
    RosterFixture f = withMachines(1);
    QCOMPARE(refusal(f, Reserve{1}), ErrorCode::SlotTaken);
    for (const int slot : {0, -1, maximumSlot + 1})
        QCOMPARE(refusal(f, Reserve{slot}), ErrorCode::Malformed);
}

void TestRosterArrangement::cursorStaysOffReservedSlots() {
    RosterFixture f;
    QVERIFY(f.command(Reserve{4}));
    QCOMPARE(refusal(f, MoveCursor{4}), ErrorCode::NotAllowed);
    QCOMPARE(message(f.command(MoveCursor{4}).error()),
             std::string("Going on with slot 4 is not possible: it is reserved; release it first."));
}

void TestRosterArrangement::insertingShiftsToTheNextGap() {
    RosterFixture f = withMachines(5);
    QVERIFY(f.command(Place{macOf(4), 9}));
    const auto changes = f.command(Insert{2});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (std::vector{macOf(2), macOf(3)}));
    QCOMPARE(standing(f, 9), (Slots{1, 0, 2, 3, 5, 0, 0, 0, 4}));
    QVERIFY(f.command(Insert{1})); // into the gap it made
    QCOMPARE(standing(f, 4), (Slots{0, 1, 2, 3}));
    QVERIFY(f.command(Insert{5}));
    QVERIFY(f.command(Insert{6})); // into the slot of the cursor, which goes on
    QCOMPARE(standing(f, 8), (Slots{0, 1, 2, 3, 0, 0, 5, 0}));
    QCOMPARE(f.roster.cursor(), 8);
}

void TestRosterArrangement::insertingPassesOverReservedSlots() {
    RosterFixture f;
    QVERIFY(f.command(Reserve{2}));
    f.discover(1);
    f.discover(2);
    QVERIFY(f.command(Insert{1}));
    QCOMPARE(standing(f, 4), (Slots{0, 0, 1, 2}));
}

void TestRosterArrangement::insertingBeforeAFreeSlotChangesNothing() {
    RosterFixture f = withMachines(2);
    QVERIFY(f.command(Insert{3})->isEmpty());
    QCOMPARE(refusal(f, Insert{0}), ErrorCode::Malformed);
}

void TestRosterArrangement::insertingNeedsRoom() {
    RosterFixture f;
    QVERIFY(f.command(MoveCursor{maximumSlot - 1}));
    f.discover(1);
    f.discover(2);
    QCOMPARE(refusal(f, Insert{maximumSlot - 1}), ErrorCode::NotAllowed);
}

void TestRosterArrangement::namesAndAddressesFollowTheSlot() {
    RosterFixture f = withMachines(3);
    RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 11);
    QVERIFY(f.command(SetLayout{layout}));
    QVERIFY(f.command(Insert{1}));
    QCOMPARE(f.roster.hostnameOf(f.machine(3)), std::string("node-04"));
    QVERIFY(f.roster.addressOf(f.machine(3)) == Ipv4Address(10, 0, 0, 14));
}

void TestRosterArrangement::pinnedValuesStayWithTheirMachine() {
    RosterFixture f = withMachines(2);
    Assignment assigned;
    assigned.hostname = "storage";
    assigned.address = Ipv4Address(10, 0, 0, 99);
    QVERIFY(f.command(Assign{macOf(1), assigned}));
    QVERIFY(f.command(Swap{macOf(1), macOf(2)}));
    QCOMPARE(f.machine(1).slot, std::optional(2));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("storage"));
    QVERIFY(f.roster.addressOf(f.machine(1)) == assigned.address);
}

void TestRosterArrangement::manyMoveAtOnce() {
    RosterFixture f = withMachines(4);
    const auto changes =
        f.command(PlaceMany{{{macOf(1), 2}, {macOf(2), 3}, {macOf(3), 1}, {macOf(4), std::nullopt}}});
    QVERIFY(changes);
    QCOMPARE(changes->updated.size(), std::size_t{4});
    QCOMPARE(standing(f, 4), (Slots{3, 1, 2, 0}));
    QVERIFY(f.command(PlaceMany{{{macOf(1), 2}, {macOf(2), 3}}})->isEmpty());
    QVERIFY(f.command(PlaceMany{})->isEmpty());
}

void TestRosterArrangement::movingManyIsAllOrNothing() {
    RosterFixture f = withMachines(3);
    QCOMPARE(refusal(f, PlaceMany{{{macOf(1), 7}, {macOf(2), 3}}}), ErrorCode::SlotTaken); // by 3
    QCOMPARE(refusal(f, PlaceMany{{{macOf(1), 7}, {macOf(2), 7}}}), ErrorCode::SlotTaken); // by each other
    QCOMPARE(refusal(f, PlaceMany{{{macOf(1), 7}, {macOf(1), 8}}}), ErrorCode::Duplicate);
    QCOMPARE(refusal(f, PlaceMany{{{macOf(1), 7}, {macOf(9), 8}}}), ErrorCode::UnknownMachine);
    QCOMPARE(refusal(f, PlaceMany{{{macOf(1), 7}, {macOf(2), 0}}}), ErrorCode::Malformed);
}

void TestRosterArrangement::rangeIsReversedWithItsGaps() {
    RosterFixture f = withMachines(4);
    QVERIFY(f.command(Place{macOf(2), 6}));
    QVERIFY(f.command(Reverse{1, 4}));
    QCOMPARE(standing(f, 6), (Slots{4, 3, 0, 1, 0, 2}));
    QVERIFY(f.command(Reverse{1, 4}));
    QCOMPARE(standing(f, 6), (Slots{1, 0, 3, 4, 0, 2}));
    QVERIFY(f.command(Reverse{6, 6})->isEmpty());
}

void TestRosterArrangement::reversingLeavesReservedSlotsAlone() {
    RosterFixture f;
    QVERIFY(f.command(Reserve{2}));
    for (unsigned number = 1; number <= 3; ++number)
        f.discover(number);
    QVERIFY(f.command(Reverse{1, 4}));
    QCOMPARE(standing(f, 4), (Slots{3, 0, 2, 1}));
}

void TestRosterArrangement::reversingNeedsARange() {
    RosterFixture f = withMachines(2);
    QCOMPARE(refusal(f, Reverse{2, 1}), ErrorCode::Malformed);
    QCOMPARE(refusal(f, Reverse{0, 2}), ErrorCode::Malformed);
    QCOMPARE(refusal(f, Reverse{1, maximumSlot + 1}), ErrorCode::Malformed);
}

void TestRosterArrangement::rollCallBeginsAtTheTop() {
    RosterFixture f;
    RackLayout layout;
    layout.slotCount = 4;
    layout.direction = Direction::TopDown;
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.cursor(), 4);
    QVERIFY(f.command(Reserve{4}));
    layout.slotCount = 3; // not below what is reserved
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.cursor(), 3);
    for (unsigned number = 1; number <= 4; ++number)
        f.discover(number);
    QCOMPARE(standing(f, 5), (Slots{3, 2, 1, 0, 4})); // the rack grows when it is full
}

void TestRosterArrangement::directionIsReversedWhileRunning() {
    RosterFixture f = withMachines(2);
    RackLayout layout;
    layout.slotCount = 6;
    layout.direction = Direction::TopDown;
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.cursor(), 3); // it goes on where it is
    QVERIFY(f.command(MoveCursor{6}));
    f.discover(3);
    f.discover(4);
    layout.direction = Direction::OddEven;
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.cursor(), 4);
    f.discover(5);
    QCOMPARE(standing(f, 6), (Slots{1, 2, 0, 5, 4, 3}));
}

void TestRosterArrangement::insertingShiftsTheWayTheCursorGoes() {
    RosterFixture f;
    RackLayout layout;
    layout.slotCount = 6;
    layout.direction = Direction::TopDown;
    QVERIFY(f.command(SetLayout{layout}));
    for (unsigned number = 1; number <= 3; ++number)
        f.discover(number);
    QVERIFY(f.command(Insert{5})); // one was missed after the first
    QCOMPARE(standing(f, 6), (Slots{0, 0, 3, 2, 0, 1}));
    QCOMPARE(f.roster.cursor(), 2);
}

void TestRosterArrangement::installedNamesStay() {
    RosterFixture f = withMachines(3);
    QVERIFY(f.approve(2));
    QVERIFY(f.command(Swap{macOf(2), macOf(3)})); // free before the installer has its answer file
    QVERIFY(f.command(Swap{macOf(2), macOf(3)}));
    f.reach(2, Stage::Kickstart);
    const std::vector<Command> moves{Place{macOf(2), 7},
                                     Place{macOf(2), std::nullopt},
                                     Plan{macOf(2), 7, {}},
                                     Swap{macOf(1), macOf(2)},
                                     Insert{1},
                                     Reverse{1, 2},
                                     PlaceMany{{{macOf(2), 9}}}};
    for (const Command& move : moves)
        QCOMPARE(refusal(f, move), ErrorCode::NotAllowed);
    QCOMPARE(message(f.command(Insert{1}).error()),
             std::string("Moving node-02 is not possible: it is being installed under this name."));
    QVERIFY(f.command(Reverse{1, 3})); // it keeps the middle
    f.reach(2, Stage::Done);
    for (const Command& move : moves)
        QCOMPARE(refusal(f, move), ErrorCode::NotAllowed);
    QVERIFY(f.command(Rearm{macOf(2)}));
    QVERIFY(f.command(Place{macOf(2), 7}));
}

void TestRosterArrangement::pinnedMachineMayMoveWhileInstalling() {
    RosterFixture f = withMachines(1);
    Assignment assigned;
    assigned.hostname = "storage";
    QVERIFY(f.command(Assign{macOf(1), assigned}));
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    QVERIFY(f.command(Place{macOf(1), 5})); // no address follows from the slot
    RackLayout layout = f.roster.layout();
    layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(refusal(f, Place{macOf(1), 6}), ErrorCode::NotAllowed);
}

void TestRosterArrangement::menuEntriesFixNoName() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), {}, {}, "Memory test"}));
    f.roster.apply(Reached{macOf(1), Stage::Kernel, 1, true}, f.now());
    QVERIFY(f.command(Place{macOf(1), 5}));
}

void TestRosterArrangement::anotherRackIsAddedWhenTheyAreFull() {
    RosterFixture f;
    RackLayout layout;
    layout.rackCount = 2;
    layout.slotCount = 2;
    layout.namePattern = "{rack}-{slot}";
    QVERIFY(f.command(SetLayout{layout}));
    for (unsigned number = 1; number <= 5; ++number)
        f.discover(number);
    QCOMPARE(standing(f, 5), (Slots{1, 2, 3, 4, 5}));
    QCOMPARE(f.roster.hostnameOf(f.machine(4)), std::string("R2-2"));
    QCOMPARE(f.roster.hostnameOf(f.machine(5)), std::string("R3-1"));
    QCOMPARE(f.roster.layout().rackCount, 3);
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.layout().rackCount, 3); // somebody stands there
}

void TestRosterArrangement::machinesKeepTheirPlacesWhenRacksChangeTheirSize() {
    RosterFixture f;
    RackLayout layout;
    layout.rackCount = 2;
    layout.slotCount = 4;
    layout.namePattern = "{rack}-{slot}";
    QVERIFY(f.command(SetLayout{layout}));
    QVERIFY(f.command(Reserve{3}));
    QVERIFY(f.command(MoveCursor{5}));
    f.discover(1);
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart); // its name is on its disk
    const RosterState before = f.roster.state();
    layout.slotCount = 10;
    const auto back = undoOf(SetLayout{layout}, f.roster, f.now());
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.machine(1).slot, std::optional(11));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("R2-1"));
    QCOMPARE(f.roster.cursor(), 12);
    QVERIFY(f.roster.reserved() == std::set<int>{3});
    QVERIFY(!back.empty());
    for (const Command& step : back)
        QVERIFY(f.command(step));
    QVERIFY(f.roster.state() == before);
}

void TestRosterArrangement::noRackBecomesTooSmallForWhatStandsInIt() {
    RosterFixture f;
    RackLayout layout;
    layout.rackCount = 2;
    layout.slotCount = 4;
    QVERIFY(f.command(SetLayout{layout}));
    QVERIFY(f.command(MoveCursor{5}));
    f.discover(1);
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    layout.slotCount = 5; // it would be called node-06
    QCOMPARE(message(f.command(SetLayout{layout}).error()),
             std::string("Renaming node-05 is not possible: it is installed, or being so, under this name."));
    QVERIFY(f.command(Forget{macOf(1)}));
    QVERIFY(f.command(Reserve{8}));
    const RosterState before = f.roster.state();
    layout.slotCount = 3;
    QCOMPARE(message(f.command(SetLayout{layout}).error()),
             std::string("A rack of 3 slots is not possible: slot R2-04 is in use."));
    QVERIFY(f.roster.state() == before);
}

void TestRosterArrangement::oneLongRackIsDividedAndJoined() {
    RosterFixture f = withMachines(5);
    RackLayout layout;
    const RackLayout one = f.roster.layout();
    layout.rackCount = 2;
    layout.slotCount = 3;
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.layout().slotLabel(*f.machine(5).slot), std::string("R2-02"));
    QVERIFY(f.command(SetLayout{one}));
    QCOMPARE(standing(f, 5), (Slots{1, 2, 3, 4, 5}));
    QVERIFY(f.roster.layout() == one);
}

QTEST_GUILESS_MAIN(TestRosterArrangement)
#include "tst_RosterArrangement.moc"
