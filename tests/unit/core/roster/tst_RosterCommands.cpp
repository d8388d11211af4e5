#include "core/roster/Roster.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

/// The code of a command that must fail, and must change nothing.
std::optional<ErrorCode> refusal(RosterFixture& f, const Command& command) {
    const RosterState before = f.roster.state();
    const auto result = f.command(command);
    const RosterState after = f.roster.state();
    const bool isUnchanged =
        before.machines == after.machines && before.cursor == after.cursor && before.layout == after.layout;
    if (result || !isUnchanged)
        return std::nullopt;
    return result.error().code;
}

bool changesNothing(RosterFixture& f, const Command& command) {
    const auto result = f.command(command);
    return result && result->isEmpty();
}

Assignment named(std::string hostname) {
    Assignment assigned;
    assigned.hostname = std::move(hostname);
    return assigned;
}

Assignment addressed(Ipv4Address address) {
    Assignment assigned;
    assigned.address = address;
    return assigned;
}

RosterFixture withMachines(unsigned count) {
    RosterFixture f;
    for (unsigned number = 1; number <= count; ++number)
        f.discover(number);
    return f;
}

} // namespace

class TestRosterCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commandsNeedAKnownMachine();
    void approvalMintsATicket();
    void secondApprovalChangesNothing();
    void finishedMachineIsNotApproved();
    void refusedMachineIsNotApproved();
    void ticketsAreUniqueAndWellFormed();
    void unusedTicketsAreRenewed();
    void aUsedUpTicketNeedsAnotherApproval();
    void anotherMenuEntryTakesAnUnusedApprovalBack();
    void entriesAreWithdrawnUntilTheyRun();
    void startedEntriesNeedRearming();
    void approvalAnswersTheSecondNicQuestion();
    void secondNicOfAnInstalledMachineIsNotApproved();
    void anotherChoiceCountsUntilTheAnswerFileIsFetched();
    void approvalCanBeWithdrawnBeforeTheAnswerFile();
    void approvalStaysOnceTheAnswerFileIsFetched();
    void refusalVoidsTheTicketAndKeepsTheSlot();
    void forgottenMachineLeavesNothing();
    void forgettingNeverMovesTheCursor();
    void rearmingLetsAFinishedMachineWait();
    void rearmingTakesARefusalBack();
    void hostNamesMustBeValidAndUnique();
    void addressesMustBeUnique();
    void manyChangeNamesAmongEachOther();
    void assigningManyIsAllOrNothing();
    void machineMayKeepItsOwnComputedName();
    void kernelArgumentsAreOneLine();
    void onlyServedBootFilesAreTaken();
    void onlyWholeDhcpOptionsAreTaken();
    void takenSlotIsRefused();
    void placingMovesNamesAndCursor();
    void placingASecondNicAnswersTheQuestion();
    void slotsHaveLimits();
    void swapGoesThroughAnUnplacedMachine();
    void planMakesAMachineBeforeItIsSeen();
    void planUpdatesAnExistingMachine();
    void planIsCheckedLikeTyping();
    void layoutIsChecked();
    void layoutNeverShrinksBelowTheLastMachine();
    void cursorGoesToFreeSlotsOnly();
    void commandsTellTheirMachine();
};

void TestRosterCommands::commandsNeedAKnownMachine() {
    RosterFixture f;
    const MacAddress mac = macOf(1);
    const std::vector<Command> commands{
        Approve{mac, tokenOf(1)}, Renew{mac, tokenOf(1)}, Withdraw{mac}, Refuse{mac}, Forget{mac}, Rearm{mac},
        Assign{mac, {}},          Place{mac, 1}};
    for (const Command& command : commands) {
        const auto result = f.command(command);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::UnknownMachine);
        QCOMPARE(result.error().subject, mac.toString());
    }
}

void TestRosterCommands::approvalMintsATicket() {
    RosterFixture f = withMachines(1);
    f.pass(3s);
    const auto changes = f.approve(1);
    QVERIFY(changes);
    QCOMPARE(changes->updated, std::vector{macOf(1)});
    QCOMPARE(f.machine(1).approval, Approval::Approved);
    QVERIFY(f.machine(1).ticket == (Ticket{tokenOf(1), at(3s), false, false}));
    QCOMPARE(f.roster.findByTicket(tokenOf(1)), &f.machine(1));
    QCOMPARE(f.roster.findByTicket(tokenOf(2)), nullptr);
}

