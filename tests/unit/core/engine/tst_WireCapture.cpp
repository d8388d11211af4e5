#include "core/engine/Engine.h"
#include "core/engine/OperatorActs.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/SpokenFrames.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using engine::Engine;
using tests::CableEnd;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

constexpr MacAddress bmc(MacAddress::Octets{0x00, 0x25, 0x90, 0, 0, 0x0B}); // Supermicro's

} // namespace

/// The whole engine with the real helper on a virtual cable: what it hears besides machines, in every mode.
class WireCaptureTest : public QObject {
    Q_OBJECT

    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<NetworkNamespace::Visit> m_visit;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<Engine> m_engine;
    std::vector<engine::EngineEvent> m_events;
    engine::WireInfo m_wire;

    [[nodiscard]] Result<void> start(boot::DhcpMode mode) {
        engine::ServiceSettings settings;
        settings.interface = QString::fromLatin1(NetworkNamespace::serverInterface);
        settings.dhcpMode = mode;
        return m_engine->start(settings);
    }
    [[nodiscard]] std::vector<engine::EngineEvent> events(const char* name) const {
        std::vector<engine::EngineEvent> found;
        for (const engine::EngineEvent& event : m_events) {
            if (event.name == QLatin1String(name))
                found.push_back(event);
        }
        return found;
    }

private Q_SLOTS:
    void init() {
        QString whyNot;
        m_network = NetworkNamespace::create(whyNot);
        if (!m_network)
            QSKIP(qPrintable(whyNot));
        m_visit.reset(new NetworkNamespace::Visit(m_network->enterServer())); // cannot be moved
        m_state = std::make_unique<QTemporaryDir>();
        auto made = Engine::create(
            {.stateDirectory = m_state->path(), .helperPath = QStringLiteral(RACKMUSTER_NETHELPER)});
        QVERIFY(made.has_value());
        m_engine = std::move(*made);
        m_events.clear();
        m_wire = {};
        connect(m_engine.get(), &Engine::eventHappened, this,
                [this](const engine::EngineEvent& event) { m_events.push_back(event); });
        connect(m_engine.get(), &Engine::wireChanged, this,
                [this](const engine::WireInfo& wire) { m_wire = wire; });
    }
    void cleanup() {
        m_engine.reset();
        m_visit.reset();
        m_network.reset();
    }

    void hearsMachinesAndTheWireInEveryMode_data() {
        QTest::addColumn<int>("mode");
        QTest::newRow("collect only") << int(boot::DhcpMode::Off);
        QTest::newRow("own DHCP") << int(boot::DhcpMode::Own);
        QTest::newRow("beside another DHCP server") << int(boot::DhcpMode::Proxy);
    }

    void hearsMachinesAndTheWireInEveryMode() {
        QFETCH(int, mode);
        QVERIFY(start(static_cast<boot::DhcpMode>(mode)).has_value());
        FakePxeClient machine(*m_network, {});
        const wire::DhcpMessage discover = machine.makeDiscover();
        machine.send(discover);
        const CableEnd cable(*m_network);
        cable.send(tests::dhcpFrame(tests::discoverOf(bmc, "udhcp 1.30", "bmc-1")));
        cable.send(tests::lldpFrame());
        cable.send(tests::bpduFrame());
        QTRY_VERIFY(m_engine->roster().find(machine.mac()) != nullptr);
        QTRY_VERIFY(m_wire.neighbours.size() == 2 && m_wire.spanningTree && !m_wire.switchPorts.empty());
        QVERIFY(m_engine->roster().find(bmc) == nullptr);
        QVERIFY(m_wire.neighbours[0].neighbour.mac == bmc);
        QCOMPARE(m_wire.neighbours[0].vendor, QStringLiteral("Supermicro"));
        QCOMPARE(m_engine->snapshot().wire, m_wire);
        if (mode == int(boot::DhcpMode::Off)) {
            QVERIFY(m_engine->snapshot().services.dhcp == engine::ServiceState::Stopped);
            QVERIFY(!machine.receive(discover.xid, 700)); // a time in which it is answered otherwise
        }
    }

    void tellsItToPrograms() {
        QVERIFY(start(boot::DhcpMode::Off).has_value());
        const CableEnd cable(*m_network);
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
            engine::perform(*m_engine, {{QStringLiteral("act"), QStringLiteral("status")}});
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
        const CableEnd cable(*m_network);
        cable.send(tests::dhcpFrame(tests::discoverOf(bmc, "PXEClient:Arch:00007:UNDI:003016"), tags));
        QTRY_COMPARE(events("seen").size(), std::size_t(1));
        QCOMPARE(events("seen")[0].facts.value(QLatin1String("vlan")).toInt(), 20);
        QTRY_COMPARE(m_wire.taggedVlans, std::vector<std::uint16_t>{20});
    }

    void whatStoppedHearsNothingMore() {
        QVERIFY(start(boot::DhcpMode::Off).has_value());
        CableEnd(*m_network).send(tests::lldpFrame());
        QTRY_VERIFY(!m_wire.switchPorts.empty());
        m_engine->stop();
        QVERIFY(m_wire == engine::WireInfo());
    }
};

QTEST_GUILESS_MAIN(WireCaptureTest)
#include "tst_WireCapture.moc"
