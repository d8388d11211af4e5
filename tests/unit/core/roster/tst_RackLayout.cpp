#include "core/roster/RackLayout.h"

#include <QTest>

#include <set>

using namespace rackmuster;
using namespace rackmuster::roster;

Q_DECLARE_METATYPE(ErrorCode)
Q_DECLARE_METATYPE(Direction)

class TestRackLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesFollowFromThePattern_data();
    void namesFollowFromThePattern();
    void addressesCountFromTheFirst();
    void addressesEndWithTheAddressSpace();
    void hostNamesFollowRfc1123_data();
    void hostNamesFollowRfc1123();
    void badPatternsAreRefused_data();
    void badPatternsAreRefused();
    void layoutIsCheckedWithTheRacksOwnName();
    void slotCountHasLimits();
    void namesAreComparedWithoutCase();
    void cursorGoesTheWayOfTheDirection_data();
    void cursorGoesTheWayOfTheDirection();
    void everyDirectionTakesEverySlotOnce();
    void columnsHaveLimits();
    void wordsOfDirectionsReadBack();
    void namesOfRacksCountOn_data();
    void namesOfRacksCountOn();
    void labelsReadBack();
    void labelsAreReadInEverySpelling_data();
    void labelsAreReadInEverySpelling();
    void namesOfSeveralRacksFollowFromThePattern_data();
    void namesOfSeveralRacksFollowFromThePattern();
    void noTwoSlotsAreCalledAlike();
    void addressesGoInSteps();
    void addressesOfRacksNeverOverlap();
    void cursorGoesFromRackToRack_data();
    void cursorGoesFromRackToRack();
    void everySlotOfEveryRackIsTakenOnce();
    void racksHaveLimits();
};

namespace {

RackLayout racks(int rackCount, int slotCount) {
    RackLayout layout;
    layout.rackCount = rackCount;
    layout.slotCount = slotCount;
    return layout;
}

} // namespace

void TestRackLayout::namesFollowFromThePattern_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<int>("slot");
    QTest::addColumn<QString>("name");
    QTest::newRow("two digits") << "node-{slot:02}" << 7 << "node-07";
    QTest::newRow("more digits than asked for") << "node-{slot:02}" << 123 << "node-123";
    QTest::newRow("plain") << "n{slot}" << 7 << "n7";
    QTest::newRow("rack and domain") << "{rack}-n{slot:03}.lab" << 12 << "R12-n012.lab";
    QTest::newRow("unknown word") << "node-{row}-{slot}" << 1 << "";
    QTest::newRow("unclosed") << "node-{slot" << 1 << "";
}

void TestRackLayout::namesFollowFromThePattern() {
    QFETCH(QString, pattern);
    QFETCH(int, slot);
    RackLayout layout;
    layout.name = "R12";
    layout.namePattern = pattern.toStdString();
    QTEST(QString::fromStdString(layout.hostnameOf(slot)), "name");
}

void TestRackLayout::addressesCountFromTheFirst() {
    RackLayout layout;
    QVERIFY(!layout.addressOf(1));
    layout.firstAddress = Ipv4Address(192, 168, 0, 250);
    QCOMPARE(layout.addressOf(1)->toString(), std::string("192.168.0.250"));
    QCOMPARE(layout.addressOf(7)->toString(), std::string("192.168.1.0"));
    QVERIFY(!layout.addressOf(0));
}

void TestRackLayout::addressesEndWithTheAddressSpace() {
    RackLayout layout;
    layout.firstAddress = Ipv4Address(255, 255, 255, 255);
    QVERIFY(layout.addressOf(1));
    QVERIFY(!layout.addressOf(2));
}

void TestRackLayout::hostNamesFollowRfc1123_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("simple") << "node-01" << true;
    QTest::newRow("digit first") << "3com" << true;
    QTest::newRow("dots") << "a.b.c" << true;
    QTest::newRow("63 characters") << QString(63, QLatin1Char('a')) << true;
    QTest::newRow("64 characters") << QString(64, QLatin1Char('a')) << false;
    QTest::newRow("254 characters") << QString(QStringLiteral("a.")).repeated(126) + QStringLiteral("aa")
                                    << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("empty label") << "a..b" << false;
    QTest::newRow("dot at the end") << "a." << false;
    QTest::newRow("hyphen first") << "-a" << false;
    QTest::newRow("hyphen last") << "a-" << false;
    QTest::newRow("underscore") << "a_b" << false;
    QTest::newRow("blank") << "a b" << false;
    QTest::newRow("not ASCII") << QString::fromUtf8("n\xc3\xb6"
                                                    "de")
                               << false;
}

void TestRackLayout::hostNamesFollowRfc1123() {
    QFETCH(QString, name);
    QTEST(isHostname(name.toStdString()), "isValid");
}