void TestRosterCommands::secondApprovalChangesNothing() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.approve(1));
    QVERIFY(changesNothing(f, Approve{macOf(1), tokenOf(99)}));
    QCOMPARE(f.machine(1).ticket->token, tokenOf(1));
}

void TestRosterCommands::finishedMachineIsNotApproved() // R42
{
    RosterFixture f;
    f.install(1);
    QCOMPARE(refusal(f, Approve{macOf(1), tokenOf(2)}), ErrorCode::NotAllowed);
    const auto result = f.command(Approve{macOf(1), tokenOf(2)});
    QCOMPARE(message(result.error()),
             std::string("Approving node-01 is not possible: it is finished; re-arm it first."));
}

void TestRosterCommands::refusedMachineIsNotApproved() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Refuse{macOf(1)}));
    QCOMPARE(refusal(f, Approve{macOf(1), tokenOf(1)}), ErrorCode::NotAllowed);
}

void TestRosterCommands::ticketsAreUniqueAndWellFormed() // R41
{
    RosterFixture f = withMachines(2);
    QVERIFY(f.approve(1));
    QCOMPARE(refusal(f, Approve{macOf(2), tokenOf(1)}), ErrorCode::Duplicate);
    QCOMPARE(refusal(f, Approve{macOf(2), ""}), ErrorCode::Malformed);
    QCOMPARE(refusal(f, Approve{macOf(2), std::string(31, 'a')}), ErrorCode::Malformed);
    QCOMPARE(refusal(f, Approve{macOf(2), std::string(32, 'g')}), ErrorCode::Malformed);
}

// Approving it would wipe the machine that its other card installed.
void TestRosterCommands::secondNicOfAnInstalledMachineIsNotApproved() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    f.discover(2, uuidOf(1));
    QCOMPARE(refusal(f, Approve{macOf(2), tokenOf(2)}), ErrorCode::NotAllowed); // it is being installed
    f.reach(1, Stage::Done);
    QCOMPARE(refusal(f, Approve{macOf(2), tokenOf(2)}), ErrorCode::NotAllowed); // it is installed
    QCOMPARE(f.roster.installedTwin(f.machine(2)), &f.machine(1));

    QVERIFY(f.command(Place{macOf(2), 9})); // the operator says that it is another machine
    QVERIFY(f.approve(2));
}

void TestRosterCommands::anotherChoiceCountsUntilTheAnswerFileIsFetched() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), "image", "profile"}));
    Assignment other;
    other.profile = "other";
    QVERIFY(f.command(Assign{macOf(1), other}));
    QCOMPARE(f.machine(1).ticket->imageId, std::string("image"));
    QCOMPARE(f.machine(1).ticket->profile, std::string());

    RosterFixture g = withMachines(1);
    QVERIFY(g.command(Approve{macOf(1), tokenOf(1), "image", "profile"}));
    g.reach(1, Stage::Kickstart);
    other.imageId = "other";
    QVERIFY(g.command(Assign{macOf(1), other}));
    QCOMPARE(g.machine(1).ticket->imageId, std::string("image"));
    QCOMPARE(g.machine(1).ticket->profile, std::string("profile"));
}

void TestRosterCommands::anotherMenuEntryTakesAnUnusedApprovalBack() {
    Assignment rescue;
    rescue.menuEntry = "Rescue";
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Assign{macOf(1), rescue}));
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), "image", {}, "Rescue"}));
    QCOMPARE(f.machine(1).ticket->menuEntry, std::string("Rescue"));
    QVERIFY(f.command(Assign{macOf(1), Assignment()})); // install: that was not approved
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QVERIFY(!f.machine(1).ticket);

    QVERIFY(f.approve(1)); // the other way round
    QVERIFY(f.command(Assign{macOf(1), rescue}));
    QVERIFY(!f.machine(1).ticket);

    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), "image", {}, "Rescue"}));
    Assignment elsewhere = rescue;
    elsewhere.imageId = "other";
    QVERIFY(f.command(Assign{macOf(1), elsewhere})); // an entry of the same title does something else there
    QVERIFY(!f.machine(1).ticket);

    QVERIFY(f.command(Assign{macOf(1), Assignment()}));
    QVERIFY(f.approve(1)); // an installer that runs is not stopped by it
    f.reach(1, Stage::Kickstart);
    QVERIFY(f.command(Assign{macOf(1), rescue}));
    QCOMPARE(f.machine(1).ticket->menuEntry, std::string());
    QCOMPARE(f.machine(1).approval, Approval::Approved);
}

