#include "core/roster/BootProgress.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

Machine machineAt(Stage stage, WallTime since = at(0s)) {
    Machine machine(macOf(1));
    machine.firstSeen = at(0s);
    machine.boots = 1;
    machine.stage = stage;
    machine.stageSince = since;
    return machine;
}

Discovered discoverAt(WallTime time, bool isLoader = false) {
    return {macOf(1), time, "bios", std::nullopt, isLoader};
}

Reached reached(Stage stage, std::uint64_t bytes = 0) {
    return {macOf(1), stage, bytes};
}

} // namespace

class TestBootProgress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstDiscoverBeginsTheFirstBoot();
    void retryBeforeTheLoaderIsTheSameBoot();
    void discoverTenSecondsAfterAStageIsANewBoot();
    void servedLoaderThatAsksIsTheSameBoot();
    void machineWithIpxeFirmwareBootsAgain();
    void lateReportIsTheSameBoot();
    void discoverSoonAfterTheEndIsANewBoot();
    void clockSetBackDoesNotHideABoot();
    void newBootKeepsWhatWasDecided();
    void stageOnlyMovesForward();
    void parkedMachineGoesOnToItsConfiguration();
    void localBootIsReachedFromEveryStage();
    void servedBytesAddUpInEveryStage();
    void answerFileMarksTheTicket();
    void answerFileIsGivenFiveTimes();
    void answerFileIsGivenForSixHours();
    void completionSpendsTheTicketOnce();
    void completionWithoutTicketMeansNothing();
    void lastFileSpendsTheTicketOfAnEntry();
    void completionOfAnEntryMeansNothing();
    void entryThatMayHaveRunIsMistrusted();
    void packagesCountFromTheAnswerFile();
    void addressOfAnUnseenMachineIsNoStage();
    void earlierReportOfTheFirstPacketWins();
    void clockSetBackDoesNotReorder();
    void betterUuidReplacesADummy();
    void servedLoaderDoesNotChangeTheFirmware();
};

void TestBootProgress::firstDiscoverBeginsTheFirstBoot() {
    QVERIFY(beginsBoot(Machine(macOf(1)), discoverAt(at(0s))));
    QVERIFY(beginsBoot(Machine(macOf(1)), discoverAt(at(0s), true)));
}

void TestBootProgress::retryBeforeTheLoaderIsTheSameBoot() {
    for (const Stage stage : {Stage::Seen, Stage::Offered, Stage::Leased})
        QVERIFY(!beginsBoot(machineAt(stage), discoverAt(at(1h))));
}

