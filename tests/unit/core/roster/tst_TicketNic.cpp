#include "core/roster/BootProgress.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

/// Machine 1 is approved, and 2 counts as its other NIC.
RosterFixture withTwoNics() {
    RosterFixture f(2);
    (void)f.command(AttachNic{macOf(2), macOf(1)});
    (void)f.approve(1);
    return f;
}

const Ticket& ticket(const RosterFixture& f) {
    return *f.machine(1).ticket;
}

void reachAll(RosterFixture& f, unsigned nic, std::initializer_list<Stage> stages) {
    for (const Stage stage : stages) {
        f.pass(20s);
        f.reach(nic, stage);
    }
}

} // namespace

/// R18, R42: a ticket is for one NIC of its machine, as what seems one machine may be two.
class TestTicketNic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTakesTheConfigurationOrItsFilesHasTheTicket_data();
    void whatTakesTheConfigurationOrItsFilesHasTheTicket();
    void anInstallerGoesOnBesideAnotherNic();
    void aRenewedTicketIsForAnyNic();
    void renewingIsTooLateOnceTheAnswerFileWasServed();
    void aTicketThatIsUsedUpEndsWithTheBootOfAnotherNic();
    void whatMayBeInstalledIsNotCalledUsedUp();
    void aNicThatLeavesGivesTheTicketBack();
    void reArmingAnswersTheQuestion();
    void ticketsOfStrangersArePutRight();
};

void TestTicketNic::whatTakesTheConfigurationOrItsFilesHasTheTicket_data() {
    QTest::addColumn<int>("stage");
    QTest::newRow("configuration") << int(Stage::Config);
    QTest::newRow("kernel, the report of the configuration was lost") << int(Stage::Kernel);
    QTest::newRow("initrd, so were both") << int(Stage::Initrd);
}

void TestTicketNic::whatTakesTheConfigurationOrItsFilesHasTheTicket() {
    QFETCH(int, stage);
    RosterFixture f = withTwoNics();
    for (const Stage early : {Stage::Leased, Stage::Loader, Stage::Parked})
        f.reach(1, early);
    QVERIFY(ticket(f).isFor(macOf(1)) && ticket(f).isFor(macOf(2)));
    f.reach(2, static_cast<Stage>(stage));
    QVERIFY(ticket(f).isFor(macOf(2)) && !ticket(f).isFor(macOf(1)));
    f.reach(1, Stage::Initrd);
    QVERIFY(ticket(f).isFor(macOf(2)));
}

void TestTicketNic::anInstallerGoesOnBesideAnotherNic() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kernel, Stage::Initrd, Stage::Kickstart, Stage::Packages});
    const std::uint32_t boots = f.machine(1).boots;
    f.pass(1min);
    const Changes changes = f.discover(2);
    QVERIFY(changes.steps.empty());
    const Error question{ErrorCode::OtherNicBoots, macOf(2).toString(), macOf(1).toString()};
    QVERIFY(f.machine(1).problem == question);
    for (const Stage stage :
         {Stage::Offered, Stage::Leased, Stage::Loader, Stage::Parked, Stage::LocalBoot}) {
        QVERIFY(f.reach(2, stage).steps.empty());
        QCOMPARE(f.machine(1).stage, Stage::Packages);
    }
    QCOMPARE(f.machine(1).boots, boots);
    f.reach(1, Stage::Post);
    QCOMPARE(f.machine(1).stage, Stage::Post); // so that it is not installed again when its end gets lost
    f.pass(1min);
    f.discover(2);
    QVERIFY(ticket(f).isFor(macOf(1)));
    f.reach(1, Stage::Done);
    QVERIFY(f.machine(1).isDone && !f.machine(1).problem);
    f.pass(1min);
    f.discover(2);
    QVERIFY(!f.machine(1).problem);
}

void TestTicketNic::aRenewedTicketIsForAnyNic() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kernel});
    f.pass(1min);
    QVERIFY(!f.discover(2).steps.empty());
    QVERIFY(!ticket(f).isFor(macOf(2))); // the first one still knows the token
    QVERIFY(f.command(Renew{macOf(1), tokenOf(7)}));
    QCOMPARE(ticket(f).token, tokenOf(7));
    QVERIFY(ticket(f).isFor(macOf(1)) && ticket(f).isFor(macOf(2)));
    reachAll(f, 2, {Stage::Loader, Stage::Config});
    QVERIFY(!ticket(f).isFor(macOf(1)));
    QVERIFY(!f.machine(1).problem);
}

void TestTicketNic::renewingIsTooLateOnceTheAnswerFileWasServed() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kickstart});
    QVERIFY(f.command(Renew{macOf(1), tokenOf(7)}));
    QCOMPARE(ticket(f).token, tokenOf(1));
    QVERIFY(!ticket(f).isFor(macOf(2)));
}

void TestTicketNic::aTicketThatIsUsedUpEndsWithTheBootOfAnotherNic() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kickstart});
    f.pass(Ticket::lifetime);
    QVERIFY(!f.discover(2).steps.empty());
    QVERIFY(!f.machine(1).ticket);
    QCOMPARE(f.machine(1).approval, Approval::Waiting);
    QCOMPARE(f.machine(1).problem->code, ErrorCode::AnswerUsedUp);
}

void TestTicketNic::whatMayBeInstalledIsNotCalledUsedUp() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kickstart, Stage::Post});
    f.pass(Ticket::lifetime);
    f.discover(1);
    QCOMPARE(f.machine(1).problem->code, ErrorCode::EndUnreported);
}

void TestTicketNic::aNicThatLeavesGivesTheTicketBack() {
    RosterFixture f = withTwoNics();
    reachAll(f, 2, {Stage::Config, Stage::Kickstart});
    f.pass(1min);
    f.discover(1);
    QVERIFY(f.machine(1).problem);
    QVERIFY(f.command(OwnMachine{macOf(2)}));
    QVERIFY(ticket(f).isFor(macOf(1)));
    QVERIFY(!f.machine(1).problem);

    RosterFixture forgotten = withTwoNics();
    forgotten.reach(2, Stage::Config);
    QVERIFY(forgotten.command(Forget{macOf(2)}));
    QVERIFY(ticket(forgotten).isFor(macOf(1)));
}

void TestTicketNic::reArmingAnswersTheQuestion() {
    RosterFixture f = withTwoNics();
    reachAll(f, 1, {Stage::Config, Stage::Kickstart});
    QVERIFY(!mayBeRearmed(f.machine(1)));
    f.pass(1min);
    f.discover(2);
    QVERIFY(mayBeRearmed(f.machine(1)));
    QVERIFY(f.command(Rearm{macOf(1)}));
    QVERIFY(!f.machine(1).problem && !f.machine(1).ticket);
    QVERIFY(f.command(Approve{macOf(1), tokenOf(7)}));
    f.reach(2, Stage::Config);
    QVERIFY(ticket(f).isFor(macOf(2)));
}

void TestTicketNic::ticketsOfStrangersArePutRight() {
    RosterFixture f = withTwoNics();
    f.reach(2, Stage::Config);
    RosterState state = f.roster.state();
    QVERIFY(!Roster(state).find(macOf(1))->ticket->isFor(macOf(1))); // a restart changes nothing
    std::erase_if(state.machines, [](const Machine& machine) { return machine.mac == macOf(2); });
    QVERIFY(Roster(state).find(macOf(1))->ticket->isFor(macOf(1)));
}

QTEST_APPLESS_MAIN(TestTicketNic)
#include "tst_TicketNic.moc"
