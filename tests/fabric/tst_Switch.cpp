#include "core/switchport/PortMap.h"
#include "core/switchport/SwitchWalk.h"
#include "tests/fabric/Snmpd.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QUdpSocket>

#include <thread>

using namespace rackmuster;
using namespace rackmuster::switchport;
using rackmuster::tests::MibRows;
using rackmuster::tests::Snmpd;

namespace {

MacAddress mac(int low, int high = 0) {
    return MacAddress({0x52, 0x54, 0, 0, static_cast<std::uint8_t>(high), static_cast<std::uint8_t>(low)});
}

/// Machine n hangs on Gi1/0/(9 - n), 20 others behind the uplink Gi1/0/24.
MibRows rack() {
    MibRows rows;
    for (int port = 1; port <= 24; ++port)
        rows.addPort(port, "Gi1/0/" + QByteArray::number(port));
    for (int machine = 1; machine <= 8; ++machine)
        rows.addMac(machine, 9 - machine);
    for (int other = 101; other <= 120; ++other)
        rows.addMac(other, 24);
    rows.addVlanMac(20, 1, 8);
    return rows;
}

SwitchAccess communityAt(std::uint16_t port) {
    return {.address = "127.0.0.1", .port = port, .community = "fabric"};
}

SwitchAccess userAt(std::uint16_t port) {
    SwitchAccess access = communityAt(port);
    access.community.clear();
    access.user = {"operator", Authentication::Sha1, Snmpd::password, Privacy::Aes128,
                   Snmpd::privacyPassword};
    return access;
}

std::string failureOf(const SwitchAccess& access) {
    const auto tables = walkSwitch(access);
    return tables ? "" : message(tables.error());
}

} // namespace

/// Machines are found by their port, asked of a real SNMP agent.
class TestSwitch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void machinesAreFoundByPort_data();
    void machinesAreFoundByPort();
    void aVlanWithABridgeOfItsOwnIsAskedInItsContext_data();
    void aVlanWithABridgeOfItsOwnIsAskedInItsContext();
    void aWrongPasswordIsRefusedAndTheRightOneStillWorks();
    void anUnknownUserIsToldSo();
    void aSilentSwitchIsGivenUp();
    void aWalkIsCancelledAtOnce();
    void aTableThatIsTooLongIsNotRead();
    void aLongTableIsReadWhole();
    void anAccessThatCannotBeIsRefused();

private:
    Snmpd m_vlan20;
    Snmpd m_switch;
};

void TestSwitch::initTestCase() {
    if (!QFile::exists(QString::fromLatin1(Snmpd::program)))
        QSKIP("snmpd is not installed");
    MibRows vlan20;
    vlan20.addMac(77, 3);
    QVERIFY(m_vlan20.start(vlan20));
    QVERIFY(m_switch.start(rack(), &m_vlan20));
}

void TestSwitch::machinesAreFoundByPort_data() {
    QTest::addColumn<int>("way");
    QTest::newRow("v2c") << 0;
    QTest::newRow("v3 SHA AES") << 1;
    QTest::newRow("v3 SHA-256 AES") << 2;
    QTest::newRow("v3 SHA-512 AES") << 3;
    QTest::newRow("v3 SHA without privacy") << 4;
}

void TestSwitch::machinesAreFoundByPort() {
    QFETCH(int, way);
    SwitchAccess access = way == 0 ? communityAt(m_switch.port()) : userAt(m_switch.port());
    if (way == 2) {
        access.user.name = "operator256";
        access.user.authentication = Authentication::Sha256;
    } else if (way == 3) {
        access.user.name = "operator512";
        access.user.authentication = Authentication::Sha512;
    } else if (way == 4) {
        access.user.privacy = Privacy::None;
    }
    const auto tables = walkSwitch(access);
    QVERIFY2(tables, tables ? "" : message(tables.error()).c_str());
    const PortReading reading = readPorts({&*tables, 1});
    const PortMap map = PortMap::parse("Gi1/0/{slot}").map;
    for (int machine = 1; machine <= 8; ++machine)
        QCOMPARE(map.slotOf(reading, mac(machine)), std::optional(9 - machine));
    QCOMPARE(reading.find(mac(1))->vlans, std::vector<int>{20});
    QCOMPARE(reading.uplinks, std::vector<Uplink>{(Uplink{{"127.0.0.1", "Gi1/0/24"}, 20})});
    QVERIFY(reading.find(mac(101)) == nullptr);
    QCOMPARE(reading.malformed, std::size_t{0});
}

void TestSwitch::aVlanWithABridgeOfItsOwnIsAskedInItsContext_data() {
    QTest::addColumn<bool>("byUser");
    QTest::newRow("v2c fabric@20") << false;
    QTest::newRow("v3 vlan-20") << true;
}