void TestRosterCommands::unusedTicketsAreRenewed() { // R41 (part)
    RosterFixture f = withMachines(2);
    QVERIFY(f.command(Renew{macOf(1), tokenOf(7)}));
    QVERIFY(!f.machine(1).ticket); // never an approval
    QVERIFY(f.approve(1));
    QVERIFY(f.approve(2));
    f.pass(5h);
    QVERIFY(f.command(Renew{macOf(1), tokenOf(7)}));
    QCOMPARE(f.machine(1).ticket->token, tokenOf(7));
    QVERIFY(f.machine(1).ticket->minted == f.now());
    QCOMPARE(refusal(f, Renew{macOf(1), "short"}), ErrorCode::Malformed);
    QCOMPARE(refusal(f, Renew{macOf(2), tokenOf(7)}), ErrorCode::Duplicate);
    f.reach(1, Stage::Kickstart);
    QVERIFY(f.command(Renew{macOf(1), tokenOf(8)}));
    QCOMPARE(f.machine(1).ticket->token, tokenOf(7)); // its installer reports under it
}

void TestRosterCommands::aUsedUpTicketNeedsAnotherApproval() { // R41 (part)
    RosterFixture f = withMachines(1);
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    f.pass(5h);
    f.discover(1);
    QCOMPARE(f.machine(1).approval, Approval::Approved); // an installation that was broken off
    f.reach(1, Stage::Kickstart);
    f.pass(2h);
    f.discover(1);
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QVERIFY(!f.machine(1).ticket && f.machine(1).problem);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(9)}));
}

void TestRosterCommands::entriesAreWithdrawnUntilTheyRun() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), {}, {}, "Rescue"}));
    f.reach(1, Stage::Kernel);
    QVERIFY(f.command(Withdraw{macOf(1)}));
    QVERIFY(!f.machine(1).ticket);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), {}, {}, "Rescue"}));
    f.roster.apply(Reached{macOf(1), Stage::Initrd, 1, true}, f.now());
    QCOMPARE(refusal(f, Withdraw{macOf(1)}), ErrorCode::NotAllowed);
}

void TestRosterCommands::startedEntriesNeedRearming() // R42
{
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(1), {}, {}, "Rescue"}));
    f.reach(1, Stage::Kernel);
    f.roster.apply(Reached{macOf(1), Stage::Initrd, 1, true}, f.now());
    f.pass(1min);
    f.discover(1); // powered on again
    QCOMPARE(stateOf(f.machine(1)), MachineState::CameBack);
    QCOMPARE(refusal(f, Approve{macOf(1), tokenOf(2)}), ErrorCode::NotAllowed);
    QVERIFY(f.command(Rearm{macOf(1)}));
    QVERIFY(!f.machine(1).isDone);
    QVERIFY(f.approve(1));
}

void TestRosterCommands::approvalAnswersTheSecondNicQuestion() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.discover(2, uuidOf(1));
    QVERIFY(f.approve(2));
    QVERIFY(!f.machine(2).problem);
}

void TestRosterCommands::approvalCanBeWithdrawnBeforeTheAnswerFile() {
    RosterFixture f = withMachines(1);
    QVERIFY(changesNothing(f, Withdraw{macOf(1)}));
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Initrd);
    QVERIFY(f.command(Withdraw{macOf(1)}));
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QVERIFY(!f.machine(1).ticket);
}

void TestRosterCommands::approvalStaysOnceTheAnswerFileIsFetched() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.approve(1));
    f.reach(1, Stage::Kickstart);
    QCOMPARE(refusal(f, Withdraw{macOf(1)}), ErrorCode::NotAllowed);
}

void TestRosterCommands::refusalVoidsTheTicketAndKeepsTheSlot() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.approve(1));
    QVERIFY(f.command(Refuse{macOf(1)}));
    QCOMPARE(f.machine(1).approval, Approval::Refused);
    QVERIFY(!f.machine(1).ticket);
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QVERIFY(changesNothing(f, Refuse{macOf(1)}));
}

void TestRosterCommands::forgottenMachineLeavesNothing() {
    RosterFixture f = withMachines(2);
    QVERIFY(f.command(Assign{macOf(1), named("storage")}));
    const auto changes = f.command(Forget{macOf(1)});
    QVERIFY(changes);
    QCOMPARE(changes->removed, std::vector{macOf(1)});
    QVERIFY(!f.roster.find(macOf(1)));
    QVERIFY(!f.roster.findBySlot(1));
    QVERIFY(f.command(Assign{macOf(2), named("storage")})); // the name is free again
    QCOMPARE(f.discover(1).added, std::vector{macOf(1)});
    QCOMPARE(f.machine(1).slot, std::optional(3));
    QCOMPARE(f.machine(1).boots, 1U);
}

