#include "core/switchport/PortReading.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::switchport;

namespace {

MacAddress mac(std::uint8_t last) {
    return MacAddress({0x52, 0x54, 0, 0, 0, last});
}

std::vector<std::uint32_t> indexOf(const MacAddress& address, std::vector<std::uint32_t> before = {}) {
    before.insert(before.end(), address.octets().begin(), address.octets().end());
    return before;
}

SnmpRow onPort(std::uint8_t last, std::int64_t port) {
    return {indexOf(mac(last)), port, {}};
}

SnmpRow inDatabase(std::uint32_t database, std::uint8_t last, std::int64_t port) {
    return {indexOf(mac(last), {database}), port, {}};
}

/// Bridge ports 1..n are interfaces 101..; they are called Gi1/0/1...
SwitchTables switchOf(const std::string& address, std::uint32_t ports = 8) {
    SwitchTables tables{address, {BridgeView()}, {}, {}};
    for (std::uint32_t port = 1; port <= ports; ++port) {
        tables.views.front().basePorts.push_back({{port}, 100 + port, {}});
        tables.names.push_back({{100 + port}, std::nullopt, "Gi1/0/" + std::to_string(port)});
    }
    return tables;
}

std::string portOf(const PortReading& reading, std::uint8_t last) {
    const Sighting* const sighting = reading.find(mac(last));
    return sighting == nullptr ? "" : sighting->port.switchAddress + " " + sighting->port.name;
}

} // namespace

class TestPortReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMachineIsFoundByTheNameOfItsPort();
    void oneMacInSeveralVlansIsOneSighting();
    void aDatabaseIsToldByTheVlanThatUsesIt();
    void eachVlanOfItsOwnBridgeHasPortNumbersOfItsOwn();
    void aPortWithManyMacsOrdersNobody();
    void aPortOfItsOwnGoesBeforeTheUplinkOfAnotherSwitch();
    void aMacOnTwoPortsOrdersNobody();
    void portsWithoutNameAreStillTold();
    void whatIsNoMacWithAPortIsCounted();
    void namesAreMadePrintable();
};

void TestPortReading::aMachineIsFoundByTheNameOfItsPort() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().macPorts = {onPort(1, 7), onPort(2, 3)};
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(portOf(reading, 1), std::string("10.0.0.1 Gi1/0/7"));
    QCOMPARE(portOf(reading, 2), std::string("10.0.0.1 Gi1/0/3"));
    QVERIFY(reading.find(mac(1))->vlans.empty());
    QVERIFY(reading.uplinks.empty() && reading.contradictions.empty() && reading.malformed == 0);
    QVERIFY(reading.find(mac(9)) == nullptr);
}

void TestPortReading::oneMacInSeveralVlansIsOneSighting() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().macPorts = {onPort(1, 7)};
    tables.views.front().vlanPorts = {inDatabase(20, 1, 7), inDatabase(10, 1, 7)};
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(reading.sightings.size(), std::size_t{1});
    QCOMPARE(reading.sightings.front().vlans, (std::vector<int>{10, 20}));
}

// RFC 4363: the index is the filtering database, which need not be numbered like the VLAN.
void TestPortReading::aDatabaseIsToldByTheVlanThatUsesIt() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().databases = {{{0, 120}, 65536, {}}};
    tables.views.front().vlanPorts = {inDatabase(65536, 1, 7), inDatabase(5, 2, 3)};
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(reading.find(mac(1))->vlans, std::vector<int>{120});
    QVERIFY(reading.find(mac(2))->vlans.empty());
}

// Cisco: community@20 shows the bridge of VLAN 20, whose port 1 may be another interface.
void TestPortReading::eachVlanOfItsOwnBridgeHasPortNumbersOfItsOwn() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().macPorts = {onPort(1, 1)};
    tables.views.push_back({20, {onPort(2, 1), onPort(3, 4)}, {}, {}, {{{1}, 105, {}}}});
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(portOf(reading, 1), std::string("10.0.0.1 Gi1/0/1"));
    QCOMPARE(portOf(reading, 2), std::string("10.0.0.1 Gi1/0/5"));
    QCOMPARE(reading.find(mac(2))->vlans, std::vector<int>{20});
    QCOMPARE(portOf(reading, 3), std::string("10.0.0.1 Gi1/0/4")); // by the whole bridge
}

