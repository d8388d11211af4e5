#include "core/roster/Roster.h"
#include "core/roster/SecondNic.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

std::vector<Stage> stagesOf(const Changes& changes) {
    std::vector<Stage> out;
    for (const auto& step : changes.steps)
        out.push_back(step.stage);
    return out;
}

std::vector<MacAddress> order(const Roster& roster) {
    std::vector<MacAddress> out;
    for (const Machine* machine : roster.machines())
        out.push_back(machine->mac);
    return out;
}

RosterFixture planned(unsigned number, std::optional<int> slot, Assignment assigned = {}) {
    RosterFixture f;
    const auto done = f.command(Plan{macOf(number), slot, std::move(assigned)});
    return done ? f : RosterFixture{};
}

} // namespace

/// The roll-call rules of the product, as far as observations decide them: a test for each row.
class TestRoster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newMachineLandsAtTheCursor();
    void sameMacIsTheSameRow();
    void whatCaptureAndSocketTellCountsOnce();
    void loaderThatAsksAgainTakesNoSlot();
    void bootBeginsAndStagesAreTold();
    void returnDuringTheLastScriptsTakesTheApprovalBack();
    void secondNicTakesNoSlot();
    void secondNicNamesThePlacedMachineWhateverCameFirst();
    void dummyUuidJoinsNothing();
    void sameUuidOnManyMachinesWithDummiesMakesManyMachines();
    void unusableAddressMakesNoMachine();
    void cursorSkipsTakenSlots();
    void rackGrowsAsMachinesCome();
    void fullRackLeavesMachinesUnplaced();
    void plannedMachineKeepsItsSlot();
    void plannedMachineWithoutSlotTakesTheCursor();
    void finishedMachineThatBootsCameBack();
    void resetInstallerKeepsItsTicket();
    void parkedMachineThatBootsAgainIsCounted();
    void observationsOfUnknownMachinesChangeNothing();
    void repeatedParkingIsOneStep();
    void addressBelongsToOneMachine();
    void diagnosisIsShownAndTakenBack();
    void machinesComeInSlotOrderThenByPacketTime();
    void pinnedNameIsNotComputedForAnother();
    void savedStateRestoresTheSameRoster();
    void contradictoryStateIsPutRight();
};

void TestRoster::newMachineLandsAtTheCursor() {
    RosterFixture f;
    f.pass(7s);
    const Changes changes = f.discover(1, uuidOf(1));
    QCOMPARE(changes.added, std::vector{macOf(1)});
    QVERIFY(changes.updated.empty());
    QVERIFY(changes.layout); // the cursor moved
    QCOMPARE(stagesOf(changes), std::vector{Stage::Seen});
    const Machine& machine = f.machine(1);
    QCOMPARE(machine.slot, std::optional(1));
    QVERIFY(machine.firstSeen == at(7s));
    QVERIFY(machine.stageSince == at(7s));
    QVERIFY(machine.uuid == uuidOf(1));
    QCOMPARE(machine.firmware, std::string("uefi-x64"));
    QCOMPARE(machine.boots, 1U);
    QCOMPARE(machine.discovers, 1U);
    QCOMPARE(f.roster.cursor(), 2);
    QCOMPARE(f.roster.hostnameOf(machine), std::string("node-01"));
}

void TestRoster::sameMacIsTheSameRow() // R16
{
    RosterFixture f;
    f.discover(1);
    f.pass(4s);
    const Changes changes = f.discover(1);
    QVERIFY(changes.added.empty());
    QCOMPARE(changes.updated, std::vector{macOf(1)});
    QVERIFY(changes.steps.empty());
    QVERIFY(!changes.layout);
    QCOMPARE(f.machine(1).discovers, 2U);
    QVERIFY(f.machine(1).firstSeen == at(0s));
    QCOMPARE(f.roster.machines().size(), std::size_t{1});
}

void TestRoster::whatCaptureAndSocketTellCountsOnce() {
    RosterFixture f;
    const auto tell = [&](bool isCaptured) {
        f.roster.apply(Discovered{macOf(1), f.now(), "bios", std::nullopt, false, isCaptured}, f.now());
    };
    tell(true);
    tell(false);
    QCOMPARE(f.machine(1).discovers, 1U);
    tell(false); // the capture may be late,
    tell(true);
    QCOMPARE(f.machine(1).discovers, 2U);
    tell(true); // or gone, or the only one
    tell(true);
    QCOMPARE(f.machine(1).discovers, 4U);
}

