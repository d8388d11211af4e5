#include "tests/fabric/Snmpd.h"
#include "tests/support/CabledEngine.h"
#include "tests/support/FakePxeClient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using tests::CabledEngine;
using tests::FakePxeClient;
using tests::MibRows;
using tests::Snmpd;
using namespace std::chrono_literals;

namespace {

MacAddress macOf(int number) {
    return MacAddress({0x52, 0x54, 0, 0, 0, static_cast<std::uint8_t>(number)});
}

engine::SwitchAccess accessTo(std::uint16_t port, bool byUser) {
    engine::SwitchAccess access;
    access.address = "127.0.0.1";
    access.port = port;
    access.community = "fabric";
    if (byUser)
        access.user = {"operator", switchport::Authentication::Sha1, Snmpd::password,
                       switchport::Privacy::Aes128, Snmpd::privacyPassword};
    return access;
}

} // namespace

/// The whole engine with the real helper on a virtual cable, and a real SNMP agent: machines stand where
/// their switch ports say while they are captured.
class TestPortCapture : public QObject {
    Q_OBJECT

    std::unique_ptr<CabledEngine> m_cable;

    [[nodiscard]] engine::Engine& engine() const { return m_cable->engine(); }
    [[nodiscard]] bool start(boot::DhcpMode mode, const engine::PortSettings& ports) {
        engine::ServiceSettings settings;
        settings.dhcpMode = mode;
        return engine().setPorts(ports).has_value() && m_cable->start(settings).has_value();
    }
    void discover(int number, std::string_view circuitId = {}) {
        FakePxeClient::Options options;
        options.mac = macOf(number);
        FakePxeClient machine(m_cable->network(), options);
        wire::DhcpMessage message = machine.makeDiscover();
        if (!circuitId.empty()) {
            std::vector<std::uint8_t> option{1, static_cast<std::uint8_t>(circuitId.size())};
            option.insert(option.end(), circuitId.begin(), circuitId.end());
            message.set(wire::DhcpOption::RelayAgent, option);
        }
        machine.send(message);
    }
    [[nodiscard]] std::optional<int> slotOf(int number) const {
        const roster::Machine* const machine = engine().roster().find(macOf(number));
        return machine == nullptr ? std::nullopt : machine->slot;
    }
    [[nodiscard]] std::ptrdiff_t diagnoses(const char* code) const {
        const auto events = m_cable->events(QLatin1String("diagnosis"));
        return std::count_if(events.begin(), events.end(), [code](const engine::EngineEvent& event) {
            return event.facts.value(QLatin1String("code")).toString() == QLatin1String(code);
        });
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void aDiscoverStandsAtThePortThatOption82Names_data();
    void aDiscoverStandsAtThePortThatOption82Names();
    void theMapMayComeLater();
    void whoFindsItsSlotTakenIsTold();
    void theSwitchSaysWhoHangsWhere_data();
    void theSwitchSaysWhoHangsWhere();
    void severalMachinesOnOnePortOrderNobody();
    void aSilentSwitchIsToldOnceAndHoldsNothingUp();
};

void TestPortCapture::init() {
    QString whyNot;
    m_cable = CabledEngine::create(whyNot);
    if (!m_cable)
        QSKIP(qPrintable(whyNot));
    QVERIFY(m_cable->open({.switchInterval = 200ms}));
}

void TestPortCapture::cleanup() {
    m_cable.reset();
}

void TestPortCapture::aDiscoverStandsAtThePortThatOption82Names_data() {
    QTest::addColumn<int>("mode");
    QTest::newRow("collect only") << int(boot::DhcpMode::Off);
    QTest::newRow("own DHCP") << int(boot::DhcpMode::Own);
}

void TestPortCapture::aDiscoverStandsAtThePortThatOption82Names() {
    QFETCH(int, mode);
    QVERIFY(start(static_cast<boot::DhcpMode>(mode), {QStringLiteral("Gi1/0/{slot}"), {}}));
    discover(1);
    QTRY_COMPARE(slotOf(1), std::optional(1));
    discover(2, "Gi1/0/7");
    QTRY_COMPARE(slotOf(2), std::optional(7));
    discover(3, "Gi1/0/1");
    QTRY_COMPARE(slotOf(3), std::optional(1));
    QVERIFY(!slotOf(1)); // a known port beats the order of arrival
    QCOMPARE(engine().roster().cursor(), 2);
    const auto placed = m_cable->events(QLatin1String("placed"));
    QCOMPARE(placed.size(), std::size_t(2));
    QCOMPARE(placed[0].facts.value(QLatin1String("port")).toString(), QStringLiteral("Gi1/0/7"));
    QCOMPARE(placed[0].facts.value(QLatin1String("slot")).toInt(), 7);
    QCOMPARE(diagnoses("gave-way"), 1);
    QCOMPARE(engine().snapshot().machines.front().port, QStringLiteral("Gi1/0/1"));
}

void TestPortCapture::theMapMayComeLater() {
    QVERIFY(start(boot::DhcpMode::Off, {}));
    discover(1, "Gi1/0/7");
    QTRY_COMPARE(slotOf(1), std::optional(1));
    QVERIFY(engine().setPorts({QStringLiteral("Gi1/0/{slot}"), {}}));
    QCOMPARE(slotOf(1), std::optional(7));
    QCOMPARE(engine().roster().cursor(), 1);
}

void TestPortCapture::whoFindsItsSlotTakenIsTold() {
    QVERIFY(start(boot::DhcpMode::Off, {QStringLiteral("Gi1/0/{slot}"), {}}));
    discover(1, "Gi1/0/7");
    QTRY_COMPARE(slotOf(1), std::optional(7));
    discover(2, "Gi1/0/7");
    QTRY_COMPARE(diagnoses("port-taken"), 1);
    QVERIFY(!slotOf(2));
}

void TestPortCapture::theSwitchSaysWhoHangsWhere_data() {
    QTest::addColumn<bool>("byUser");
    QTest::newRow("v2c") << false;
    QTest::newRow("v3") << true;
}

void TestPortCapture::theSwitchSaysWhoHangsWhere() {
    QFETCH(bool, byUser);
    if (!QFile::exists(QString::fromLatin1(Snmpd::program)))
        QSKIP("snmpd is not installed");
    MibRows rows;
    for (int port = 1; port <= 9; ++port)
        rows.addPort(port, "Gi1/0/" + QByteArray::number(port));
    for (int machine = 1; machine <= 3; ++machine)
        rows.addMac(machine, 9 - machine);
    Snmpd device;
    QVERIFY(device.start(rows));
    QVERIFY(start(boot::DhcpMode::Off, {QStringLiteral("Gi1/0/{slot}"), {accessTo(device.port(), byUser)}}));
    for (const int number : {1, 2, 3, 4}) { // the fourth hangs elsewhere
        discover(number);
        QTRY_VERIFY(engine().roster().find(macOf(number)) != nullptr);
    }
    QTRY_COMPARE_WITH_TIMEOUT(slotOf(1), std::optional(8), 20'000);
    QTRY_COMPARE(slotOf(2), std::optional(7));
    QTRY_COMPARE(slotOf(3), std::optional(6));
    QCOMPARE(slotOf(4), std::optional(4));
    QCOMPARE(diagnoses("switch-unread"), 0);
    QCOMPARE(engine().snapshot().machines.back().port,
             QStringLiteral("Gi1/0/8 @127.0.0.1")); // in the order of slots
}

void TestPortCapture::severalMachinesOnOnePortOrderNobody() {
    if (!QFile::exists(QString::fromLatin1(Snmpd::program)))
        QSKIP("snmpd is not installed");
    MibRows rows;
    for (int port = 1; port <= 9; ++port)
        rows.addPort(port, "Gi1/0/" + QByteArray::number(port));
    rows.addMac(1, 9); // the way to another switch, which few have used yet
    rows.addMac(2, 9);
    rows.addMac(3, 5);
    Snmpd device;
    QVERIFY(device.start(rows));
    QVERIFY(start(boot::DhcpMode::Off, {QStringLiteral("Gi1/0/{slot}"), {accessTo(device.port(), false)}}));
    for (const int number : {1, 2, 3}) {
        discover(number);
        QTRY_VERIFY(engine().roster().find(macOf(number)) != nullptr);
    }
    QTRY_COMPARE_WITH_TIMEOUT(slotOf(3), std::optional(5), 20'000);
    QCOMPARE(slotOf(1), std::optional(1));
    QCOMPARE(slotOf(2), std::optional(2));
}

void TestPortCapture::aSilentSwitchIsToldOnceAndHoldsNothingUp() {
    engine::SwitchAccess silent = accessTo(9, false);
    silent.community = "topsecret";
    silent.patience = 100ms;
    silent.retries = 0;
    QVERIFY(start(boot::DhcpMode::Off, {QStringLiteral("Gi1/0/{slot}"), {silent}}));
    discover(1);
    QTRY_COMPARE_WITH_TIMEOUT(diagnoses("switch-unread"), 1, 20'000);
    QTest::qWait(1500); // several readings
    QCOMPARE(diagnoses("switch-unread"), 1);
    for (const engine::EngineEvent& event : m_cable->events())
        QVERIFY(!QJsonDocument(event.toJson()).toJson().contains("topsecret"));

    silent.patience = 5s;
    QVERIFY(engine().setPorts({QStringLiteral("Gi1/0/{slot}"), {silent}}));
    QTest::qWait(1000); // it is being read now
    QElapsedTimer clock;
    clock.start();
    discover(2);
    QTRY_COMPARE(slotOf(2), std::optional(2));
    engine().stop();
    m_cable->close();
    QVERIFY2(clock.elapsed() < 4000, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(TestPortCapture)
#include "tst_PortCapture.moc"
