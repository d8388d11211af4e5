#include "core/roster/ClosePairs.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

using Macs = std::vector<MacAddress>;

/// `count` machines, one every `rhythm`, and time for one more.
RosterFixture inRhythm(unsigned count, std::chrono::milliseconds rhythm) {
    RosterFixture f;
    for (unsigned number = 1; number <= count; ++number) {
        f.discover(number);
        f.pass(rhythm);
    }
    return f;
}

Macs partners(const RosterFixture& f, unsigned number) {
    return f.machine(number).orderUncertainWith;
}

} // namespace

/// The row "close pair" of the roll call's rules.
class TestClosePairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spreadIsTheDeviationFromTheRhythm_data();
    void spreadIsTheDeviationFromTheRhythm();
    void modelIsFirmwareAndMaker();
    void machinesInRhythmAreCertain();
    void closePairIsUncertainBothWays();
    void pairIsJudgedByWhatItsModelDid();
    void anotherModelHasAHistoryOfItsOwn();
    void threeAtOnceMakeTwoPairs();
    void swappingSettlesTheOrder();
    void orderIsConfirmedWithoutMoving();
    void doubtComesBackForUndo();
    void plannedMachinesAreCertain();
    void retryMakesNoPair();
    void placingByHandSettlesTheOrder();
    void forgottenPartnerLeavesNoDoubt();
    void doubtNeedsTwoMachines();
    void damagedDoubtsArePutRight();
};

void TestClosePairs::spreadIsTheDeviationFromTheRhythm_data() {
    QTest::addColumn<QList<int>>("seconds");
    QTest::addColumn<int>("spread"); // ms
    QTest::newRow("nothing") << QList<int>{} << 1000;
    QTest::newRow("too few") << QList<int>{0, 20, 45} << 1000;
    QTest::newRow("even") << QList<int>{0, 20, 40, 60} << 1000;
    QTest::newRow("uneven") << QList<int>{0, 20, 44, 58, 78, 104} << 4000;
    QTest::newRow("in any order") << QList<int>{104, 0, 44, 20, 78, 58} << 4000;
    QTest::newRow("one break") << QList<int>{0, 20, 40, 3600, 3620, 3640} << 1000;
    QTest::newRow("no rhythm at all") << QList<int>{0, 60, 61, 200, 290, 292} << 10'000;
}

void TestClosePairs::spreadIsTheDeviationFromTheRhythm() {
    QFETCH(QList<int>, seconds);
    std::vector<WallTime> times;
    for (const int second : seconds)
        times.push_back(at(std::chrono::seconds(second)));
    QTEST(static_cast<int>(spreadOf(times).count()), "spread");
}

void TestClosePairs::modelIsFirmwareAndMaker() {
    Machine a(macOf(1));
    Machine b(macOf(2));
    QVERIFY(isSameModel(a, b));
    b.firmware = "bios";
    QVERIFY(!isSameModel(a, b));
    QVERIFY(!isSameModel(a, Machine(MacAddress({2, 0xec, 0xef, 0, 0, 1}))));
}

void TestClosePairs::machinesInRhythmAreCertain() {
    const RosterFixture f = inRhythm(8, 5s);
    for (unsigned number = 1; number <= 8; ++number)
        QVERIFY(partners(f, number).empty());
}

void TestClosePairs::closePairIsUncertainBothWays() {
    RosterFixture f;
    f.discover(1);
    f.pass(999ms);
    const Changes changes = f.discover(2);
    QCOMPARE(changes.updated, Macs{macOf(1)}); // its row changed, too
    QCOMPARE(partners(f, 1), Macs{macOf(2)});
    QCOMPARE(partners(f, 2), Macs{macOf(1)});
    QCOMPARE(f.machine(2).slot, std::optional(2)); // the slots follow the first packets all the same
    f.pass(1s);
    f.discover(3);
    QVERIFY(partners(f, 3).empty());
}

void TestClosePairs::pairIsJudgedByWhatItsModelDid() {
    RosterFixture f;
    unsigned number = 0;
    for (const auto gap : {20s, 24s, 14s, 20s, 26s, 3s}) {
        f.discover(++number);
        f.pass(gap);
    }
    f.discover(++number); // 3 s after another of a model that strays by 4 s
    QCOMPARE(partners(f, 7), Macs{macOf(6)});

    RosterFixture even = inRhythm(5, 20s);
    even.discover(6);
    even.pass(3s);
    even.discover(7);
    QVERIFY(partners(even, 7).empty());
}

void TestClosePairs::anotherModelHasAHistoryOfItsOwn() {
    RosterFixture f;
    unsigned number = 0;
    for (const auto gap : {20s, 24s, 14s, 20s, 26s, 60s}) {
        f.discover(++number);
        f.pass(gap);
    }
    const MacAddress first({2, 0, 0, 0, 0, 1});
    const MacAddress second({2, 0, 0, 0, 0, 2});
    f.roster.apply(Discovered{first, f.now(), "bios", std::nullopt}, f.now());
    f.pass(3s);
    f.roster.apply(Discovered{second, f.now(), "bios", std::nullopt}, f.now());
    QVERIFY(f.roster.find(second)->orderUncertainWith.empty());
}