void TestRoster::loaderThatAsksAgainTakesNoSlot() // R16
{
    RosterFixture f;
    f.discover(1);
    f.reach(1, Stage::Loader);
    f.pass(30s);
    f.discover(1, std::nullopt, true);
    QCOMPARE(f.machine(1).boots, 1U);
    QCOMPARE(f.machine(1).stage, Stage::Loader);
    QCOMPARE(f.roster.cursor(), 2);
}

void TestRoster::bootBeginsAndStagesAreTold() {
    RosterFixture f;
    f.discover(1);
    const Changes changes = f.reach(1, Stage::Loader, 700'000);
    QCOMPARE(changes.updated, std::vector{macOf(1)});
    QCOMPARE(stagesOf(changes), std::vector{Stage::Loader});
    QVERIFY(f.reach(1, Stage::Loader, 10).steps.empty());
    QCOMPARE(f.machine(1).bytesServed, std::uint64_t{700'010});
}

// The report of its end was lost: it is installed, and its ticket would wipe it.
void TestRoster::returnDuringTheLastScriptsTakesTheApprovalBack() {
    RosterFixture f;
    f.discover(1);
    QVERIFY(f.approve(1));
    for (const Stage stage : {Stage::Loader, Stage::Kickstart, Stage::Packages}) {
        f.pass(20s);
        f.reach(1, stage);
    }
    f.pass(20s);
    f.discover(1); // reset in the middle: the ticket stays (R55)
    QVERIFY(f.machine(1).ticket);
    f.reach(1, Stage::Loader);
    f.reach(1, Stage::Post);
    f.pass(20s);
    f.discover(1);
    QVERIFY(!f.machine(1).ticket);
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QVERIFY(f.machine(1).problem);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(2)})); // once more, if that is what the operator wants
}

void TestRoster::secondNicTakesNoSlot() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    const Changes changes = f.discover(2, uuidOf(1));
    QCOMPARE(changes.added, std::vector{macOf(2)});
    QVERIFY(!changes.layout);
    QVERIFY(!f.machine(2).slot);
    QVERIFY(f.machine(2).problem == (Error{ErrorCode::MaybeSecondNic, "node-01", {}}));
    QVERIFY(asksAboutSecondNic(f.machine(2)));
    QCOMPARE(f.roster.cursor(), 2);
    f.discover(3, uuidOf(3));
    QCOMPARE(f.machine(3).slot, std::optional(2));
}

void TestRoster::secondNicNamesThePlacedMachineWhateverCameFirst() // R18
{
    RosterFixture f;
    f.discover(9, uuidOf(1));
    f.pass(1s);
    f.discover(5, uuidOf(1));
    QVERIFY(f.command(Place{macOf(9), std::nullopt}));
    QVERIFY(f.command(Place{macOf(5), 4}));
    f.discover(1, uuidOf(1));
    QVERIFY(f.machine(1).problem == (Error{ErrorCode::MaybeSecondNic, "node-04", {}}));
    QVERIFY(f.command(Place{macOf(5), std::nullopt}));
    f.discover(2, uuidOf(1));
    QVERIFY(f.machine(2).problem == (Error{ErrorCode::MaybeSecondNic, macOf(9).toString(), {}}));
}

void TestRoster::dummyUuidJoinsNothing() // R17
{
    const Uuid dummy = Uuid::parse("03000200-0400-0500-0006-000700080009").value();
    RosterFixture f;
    f.discover(1, dummy);
    f.discover(2, dummy);
    QCOMPARE(f.machine(2).slot, std::optional(2));
    QVERIFY(!f.machine(2).problem);
}

void TestRoster::sameUuidOnManyMachinesWithDummiesMakesManyMachines() // R17
{
    for (const std::uint8_t octet : {std::uint8_t{0x00}, std::uint8_t{0xFF}}) {
        Uuid::Octets octets{};
        octets.fill(octet);
        RosterFixture f;
        for (unsigned number = 1; number <= 48; ++number)
            f.discover(number, Uuid(octets));
        QCOMPARE(f.roster.machines().size(), std::size_t{48});
        QCOMPARE(f.machine(48).slot, std::optional(48));
    }
}

void TestRoster::unusableAddressMakesNoMachine() {
    Roster roster;
    const MacAddress multicast({1, 0, 0x5e, 0, 0, 1});
    QVERIFY(roster.apply(Discovered{multicast, at(0s), "bios", std::nullopt, false}, at(0s)).isEmpty());
    QVERIFY(roster.apply(Discovered{MacAddress({}), at(0s), "bios", std::nullopt, false}, at(0s)).isEmpty());
    QVERIFY(roster.machines().empty());
}

