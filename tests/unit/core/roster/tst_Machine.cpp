#include "core/roster/Machine.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;

namespace {

constexpr std::array installation{Stage::Seen,      Stage::Offered, Stage::Leased,   Stage::Loader,
                                  Stage::Parked,    Stage::Config,  Stage::Kernel,   Stage::Initrd,
                                  Stage::Kickstart, Stage::Stage2,  Stage::Metadata, Stage::Packages,
                                  Stage::Post,      Stage::Done};

Machine seenMachine(Stage stage = Stage::Seen) {
    Machine machine(macOf(1));
    machine.firstSeen = at({});
    machine.boots = 1;
    machine.stage = stage;
    return machine;
}

Machine approvedMachine(Stage stage) {
    Machine machine = seenMachine(stage);
    machine.approval = Approval::Approved;
    machine.ticket = Ticket{tokenOf(1), at({})};
    return machine;
}

} // namespace

Q_DECLARE_METATYPE(Stage)
Q_DECLARE_METATYPE(MachineState)

class TestMachine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plannedMachineIsReservedUntilSeen();
    void unapprovedMachineIsSeenThenWaiting();
    void rearmedMachineWaits();
    void approvedMachineFollowsItsStage_data();
    void approvedMachineFollowsItsStage();
    void resetInstallerIsBooting();
    void problemOfApprovedMachineIsFailure();
    void problemOfWaitingMachineLeavesItWaiting();
    void doneUntilItBootsAgain();
    void startedEntryIsNeverCalledDone();
    void refusalGoesBeforeEverything();
    void progressNeverFallsDuringAnInstallation();
    void packagesMoveTheBarFrom50To90();
    void sentToDiskWithoutInstallationIsNoProgress();
    void wordsOfStagesAndApprovalsReadBack();
};

void TestMachine::plannedMachineIsReservedUntilSeen() {
    Machine planned(macOf(1));
    planned.slot = 3;
    QCOMPARE(stateOf(planned), MachineState::Reserved);
    planned.approval = Approval::Approved;
    QCOMPARE(stateOf(planned), MachineState::Approved);
}

void TestMachine::unapprovedMachineIsSeenThenWaiting() {
    QCOMPARE(stateOf(seenMachine(Stage::Seen)), MachineState::Seen);
    QCOMPARE(stateOf(seenMachine(Stage::Loader)), MachineState::Seen);
    QCOMPARE(stateOf(seenMachine(Stage::Parked)), MachineState::Waiting);
    QCOMPARE(stateOf(seenMachine(Stage::LocalBoot)), MachineState::Waiting);
}

void TestMachine::rearmedMachineWaits() {
    QCOMPARE(stateOf(seenMachine(Stage::Done)), MachineState::Waiting);
    QCOMPARE(stateOf(approvedMachine(Stage::Done)), MachineState::Approved);
    QCOMPARE(stateOf(approvedMachine(Stage::LocalBoot)), MachineState::Approved);
}

void TestMachine::approvedMachineFollowsItsStage_data() {
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<MachineState>("state");
    const auto row = [](Stage stage, MachineState state) {
        QTest::newRow(std::string(toWord(stage)).c_str()) << stage << state;
    };
    for (const Stage stage : {Stage::Seen, Stage::Offered, Stage::Parked})
        row(stage, MachineState::Approved);
    for (const Stage stage : {Stage::Leased, Stage::Loader, Stage::Config, Stage::Kernel, Stage::Initrd})
        row(stage, MachineState::Booting);
    for (const Stage stage : {Stage::Kickstart, Stage::Stage2, Stage::Metadata, Stage::Packages, Stage::Post})
        row(stage, MachineState::Installing);
}

void TestMachine::approvedMachineFollowsItsStage() {
    QFETCH(Stage, stage);
    QTEST(stateOf(approvedMachine(stage)), "state");
}

void TestMachine::resetInstallerIsBooting() // R55
{
    Machine machine = approvedMachine(Stage::Seen);
    machine.ticket->isFetched = true;
    QCOMPARE(stateOf(machine), MachineState::Booting);
}

void TestMachine::problemOfApprovedMachineIsFailure() {
    Machine machine = approvedMachine(Stage::Kernel);
    machine.problem = Error{ErrorCode::NoLoader, "Rocky", "arm64"};
    QCOMPARE(stateOf(machine), MachineState::Failed);
}