void TestRosterCommands::forgettingNeverMovesTheCursor() {
    RosterFixture f = withMachines(3);
    QVERIFY(f.command(Forget{macOf(2)}));
    QCOMPARE(f.roster.cursor(), 4); // holes are filled by a deliberate act only
}

void TestRosterCommands::rearmingLetsAFinishedMachineWait() {
    RosterFixture f;
    f.install(1);
    QVERIFY(f.command(Rearm{macOf(1)}));
    QVERIFY(!f.machine(1).isDone);
    QVERIFY(!f.machine(1).ticket);
    QCOMPARE(stateOf(f.machine(1)), MachineState::Waiting);
    QVERIFY(changesNothing(f, Rearm{macOf(1)}));
    QVERIFY(f.command(Approve{macOf(1), tokenOf(2)}));
}

void TestRosterCommands::rearmingTakesARefusalBack() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Refuse{macOf(1)}));
    QVERIFY(f.command(Rearm{macOf(1)}));
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
}

void TestRosterCommands::hostNamesMustBeValidAndUnique() {
    RosterFixture f = withMachines(3);
    QCOMPARE(refusal(f, Assign{macOf(1), named("bad_name")}), ErrorCode::BadName);
    QCOMPARE(refusal(f, Assign{macOf(1), named("NODE-02")}), ErrorCode::Duplicate); // computed for slot 2
    QVERIFY(f.command(Assign{macOf(2), named("storage")}));
    QCOMPARE(refusal(f, Assign{macOf(1), named("Storage")}), ErrorCode::Duplicate);
    QVERIFY(f.command(Assign{macOf(1), named("node-02")})); // nobody has it any more
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("node-02"));
    const auto result = f.command(Assign{macOf(3), named("storage")});
    QCOMPARE(message(result.error()), std::string("storage is already used by storage."));
}

void TestRosterCommands::addressesMustBeUnique() {
    RosterFixture f = withMachines(2);
    RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 11);
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(refusal(f, Assign{macOf(1), addressed(Ipv4Address(10, 0, 0, 12))}), ErrorCode::Duplicate);
    QVERIFY(f.command(Assign{macOf(2), addressed(Ipv4Address(10, 0, 0, 99))}));
    QCOMPARE(refusal(f, Assign{macOf(1), addressed(Ipv4Address(10, 0, 0, 99))}), ErrorCode::Duplicate);
    QVERIFY(f.command(Assign{macOf(1), addressed(Ipv4Address(10, 0, 0, 12))}));
}

void TestRosterCommands::manyChangeNamesAmongEachOther() {
    RosterFixture f = withMachines(3);
    const auto wanted = [](const char* name, std::uint8_t last) {
        Assignment assigned = named(name);
        assigned.address = Ipv4Address(10, 0, 0, last);
        return assigned;
    };
    // Round in a ring, over names that the slots give and a free one.
    const auto changes = f.command(AssignMany{
        {{macOf(1), wanted("node-02", 12)}, {macOf(2), wanted("storage", 99)}, {macOf(3), Assignment()}}});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (std::vector{macOf(1), macOf(2)})); // the third was so before
    QVERIFY(f.command(AssignMany{{{macOf(2), wanted("node-02", 12)}, {macOf(1), wanted("storage", 99)}}}));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("storage"));
    QCOMPARE(f.roster.hostnameOf(f.machine(2)), std::string("node-02"));
    QVERIFY(f.command(AssignMany{{{macOf(1), Assignment()}, {macOf(2), Assignment()}}}));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("node-01"));
}

void TestRosterCommands::assigningManyIsAllOrNothing() {
    RosterFixture f = withMachines(3);
    QVERIFY(f.command(Assign{macOf(3), named("storage")}));
    const auto both = [](const char* first, const char* second) {
        return AssignMany{{{macOf(1), named(first)}, {macOf(2), named(second)}}};
    };
    QCOMPARE(refusal(f, both("a", "Storage")), ErrorCode::Duplicate); // pinned
    QCOMPARE(refusal(f, both("a", "A")), ErrorCode::Duplicate);       // by each other
    QVERIFY(f.command(both("a", "node-01")));
    QCOMPARE(refusal(f, both("b", "-")), ErrorCode::BadName);
    QCOMPARE(refusal(f, AssignMany{{{macOf(1), named("b")}, {macOf(1), named("c")}}}), ErrorCode::Duplicate);
    QCOMPARE(refusal(f, AssignMany{{{macOf(1), named("b")}, {macOf(9), named("c")}}}),
             ErrorCode::UnknownMachine);
}

