#include "core/roster/SecondNic.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

const Uuid zeros(Uuid::Octets{});
const Uuid dummy = Uuid::parse("03000200-0400-0500-0006-000700080009").value();

Uuid ones() {
    Uuid::Octets octets{};
    octets.fill(0xFF);
    return Uuid(octets);
}

/// The address after that of machine `number`.
MacAddress nicOf(unsigned number) {
    MacAddress::Octets octets = macOf(number).octets();
    ++octets.back();
    return MacAddress(octets);
}

Changes discoverNic(RosterFixture& f, unsigned number, std::optional<Uuid> uuid = std::nullopt) {
    return f.roster.apply(Discovered{nicOf(number), f.now(), "uefi-x64", uuid}, f.now());
}

const Machine& nic(const RosterFixture& f, unsigned number) {
    return *f.roster.find(nicOf(number));
}

/// Machine 1, given up by its first NIC, and heard from the second.
RosterFixture withNic(std::optional<Uuid> uuid) {
    RosterFixture f;
    f.discover(1, uuid);
    f.pass(9s);
    discoverNic(f, 1, uuid);
    return f;
}

std::optional<ErrorCode> refusal(RosterFixture& f, const Command& command) {
    const RosterState before = f.roster.state();
    const auto result = f.command(command);
    return !result && f.roster.state() == before ? std::optional(result.error().code) : std::nullopt;
}

} // namespace

Q_DECLARE_METATYPE(std::optional<Uuid>)

/// The row "second NIC of one machine" of the roll call's rules.
class TestSecondNic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameUuidIsAttached();
    void nothingJoinsALiveTicketUnasked();
    void bogusUuidIsAskedAbout_data();
    void bogusUuidIsAskedAbout();
    void otherUuidIsAnotherMachine();
    void farAddressIsAnotherMachine();
    void machinesOfOneMomentAreNotOne();
    void busyMachineHasNoOtherNicNow();
    void longSilenceIsNoNic();
    void nicAfterTheLocalDiskIsAttached();
    void packetsOfANicCountForItsMachine();
    void attachingFreesTheSlot();
    void attachingInTheMiddleLeavesTheCursor();
    void ownMachineTakesTheCursor();
    void doubtGivesTheSlotBack();
    void placingAnswersTheQuestion();
    void attachedNicIsNeitherApprovedNorPlaced();
    void nicOfAnInstalledMachineIsKnown();
    void onlyWaitingMachinesAreAttached();
    void machineIsForgottenWithItsNics();
    void forgottenNicLeavesItsMachine();
    void whatWasSaidBeforeItWasHeardStays();
    void changesOfAMachineShowAtItsNics();
    void damagedOwnersArePutRight();
    void questionOfAnOlderVersionKnowsItsMachine();
};

void TestSecondNic::sameUuidIsAttached() // R18
{
    const RosterFixture f = withNic(uuidOf(1));
    QVERIFY(nic(f, 1).owner == macOf(1));
    QVERIFY(!nic(f, 1).slot);
    QVERIFY(!nic(f, 1).problem);
    QCOMPARE(f.roster.cursor(), 2);
}

void TestSecondNic::nothingJoinsALiveTicketUnasked() // R18, R41
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    f.reach(1, Stage::Done);
    QVERIFY(f.command(Rearm{macOf(1)}));
    QVERIFY(f.command(Approve{macOf(1), tokenOf(2)}));
    f.pass(9s);
    discoverNic(f, 1, uuidOf(1)); // perhaps another server of the same maker
    QVERIFY(!nic(f, 1).owner);
    QVERIFY(nic(f, 1).maybeNicOf == macOf(1));
}

void TestSecondNic::bogusUuidIsAskedAbout_data() {
    QTest::addColumn<std::optional<Uuid>>("uuid");
    QTest::newRow("absent") << std::optional<Uuid>();
    QTest::newRow("all 0") << std::optional(zeros);
    QTest::newRow("all F") << std::optional(ones());
    QTest::newRow("dummy") << std::optional(dummy);
}