void TestRoster::cursorSkipsTakenSlots() {
    RosterFixture f;
    QVERIFY(f.command(Plan{macOf(20), 2, {}}));
    QVERIFY(f.command(Plan{macOf(30), 3, {}}));
    f.discover(1);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QCOMPARE(f.roster.cursor(), 4);
}

void TestRoster::rackGrowsAsMachinesCome() {
    RosterFixture f;
    RackLayout layout;
    layout.slotCount = 2;
    QVERIFY(f.command(SetLayout{layout}));
    for (unsigned number = 1; number <= 3; ++number)
        f.discover(number);
    QCOMPARE(f.machine(3).slot, std::optional(3));
    QCOMPARE(f.roster.layout().slotCount, 3);
}

void TestRoster::fullRackLeavesMachinesUnplaced() {
    RosterFixture f;
    QVERIFY(f.command(MoveCursor{maximumSlot}));
    f.discover(1);
    QCOMPARE(f.machine(1).slot, std::optional(maximumSlot));
    f.discover(2);
    QVERIFY(!f.machine(2).slot);
    QVERIFY(f.command(MoveCursor{5}));
    f.discover(3);
    QCOMPARE(f.machine(3).slot, std::optional(5));
}

void TestRoster::plannedMachineKeepsItsSlot() {
    RosterFixture f = planned(1, 12);
    f.pass(3s);
    const Changes changes = f.discover(1);
    QVERIFY(changes.added.empty());
    QCOMPARE(changes.updated, std::vector{macOf(1)});
    QCOMPARE(stagesOf(changes), std::vector{Stage::Seen});
    QVERIFY(f.machine(1).firstSeen == at(3s));
    QCOMPARE(f.machine(1).slot, std::optional(12));
    QCOMPARE(f.machine(1).boots, 1U);
    QCOMPARE(f.roster.cursor(), 1);
}

void TestRoster::plannedMachineWithoutSlotTakesTheCursor() {
    RosterFixture f = planned(1, std::nullopt);
    QVERIFY(!f.machine(1).slot);
    f.discover(1);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QCOMPARE(f.roster.cursor(), 2);
}

void TestRoster::finishedMachineThatBootsCameBack() // R42
{
    RosterFixture f;
    f.install(1);
    QCOMPARE(stateOf(f.machine(1)), MachineState::Done);
    f.pass(90s);
    QCOMPARE(stagesOf(f.discover(1)), std::vector{Stage::Seen});
    QCOMPARE(stateOf(f.machine(1)), MachineState::CameBack);
    f.reach(1, Stage::LocalBoot);
    QCOMPARE(stateOf(f.machine(1)), MachineState::CameBack);
    QVERIFY(f.machine(1).isDone);
    QVERIFY(f.machine(1).ticket->isSpent);
    QCOMPARE(f.machine(1).boots, 2U);
}

void TestRoster::resetInstallerKeepsItsTicket() // R55
{
    RosterFixture f;
    f.discover(1);
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    f.pass(2min);
    f.discover(1);
    const Machine& machine = f.machine(1);
    QCOMPARE(machine.boots, 2U);
    QCOMPARE(machine.approval, Approval::Approved);
    QCOMPARE(machine.ticket->token, tokenOf(1));
    QVERIFY(!machine.ticket->isSpent);
    QCOMPARE(stateOf(machine), MachineState::Booting);
}

void TestRoster::parkedMachineThatBootsAgainIsCounted() {
    RosterFixture f;
    f.discover(1);
    f.reach(1, Stage::Parked);
    f.pass(1min);
    f.discover(1);
    f.pass(1s);
    f.discover(1); // its retry
    QCOMPARE(f.machine(1).boots, 2U);
    QCOMPARE(f.machine(1).slot, std::optional(1));
}

void TestRoster::observationsOfUnknownMachinesChangeNothing() {
    RosterFixture f;
    QVERIFY(f.reach(1, Stage::Kernel).isEmpty());
    QVERIFY(f.roster.apply(Leased{macOf(1), Ipv4Address(10, 0, 0, 1)}, f.now()).isEmpty());
    QVERIFY(f.roster.apply(Diagnosed{macOf(1), Error{ErrorCode::Other, "Anything", {}}}, f.now()).isEmpty());
    QVERIFY(f.roster.machines().empty());
}

void TestRoster::repeatedParkingIsOneStep() {
    RosterFixture f;
    f.discover(1);
    QCOMPARE(stagesOf(f.reach(1, Stage::Parked)), std::vector{Stage::Parked});
    f.pass(5s);
    QVERIFY(f.reach(1, Stage::Parked).isEmpty());
    QVERIFY(f.machine(1).stageSince == at(0s));
}