void TestRosterCommands::machineMayKeepItsOwnComputedName() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Assign{macOf(1), named("node-01")}));
    QVERIFY(changesNothing(f, Assign{macOf(1), named("node-01")}));
}

void TestRosterCommands::kernelArgumentsAreOneLine() {
    RosterFixture f = withMachines(1);
    Assignment assigned;
    assigned.kernelArguments = "console=ttyS0,115200 quiet";
    QVERIFY(f.command(Assign{macOf(1), assigned}));
    for (const char separator : {'\n', '\r', '\0', '\x7f'}) {
        assigned.kernelArguments = std::string("quiet") + separator + "kernel evil";
        QCOMPARE(refusal(f, Assign{macOf(1), assigned}), ErrorCode::Malformed);
    }
}

void TestRosterCommands::onlyServedBootFilesAreTaken() {
    RosterFixture f = withMachines(1);
    Assignment assigned;
    assigned.bootFile = "boot.ipxe";
    QVERIFY(f.command(Assign{macOf(1), assigned}));
    assigned.bootFile = "../../etc/shadow";
    QCOMPARE(refusal(f, Assign{macOf(1), assigned}), ErrorCode::Malformed);
}

void TestRosterCommands::onlyWholeDhcpOptionsAreTaken() {
    RosterFixture f = withMachines(1);
    Assignment assigned;
    assigned.dhcpOptions = "42=192.168.0.1;3=";
    QVERIFY(f.command(Assign{macOf(1), assigned}));
    for (const char* const wrong : {"54=10.0.0.1", "42=", "42=x"}) {
        assigned.dhcpOptions = std::string("42=192.168.0.1;") + wrong;
        QCOMPARE(refusal(f, Assign{macOf(1), assigned}), ErrorCode::Malformed);
    }
}

void TestRosterCommands::takenSlotIsRefused() {
    RosterFixture f = withMachines(2);
    QCOMPARE(refusal(f, Place{macOf(2), 1}), ErrorCode::SlotTaken);
    const auto result = f.command(Place{macOf(2), 1});
    QCOMPARE(message(result.error()), std::string("Slot 1 is taken by node-01."));
    QVERIFY(changesNothing(f, Place{macOf(2), 2}));
}

void TestRosterCommands::placingMovesNamesAndCursor() {
    RosterFixture f = withMachines(1);
    QVERIFY(f.command(Place{macOf(1), 2})); // where the cursor was
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("node-02"));
    QCOMPARE(f.roster.cursor(), 3);
    QVERIFY(!f.roster.findBySlot(1));
    QVERIFY(f.command(Place{macOf(1), 50}));
    QCOMPARE(f.roster.layout().slotCount, 50);
}

void TestRosterCommands::placingASecondNicAnswersTheQuestion() // R18
{
    RosterFixture f;
    f.discover(1, uuidOf(1));
    f.discover(2, uuidOf(1));
    QVERIFY(f.command(Place{macOf(2), 2}));
    QVERIFY(!f.machine(2).problem);
    f.roster.apply(Diagnosed{macOf(2), Error{ErrorCode::Other, "No loader", {}}}, f.now());
    QVERIFY(f.command(Place{macOf(2), 3}));
    QVERIFY(f.machine(2).problem); // only the question is answered
}