void TestSecondNic::bogusUuidIsAskedAbout() // R17, R18
{
    QFETCH(std::optional<Uuid>, uuid);
    const RosterFixture f = withNic(uuid);
    QVERIFY(!nic(f, 1).owner);
    QVERIFY(!nic(f, 1).slot);
    QVERIFY(nic(f, 1).maybeNicOf == macOf(1));
    QVERIFY(asksAboutSecondNic(nic(f, 1)));
    QVERIFY(nic(f, 1).problem == (Error{ErrorCode::MaybeSecondNic, "node-01", {}}));
    QCOMPARE(f.roster.cursor(), 2);
}

void TestSecondNic::otherUuidIsAnotherMachine() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.pass(9s);
    discoverNic(f, 1, uuidOf(2));
    QCOMPARE(nic(f, 1).slot, std::optional(2));
}

void TestSecondNic::farAddressIsAnotherMachine() {
    RosterFixture f;
    f.discover(1, zeros);
    f.pass(9s);
    f.discover(2, zeros);
    QCOMPARE(f.machine(2).slot, std::optional(2));
}

// No firmware gives a NIC up so soon: they are two, whatever their UUID says, and a person should know.
void TestSecondNic::machinesOfOneMomentAreNotOne() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.pass(2s);
    f.discover(2, uuidOf(1));
    QVERIFY(!f.machine(2).owner);
    QVERIFY(f.machine(2).maybeNicOf == macOf(1));
    discoverNic(f, 1); // no UUID: nothing speaks for it
    QCOMPARE(nic(f, 1).slot, std::optional(2));
}

void TestSecondNic::busyMachineHasNoOtherNicNow() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.discover(3);
    f.reach(1, Stage::Parked);
    f.reach(3, Stage::Parked);
    f.pass(30s);
    f.discover(2, uuidOf(1));
    QVERIFY(f.machine(2).maybeNicOf == macOf(1));
    discoverNic(f, 3);
    QCOMPARE(nic(f, 3).slot, std::optional(3));
}

void TestSecondNic::longSilenceIsNoNic() {
    RosterFixture f;
    f.discover(1);
    f.pass(mostWait + 1s);
    discoverNic(f, 1);
    QCOMPARE(nic(f, 1).slot, std::optional(2));
}

void TestSecondNic::nicAfterTheLocalDiskIsAttached() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.pass(30s);
    f.reach(1, Stage::LocalBoot);
    f.pass(5s);
    discoverNic(f, 1, uuidOf(1));
    QVERIFY(nic(f, 1).owner == macOf(1));
}

void TestSecondNic::packetsOfANicCountForItsMachine() {
    RosterFixture f = withNic(uuidOf(1));
    QCOMPARE(f.machine(1).discovers, 2U);
    QCOMPARE(f.machine(1).boots, 1U); // the same power-on
    const auto changes = f.roster.apply(Reached{nicOf(1), Stage::Loader, 700}, f.now());
    QCOMPARE(changes.steps.size(), std::size_t{1});
    QCOMPARE(changes.steps.front().mac, macOf(1));
    QCOMPARE(f.machine(1).stage, Stage::Loader);
    QCOMPARE(f.machine(1).bytesServed, std::uint64_t{700});
    QCOMPARE(nic(f, 1).stage, Stage::Seen);
    f.pass(1min);
    discoverNic(f, 1, uuidOf(1)); // it boots again, from this NIC
    QCOMPARE(f.machine(1).boots, 2U);
    QCOMPARE(f.machine(1).stage, Stage::Seen);
    f.roster.apply(Diagnosed{nicOf(1), Error{ErrorCode::Other, "No loader", {}}}, f.now());
    QCOMPARE(message(*f.machine(1).problem), std::string("No loader."));
}

void TestSecondNic::attachingFreesTheSlot() {
    RosterFixture f;
    f.discover(1);
    f.pass(1min);
    f.discover(2); // no hint: it is taken for a machine
    QVERIFY(f.command(AttachNic{macOf(2), macOf(1)}));
    QVERIFY(f.machine(2).owner == macOf(1));
    QVERIFY(!f.machine(2).slot);
    QCOMPARE(f.roster.cursor(), 2); // the next machine stands there
    QVERIFY(f.command(AttachNic{macOf(2), macOf(1)})->isEmpty());
}

