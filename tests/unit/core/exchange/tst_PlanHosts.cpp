#include "core/exchange/PlanHosts.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::exchange;

namespace {

roster::Roster rackOfTwo() {
    roster::Roster roster;
    roster::RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    roster::Assignment pinned;
    pinned.hostname = "db.example.com";
    pinned.address = Ipv4Address(10, 9, 9, 9);
    for (const roster::Command& command :
         {roster::Command(roster::SetLayout{layout}),
          roster::Command(roster::Plan{MacAddress({2, 0, 0, 0, 0, 1}), 1, {}}),
          roster::Command(roster::Plan{MacAddress({2, 0, 0, 0, 0, 2}), 7, pinned})}) {
        if (const auto done = roster.apply(command, WallTime()); !done)
            qFatal("%s", message(done.error()).c_str());
    }
    return roster;
}

} // namespace

class TestPlanHosts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAddressNameSlotAndMac() {
        QCOMPARE(writePlanHosts(rackOfTwo()),
                 std::string("10.0.0.1\tnode-01\t# slot 1, 02:00:00:00:00:01\n"
                             "10.9.9.9\tdb.example.com\t# slot 7, 02:00:00:00:00:02\n"));
    }

    void readsItsOwnWritingWithoutLoss() {
        const roster::Roster before = rackOfTwo();
        PlanFile file = readPlan(writePlanHosts(before));
        QVERIFY(file.format == PlanFormat::Hosts);
        QVERIFY(file.problems.empty());
        roster::Roster after;
        for (const roster::Plan& plan : commandsOf(file, after))
            QVERIFY(after.apply(roster::Command(plan), WallTime()));
        QCOMPARE(writePlanHosts(after), writePlanHosts(before));
    }

    void passesOverWhatIsNoMachine() {
        const PlanFile file = readPlan("127.0.0.1\tlocalhost\n::1 localhost ip6-localhost\nff02::1 "
                                       "ip6-allnodes\n\n# 10.0.0.9 old\n10.0.0.7 node-07\r\n");
        QVERIFY(file.problems.empty());
        QCOMPARE(file.machines.size(), std::size_t(1));
        QCOMPARE(file.machines[0].line, std::size_t(6));
        QCOMPARE(file.machines[0].assigned.hostname, std::string("node-07"));
    }

    void findsMachinesByNameAliasOrAddress() {
        const roster::Roster roster = rackOfTwo();
        PlanFile file = readPlan("10.0.0.50 NODE-01\n10.0.0.51 new.example.com db.example.com\n");
        auto commands = commandsOf(file, roster);
        QCOMPARE(commands.size(), std::size_t(2));
        QCOMPARE(commands[0].mac, MacAddress({2, 0, 0, 0, 0, 1}));
        QCOMPARE(commands[1].mac, MacAddress({2, 0, 0, 0, 0, 2}));
        QCOMPARE(commands[1].assigned.hostname, std::string("new.example.com"));
        file = readPlan("10.9.9.9 renamed\n10.0.0.77 stranger\n");
        commands = commandsOf(file, roster);
        QCOMPARE(commands.size(), std::size_t(1));
        QCOMPARE(commands[0].assigned.hostname, std::string("renamed"));
        QCOMPARE(file.problems.size(), std::size_t(1));
        QCOMPARE(file.problems[0].line, std::size_t(2));
        QVERIFY(toError(file.problems[0]).detail.find("stranger") != std::string::npos);
    }

    void namesTheLineOfAMistake_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("address") << QByteArray("10.0.0.256 a") << QByteArray("10.0.0.256");
        QTest::newRow("no name") << QByteArray("10.0.0.3") << QByteArray("no name");
        QTest::newRow("name") << QByteArray("10.0.0.3 a_b") << QByteArray("a_b");
        QTest::newRow("address twice") << QByteArray("10.0.0.1 b") << QByteArray("line 1");
        QTest::newRow("name twice") << QByteArray("10.0.0.3 NODE-1") << QByteArray("line 1");
    }
    void namesTheLineOfAMistake() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, value);
        const PlanFile file = readPlan("10.0.0.1 node-1\n" + line.toStdString() + "\n10.0.0.9 last\n");
        QCOMPARE(file.machines.size(), std::size_t(2));
        QCOMPARE(file.problems.size(), std::size_t(1));
        QCOMPARE(file.problems[0].line, std::size_t(2));
        QVERIFY(toError(file.problems[0]).detail.find(value.toStdString()) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestPlanHosts)
#include "tst_PlanHosts.moc"
