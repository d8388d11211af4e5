#include "core/exchange/PlanDnsmasq.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::exchange;

class TestPlanDnsmasq : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAConfigurationFile() {
        const PlanFile file = readPlan("# recipe\ninterface=enp1s0\ndhcp-range=10.0.0.101,10.0.0.112,12h\n"
                                       "dhcp-host=AA-BB-CC-00-00-01,node-1,10.0.0.101,infinite # left\n"
                                       "dhcp-host = 1-aa:bb:cc:00:00:02 , id:* , set:blue,10.0.0.102,45m\n"
                                       "--dhcp-host=525400000003,set:slot3,[fe80::3],db.example.com\r\n");
        QVERIFY(file.format == PlanFormat::Dnsmasq);
        QVERIFY(file.problems.empty());
        QCOMPARE(file.machines.size(), std::size_t(3));
        const PlanLine& first = file.machines[0];
        QCOMPARE(first.line, std::size_t(4));
        QCOMPARE(first.mac->toString(), std::string("aa:bb:cc:00:00:01"));
        QCOMPARE(first.assigned.hostname, std::string("node-1"));
        QCOMPARE(first.assigned.address, std::optional(Ipv4Address(10, 0, 0, 101)));
        QCOMPARE(file.machines[1].mac->toString(), std::string("aa:bb:cc:00:00:02"));
        QCOMPARE(int(file.machines[1].fields), int(AddressField)); // it says nothing of a name
        QCOMPARE(file.machines[2].slot, std::optional(3));
        QCOMPARE(file.machines[2].assigned.hostname, std::string("db.example.com"));
    }

    void readsItsOwnWritingWithoutLoss() {
        roster::Roster before;
        roster::Assignment pinned;
        pinned.hostname = "db";
        pinned.address = Ipv4Address(10, 9, 9, 9);
        QVERIFY(before.apply(roster::Plan{MacAddress({2, 0, 0, 0, 0, 1}), 12, pinned}, WallTime()));
        QVERIFY(before.apply(roster::Plan{MacAddress({2, 0, 0, 0, 0, 2}), {}, {}}, WallTime()));
        const std::string text = writePlanDnsmasq(before);
        QCOMPARE(text, std::string("dhcp-host=02:00:00:00:00:01,set:slot12,10.9.9.9,db\n"
                                   "dhcp-host=02:00:00:00:00:02\n"));
        PlanFile file = readPlan(text);
        roster::Roster after;
        for (const roster::Plan& plan : commandsOf(file, after))
            QVERIFY(after.apply(roster::Command(plan), WallTime()));
        QVERIFY(file.problems.empty());
        QCOMPARE(writePlanDnsmasq(after), text);
    }

    void leavesWhatALineDoesNotSpeakOf() {
        roster::Roster roster;
        roster::Assignment known;
        known.hostname = "db";
        known.profile = "web";
        const MacAddress mac({2, 0, 0, 0, 0, 1});
        QVERIFY(roster.apply(roster::Plan{mac, 12, known}, WallTime()));
        PlanFile file = readPlan("dhcp-host=02:00:00:00:00:01,10.0.0.5\n");
        const auto commands = commandsOf(file, roster);
        QCOMPARE(commands.size(), std::size_t(1));
        QCOMPARE(commands[0].assigned.hostname, std::string("db"));
        QCOMPARE(commands[0].assigned.profile, std::string("web"));
        QVERIFY(commands[0].assigned.address == Ipv4Address(10, 0, 0, 5));
    }

    void namesTheLineOfAMistake_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* value, const char* reason) {
            QTest::newRow(name) << QByteArray(value) << QByteArray(reason);
        };
        row("no MAC", "node-1,10.0.0.1", "no MAC address");
        row("ignored", "02:00:00:00:00:01,ignore", "ignore");
        row("wildcard", "02:00:00:*:*:*,10.0.0.1", "several machines");
        row("two MACs", "02:00:00:00:00:01,02:00:00:00:00:02,10.0.0.1", "two MAC addresses");
        row("multicast", "01:00:5e:00:00:01,10.0.0.1", "01:00:5e:00:00:01");
        row("two addresses", "02:00:00:00:00:01,10.0.0.1,10.0.0.2", "10.0.0.2");
        row("loopback", "02:00:00:00:00:01,127.0.0.1", "127.0.0.1");
        row("bad name", "02:00:00:00:00:01,a_b", "a_b");
        row("taken", "02:00:00:00:00:09,10.0.0.1", "line 2");
    }
    void namesTheLineOfAMistake() {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, reason);
        const PlanFile file =
            readPlan("dhcp-host=" + value.toStdString() + "\ndhcp-host=02:00:00:00:00:09,10.0.0.9\n");
        QCOMPARE(file.problems.size(), std::size_t(1));
        const Error error = toError(file.problems[0]);
        QVERIFY2(error.detail.find(reason.replace("line 2", "line 1").toStdString()) != std::string::npos,
                 error.detail.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPlanDnsmasq)
#include "tst_PlanDnsmasq.moc"
