#include "core/engine/Engine.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/NetworkNamespace.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using engine::Engine;
using tests::FakePxeClient;
using tests::NetworkNamespace;

// The whole engine with the real helper on a virtual cable.

namespace {

constexpr MacAddress machine{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};
constexpr int resumeTime = 2000; // milliseconds (R51)

} // namespace

class LinkLossTest : public QObject {
    Q_OBJECT

    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<NetworkNamespace::Visit> m_visit;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<Engine> m_engine;
    QStringList m_events;

    [[nodiscard]] bool ip(const char* arguments) const {
        return m_network->configureServer(QString::fromLatin1(arguments).split(QLatin1Char(' ')));
    }
    /// An adapter of the same name, as when it goes into another socket; without an address.
    [[nodiscard]] bool plugInAnother() const {
        return ip("link add rack0 type veth peer name spare0") && ip("link set spare0 up") &&
               ip("link set rack0 up");
    }
    [[nodiscard]] engine::ServicesInfo services() const { return m_engine->snapshot().services; }
    /// Machines are answered, as one of them finds.
    [[nodiscard]] bool isServing() const {
        FakePxeClient client(*m_network, {});
        return client.doDora().has_value();
    }
    /// Nothing comes back within a time in which it always did.
    [[nodiscard]] bool isSilent() const {
        FakePxeClient client(*m_network, {});
        const wire::DhcpMessage discover = client.makeDiscover();
        client.send(discover);
        return !client.receive(discover.xid, 700).has_value();
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
        connect(m_engine.get(), &Engine::eventHappened, this,
                [this](const engine::EngineEvent& event) { m_events << event.name; });
        engine::ServiceSettings settings;
        settings.interface = QString::fromLatin1(NetworkNamespace::serverInterface);
        QVERIFY(m_engine->start(settings).has_value());
        if (m_engine->catalog()
                ->bootFileName(machine, {boot::ClientKind::PxeFirmware, boot::Firmware::Bios})
                .empty())
            QSKIP("pxelinux is not installed");
        QVERIFY(isServing());
    }
    void cleanup() {
        m_engine.reset();
        m_visit.reset();
        m_network.reset();
    }

    // R51
    void goesOnWhenTheCableIsBack() {
        for (int i = 0; i < 20; ++i) {
            QVERIFY(ip("link set rack0 down"));
            QTRY_VERIFY(services().isPaused);
            QCOMPARE(services().problem->code, ErrorCode::LinkLost);
            QVERIFY(ip("link set rack0 up"));
            QTRY_VERIFY_WITH_TIMEOUT(!services().isPaused, resumeTime);
            QVERIFY(!services().problem);
        }
        QVERIFY(isServing());
        QCOMPARE(m_events.count(QStringLiteral("paused")), 20);
        QCOMPARE(m_events.count(QStringLiteral("resumed")), 20);
        QVERIFY(!m_events.contains(QStringLiteral("diagnosis"))); // nothing broke, the capture neither
    }

    // R51
    void answersNothingWithoutItsAddress() {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(ip("address del 192.168.77.1/24 dev rack0"));
            QTRY_VERIFY(services().isPaused);
            QCOMPARE(services().problem->code, ErrorCode::AddressLost);
            QVERIFY(isSilent());
            QVERIFY(ip("address add 192.168.77.1/24 dev rack0"));
            QTRY_VERIFY_WITH_TIMEOUT(!services().isPaused, resumeTime);
            QVERIFY(isServing());
        }
    }

    // R51
    void anotherAddressDoesNotMakeItGoOn() {
        QVERIFY(ip("address del 192.168.77.1/24 dev rack0"));
        QVERIFY(ip("address add 192.168.78.1/24 dev rack0"));
        QTRY_VERIFY(services().isPaused);
        QVERIFY(isSilent());
        QVERIFY(services().isPaused);
        QCOMPARE(services().problem->code, ErrorCode::AddressLost);
    }

    // R51
    void aNewNameChangesNothing() {
        QVERIFY(ip("link set rack0 down") && ip("link set rack0 name cable1") && ip("link set cable1 up"));
        QTRY_VERIFY_WITH_TIMEOUT(m_events.contains(QStringLiteral("resumed")), resumeTime);
        QVERIFY(isServing());
    }

    // R51
    void anAdapterThatIsPulledEndsTheServicesUntilItIsBack() {
        QVERIFY(ip("link del rack0"));
        QTRY_VERIFY(!services().isRunning);
        QCOMPARE(services().problem->code, ErrorCode::NoSuchInterface);
        QVERIFY(plugInAnother());
        QVERIFY(!services().isRunning);
        QVERIFY(ip("address add 192.168.77.1/24 dev rack0"));
        QTRY_VERIFY_WITH_TIMEOUT(services().isRunning, resumeTime);
        QCOMPARE(m_events.count(QStringLiteral("ready")), 2);
    }

    void stopIsStop() {
        QVERIFY(ip("link del rack0"));
        QTRY_VERIFY(!services().isRunning);
        m_engine->stop();
        QVERIFY(plugInAnother());
        QVERIFY(ip("address add 192.168.77.1/24 dev rack0"));
        QTest::qWait(500); // in which it would have started
        QVERIFY(!services().isRunning);
    }
};

QTEST_GUILESS_MAIN(LinkLossTest)
#include "tst_LinkLoss.moc"