void TestSecondNic::attachingInTheMiddleLeavesTheCursor() {
    RosterFixture f;
    for (unsigned number = 1; number <= 3; ++number)
        f.discover(number, uuidOf(static_cast<std::uint8_t>(number)));
    QVERIFY(f.command(Place{macOf(3), 9}));
    QVERIFY(f.command(AttachNic{macOf(1), macOf(3)}));
    QCOMPARE(f.roster.cursor(), 4);
    QVERIFY(!f.roster.findBySlot(1));
}

void TestSecondNic::ownMachineTakesTheCursor() {
    for (const auto& uuid : {std::optional(uuidOf(1)), std::optional<Uuid>()}) {
        RosterFixture f = withNic(uuid);
        QVERIFY(f.command(OwnMachine{nicOf(1)}));
        QVERIFY(!nic(f, 1).owner && !nic(f, 1).maybeNicOf && !nic(f, 1).problem);
        QCOMPARE(nic(f, 1).slot, std::optional(2));
        QVERIFY(f.command(OwnMachine{nicOf(1)})->isEmpty());
        f.pass(1min);
        discoverNic(f, 1, uuid);
        QVERIFY(!nic(f, 1).owner); // it was said
        QCOMPARE(f.machine(1).discovers, uuid ? 2U : 1U);
    }
}

void TestSecondNic::doubtGivesTheSlotBack() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.discover(2, uuidOf(2));
    QVERIFY(f.command(DoubtNic{macOf(2), macOf(1)}));
    QVERIFY(!f.machine(2).slot);
    QVERIFY(asksAboutSecondNic(f.machine(2)));
    QCOMPARE(f.roster.cursor(), 2);
    QVERIFY(f.command(DoubtNic{macOf(2), macOf(1)})->isEmpty());
}

void TestSecondNic::placingAnswersTheQuestion() {
    RosterFixture f = withNic(zeros);
    QVERIFY(f.command(Place{nicOf(1), 7}));
    QVERIFY(!nic(f, 1).maybeNicOf && !nic(f, 1).problem);
}

void TestSecondNic::attachedNicIsNeitherApprovedNorPlaced() {
    RosterFixture f = withNic(uuidOf(1));
    QCOMPARE(refusal(f, Approve{nicOf(1), tokenOf(1)}), ErrorCode::NotAllowed);
    QCOMPARE(message(f.command(Approve{nicOf(1), tokenOf(1)}).error()),
             "Approving " + nicOf(1).toString() +
                 " is not possible: it is a NIC of node-01; approve that one.");
    QCOMPARE(refusal(f, Place{nicOf(1), 5}), ErrorCode::NotAllowed);
    QCOMPARE(refusal(f, Plan{nicOf(1), 5, {}}), ErrorCode::NotAllowed);
    QCOMPARE(refusal(f, Swap{nicOf(1), macOf(1)}), ErrorCode::NotAllowed);
}

// Its disk is that of the machine: nothing may be installed over it by another card.
void TestSecondNic::nicOfAnInstalledMachineIsKnown() {
    RosterFixture f;
    f.install(1);
    f.pass(1min);
    discoverNic(f, 1, zeros);
    QVERIFY(nic(f, 1).maybeNicOf == macOf(1));
    QCOMPARE(f.roster.installedTwin(nic(f, 1)), &f.machine(1));
    QVERIFY(f.command(AttachNic{nicOf(1), macOf(1)}));
    QCOMPARE(f.roster.installedTwin(nic(f, 1)), &f.machine(1));
}

void TestSecondNic::onlyWaitingMachinesAreAttached() {
    RosterFixture f = withNic(uuidOf(1));
    f.discover(2, uuidOf(2));
    f.discover(3, uuidOf(3));
    QCOMPARE(refusal(f, AttachNic{macOf(2), macOf(2)}), ErrorCode::Duplicate);
    QCOMPARE(refusal(f, AttachNic{macOf(2), macOf(9)}), ErrorCode::UnknownMachine);
    QCOMPARE(refusal(f, AttachNic{macOf(2), nicOf(1)}), ErrorCode::NotAllowed); // that is a NIC
    QCOMPARE(refusal(f, AttachNic{macOf(1), macOf(2)}), ErrorCode::NotAllowed); // it has one
    QVERIFY(f.approve(2));
    QCOMPARE(refusal(f, AttachNic{macOf(2), macOf(1)}), ErrorCode::NotAllowed);
    QCOMPARE(refusal(f, DoubtNic{macOf(2), macOf(1)}), ErrorCode::NotAllowed);
    QVERIFY(f.command(Refuse{macOf(3)}));
    QCOMPARE(refusal(f, AttachNic{macOf(3), macOf(1)}), ErrorCode::NotAllowed);
}