void TestRackLayout::badPatternsAreRefused_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("unknown word") << "node-{row}{slot}" << ErrorCode::BadName;
    QTest::newRow("no width") << "node-{slot:0}" << ErrorCode::BadName;
    QTest::newRow("width of blanks") << "node-{slot:2}" << ErrorCode::BadName;
    QTest::newRow("unclosed") << "node-{slot" << ErrorCode::BadName;
    QTest::newRow("no host name") << "node {slot}" << ErrorCode::BadName;
    QTest::newRow("empty") << "" << ErrorCode::BadName;
    QTest::newRow("one name for all") << "node" << ErrorCode::Malformed;
    QTest::newRow("only the rack") << "{rack}" << ErrorCode::Malformed;
    QTest::newRow("no width of the rack") << "n{rack:0}{slot}" << ErrorCode::BadName;
}

void TestRackLayout::badPatternsAreRefused() {
    QFETCH(QString, pattern);
    const auto checked = checkNamePattern(pattern.toStdString());
    QVERIFY(!checked);
    QTEST(checked.error().code, "code");
}

void TestRackLayout::layoutIsCheckedWithTheRacksOwnName() {
    RackLayout layout;
    layout.namePattern = "{rack}-{slot:02}";
    QVERIFY(checkLayout(layout));
    layout.name = "hall B";
    QCOMPARE(checkLayout(layout).error().code, ErrorCode::BadName);
    layout.namePattern = "n{slot}"; // the name does not matter where it is not used
    QVERIFY(checkLayout(layout));
}

void TestRackLayout::slotCountHasLimits() {
    RackLayout layout;
    for (const int good : {1, 42, maximumSlot}) {
        layout.slotCount = good;
        QVERIFY(checkLayout(layout));
    }
    for (const int bad : {-1, 0, maximumSlot + 1}) {
        layout.slotCount = bad;
        QCOMPARE(checkLayout(layout).error().code, ErrorCode::Malformed);
    }
}

void TestRackLayout::namesAreComparedWithoutCase() {
    QCOMPARE(foldedName("Node-01.LAB"), std::string("node-01.lab"));
}

void TestRackLayout::cursorGoesTheWayOfTheDirection_data() {
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<int>("slotCount");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QList<int>>("slots");
    QTest::newRow("bottom-up") << Direction::BottomUp << 4 << 2 << QList<int>{1, 2, 3, 4, 5, 6};
    QTest::newRow("top-down") << Direction::TopDown << 4 << 2 << QList<int>{4, 3, 2, 1, 5, 6};
    QTest::newRow("odd-even") << Direction::OddEven << 5 << 4 << QList<int>{1, 3, 5, 2, 4, 6};
    QTest::newRow("odd-even, even count") << Direction::OddEven << 4 << 1 << QList<int>{1, 3, 2, 4, 5};
    QTest::newRow("by column") << Direction::ByColumn << 8 << 4 << QList<int>{1, 5, 2, 6, 3, 7, 4, 8, 9};
    QTest::newRow("last row short") << Direction::ByColumn << 5 << 3 << QList<int>{1, 4, 2, 5, 3, 6};
    QTest::newRow("one column") << Direction::ByColumn << 3 << 1 << QList<int>{1, 2, 3, 4};
    QTest::newRow("more columns than slots") << Direction::ByColumn << 2 << 9 << QList<int>{1, 2, 3};
}

void TestRackLayout::cursorGoesTheWayOfTheDirection() {
    QFETCH(Direction, direction);
    QFETCH(int, slotCount);
    QFETCH(int, columns);
    QFETCH(QList<int>, slots);
    RackLayout layout;
    layout.direction = direction;
    layout.slotCount = slotCount;
    layout.columns = columns;
    QList<int> gone{layout.firstSlot()};
    while (gone.size() < slots.size())
        gone.append(layout.slotAfter(gone.last()));
    QCOMPARE(gone, slots);
}

void TestRackLayout::everyDirectionTakesEverySlotOnce() {
    RackLayout layout;
    for (const Direction direction :
         {Direction::BottomUp, Direction::TopDown, Direction::OddEven, Direction::ByColumn}) {
        layout.direction = direction;
        for (layout.slotCount = 1; layout.slotCount < 30; ++layout.slotCount) {
            for (layout.columns = 1; layout.columns < 9; ++layout.columns) {
                std::set<int> taken;
                int slot = layout.firstSlot();
                for (; slot <= layout.slotCount; slot = layout.slotAfter(slot))
                    QVERIFY(slot >= 1 && taken.insert(slot).second);
                QCOMPARE(static_cast<int>(taken.size()), layout.slotCount);
                QCOMPARE(slot, layout.slotCount + 1); // the rack grows
            }
        }
    }
}