void TestBootProgress::discoverTenSecondsAfterAStageIsANewBoot() {
    for (const Stage stage : {Stage::Loader, Stage::Parked, Stage::Kernel, Stage::Packages}) {
        QVERIFY(!beginsBoot(machineAt(stage), discoverAt(at(10s))));
        QVERIFY(beginsBoot(machineAt(stage), discoverAt(at(10'001ms))));
    }
}

void TestBootProgress::servedLoaderThatAsksIsTheSameBoot() {
    QVERIFY(!beginsBoot(machineAt(Stage::Loader), discoverAt(at(1min), true)));
}

void TestBootProgress::machineWithIpxeFirmwareBootsAgain() {
    for (const Stage stage : {Stage::Parked, Stage::Initrd, Stage::LocalBoot})
        QVERIFY(beginsBoot(machineAt(stage), discoverAt(at(1min), true)));
}

void TestBootProgress::lateReportIsTheSameBoot() {
    // The capture tells of the packet after TFTP told of the file that followed it.
    QVERIFY(!beginsBoot(machineAt(Stage::Loader, at(3s)), discoverAt(at(0s))));
    QVERIFY(!beginsBoot(machineAt(Stage::LocalBoot, at(3s)), discoverAt(at(2500ms))));
}

void TestBootProgress::discoverSoonAfterTheEndIsANewBoot() {
    // A virtual machine is back in a few seconds; no loader asks after its boot has ended.
    QVERIFY(beginsBoot(machineAt(Stage::Done), discoverAt(at(3s))));
    QVERIFY(beginsBoot(machineAt(Stage::LocalBoot), discoverAt(at(3s))));
}

void TestBootProgress::clockSetBackDoesNotHideABoot() {
    QVERIFY(beginsBoot(machineAt(Stage::Kernel, at(1h)), discoverAt(at(0s))));
}

void TestBootProgress::newBootKeepsWhatWasDecided() // R55
{
    Machine machine = machineAt(Stage::Packages);
    machine.approval = Approval::Approved;
    machine.ticket = Ticket{tokenOf(1), at(0s), true, false};
    machine.isDone = true;
    Machine expected = machine;
    expected.boots = 2;
    expected.stage = Stage::Seen;
    expected.stageSince = at(1min);
    beginBoot(machine, at(1min));
    QVERIFY(machine == expected);
}

void TestBootProgress::stageOnlyMovesForward() {
    Machine machine = machineAt(Stage::Kernel);
    QVERIFY(!reach(machine, reached(Stage::Loader), at(1s)));
    QVERIFY(!reach(machine, reached(Stage::Kernel), at(1s)));
    QVERIFY(!reach(machine, reached(Stage::Parked), at(1s)));
    QCOMPARE(machine.stage, Stage::Kernel);
    QVERIFY(machine.stageSince == at(0s));
    QVERIFY(reach(machine, reached(Stage::Initrd), at(1s)));
    QCOMPARE(machine.stage, Stage::Initrd);
    QVERIFY(machine.stageSince == at(1s));
}

void TestBootProgress::parkedMachineGoesOnToItsConfiguration() {
    Machine machine = machineAt(Stage::Parked);
    QVERIFY(reach(machine, reached(Stage::Config), at(5s)));
}

void TestBootProgress::localBootIsReachedFromEveryStage() {
    for (const Stage stage : {Stage::Seen, Stage::Parked, Stage::Post, Stage::Done}) {
        Machine machine = machineAt(stage);
        QVERIFY(reach(machine, reached(Stage::LocalBoot), at(5s)));
        QVERIFY(!reach(machine, reached(Stage::LocalBoot), at(6s)));
    }
}

void TestBootProgress::servedBytesAddUpInEveryStage() {
    Machine machine = machineAt(Stage::Kernel);
    reach(machine, reached(Stage::Loader, 100), at(1s));
    reach(machine, reached(Stage::Initrd, 5'000'000'000), at(1s));
    QCOMPARE(machine.bytesServed, std::uint64_t{5'000'000'100});
}

void TestBootProgress::answerFileMarksTheTicket() // R41
{
    Machine machine = machineAt(Stage::Initrd);
    machine.ticket = Ticket{tokenOf(1), at(0s)};
    QVERIFY(reach(machine, reached(Stage::Kickstart), at(1s)));
    QVERIFY(machine.ticket->isFetched);
    QVERIFY(!machine.ticket->isSpent);
}

void TestBootProgress::answerFileIsGivenFiveTimes() // R41
{
    Machine machine = machineAt(Stage::Initrd);
    machine.ticket = Ticket{tokenOf(1), at(0s)};
    for (std::uint32_t fetch = 1; fetch <= 7; ++fetch) { // a retry is no new stage, but counts
        QVERIFY(machine.ticket->givesAnswer(at(1s)) == (fetch <= 5));
        reach(machine, reached(Stage::Kickstart), at(1s));
        QCOMPARE(machine.ticket->fetches, std::min(fetch, 5U));
    }
    QVERIFY(isUsedUp(machine, at(2s)));
    reach(machine, reached(Stage::Packages), at(2s)); // and its installer goes on
    QCOMPARE(machine.stage, Stage::Packages);
    machine.ticket->fetches = 4;
    QVERIFY(!isUsedUp(machine, at(2s)));
}

void TestBootProgress::answerFileIsGivenForSixHours() // R41
{
    Machine machine = machineAt(Stage::Initrd);
    machine.ticket = Ticket{tokenOf(1), at(0s)};
    QVERIFY(machine.ticket->givesAnswer(at(6h)));
    QVERIFY(!machine.ticket->givesAnswer(at(6h + 1ms)));
    QVERIFY(!isUsedUp(machine, at(7h))); // nothing came of it: it is renewed
    machine.ticket->isFetched = true;
    QVERIFY(isUsedUp(machine, at(7h)));
    dropTicket(machine);
    QVERIFY(!machine.ticket && machine.approval == Approval::Waiting && machine.problem);
    machine.ticket = Ticket{tokenOf(1), at(0s)};
    QVERIFY(machine.ticket->givesAnswer(at(-24h))); // a clock that was set back
}

void TestBootProgress::completionSpendsTheTicketOnce() // R42
{
    Machine machine = machineAt(Stage::Post);
    machine.ticket = Ticket{tokenOf(1), at(0s), true, false};
    machine.problem = Error{ErrorCode::Other, "Stalled", {}};
    QVERIFY(reach(machine, reached(Stage::Done), at(1s)));
    QVERIFY(machine.isDone);
    QVERIFY(machine.ticket->isSpent);
    QVERIFY(!machine.problem);
    beginBoot(machine, at(1min));
    QVERIFY(!reach(machine, reached(Stage::Done), at(61s)));
    QCOMPARE(machine.stage, Stage::Seen);
}

void TestBootProgress::completionWithoutTicketMeansNothing() // R42
{
    Machine machine = machineAt(Stage::Post);
    QVERIFY(!reach(machine, reached(Stage::Done), at(1s)));
    QVERIFY(!machine.isDone);
    QCOMPARE(machine.stage, Stage::Post);
}

void TestBootProgress::lastFileSpendsTheTicketOfAnEntry() // R42
{
    Machine machine = machineAt(Stage::Config);
    machine.ticket = Ticket{.token = tokenOf(1), .minted = at(0s), .menuEntry = "Rescue"};
    QVERIFY(reach(machine, reached(Stage::Kernel), at(1s)));
    QVERIFY(machine.ticket->isFetched);
    QVERIFY(!machine.isDone);
    // The stage was reached before, by a transfer that another one repeats: it is spent all the same.
    machine.stage = Stage::Initrd;
    QVERIFY(!reach(machine, {macOf(1), Stage::Initrd, 5, true}, at(2s)));
    QVERIFY(machine.ticket->isSpent);
    QVERIFY(machine.isDone);
    QVERIFY(!hasInstalled(machine));

    Machine installing = machineAt(Stage::Kernel);
    installing.ticket = Ticket{.token = tokenOf(1), .minted = at(0s)};
    QVERIFY(reach(installing, {macOf(1), Stage::Initrd, 5, true}, at(2s)));
    QVERIFY(!installing.ticket->isSpent);
}

void TestBootProgress::completionOfAnEntryMeansNothing() {
    Machine machine = machineAt(Stage::Kernel);
    machine.ticket = Ticket{.token = tokenOf(1), .minted = at(0s), .menuEntry = "Rescue"};
    QVERIFY(!reach(machine, reached(Stage::Done), at(1s)));
    QVERIFY(!machine.isDone);
    QCOMPARE(machine.stage, Stage::Kernel);
}

// A report that got lost must not let an entry that wipes the disk run a second time.
void TestBootProgress::entryThatMayHaveRunIsMistrusted() {
    Machine machine = machineAt(Stage::Config);
    machine.approval = Approval::Approved;
    machine.ticket = Ticket{.token = tokenOf(1), .minted = at(0s), .menuEntry = "Rescue"};
    QVERIFY(!mayHaveRun(machine)); // nothing that could run was handed over
    reach(machine, reached(Stage::Kernel), at(1s));
    QVERIFY(mayHaveRun(machine));
    mistrustTicket(machine);
    QCOMPARE(machine.approval, Approval::Waiting);
    QVERIFY(!machine.ticket);
    QCOMPARE(machine.problem->code, ErrorCode::EntryMayHaveRun);

    Machine spent = machineAt(Stage::Kernel);
    spent.ticket = Ticket{.token = tokenOf(1), .minted = at(0s), .menuEntry = "Rescue"};
    reach(spent, {macOf(1), Stage::Initrd, 5, true}, at(1s));
    QVERIFY(!mayHaveRun(spent)); // that it ran is known
}

void TestBootProgress::packagesCountFromTheAnswerFile() {
    Machine machine = machineAt(Stage::Metadata);
    for (int i = 0; i < 3; ++i)
        reach(machine, reached(Stage::Packages), at(1s));
    QCOMPARE(machine.packagesDone, 3U);
    beginBoot(machine, at(1min)); // broken off
    reach(machine, reached(Stage::Kickstart), at(2min));
    QCOMPARE(machine.packagesDone, 0U);
}

void TestBootProgress::addressOfAnUnseenMachineIsNoStage() {
    Machine planned(macOf(1));
    QVERIFY(!reach(planned, reached(Stage::Offered), at(0s)));
    QVERIFY(!reach(planned, reached(Stage::Leased), at(0s)));
    QCOMPARE(planned.stage, Stage::Seen);
    QVERIFY(reach(planned, reached(Stage::Loader), at(0s)));
}

void TestBootProgress::earlierReportOfTheFirstPacketWins() {
    Machine machine(macOf(1));
    hear(machine, discoverAt(at(5'004ms)));
    hear(machine, discoverAt(at(5'000ms)));
    QVERIFY(machine.firstSeen == at(5'000ms));
    hear(machine, discoverAt(at(9s)));
    QVERIFY(machine.firstSeen == at(5'000ms));
}

void TestBootProgress::clockSetBackDoesNotReorder() {
    Machine machine(macOf(1));
    hear(machine, discoverAt(at(1h)));
    hear(machine, discoverAt(at(0s)));
    QVERIFY(machine.firstSeen == at(1h));
}

void TestBootProgress::betterUuidReplacesADummy() // R17
{
    Machine machine(macOf(1));
    Discovered discovered = discoverAt(at(0s));
    discovered.uuid = Uuid({});
    hear(machine, discovered);
    discovered.uuid = uuidOf(1);
    hear(machine, discovered);
    QVERIFY(machine.uuid == uuidOf(1));
    discovered.uuid = uuidOf(2);
    hear(machine, discovered);
    QVERIFY(machine.uuid == uuidOf(1));
}

void TestBootProgress::servedLoaderDoesNotChangeTheFirmware() {
    Machine machine(macOf(1));
    hear(machine, discoverAt(at(0s)));
    Discovered loader = discoverAt(at(1s), true);
    loader.firmware = "unknown";
    hear(machine, loader);
    QCOMPARE(machine.firmware, std::string("bios"));
}

QTEST_GUILESS_MAIN(TestBootProgress)
#include "tst_BootProgress.moc"