void TestSecondNic::machineIsForgottenWithItsNics() {
    RosterFixture f = withNic(uuidOf(1));
    const auto changes = f.command(Forget{macOf(1)});
    QVERIFY(changes);
    QCOMPARE(changes->removed, (std::vector{macOf(1), nicOf(1)}));
    QVERIFY(f.roster.machines().empty());
    discoverNic(f, 1, uuidOf(1));
    QVERIFY(nic(f, 1).slot);
}

void TestSecondNic::forgottenNicLeavesItsMachine() {
    RosterFixture f = withNic(uuidOf(1));
    QVERIFY(f.command(Forget{nicOf(1)}));
    QCOMPARE(f.roster.machines().size(), std::size_t{1});
    f.discover(1, uuidOf(1));
    discoverNic(f, 1, uuidOf(1));
    QVERIFY(nic(f, 1).owner == macOf(1)); // and is found again
}

void TestSecondNic::whatWasSaidBeforeItWasHeardStays() {
    RosterFixture f;
    f.discover(1, uuidOf(1));
    for (const unsigned number : {2U, 3U, 4U})
        QVERIFY(f.command(Plan{macOf(number), std::nullopt, {}}));
    QVERIFY(f.command(AttachNic{macOf(2), macOf(1)}));
    QVERIFY(f.command(DoubtNic{macOf(3), macOf(1)}));
    QVERIFY(f.approve(4));
    f.pass(9s);
    f.discover(2);
    QVERIFY(f.machine(2).owner == macOf(1) && !f.machine(2).slot);
    f.discover(3);
    QVERIFY(f.machine(3).maybeNicOf == macOf(1) && !f.machine(3).slot);
    f.discover(4, uuidOf(1)); // approved as a machine: asked about, not attached
    QVERIFY(!f.machine(4).owner && f.machine(4).maybeNicOf == macOf(1));
}

void TestSecondNic::changesOfAMachineShowAtItsNics() {
    RosterFixture f = withNic(uuidOf(1));
    QCOMPARE(f.reach(1, Stage::Loader).updated, (std::vector{macOf(1), nicOf(1)}));
    QCOMPARE(f.command(Refuse{macOf(1)})->updated, (std::vector{macOf(1), nicOf(1)}));
}

void TestSecondNic::damagedOwnersArePutRight() {
    RosterState state;
    for (unsigned number = 1; number <= 4; ++number) {
        state.machines.emplace_back(macOf(number));
        state.machines.back().slot = static_cast<int>(number);
    }
    state.machines[0].owner = macOf(1);
    state.machines[1].owner = macOf(99);
    state.machines[2].owner = macOf(1);
    const Roster roster(state);
    QVERIFY(!roster.find(macOf(1))->owner && !roster.find(macOf(2))->owner);
    QVERIFY(roster.find(macOf(3))->owner == macOf(1));
    QVERIFY(!roster.findBySlot(3));
    QCOMPARE(roster.machineOfNic(macOf(3)), roster.find(macOf(1)));
}

void TestSecondNic::questionOfAnOlderVersionKnowsItsMachine() {
    RosterFixture f;
    f.install(1);
    RosterState state = f.roster.state();
    state.machines[0].uuid = uuidOf(1);
    Machine asked(macOf(2));
    asked.uuid = uuidOf(1);
    asked.firstSeen = f.now();
    asked.problem = Error{ErrorCode::MaybeSecondNic, "node-01", {}};
    state.machines.push_back(asked);
    const Roster roster(state);
    QVERIFY(roster.find(macOf(2))->maybeNicOf == macOf(1));
    QCOMPARE(roster.installedTwin(*roster.find(macOf(2))), roster.find(macOf(1)));
}

QTEST_GUILESS_MAIN(TestSecondNic)
#include "tst_SecondNic.moc"