void TestRackLayout::columnsHaveLimits() {
    RackLayout layout;
    for (const int good : {1, 99}) {
        layout.columns = good;
        QVERIFY(checkLayout(layout));
    }
    for (const int bad : {-1, 0, 100}) {
        layout.columns = bad;
        QCOMPARE(checkLayout(layout).error().code, ErrorCode::Malformed);
    }
}

void TestRackLayout::wordsOfDirectionsReadBack() {
    for (const Direction direction :
         {Direction::BottomUp, Direction::TopDown, Direction::OddEven, Direction::ByColumn})
        QCOMPARE(directionFromWord(toWord(direction)), std::optional(direction));
    QVERIFY(toWord(Direction::ByColumn) == "by-column");
    QCOMPARE(directionFromWord("sideways"), std::nullopt);
}

void TestRackLayout::namesOfRacksCountOn_data() {
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("eleventh");
    QTest::newRow("number") << "R1"
                            << "R2"
                            << "R11";
    QTest::newRow("zeros") << "A07"
                           << "A08"
                           << "A17";
    QTest::newRow("carry") << "R99"
                           << "R100"
                           << "R109";
    QTest::newRow("no number") << "Cage"
                               << "Cage2"
                               << "Cage11";
    QTest::newRow("only a number") << "12"
                                   << "13"
                                   << "22";
    QTest::newRow("a serial") << "X123456789999"
                              << "X1234567810000"
                              << "X1234567810009";
}

void TestRackLayout::namesOfRacksCountOn() {
    QFETCH(QString, first);
    RackLayout layout = racks(12, 10);
    layout.name = first.toStdString();
    QCOMPARE(layout.rackName(1), first.toStdString());
    QTEST(QString::fromStdString(layout.rackName(2)), "second");
    QTEST(QString::fromStdString(layout.rackName(11)), "eleventh");
}

void TestRackLayout::labelsReadBack() {
    for (const RackLayout& layout : {racks(1, 42), racks(3, 42), racks(99, 10)}) {
        for (int slot = 1; slot <= layout.lastSlot(); ++slot) {
            QCOMPARE(layout.slotFromLabel(layout.slotLabel(slot)), std::optional(slot));
            QCOMPARE(layout.slotAt(layout.placeOf(slot)), slot);
        }
    }
    QCOMPARE(racks(1, 42).slotLabel(7), std::string("7"));
    QCOMPARE(racks(2, 42).slotLabel(49), std::string("R2-07"));
}

void TestRackLayout::labelsAreReadInEverySpelling_data() {
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("slot"); // 0: none
    QTest::newRow("through all racks") << "49" << 49;
    QTest::newRow("label") << "R2-7" << 49;
    QTest::newRow("other case, zeros") << "r2:07" << 49;
    QTest::newRow("slash") << "R2/7" << 49;
    QTest::newRow("blanks") << "R2  7" << 49;
    QTest::newRow("other rack") << "R4-7" << 0;
    QTest::newRow("beyond the rack") << "R2-43" << 0;
    QTest::newRow("nothing between") << "R27" << 0;
    QTest::newRow("no rack") << "-7" << 0;
    QTest::newRow("no slot") << "R2-" << 0;
    QTest::newRow("zero") << "R2-0" << 0;
    QTest::newRow("empty") << "" << 0;
    QTest::newRow("too large") << "99999999999999999999" << 0;
}

void TestRackLayout::labelsAreReadInEverySpelling() {
    QFETCH(QString, label);
    QTEST(racks(3, 42).slotFromLabel(label.toStdString()).value_or(0), "slot");
}

void TestRackLayout::namesOfSeveralRacksFollowFromThePattern_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("name"); // of slot 49
    QTest::newRow("counts through") << "node-{slot:03}"
                                    << "node-049";
    QTest::newRow("rack's name") << "{rack}-n{slot:02}"
                                 << "R8-n07";
    QTest::newRow("rack's number") << "r{rack:02}-n{slot:02}"
                                   << "r08-n07";
}

void TestRackLayout::namesOfSeveralRacksFollowFromThePattern() {
    QFETCH(QString, pattern);
    RackLayout layout = racks(3, 42);
    layout.name = "R7";
    layout.namePattern = pattern.toStdString();
    QVERIFY(checkLayout(layout));
    QTEST(QString::fromStdString(layout.hostnameOf(49)), "name");
}

void TestRackLayout::noTwoSlotsAreCalledAlike() {
    RackLayout layout = racks(20, 42);
    layout.namePattern = "n{rack:01}{slot}"; // 1 and 11, 11 and 1
    QCOMPARE(message(checkLayout(layout).error()),
             std::string("The name pattern is not valid: two slots would be called n111."));
    layout.namePattern = "n{rack:02}{slot:02}";
    QVERIFY(checkLayout(layout));
    layout.namePattern = "{rack}";
    QCOMPARE(checkLayout(layout).error().code, ErrorCode::Malformed);
    layout.slotCount = 1; // a blade chassis each: the rack is the machine
    QVERIFY(checkLayout(layout));
}