void TestPortReading::aPortWithManyMacsOrdersNobody() {
    SwitchTables tables = switchOf("10.0.0.1");
    for (std::uint8_t last = 1; last <= 5; ++last)
        tables.views.front().macPorts.push_back(onPort(last, 8));
    for (std::uint8_t last = 11; last <= 14; ++last)
        tables.views.front().macPorts.push_back(onPort(last, 2));
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(reading.uplinks, std::vector<Uplink>{(Uplink{{"10.0.0.1", "Gi1/0/8"}, 5})});
    QCOMPARE(reading.sightings.size(), std::size_t{4});
    QVERIFY(reading.find(mac(1)) == nullptr);
    QCOMPARE(readPorts({&tables, 1}, 5).uplinks.size(), std::size_t{0});
}

void TestPortReading::aPortOfItsOwnGoesBeforeTheUplinkOfAnotherSwitch() {
    std::vector<SwitchTables> switches{switchOf("10.0.0.1"), switchOf("10.0.0.2")};
    for (std::uint8_t last = 1; last <= 6; ++last) {
        switches[0].views.front().macPorts.push_back(onPort(last, last));
        switches[1].views.front().macPorts.push_back(onPort(last, 8));
    }
    const PortReading reading = readPorts(switches);
    QCOMPARE(reading.uplinks, std::vector<Uplink>{(Uplink{{"10.0.0.2", "Gi1/0/8"}, 6})});
    QCOMPARE(portOf(reading, 6), std::string("10.0.0.1 Gi1/0/6"));
    QVERIFY(reading.contradictions.empty());
}

void TestPortReading::aMacOnTwoPortsOrdersNobody() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().vlanPorts = {inDatabase(10, 1, 7), inDatabase(20, 1, 3), inDatabase(10, 2, 4)};
    const PortReading reading = readPorts({&tables, 1});
    QVERIFY(reading.find(mac(1)) == nullptr);
    QCOMPARE(portOf(reading, 2), std::string("10.0.0.1 Gi1/0/4"));
    QCOMPARE(reading.contradictions, std::vector<ContradictedMac>{(ContradictedMac{
                                         mac(1), {{"10.0.0.1", "Gi1/0/3"}, {"10.0.0.1", "Gi1/0/7"}}})});
}

void TestPortReading::portsWithoutNameAreStillTold() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().basePorts.push_back({{30}, 900, {}});
    tables.views.front().basePorts.push_back({{31}, 901, {}});
    tables.descriptions = {{{901}, std::nullopt, "Ethernet 31"}, {{101}, std::nullopt, "not asked for"}};
    tables.views.front().macPorts = {onPort(1, 29), onPort(2, 30), onPort(3, 31), onPort(4, 1)};
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(portOf(reading, 1), std::string("10.0.0.1 bridge port 29"));
    QCOMPARE(portOf(reading, 2), std::string("10.0.0.1 interface 900"));
    QCOMPARE(portOf(reading, 3), std::string("10.0.0.1 Ethernet 31"));
    QCOMPARE(portOf(reading, 4), std::string("10.0.0.1 Gi1/0/1"));
}

void TestPortReading::whatIsNoMacWithAPortIsCounted() {
    SwitchTables tables = switchOf("10.0.0.1");
    tables.views.front().macPorts = {
        onPort(1, 0),                         // known, but not where
        onPort(2, -1),                        //
        {indexOf(mac(3)), std::nullopt, "7"}, // text
        {{82, 84, 0, 0, 4}, 7, {}},           // five octets
        {{82, 84, 0, 0, 0, 256}, 7, {}},      // no octet
        {{1, 0, 0x5e, 0, 0, 1}, 7, {}},       // a group
        onPort(5, 7),                         //
    };
    tables.views.front().vlanPorts = {{indexOf(mac(6)), 7, {}}, {{}, 7, {}}}; // no database
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(reading.unlearned, std::size_t{1});
    QCOMPARE(reading.malformed, std::size_t{7});
    QCOMPARE(reading.sightings.size(), std::size_t{1});
}

void TestPortReading::namesAreMadePrintable() {
    SwitchTables tables = switchOf("10.0.0.1", 0);
    tables.views.front().basePorts = {{{1}, 101, {}}, {{2}, 102, {}}};
    tables.names = {{{101}, std::nullopt, " Gi\x1b[31m1\n"}, {{102}, std::nullopt, std::string(300, 'x')}};
    tables.views.front().macPorts = {onPort(1, 1), onPort(2, 2)};
    const PortReading reading = readPorts({&tables, 1});
    QCOMPARE(portOf(reading, 1), std::string("10.0.0.1 Gi?[31m1?"));
    QCOMPARE(reading.find(mac(2))->port.name.size(), std::size_t{64});
}

QTEST_APPLESS_MAIN(TestPortReading)
#include "tst_PortReading.moc"
