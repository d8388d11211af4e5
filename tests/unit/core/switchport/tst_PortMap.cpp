#include "core/switchport/PortMap.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::switchport;

namespace {

PortMap mapOf(std::string_view text) {
    PortMapFile file = PortMap::parse(text);
    return file.errors.empty() ? std::move(file.map) : PortMap();
}

MacAddress mac(std::uint8_t last) {
    return MacAddress({0x52, 0x54, 0, 0, 0, last});
}

Sighting sighting(std::uint8_t last, const char* port) {
    return {mac(last), {"10.0.0.1", port}, {}};
}

} // namespace

class TestPortMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPatternGivesTheSlotInTheName();
    void aLineGivesTheSlotOfItsPort();
    void aLineGoesBeforeAPatternAndASwitchBeforeAny();
    void badLinesAreNamedAndTheOthersRead();
    void theFirstRackTeachesTheNext();
    void aPortOfTwoSlotsIsNotLearned();
    void whatIsWrittenIsReadAgain();
    void aMacWithoutAPortOfItsOwnHasNoSlot();
    void tooLongTextsAreCut();
};

void TestPortMap::aPatternGivesTheSlotInTheName() {
    const PortMap map = mapOf("Gi1/0/{slot}\n");
    QCOMPARE(map.slotOf({"10.0.0.1", "Gi1/0/7"}), std::optional(7));
    QCOMPARE(map.slotOf({"", "Gi1/0/07"}), std::optional(7));
    QCOMPARE(map.slotOf({"", "Gi1/0/"}), std::nullopt);
    QCOMPARE(map.slotOf({"", "Gi1/0/0"}), std::nullopt);
    QCOMPARE(map.slotOf({"", "Gi1/0/x"}), std::nullopt);
    QCOMPARE(map.slotOf({"", "Gi1/1/7"}), std::nullopt);
    QCOMPARE(map.slotOf({"", "Gi1/0/99999999999"}), std::nullopt);
    QCOMPARE(mapOf("Slot: 0 Port: {slot} Gigabit").slotOf({"", "Slot: 0 Port: 12 Gigabit"}),
             std::optional(12));
    QCOMPARE(mapOf("aa{slot}aa").slotOf({"", "aaa"}), std::nullopt); // the ends may not share letters
}

void TestPortMap::aLineGivesTheSlotOfItsPort() {
    const PortMap map = mapOf("# rack 1\r\n7\tethernet 1/1\r\n\r\n8 00:04:00:01 # a circuit id\r\n");
    QCOMPARE(map.slotOf({"10.0.0.1", "ethernet 1/1"}), std::optional(7));
    QCOMPARE(map.slotOf({"", "00:04:00:01"}), std::optional(8));
    QCOMPARE(map.slotOf({"", "ethernet 1/2"}), std::nullopt);
}

void TestPortMap::aLineGoesBeforeAPatternAndASwitchBeforeAny() {
    const PortMap map = mapOf("Gi1/0/{slot}\nGi1/0/4{slot} @10.0.0.2\n30 Gi1/0/1\n31 Gi1/0/1 @10.0.0.2\n");
    QCOMPARE(map.slotOf({"10.0.0.1", "Gi1/0/1"}), std::optional(30));
    QCOMPARE(map.slotOf({"10.0.0.2", "Gi1/0/1"}), std::optional(31));
    QCOMPARE(map.slotOf({"10.0.0.1", "Gi1/0/41"}), std::optional(41));
    QCOMPARE(map.slotOf({"10.0.0.2", "Gi1/0/41"}), std::optional(1));
    QCOMPARE(map.slotOf({"10.0.0.2", "Gi1/0/2"}), std::optional(2));
}

void TestPortMap::badLinesAreNamedAndTheOthersRead() {
    const PortMapFile file = PortMap::parse("1 Gi1/0/1\nGi1/0/2\n0 Gi1/0/3\n4\n2 Gi1/0/1\n1 Gi1/0/1\n"
                                            "{slot}/{slot}\n5 Gi\x01\n9 Gi1/0/9");
    std::vector<std::string> lines;
    for (const Error& error : file.errors) {
        QCOMPARE(error.code, ErrorCode::BadPortMapLine);
        lines.push_back(error.subject);
    }
    QCOMPARE(lines, (std::vector<std::string>{"2", "3", "4", "5", "7", "8"}));
    QCOMPARE(file.map.slotOf({"", "Gi1/0/1"}), std::optional(1));
    QCOMPARE(file.map.slotOf({"", "Gi1/0/9"}), std::optional(9));
}

void TestPortMap::theFirstRackTeachesTheNext() {
    PortReading first;
    first.sightings = {sighting(1, "Gi1/0/5"), sighting(2, "Gi1/0/6"), sighting(3, "Gi1/0/7")};
    const PortMap map = PortMap::learned(first, {{mac(1), 2}, {mac(2), 1}, {mac(9), 3}});
    QCOMPARE(map.toText(), std::string("1 Gi1/0/6 @10.0.0.1\n2 Gi1/0/5 @10.0.0.1\n"));

    PortReading second;
    second.sightings = {sighting(21, "Gi1/0/6")};
    QCOMPARE(map.slotOf(second, mac(21)), std::optional(1));
}

void TestPortMap::aPortOfTwoSlotsIsNotLearned() {
    PortReading reading;
    reading.sightings = {sighting(1, "Gi1/0/5"), sighting(2, "Gi1/0/5"), sighting(3, "Gi1/0/6"),
                         sighting(4, "Gi1/0/6")};
    const PortMap map = PortMap::learned(reading, {{mac(1), 1}, {mac(2), 2}, {mac(3), 3}, {mac(4), 3}});
    QCOMPARE(map.toText(), std::string("3 Gi1/0/6 @10.0.0.1\n")); // two NICs of one machine are one slot
}

void TestPortMap::whatIsWrittenIsReadAgain() {
    PortReading reading;
    reading.sightings = {sighting(1, "a # b"), sighting(2, "a @b"), sighting(3, "x {slot}"),
                         sighting(4, "Port 4")};
    const PortMap learned = PortMap::learned(reading, {{mac(1), 1}, {mac(2), 2}, {mac(3), 3}, {mac(4), 4}});
    QCOMPARE(learned.toText(),
             std::string("4 Port 4 @10.0.0.1\n")); // the others would come back as something else
    const PortMap typed = mapOf("7 Gi1/0/7 @sw\nGi{slot}/1\nGi{slot} @sw\n3 x\n");
    QVERIFY(!typed.isEmpty());
    QVERIFY(mapOf(typed.toText()) == typed);
}

void TestPortMap::aMacWithoutAPortOfItsOwnHasNoSlot() {
    QCOMPARE(mapOf("Gi1/0/{slot}").slotOf(PortReading(), mac(1)), std::nullopt);
    QVERIFY(PortMap().isEmpty());
}

void TestPortMap::tooLongTextsAreCut() {
    const PortMapFile file =
        PortMap::parse("1 " + std::string(600, 'x') + "\n2 y" + std::string(20'000, '\n'));
    QCOMPARE(file.errors.size(), std::size_t{2});
    QCOMPARE(file.map.slotOf({"", "y"}), std::optional(2));
}

QTEST_APPLESS_MAIN(TestPortMap)
#include "tst_PortMap.moc"