void TestRosterCommands::slotsHaveLimits() {
    RosterFixture f = withMachines(1);
    for (const int slot : {-1, 0, maximumSlot + 1, 2'147'483'647}) {
        QCOMPARE(refusal(f, Place{macOf(1), slot}), ErrorCode::Malformed);
        QCOMPARE(refusal(f, MoveCursor{slot}), ErrorCode::Malformed);
        QCOMPARE(refusal(f, Plan{macOf(2), slot, {}}), ErrorCode::Malformed);
    }
}

void TestRosterCommands::swapGoesThroughAnUnplacedMachine() {
    RosterFixture f = withMachines(2);
    QVERIFY(f.command(Place{macOf(1), std::nullopt}));
    QVERIFY(f.command(Place{macOf(2), 1}));
    QVERIFY(f.command(Place{macOf(1), 2}));
    QCOMPARE(f.roster.hostnameOf(f.machine(2)), std::string("node-01"));
    QCOMPARE(f.roster.hostnameOf(f.machine(1)), std::string("node-02"));
}

void TestRosterCommands::planMakesAMachineBeforeItIsSeen() {
    RosterFixture f;
    const auto changes = f.command(Plan{macOf(1), 1, named("storage")});
    QVERIFY(changes);
    QCOMPARE(changes->added, std::vector{macOf(1)});
    QVERIFY(changes->layout); // slot 1 was the cursor's
    QCOMPARE(f.roster.cursor(), 2);
    QVERIFY(!f.machine(1).firstSeen);
    QCOMPARE(f.machine(1).boots, 0U);
    QVERIFY(changesNothing(f, Plan{macOf(1), 1, named("storage")}));
}

void TestRosterCommands::planUpdatesAnExistingMachine() {
    RosterFixture f = withMachines(1);
    Assignment typed = named("storage");
    typed.kernelArguments = "quiet";
    typed.bootFile = "boot.ipxe";
    typed.dhcpOptions = "42=192.168.0.1";
    QVERIFY(f.command(Assign{macOf(1), typed}));
    const auto changes = f.command(Plan{macOf(1), std::nullopt, named("database")});
    QVERIFY(changes);
    QCOMPARE(changes->updated, std::vector{macOf(1)});
    QCOMPARE(f.machine(1).slot, std::optional(1));
    typed.hostname = "database"; // what a plan file cannot name stays
    QVERIFY(f.machine(1).assigned == typed);
    QVERIFY(f.command(Plan{macOf(1), 9, named("database")}));
    QCOMPARE(f.machine(1).slot, std::optional(9));
}

void TestRosterCommands::planIsCheckedLikeTyping() {
    RosterFixture f = withMachines(2);
    QCOMPARE(refusal(f, Plan{macOf(3), 1, {}}), ErrorCode::SlotTaken);
    QCOMPARE(refusal(f, Plan{macOf(3), 3, named("node-01")}), ErrorCode::Duplicate);
    QCOMPARE(refusal(f, Plan{macOf(3), 3, named("a b")}), ErrorCode::BadName);
    QCOMPARE(refusal(f, Plan{MacAddress({}), 3, {}}), ErrorCode::BadAddress);
}

void TestRosterCommands::layoutIsChecked() {
    RosterFixture f;
    RackLayout layout;
    layout.namePattern = "node";
    QCOMPARE(refusal(f, SetLayout{layout}), ErrorCode::Malformed);
    layout.namePattern = "n_{slot}";
    QCOMPARE(refusal(f, SetLayout{layout}), ErrorCode::BadName);
    layout.namePattern = "n{slot}";
    layout.slotCount = 1000;
    QCOMPARE(refusal(f, SetLayout{layout}), ErrorCode::Malformed);
    layout.slotCount = 12;
    QVERIFY(f.command(SetLayout{layout})->layout);
    QVERIFY(changesNothing(f, SetLayout{layout}));
}

void TestRosterCommands::layoutNeverShrinksBelowTheLastMachine() {
    RosterFixture f = withMachines(5);
    RackLayout layout;
    layout.slotCount = 2;
    QVERIFY(f.command(SetLayout{layout}));
    QCOMPARE(f.roster.layout().slotCount, 5);
}

void TestRosterCommands::cursorGoesToFreeSlotsOnly() {
    RosterFixture f = withMachines(2);
    QCOMPARE(refusal(f, MoveCursor{2}), ErrorCode::SlotTaken);
    QVERIFY(f.command(MoveCursor{7})->layout);
    f.discover(3);
    QCOMPARE(f.machine(3).slot, std::optional(7));
    QCOMPARE(f.roster.cursor(), 8);
    QVERIFY(changesNothing(f, MoveCursor{8}));
}

void TestRosterCommands::commandsTellTheirMachine() {
    QVERIFY(machineOf(Forget{macOf(1)}) == macOf(1));
    QVERIFY(machineOf(Plan{macOf(2), 1, {}}) == macOf(2));
    QVERIFY(!machineOf(MoveCursor{1}));
    QVERIFY(!machineOf(SetLayout{}));
}

QTEST_GUILESS_MAIN(TestRosterCommands)
#include "tst_RosterCommands.moc"