void TestRackLayout::addressesGoInSteps() {
    RackLayout layout = racks(3, 42);
    layout.firstAddress = Ipv4Address(10, 0, 1, 10);
    layout.addressStep = 2;
    QVERIFY(layout.addressOf(2) == Ipv4Address(10, 0, 1, 12));
    QVERIFY(layout.addressOf(43) == Ipv4Address(10, 0, 1, 94)); // it counts on
    layout.rackAddressStep = 256;
    QVERIFY(checkLayout(layout));
    QVERIFY(layout.addressOf(43) == Ipv4Address(10, 0, 2, 10));
    QVERIFY(layout.addressOf(86) == Ipv4Address(10, 0, 3, 12));
    layout.firstAddress = Ipv4Address(255, 255, 255, 1);
    QVERIFY(layout.addressOf(42));
    QVERIFY(!layout.addressOf(43));
}

void TestRackLayout::addressesOfRacksNeverOverlap() {
    RackLayout layout = racks(2, 42);
    layout.rackAddressStep = 42;
    QVERIFY(checkLayout(layout));
    layout.rackAddressStep = 41;
    QCOMPARE(checkLayout(layout).error().code, ErrorCode::Malformed);
    layout.rackCount = 1; // nothing to overlap with
    QVERIFY(checkLayout(layout));
    for (const int bad : {0, -1, 65'537}) {
        layout.addressStep = bad;
        QCOMPARE(checkLayout(layout).error().code, ErrorCode::Malformed);
    }
}

void TestRackLayout::cursorGoesFromRackToRack_data() {
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<QList<int>>("slots");
    QTest::newRow("bottom-up") << Direction::BottomUp << QList<int>{1, 2, 3, 4, 5, 6, 7};
    QTest::newRow("top-down") << Direction::TopDown << QList<int>{3, 2, 1, 6, 5, 4, 9};
    QTest::newRow("odd-even") << Direction::OddEven << QList<int>{1, 3, 2, 4, 6, 5, 7};
}

void TestRackLayout::cursorGoesFromRackToRack() {
    QFETCH(Direction, direction);
    QFETCH(QList<int>, slots);
    RackLayout layout = racks(2, 3);
    layout.direction = direction;
    QList<int> gone{layout.firstSlot()};
    while (gone.size() < slots.size())
        gone.append(layout.slotAfter(gone.last()));
    QCOMPARE(gone, slots);
    layout.growTo(slots.last());
    QCOMPARE(layout.rackCount, 3); // one more is there when it is needed
}

void TestRackLayout::everySlotOfEveryRackIsTakenOnce() {
    for (const Direction direction :
         {Direction::BottomUp, Direction::TopDown, Direction::OddEven, Direction::ByColumn}) {
        for (int slotCount = 1; slotCount < 12; ++slotCount) {
            RackLayout layout = racks(3, slotCount);
            layout.direction = direction;
            std::set<int> taken;
            int slot = layout.firstSlot();
            for (; slot <= layout.lastSlot(); slot = layout.slotAfter(slot))
                QVERIFY(slot >= 1 && taken.insert(slot).second);
            QCOMPARE(static_cast<int>(taken.size()), 3 * slotCount);
        }
    }
}

void TestRackLayout::racksHaveLimits() {
    for (const RackLayout& good : {racks(1, 999), racks(24, 42), racks(999, 1)})
        QVERIFY(checkLayout(good));
    for (const RackLayout& bad : {racks(0, 42), racks(25, 42), racks(2, 999)})
        QCOMPARE(checkLayout(bad).error().code, ErrorCode::Malformed);
    QCOMPARE(racks(24, 42).lastSlot(), maximumSlot); // not all of the last one can be used
    QCOMPARE(racks(4, 300).slotFromLabel("R4-99"), std::optional(999));
    QCOMPARE(racks(4, 300).slotFromLabel("R4-100"), std::nullopt);
    for (const Direction direction :
         {Direction::BottomUp, Direction::TopDown, Direction::OddEven, Direction::ByColumn}) {
        RackLayout layout = racks(2, 600);
        layout.direction = direction;
        std::set<int> taken;
        for (int slot = layout.firstSlot(); slot <= maximumSlot; slot = layout.slotAfter(slot))
            QVERIFY(taken.insert(slot).second);
        QCOMPARE(static_cast<int>(taken.size()), maximumSlot);
    }
}

QTEST_GUILESS_MAIN(TestRackLayout)
#include "tst_RackLayout.moc"
