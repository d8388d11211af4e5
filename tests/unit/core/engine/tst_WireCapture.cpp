#include "core/engine/OperatorActs.h"
#include "tests/support/CabledEngine.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/SpokenFrames.h"

#include <QJsonArray>
#include <QTest>

using namespace rackmuster;
using engine::Engine;
using tests::CabledEngine;
using tests::CableEnd;
using tests::FakePxeClient;

namespace {

constexpr MacAddress bmc(MacAddress::Octets{0x00, 0x25, 0x90, 0, 0, 0x0B}); // Supermicro's

} // namespace

/// The whole engine with the real helper on a virtual cable: what it hears besides machines, in every mode.
class WireCaptureTest : public QObject {
    Q_OBJECT

    std::unique_ptr<CabledEngine> m_cable;
    engine::WireInfo m_wire;

    [[nodiscard]] Engine& engine() const { return m_cable->engine(); }
    [[nodiscard]] Result<void> start(boot::DhcpMode mode) {
        engine::ServiceSettings settings;
        settings.dhcpMode = mode;
        return m_cable->start(settings);
    }
    [[nodiscard]] std::vector<engine::EngineEvent> events(const char* name) const {
        return m_cable->events(QLatin1String(name));
    }

private Q_SLOTS:
    void init() {
        QString whyNot;
        m_cable = CabledEngine::create(whyNot);
        if (!m_cable)
            QSKIP(qPrintable(whyNot));
        QVERIFY(m_cable->open());
        m_wire = {};
        connect(&engine(), &Engine::wireChanged, this,
                [this](const engine::WireInfo& wire) { m_wire = wire; });
    }
    void cleanup() { m_cable.reset(); }

    void hearsMachinesAndTheWireInEveryMode_data() {
        QTest::addColumn<int>("mode");
        QTest::newRow("collect only") << int(boot::DhcpMode::Off);
        QTest::newRow("own DHCP") << int(boot::DhcpMode::Own);
        QTest::newRow("beside another DHCP server") << int(boot::DhcpMode::Proxy);
    }

    void hearsMachinesAndTheWireInEveryMode() {
        QFETCH(int, mode);
        QVERIFY(start(static_cast<boot::DhcpMode>(mode)).has_value());
        FakePxeClient machine(m_cable->network(), {});
        const wire::DhcpMessage discover = machine.makeDiscover();
        machine.send(discover);
        const CableEnd cable(m_cable->network());
        cable.send(tests::dhcpFrame(tests::discoverOf(bmc, "udhcp 1.30", "bmc-1")));
        cable.send(tests::lldpFrame());
        cable.send(tests::bpduFrame());
        QTRY_VERIFY(engine().roster().find(machine.mac()) != nullptr);
        QTRY_VERIFY(m_wire.neighbours.size() == 2 && m_wire.spanningTree && !m_wire.switchPorts.empty());
        QVERIFY(engine().roster().find(bmc) == nullptr);
        QVERIFY(m_wire.neighbours[0].neighbour.mac == bmc);
        QCOMPARE(m_wire.neighbours[0].vendor, QStringLiteral("Supermicro"));
        QCOMPARE(engine().snapshot().wire, m_wire);
        if (mode == int(boot::DhcpMode::Off)) {
            QVERIFY(engine().snapshot().services.dhcp == engine::ServiceState::Stopped);
            QVERIFY(!machine.receive(discover.xid, 700)); // a time in which it is answered otherwise
        }
    }

    void tellsItToPrograms() {
        QVERIFY(start(boot::DhcpMode::Off).has_value());
        const CableEnd cable(m_cable->network());
        cable.send(tests::lldpFrame());
        cable.send(tests::lldpFrame());
        cable.send(tests::bpduFrame());
        QTRY_VERIFY(m_wire.spanningTree && m_wire.neighbours.size() == 1 &&
                    m_wire.neighbours[0].neighbour.count == 3);
        QCOMPARE(events("neighbour").size(), std::size_t(1)); // not each time it speaks
        QCOMPARE(events("switch-port").size(), std::size_t(1));
        QCOMPARE(events("spanning-tree").size(), std::size_t(1));
        const QJsonObject port =
            events("switch-port")[0].facts.value(QLatin1String("ports")).toArray().at(0).toObject();
        QCOMPARE(port.value(QLatin1String("switch")).toString(), QStringLiteral("core-sw1"));
        QCOMPARE(port.value(QLatin1String("vlan")).toInt(), 20);
        const QJsonObject status =
            engine::perform(engine(), {{QStringLiteral("act"), QStringLiteral("status")}});
        QVERIFY(status.value(QLatin1String("ok")).toBool());
        QCOMPARE(status.value(QLatin1String("dhcp")).toString(), QStringLiteral("stopped"));
        QCOMPARE(status.value(QLatin1String("capture")).toString(), QStringLiteral("running"));
        const QJsonObject wire = status.value(QLatin1String("wire")).toObject();
        QCOMPARE(wire.value(QLatin1String("switchPorts")).toArray().at(0).toObject(), port);
        QCOMPARE(wire.value(QLatin1String("spanningTree")).toObject().value(QLatin1String("protocol")),
                 QJsonValue(QStringLiteral("rstp")));
        const QJsonObject neighbour = wire.value(QLatin1String("neighbours")).toArray().at(0).toObject();
        QCOMPARE(neighbour.value(QLatin1String("kind")).toString(), QStringLiteral("switch"));
        QCOMPARE(neighbour.value(QLatin1String("count")).toInt(), 3);
    }

    void aTaggedMachineIsTakenInWithItsVlan() {
        QVERIFY(start(boot::DhcpMode::Off).has_value());
        boot::VlanTags tags;
        tags.outer = 20;
        const CableEnd cable(m_cable->network());
        cable.send(tests::dhcpFrame(tests::discoverOf(bmc, "PXEClient:Arch:00007:UNDI:003016"), tags));
        QTRY_COMPARE(events("seen").size(), std::size_t(1));
        QCOMPARE(events("seen")[0].facts.value(QLatin1String("vlan")).toInt(), 20);
        QTRY_COMPARE(m_wire.taggedVlans, std::vector<std::uint16_t>{20});
    }

    void whatStoppedHearsNothingMore() {
        QVERIFY(start(boot::DhcpMode::Off).has_value());
        CableEnd(m_cable->network()).send(tests::lldpFrame());
        QTRY_VERIFY(!m_wire.switchPorts.empty());
        engine().stop();
        QVERIFY(m_wire == engine::WireInfo());
    }
};

QTEST_GUILESS_MAIN(WireCaptureTest)
#include "tst_WireCapture.moc"
