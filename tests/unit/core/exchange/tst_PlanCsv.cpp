#include "core/base/Csv.h"
#include "core/exchange/PlanCsv.h"
#include "core/exchange/TextEncoding.h"

#include <QTest>

#include <string>

using namespace rackmuster;
using namespace rackmuster::exchange;

namespace {

struct ReadPlan {
    std::vector<roster::Plan> machines;
    std::vector<Error> errors;
};

/// As an empty roster takes it.
ReadPlan readCsv(std::string_view text) {
    PlanFile file = readPlan(text);
    ReadPlan plan{commandsOf(file, roster::Roster()), {}};
    for (const PlanProblem& problem : file.problems)
        plan.errors.push_back(toError(problem));
    return plan;
}

/// A roster that holds the machines of a plan.
roster::Roster rosterOf(const ReadPlan& plan) {
    roster::Roster out;
    for (const roster::Plan& machine : plan.machines) {
        if (const auto changes = out.apply(roster::Command(machine), WallTime()); !changes)
            qFatal("%s", message(changes.error()).c_str());
    }
    return out;
}

std::string firstError(const ReadPlan& plan) {
    return plan.errors.empty() ? std::string()
                               : plan.errors.front().subject + ": " + plan.errors.front().detail;
}

bool areEqual(const roster::Plan& a, const roster::Plan& b) {
    return a.mac == b.mac && a.slot == b.slot && a.assigned == b.assigned;
}

} // namespace

class TestPlanCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryColumn() {
        const ReadPlan plan =
            readCsv("slot,hostname,mac,ip,profile,image,note\n"
                    "3,node-03,AA-BB-CC-00-00-03,10.0.0.3,web,rocky,\"left, \"\"top\"\"\"\n");
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines.size(), std::size_t{1});
        const roster::Plan& machine = plan.machines[0];
        QCOMPARE(machine.mac.toString(), std::string("aa:bb:cc:00:00:03"));
        QCOMPARE(machine.slot.value_or(0), 3);
        QCOMPARE(machine.assigned.hostname, std::string("node-03"));
        QCOMPARE(machine.assigned.address.value_or(Ipv4Address()).toString(), std::string("10.0.0.3"));
        QCOMPARE(machine.assigned.profile, std::string("web"));
        QCOMPARE(machine.assigned.imageId, std::string("rocky"));
        QCOMPARE(machine.assigned.note, std::string("left, \"top\""));
    }

    void takesColumnsInAnyOrderAndSpelling_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("order, unknown columns") << QByteArray("MAC, Rack ,Slot\naabb.cc00.0001,r9,1\n");
        QTest::newRow("CRLF and byte order mark") << QByteArray("\xEF\xBB\xBFmac,slot\r\naabbcc000001,1\r\n");
        QTest::newRow("no end of line") << QByteArray("mac,slot\naa:bb:cc:00:00:01,1");
        QTest::newRow("semicolons") << QByteArray("mac;slot;note\naa:bb:cc:00:00:01;1;\n");
        QTest::newRow("tabs") << QByteArray("mac\tslot\naa:bb:cc:00:00:01\t1\n");
        QTest::newRow("empty lines") << QByteArray("mac,slot\n\n,\n  aa:bb:cc:00:00:01 , 1 \n\n");
        QTest::newRow("headings of people") << QByteArray("MAC Address,Name,槽位\naa-bb-cc-00-00-01,,1\n");
        QTest::newRow("UTF-16 of Excel") << QByteArray("\xFF\xFEm\0a\0c\0\t\0s\0l\0o\0t\0\r\0\n\0"
                                                       "a\0a\0b\0b\0c\0c\0"
                                                       "0\0"
                                                       "0\0"
                                                       "0\0"
                                                       "0\0"
                                                       "0\0"
                                                       "1\0\t\0"
                                                       "1\0",
                                                       50);
        QTest::newRow("UTF-16, big end first") << QByteArray("\xFE\xFF\0m\0a\0c\0,\0s\0l\0o\0t\0\n"
                                                             "\0a\0a\0b\0b\0c\0c\0"
                                                             "0\0"
                                                             "0\0"
                                                             "0\0"
                                                             "0\0"
                                                             "0\0"
                                                             "1\0,\0"
                                                             "1",
                                                             48);
        QTest::newRow("quoted everything")
            << QByteArray("\"mac\",\"slot\"\r\n\"aa:bb:cc:00:00:01\" ,\"1\"\r\n");
        QTest::newRow("short line, long empty line")
            << QByteArray("slot,mac,ip\n1,aa:bb:cc:00:00:01\n,,,,,\n");
    }
    void takesColumnsInAnyOrderAndSpelling() {
        QFETCH(QByteArray, text);
        const ReadPlan plan = readCsv(text.toStdString());
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines.size(), std::size_t{1});
        QCOMPARE(plan.machines[0].mac.toString(), std::string("aa:bb:cc:00:00:01"));
        QCOMPARE(plan.machines[0].slot.value_or(0), 1);
    }

    void namesTheLineAndTheValueOfAMistake_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* name, const QByteArray& lines, const char* line, const char* value) {
            QTest::newRow(name) << lines << QByteArray(line) << QByteArray(value);
        };
        row("no MAC", "1,,,\n", "2", "no MAC address");
        row("bad MAC", "1,,aa:bb,\n", "2", "“aa:bb”");
        row("multicast MAC", "1,,01:00:5e:00:00:01,\n", "2", "01:00:5e");
        row("slot zero", "0,,aa:bb:cc:00:00:01,\n", "2", "“0”");
        row("negative slot", "-1,,aa:bb:cc:00:00:01,\n", "2", "“-1”");
        row("slot with letters", "1a,,aa:bb:cc:00:00:01,\n", "2", "“1a”");
        row("slot beyond int", "99999999999,,aa:bb:cc:00:00:01,\n", "2", "99999999999");
        row("bad host name", "1,node_1,aa:bb:cc:00:00:01,\n", "2", "“node_1”");
        row("bad address", "1,,aa:bb:cc:00:00:01,10.0.0.256\n", "2", "“10.0.0.256”");
        row("loopback", "1,,aa:bb:cc:00:00:01,127.0.0.1\n", "2", "127.0.0.1");
        row("broadcast", "1,,aa:bb:cc:00:00:01,255.255.255.255\n", "2", "255.255.255.255");
        row("too many fields", "1,,aa:bb:cc:00:00:01,,,,,x\n", "2", "more fields");
        row("open quote", "1,\"node,aa:bb:cc:00:00:01,\n2,,aa:bb:cc:00:00:02,\n", "2", "not closed");
        row("text behind a quote", "1,\"node\"x,aa:bb:cc:00:00:01,\n", "2",
            "follows a closing quotation mark");
        row("control character", "1,node\x01,aa:bb:cc:00:00:01,\n", "2", "hostname");
        row("too long", "1,,aa:bb:cc:00:00:01,,,," + QByteArray(5000, 'x') + "\n", "2", "4096");
        row("too long inside quotes", "1,,aa:bb:cc:00:00:01,,,,\"" + QByteArray(5000, 'x') + "\"\n", "2",
            "not closed");
        row("a later line", "1,,aa:bb:cc:00:00:01,\n\"2\",\"\",aa:bb:cc:00:00:02,,,,\"a\nb\"\n3,,bad,\n", "5",
            "“bad”");
    }
    void namesTheLineAndTheValueOfAMistake() {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, value);
        const ReadPlan plan = readCsv("slot,hostname,mac,ip,profile,image,note\n" + lines.toStdString() +
                                      "9,last,aa:bb:cc:00:00:09,\n");
        QCOMPARE(plan.errors.size(), std::size_t{1});
        QVERIFY(plan.errors[0].code == ErrorCode::BadPlanLine);
        QCOMPARE(QByteArray::fromStdString(plan.errors[0].subject), line);
        QVERIFY2(QByteArray::fromStdString(plan.errors[0].detail).contains(value),
                 plan.errors[0].detail.c_str());
        QVERIFY(!plan.machines.empty()); // the good lines were read
        QCOMPARE(plan.machines.back().slot.value_or(0), 9);
    }

    void blamesTheLaterOfTwoLines_data() {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("MAC") << QByteArray("2,,AABBCC000001,") << QByteArray("MAC address aa:bb:cc:00:00:01");
        QTest::newRow("slot") << QByteArray("1,,aa:bb:cc:00:00:02,") << QByteArray("slot 1");
        QTest::newRow("name") << QByteArray("2,NODE-1,aa:bb:cc:00:00:02,") << QByteArray("host name node-1");
        QTest::newRow("address") << QByteArray("2,,aa:bb:cc:00:00:02,10.0.0.1")
                                 << QByteArray("address 10.0.0.1");
    }
    void blamesTheLaterOfTwoLines() {
        QFETCH(QByteArray, second);
        QFETCH(QByteArray, value);
        const ReadPlan plan = readCsv("slot,hostname,mac,ip\n1,node-1,aa:bb:cc:00:00:01,10.0.0.1\n" +
                                      second.toStdString() + "\n");
        QCOMPARE(plan.machines.size(), std::size_t{1});
        QCOMPARE(firstError(plan), "3: the " + value.toStdString() + " stands in line 2 already");
    }

    void needsAHeaderThatNamesMac_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("errors");
        QTest::newRow("empty file") << QByteArray() << 0;
        QTest::newRow("no header") << QByteArray("1,node-1,aa:bb:cc:00:00:01,\n") << 1;
        QTest::newRow("no mac") << QByteArray("slot,hostname\n1,a\n") << 1;
        QTest::newRow("mac twice") << QByteArray("mac,mac\naabbcc000001,aabbcc000001\n") << 1;
        QTest::newRow("open quote") << QByteArray("\"mac\n") << 1;
    }
    void needsAHeaderThatNamesMac() {
        QFETCH(QByteArray, text);
        QFETCH(int, errors);
        const ReadPlan plan = readCsv(text.toStdString());
        QVERIFY(plan.machines.empty());
        QCOMPARE(static_cast<int>(plan.errors.size()), errors);
        if (errors > 0)
            QCOMPARE(plan.errors[0].subject, std::string("1"));
    }

    void stopsAfter100000Lines() {
        std::string text = "mac\n";
        for (int i = 0; i < 100100; ++i)
            text += "\n";
        text += "aa:bb:cc:00:00:01\n";
        const ReadPlan plan = readCsv(text);
        QVERIFY(plan.machines.empty());
        QCOMPARE(plan.errors.size(), std::size_t{1});
        QCOMPARE(plan.errors[0].subject, std::string("100001"));
    }

    void readsItsOwnWritingWithoutLoss() {
        const std::string text =
            "slot,hostname,mac,ip,profile,image,note,kernelArguments,bootFile\n"
            "1,node-1,aa:bb:cc:00:00:01,10.0.0.1,web,rocky,plain,console=ttyS0,pxelinux.0\n"
            "2,node-2,aa:bb:cc:00:00:02,10.0.0.2,=web(),+x,\"=cmd|' /C calc'!A0\",,\n"
            "3,node-3,aa:bb:cc:00:00:03,10.0.0.3,@p,'-q,\"two\r\nlines; \"\"quoted\"\"\t,\",,\n"
            "4,node-4,aa:bb:cc:00:00:04,10.0.0.4,网页,,\"  blanks  \",,boot.ipxe\n"
            "5,node-5,aa:bb:cc:00:00:05,10.0.0.5,',''=x,'plain,,\n";
        const ReadPlan first = readCsv(text);
        QCOMPARE(firstError(first), std::string());
        QCOMPARE(first.machines.size(), std::size_t{5});
        QCOMPARE(first.machines[1].assigned.profile, std::string("=web()"));
        const std::string written = writePlanCsv(rosterOf(first));
        const ReadPlan second = readCsv(written);
        QCOMPARE(firstError(second), std::string());
        QCOMPARE(second.machines.size(), first.machines.size());
        for (std::size_t i = 0; i < first.machines.size(); ++i)
            QVERIFY2(areEqual(first.machines[i], second.machines[i]), written.c_str());
        QCOMPARE(writePlanCsv(rosterOf(second)), written);
    }

    void menuEntriesHaveAColumnOfTheirOwn() {
        const std::string text =
            "slot,hostname,mac,ip,profile,image,note,kernelArguments,bootFile,menuEntry\n"
            "1,node-1,aa:bb:cc:00:00:01,10.0.0.1,,,,,,\"Rescue, in text mode\"\n"
            "2,node-2,aa:bb:cc:00:00:02,10.0.0.2,,,,,,\n";
        const ReadPlan plan = readCsv(text);
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines[0].assigned.menuEntry, std::string("Rescue, in text mode"));
        QCOMPARE(writePlanCsv(rosterOf(plan)), text);
        // Nobody sees the column who does not use it.
        const ReadPlan plain = readCsv("mac,bootFile\naabbcc000001,boot.ipxe\n");
        QVERIFY(writePlanCsv(rosterOf(plain)).find("menuEntry") == std::string::npos);
    }

    void dhcpOptionsHaveAColumnOfTheirOwn() {
        const std::string text =
            "slot,hostname,mac,ip,profile,image,note,kernelArguments,bootFile,menuEntry,dhcpOptions\n"
            "1,node-1,aa:bb:cc:00:00:01,10.0.0.1,,,,,,,\"42=10.0.0.1,10.0.0.2;66=\"\"x;y\"\";3=\"\n"
            "2,node-2,aa:bb:cc:00:00:02,10.0.0.2,,,,,,,\n";
        const ReadPlan plan = readCsv(text);
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines[0].assigned.dhcpOptions, std::string("42=10.0.0.1,10.0.0.2;66=\"x;y\";3="));
        QCOMPARE(writePlanCsv(rosterOf(plan)), text);
        const ReadPlan wrong = readCsv("mac,dhcpOptions\naabbcc000001,52=u8:3\naabbcc000002,42=u8:3\n");
        QCOMPARE(wrong.errors.size(), std::size_t{1});
        QCOMPARE(wrong.errors[0].subject, std::string("2"));
        QCOMPARE(wrong.machines.size(), std::size_t{1});
    }

    void writesNoFieldThatASpreadsheetTakesForAFormula() // R57
    {
        const ReadPlan plan =
            readCsv("mac,note,profile,image\naabbcc000001,=1+1,-2,@x\naabbcc000002,+3,\"\t=4\",\n");
        const std::string written = writePlanCsv(rosterOf(plan));
        for (const char* bad : {",=", ",+", ",-", ",@", ",\t", "\"=", "\"+", "\"-", "\"@", "\"\t"})
            QCOMPARE(written.find(bad), std::string::npos);
        QVERIFY(written.find(",'=1+1") != std::string::npos);
    }

    void guardsAndUnguardsEveryText_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "a", "'", "''", "=", "'=", "''=", "'a", "-1", "+", "@", "\tx", "\rx", "a=b"})
            QTest::addRow("%s", QByteArray(text).toPercentEncoding().constData()) << QByteArray(text);
    }
    void guardsAndUnguardsEveryText() {
        QFETCH(QByteArray, text);
        QCOMPARE(unguarded(guarded(text.toStdString())), text.toStdString());
    }

    void writesOnlyTheColumnsThatAreNeededAndNoRefusedMachine() {
        roster::Roster roster =
            rosterOf(readCsv("slot,mac,hostname\n1,aabbcc000001,one\n2,aabbcc000002,two\n"));
        const auto refused = MacAddress::parse("aabbcc000002");
        QVERIFY(refused && roster.apply(roster::Command(roster::Refuse{*refused}), WallTime()));
        QCOMPARE(writePlanCsv(roster), std::string("slot,hostname,mac,ip,profile,image,note\n"
                                                   "1,one,aa:bb:cc:00:00:01,,,,\n"));
    }

    void writesTheNameAndAddressThatFollowFromTheSlot() {
        roster::Roster roster = rosterOf(readCsv("slot,mac\n7,aabbcc000001\n"));
        roster::RackLayout layout;
        layout.namePattern = "web-{slot:02}";
        layout.firstAddress = Ipv4Address(10, 0, 0, 11);
        QVERIFY(roster.apply(roster::Command(roster::SetLayout{layout}), WallTime()));
        QVERIFY(writePlanCsv(roster).find("7,web-07,aa:bb:cc:00:00:01,10.0.0.17,") != std::string::npos);
    }

    void readsGb18030() // Chinese spreadsheets save CSV so
    {
        const ReadPlan plan = readCsv("mac,note\naabbcc000001,\xCE\xC4\xBC\xFE\n"); // 文件
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines.at(0).assigned.note, std::string("文件"));
    }

    void readsWindows1252WhereSemicolonsSeparate() // Excel in Europe
    {
        const ReadPlan plan = readCsv("mac;note\r\naabbcc000001;B\xFCro \x96 5 \x80\r\n");
        QCOMPARE(firstError(plan), std::string());
        QCOMPARE(plan.machines.at(0).assigned.note, std::string("Büro – 5 €"));
        const ReadPlan chinese =
            readCsv("mac;note\naabbcc000001;\xBC\xFE\x81\x40\n"); // 0x81 is no character of it
        QVERIFY(chinese.machines.at(0).assigned.note.starts_with("件"));
    }

    void namesTheColumnsThatItDoesNotKnow() {
        QCOMPARE(readPlan("Owner,MAC,,rack\nme,aabbcc000001,,r9\n").otherColumns,
                 (std::vector<std::string>{"Owner", "rack"}));
        QVERIFY(readPlan("slot,mac\n1,aabbcc000001\n").otherColumns.empty());
    }

    void keepsTheColumnsThatItDoesNotKnow() {
        roster::Roster roster;
        const auto import = [&roster](const char* text) {
            exchange::PlanFile file = readPlan(text);
            for (const roster::Plan& plan : commandsOf(file, roster))
                QVERIFY(roster.apply(plan, WallTime()));
        };
        import("mac,Owner,=rack\naabbcc000001,\"me, you\",r9\naabbcc000002,,r9\n");
        const std::string written = exchange::writePlanCsv(roster);
        QVERIFY(written.starts_with("slot,hostname,mac,ip,profile,image,note,'=rack,Owner\n"));
        QVERIFY(written.find(",r9,\"me, you\"\n") != std::string::npos);
        QVERIFY(written.find(",r9,\n") != std::string::npos);
        const roster::RosterState before = roster.state();
        import(written.c_str());
        QVERIFY(roster.state() == before);
        import("mac,hostname\naabbcc000001,a\n"); // it speaks of neither
        QCOMPARE(roster.machines()[0]->assigned.otherColumns.size(), std::size_t{2});
        import("mac,Owner\naabbcc000001,\n");
        QCOMPARE(roster.machines()[0]->assigned.otherColumns.size(), std::size_t{1});
        import("mac,=rack\naabbcc000001,\n");
        QVERIFY(roster.machines()[0]->assigned.otherColumns.empty());
    }

    void refusesAColumnOfOthersThatStandsTwice() {
        QVERIFY(firstError(readCsv("mac,Owner,Owner\naabbcc000001,a,b\n"))
                    .find("the column Owner stands twice") != std::string::npos);
        QVERIFY(firstError(readCsv("mac,Owner\naabbcc000001,a\x01\n")).find("Owner” has a control") !=
                std::string::npos);
        QCOMPARE(firstError(readCsv("mac,,\naabbcc000001,a,b\n")), std::string()); // nobody named them
    }

    void namesLinesThatAreInNoEncoding() {
        const ReadPlan plan = readCsv("mac,note\naabbcc000001,\xFF\xFF\naabbcc000002,good\n");
        QCOMPARE(plan.machines.size(), std::size_t{1});
        QVERIFY(firstError(plan).starts_with("2: its column note is not UTF-8"));
    }

    void tellsUtf8_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("plain") << QByteArray("abc") << true;
        QTest::newRow("all lengths") << QByteArray("é文\xF0\x9F\x98\x80") << true;
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << false;
        QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("cut") << QByteArray("\xE6\x96") << false;
        QTest::newRow("lone continuation") << QByteArray("\x80") << false;
    }
    void tellsUtf8() {
        QFETCH(QByteArray, text);
        QFETCH(bool, isGood);
        QCOMPARE(isUtf8(text.toStdString()), isGood);
    }
};

QTEST_GUILESS_MAIN(TestPlanCsv)
#include "tst_PlanCsv.moc"