void TestClosePairs::threeAtOnceMakeTwoPairs() {
    RosterFixture f;
    for (unsigned number = 1; number <= 3; ++number) {
        f.discover(number);
        f.pass(100ms);
    }
    QCOMPARE(partners(f, 1), Macs{macOf(2)});
    QCOMPARE(partners(f, 2), (Macs{macOf(1), macOf(3)}));
    QCOMPARE(partners(f, 3), Macs{macOf(2)});
}

void TestClosePairs::swappingSettlesTheOrder() {
    RosterFixture f = inRhythm(2, 500ms);
    const auto changes = f.command(Swap{macOf(1), macOf(2)});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (Macs{macOf(1), macOf(2)}));
    QCOMPARE(f.machine(1).slot, std::optional(2));
    QCOMPARE(f.machine(2).slot, std::optional(1));
    QCOMPARE(f.roster.hostnameOf(f.machine(2)), std::string("node-01"));
    QVERIFY(partners(f, 1).empty() && partners(f, 2).empty());
    QCOMPARE(f.roster.cursor(), 3);
}

void TestClosePairs::orderIsConfirmedWithoutMoving() {
    RosterFixture f = inRhythm(2, 500ms);
    QVERIFY(f.command(ConfirmOrder{macOf(2), macOf(1)}));
    QVERIFY(partners(f, 1).empty() && partners(f, 2).empty());
    QCOMPARE(f.machine(1).slot, std::optional(1));
    QVERIFY(f.command(ConfirmOrder{macOf(2), macOf(1)})->isEmpty());
}

void TestClosePairs::doubtComesBackForUndo() {
    RosterFixture f = inRhythm(2, 500ms);
    const RosterState before = f.roster.state();
    QVERIFY(f.command(Swap{macOf(1), macOf(2)}));
    QVERIFY(f.command(Swap{macOf(1), macOf(2)}));
    QVERIFY(f.command(DoubtOrder{macOf(1), macOf(2)}));
    QVERIFY(f.roster.state() == before);
    QVERIFY(f.command(DoubtOrder{macOf(2), macOf(1)})->isEmpty());
}

void TestClosePairs::plannedMachinesAreCertain() {
    RosterFixture f;
    QVERIFY(f.command(Plan{macOf(1), 7, {}}));
    f.discover(1);
    f.discover(2);
    f.discover(3);
    QVERIFY(partners(f, 1).empty());
    QCOMPARE(partners(f, 2), Macs{macOf(3)});
}

void TestClosePairs::retryMakesNoPair() {
    RosterFixture f = inRhythm(2, 5s);
    f.discover(1);
    f.discover(2);
    QVERIFY(partners(f, 1).empty() && partners(f, 2).empty());
}

void TestClosePairs::placingByHandSettlesTheOrder() {
    RosterFixture f = inRhythm(2, 500ms);
    const auto changes = f.command(Place{macOf(1), 9});
    QVERIFY(changes);
    QCOMPARE(changes->updated, (Macs{macOf(1), macOf(2)}));
    QVERIFY(partners(f, 1).empty() && partners(f, 2).empty());
}

void TestClosePairs::forgottenPartnerLeavesNoDoubt() {
    RosterFixture f = inRhythm(2, 500ms);
    QVERIFY(f.command(Forget{macOf(1)}));
    QVERIFY(partners(f, 2).empty());
}

void TestClosePairs::doubtNeedsTwoMachines() {
    RosterFixture f = inRhythm(1, 5s);
    for (const Command& command :
         {Command(Swap{macOf(1), macOf(1)}), Command(ConfirmOrder{macOf(1), macOf(1)}),
          Command(DoubtOrder{macOf(1), macOf(1)})})
        QCOMPARE(f.command(command).error().code, ErrorCode::Duplicate);
    for (const Command& command :
         {Command(Swap{macOf(1), macOf(2)}), Command(ConfirmOrder{macOf(2), macOf(1)}),
          Command(DoubtOrder{macOf(1), macOf(2)})})
        QCOMPARE(f.command(command).error().code, ErrorCode::UnknownMachine);
}

void TestClosePairs::damagedDoubtsArePutRight() {
    RosterState state;
    for (unsigned number = 1; number <= 3; ++number)
        state.machines.emplace_back(macOf(number));
    state.machines[0].orderUncertainWith = {macOf(3), macOf(2), macOf(1), macOf(99)};
    const Roster roster(state);
    QCOMPARE(roster.find(macOf(1))->orderUncertainWith, (Macs{macOf(2), macOf(3)}));
    QCOMPARE(roster.find(macOf(2))->orderUncertainWith, Macs{macOf(1)});
    QCOMPARE(roster.find(macOf(3))->orderUncertainWith, Macs{macOf(1)});
}

QTEST_GUILESS_MAIN(TestClosePairs)
#include "tst_ClosePairs.moc"