void TestSwitch::aVlanWithABridgeOfItsOwnIsAskedInItsContext() {
    QFETCH(bool, byUser);
    SwitchAccess access = byUser ? userAt(m_switch.port()) : communityAt(m_switch.port());
    access.vlans = {20};
    const auto tables = walkSwitch(access);
    QVERIFY2(tables, tables ? "" : message(tables.error()).c_str());
    const PortReading reading = readPorts({&*tables, 1});
    const Sighting* const inVlan = reading.find(mac(77));
    QVERIFY(inVlan != nullptr);
    QCOMPARE(inVlan->port.name, std::string("Gi1/0/3"));
    QCOMPARE(inVlan->vlans, std::vector<int>{20});
    QVERIFY(reading.find(mac(2)) != nullptr);
}

// libnetsnmp keeps the keys of a user in the process: a mistyped password must not stay.
void TestSwitch::aWrongPasswordIsRefusedAndTheRightOneStillWorks() {
    SwitchAccess access = userAt(m_switch.port());
    access.user.authenticationPassword = "mistyped1";
    QVERIFY2(failureOf(access).find("kind of authentication") != std::string::npos,
             failureOf(access).c_str());
    QCOMPARE(failureOf(userAt(m_switch.port())), std::string());
    access = userAt(m_switch.port());
    access.user.privacyPassword = "mistyped2";
    access.patience = std::chrono::milliseconds(300);
    QVERIFY(!failureOf(access).empty()); // some agents refuse, some stay silent
    QCOMPARE(failureOf(userAt(m_switch.port())), std::string());
}

void TestSwitch::anUnknownUserIsToldSo() {
    SwitchAccess access = userAt(m_switch.port());
    access.user.name = "nobody";
    QVERIFY2(failureOf(access).find("does not know the user") != std::string::npos,
             failureOf(access).c_str());
    QVERIFY(failureOf(access).find(Snmpd::password) == std::string::npos);
}

void TestSwitch::aSilentSwitchIsGivenUp() {
    QUdpSocket deaf;
    QVERIFY(deaf.bind(QHostAddress::LocalHost, 0));
    for (SwitchAccess access : {communityAt(deaf.localPort()), userAt(deaf.localPort())}) {
        access.patience = std::chrono::milliseconds(100);
        access.retries = 1;
        QElapsedTimer timer;
        timer.start();
        const auto tables = walkSwitch(access);
        QVERIFY(!tables);
        QCOMPARE(tables.error().code, ErrorCode::SwitchSilent);
        QVERIFY(timer.elapsed() >= 190);
    }
    // A wrong community is silence, too.
    SwitchAccess wrong = communityAt(m_switch.port());
    wrong.community = "private";
    wrong.patience = std::chrono::milliseconds(100);
    QCOMPARE(walkSwitch(wrong).error().code, ErrorCode::SwitchSilent);
}

void TestSwitch::aWalkIsCancelledAtOnce() {
    QUdpSocket deaf;
    QVERIFY(deaf.bind(QHostAddress::LocalHost, 0));
    SwitchAccess access = communityAt(deaf.localPort());
    access.patience = std::chrono::minutes(5);
    Result<SwitchTables> outcome;
    std::jthread walker([&](const std::stop_token& stop) { outcome = walkSwitch(access, stop); });
    QVERIFY(deaf.waitForReadyRead(10'000)); // the first request is under way
    walker.request_stop();
    walker.join(); // or the test times out
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, ErrorCode::ReadingCancelled);
}

void TestSwitch::aTableThatIsTooLongIsNotRead() {
    SwitchAccess access = communityAt(m_switch.port());
    access.mostRows = 27;
    QCOMPARE(walkSwitch(access).error().code, ErrorCode::SwitchTooLarge);
    access.mostRows = 28;
    QVERIFY(walkSwitch(access));
}

void TestSwitch::aLongTableIsReadWhole() {
    MibRows rows;
    rows.addPort(1, "Gi1/0/1");
    for (int high = 1; high <= 8; ++high) {
        for (int low = 0; low < 250; ++low)
            rows.addMac(low, 1, high);
    }
    Snmpd large;
    QVERIFY(large.start(rows));
    QElapsedTimer timer;
    timer.start();
    const auto tables = walkSwitch(communityAt(large.port()));
    QVERIFY2(tables, tables ? "" : message(tables.error()).c_str());
    qInfo("2000 rows in %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(readPorts({&*tables, 1}).uplinks, std::vector<Uplink>{(Uplink{{"127.0.0.1", "Gi1/0/1"}, 2000})});
}

void TestSwitch::anAccessThatCannotBeIsRefused() {
    SwitchAccess access = userAt(m_switch.port());
    access.user.authenticationPassword = "short";
    QCOMPARE(walkSwitch(access).error().code, ErrorCode::Malformed);
    access = userAt(m_switch.port());
    access.user.authentication = Authentication::None;
    QCOMPARE(walkSwitch(access).error().code, ErrorCode::Malformed);
    access = communityAt(m_switch.port());
    access.vlans = {4095};
    QCOMPARE(walkSwitch(access).error().code, ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(TestSwitch)
#include "tst_Switch.moc"
