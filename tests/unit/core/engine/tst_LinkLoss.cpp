#include "tests/support/CabledEngine.h"
#include "tests/support/FakePxeClient.h"

#include <QTest>

using namespace rackmuster;
using tests::CabledEngine;
using tests::FakePxeClient;

// The whole engine with the real helper on a virtual cable.

namespace {

constexpr MacAddress machine{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};
constexpr int resumeTime = 2000; // milliseconds (R51)

} // namespace

class LinkLossTest : public QObject {
    Q_OBJECT

    std::unique_ptr<CabledEngine> m_cable;

    [[nodiscard]] engine::Engine& engine() const { return m_cable->engine(); }
    [[nodiscard]] std::size_t countOf(const char* name) const {
        return m_cable->events(QLatin1String(name)).size();
    }
    [[nodiscard]] bool ip(const char* arguments) const {
        return m_cable->network().configureServer(QString::fromLatin1(arguments).split(QLatin1Char(' ')));
    }
    /// An adapter of the same name, as when it goes into another socket; without an address.
    [[nodiscard]] bool plugInAnother() const {
        return ip("link add rack0 type veth peer name spare0") && ip("link set spare0 up") &&
               ip("link set rack0 up");
    }
    [[nodiscard]] engine::ServicesInfo services() const { return engine().snapshot().services; }
    /// Machines are answered, as one of them finds.
    [[nodiscard]] bool isServing() const {
        FakePxeClient client(m_cable->network(), {});
        return client.doDora().has_value();
    }
    /// Nothing comes back within a time in which it always did.
    [[nodiscard]] bool isSilent() const {
        FakePxeClient client(m_cable->network(), {});
        const wire::DhcpMessage discover = client.makeDiscover();
        client.send(discover);
        return !client.receive(discover.xid, 700).has_value();
    }

private Q_SLOTS:
    void init() {
        QString whyNot;
        m_cable = CabledEngine::create(whyNot);
        if (!m_cable)
            QSKIP(qPrintable(whyNot));
        QVERIFY(m_cable->open());
        QVERIFY(m_cable->start().has_value());
        if (engine()
                .catalog()
                ->bootFileName(machine, {boot::ClientKind::PxeFirmware, boot::Firmware::Bios})
                .empty())
            QSKIP("pxelinux is not installed");
        QVERIFY(isServing());
    }
    void cleanup() { m_cable.reset(); }

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
        QCOMPARE(countOf("paused"), std::size_t(20));
        QCOMPARE(countOf("resumed"), std::size_t(20));
        QVERIFY(countOf("diagnosis") == 0); // nothing broke, the capture neither
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
        QTRY_VERIFY_WITH_TIMEOUT(countOf("resumed") > 0, resumeTime);
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
        QCOMPARE(countOf("ready"), std::size_t(2));
    }

    void stopIsStop() {
        QVERIFY(ip("link del rack0"));
        QTRY_VERIFY(!services().isRunning);
        engine().stop();
        QVERIFY(plugInAnother());
        QVERIFY(ip("address add 192.168.77.1/24 dev rack0"));
        QTest::qWait(500); // in which it would have started
        QVERIFY(!services().isRunning);
    }
};

QTEST_GUILESS_MAIN(LinkLossTest)
#include "tst_LinkLoss.moc"