void TestRoster::addressBelongsToOneMachine() {
    const Ipv4Address address(10, 0, 0, 1);
    RosterFixture f;
    f.discover(1);
    f.discover(2);
    QCOMPARE(f.roster.apply(Leased{macOf(1), address}, f.now()).updated, std::vector{macOf(1)});
    QVERIFY(f.roster.apply(Leased{macOf(1), address}, f.now()).isEmpty());
    QCOMPARE(f.roster.apply(Leased{macOf(2), address}, f.now()).updated, (std::vector{macOf(1), macOf(2)}));
    QVERIFY(!f.machine(1).leased);
    QVERIFY(f.machine(2).leased == address);
}

void TestRoster::diagnosisIsShownAndTakenBack() {
    RosterFixture f;
    f.discover(1);
    QCOMPARE(f.roster.apply(Diagnosed{macOf(1), Error{ErrorCode::Other, "No loader", {}}}, f.now()).updated,
             std::vector{macOf(1)});
    QVERIFY(f.roster.apply(Diagnosed{macOf(1), Error{ErrorCode::Other, "No loader", {}}}, f.now()).isEmpty());
    QCOMPARE(message(*f.machine(1).problem), std::string("No loader."));
    QCOMPARE(f.roster.apply(Diagnosed{macOf(1), std::nullopt}, f.now()).updated, std::vector{macOf(1)});
    QVERIFY(!f.machine(1).problem);
}

void TestRoster::machinesComeInSlotOrderThenByPacketTime() {
    RosterFixture f = planned(9, std::nullopt);
    for (unsigned number = 1; number <= 4; ++number) {
        f.pass(1s);
        f.discover(number);
    }
    QVERIFY(f.command(Place{macOf(4), std::nullopt}));
    QVERIFY(f.command(Place{macOf(3), std::nullopt}));
    QVERIFY(f.command(Place{macOf(1), 7}));
    QCOMPARE(order(f.roster), (std::vector{macOf(2), macOf(1), macOf(3), macOf(4), macOf(9)}));
}

void TestRoster::pinnedNameIsNotComputedForAnother() {
    Assignment assigned;
    assigned.hostname = "Node-01";
    assigned.address = Ipv4Address(10, 0, 0, 1);
    RosterFixture f = planned(9, std::nullopt, assigned);
    RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    QVERIFY(f.command(SetLayout{layout}));
    f.discover(1);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string());
    QVERIFY(!f.roster.addressOf(f.machine(1)));
    const auto changes = f.command(Assign{macOf(9), {}});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (std::vector{macOf(9), macOf(1)})); // both have another name now
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("node-01"));
    QVERIFY(f.roster.addressOf(f.machine(1)) == Ipv4Address(10, 0, 0, 1));
}

void TestRoster::savedStateRestoresTheSameRoster() {
    RosterFixture f;
    f.install(1);
    f.discover(2, uuidOf(2));
    f.discover(3, uuidOf(2));
    Assignment assigned;
    assigned.hostname = "storage";
    QVERIFY(f.command(Assign{macOf(2), assigned}));
    QVERIFY(f.command(MoveCursor{30}));
    Roster restored(f.roster.state());
    QVERIFY(restored.state().machines == f.roster.state().machines);
    QCOMPARE(restored.cursor(), 30);
    QVERIFY(restored.layout() == f.roster.layout());
    QCOMPARE(restored.findByTicket(tokenOf(1))->mac, macOf(1));
    QCOMPARE(restored.apply(Assign{macOf(1), assigned}, at(0s)).error().code, ErrorCode::Duplicate);
}

void TestRoster::contradictoryStateIsPutRight() {
    RosterState state;
    state.layout.slotCount = 1;
    state.cursor = 2;
    for (unsigned number = 1; number <= 3; ++number) {
        Machine machine(macOf(number));
        machine.slot = number == 3 ? maximumSlot + 1 : 2;
        state.machines.push_back(machine);
    }
    const Roster roster(state);
    QCOMPARE(roster.findBySlot(2)->mac, macOf(1));
    QVERIFY(!roster.find(macOf(2))->slot);
    QVERIFY(!roster.find(macOf(3))->slot);
    QCOMPARE(roster.cursor(), 3);
    QCOMPARE(roster.layout().slotCount, 2);
}

QTEST_GUILESS_MAIN(TestRoster)
#include "tst_Roster.moc"