void TestMachine::problemOfWaitingMachineLeavesItWaiting() {
    Machine machine = seenMachine(Stage::Parked);
    machine.problem = Error{ErrorCode::MaybeSecondNic, "node-01", {}};
    QCOMPARE(stateOf(machine), MachineState::Waiting);
}

void TestMachine::doneUntilItBootsAgain() {
    Machine machine = approvedMachine(Stage::Done);
    machine.isDone = true;
    QCOMPARE(stateOf(machine), MachineState::Done);
    for (const Stage stage : {Stage::Seen, Stage::Loader, Stage::LocalBoot}) {
        machine.stage = stage;
        QCOMPARE(stateOf(machine), MachineState::CameBack);
        QCOMPARE(progressOf(machine), 100);
    }
}

// Nobody knows what an entry of the image's own menu does, so no word claims an installation.
void TestMachine::startedEntryIsNeverCalledDone() {
    Machine machine = approvedMachine(Stage::Initrd);
    machine.ticket->menuEntry = "Rescue";
    machine.ticket->isSpent = true;
    machine.isDone = true;
    QVERIFY(!hasInstalled(machine));
    for (const Stage stage : {Stage::Kernel, Stage::Initrd, Stage::Stage2, Stage::Metadata}) {
        machine.stage = stage;
        QCOMPARE(stateOf(machine), MachineState::Booting);
        QVERIFY(progressOf(machine) < 100);
    }
    machine.stage = Stage::Packages; // an installer that asks a person
    QCOMPARE(stateOf(machine), MachineState::Installing);
    for (const Stage stage : {Stage::Seen, Stage::Leased, Stage::Loader, Stage::LocalBoot}) {
        machine.stage = stage;
        QCOMPARE(stateOf(machine), MachineState::CameBack);
        QVERIFY(progressOf(machine) < 100);
    }
}

void TestMachine::refusalGoesBeforeEverything() {
    Machine machine = approvedMachine(Stage::Done);
    machine.isDone = true;
    machine.problem = Error{ErrorCode::Other, "Anything", {}};
    machine.approval = Approval::Refused;
    QCOMPARE(stateOf(machine), MachineState::Refused);
}

void TestMachine::progressNeverFallsDuringAnInstallation() {
    int last = -1;
    for (const Stage stage : installation) {
        const int progress = progressOf(approvedMachine(stage));
        QVERIFY2(progress >= last, std::string(toWord(stage)).c_str());
        last = progress;
    }
    QCOMPARE(progressOf(approvedMachine(Stage::Seen)), 0);
    QCOMPARE(last, 100);
}

void TestMachine::packagesMoveTheBarFrom50To90() {
    Machine machine = approvedMachine(Stage::Packages);
    machine.packagesDone = 7; // of an unknown number
    QCOMPARE(progressOf(machine), 50);
    machine.packagesTotal = 400;
    machine.packagesDone = 0;
    QCOMPARE(progressOf(machine), 50);
    machine.packagesDone = 200;
    QCOMPARE(progressOf(machine), 70);
    machine.packagesDone = 401; // one was fetched twice
    QCOMPARE(progressOf(machine), 90);
    machine.packagesDone = machine.packagesTotal = 4'294'967'295U;
    QCOMPARE(progressOf(machine), 90);
}

void TestMachine::sentToDiskWithoutInstallationIsNoProgress() {
    QCOMPARE(progressOf(seenMachine(Stage::LocalBoot)), 0);
}

void TestMachine::wordsOfStagesAndApprovalsReadBack() {
    for (const Stage stage : installation)
        QCOMPARE(stageFromWord(toWord(stage)), std::optional(stage));
    QCOMPARE(stageFromWord(toWord(Stage::LocalBoot)), std::optional(Stage::LocalBoot));
    QVERIFY(toWord(Stage::LocalBoot) == "localboot");
    QVERIFY(toWord(Stage::Kickstart) == "kickstart");
    for (const Approval approval : {Approval::Waiting, Approval::Approved, Approval::Refused})
        QCOMPARE(approvalFromWord(toWord(approval)), std::optional(approval));
    QCOMPARE(stageFromWord("Kernel"), std::nullopt);
    QCOMPARE(approvalFromWord(""), std::nullopt);
}

QTEST_GUILESS_MAIN(TestMachine)
#include "tst_Machine.moc"
