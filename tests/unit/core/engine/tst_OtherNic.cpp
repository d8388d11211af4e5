#include "tests/support/CabledEngine.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/TestIso.h"

#include <QTest>

using namespace rackmuster;
using namespace std::chrono_literals;
using tests::CabledEngine;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

constexpr MacAddress first(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1});
constexpr MacAddress second(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 2});

/// A NIC with UEFI firmware: what it finds under its own name, and under a ticket.
class Nic {
public:
    Nic(const NetworkNamespace& network, MacAddress mac)
        : m_client(network,
                   {.mac = mac, .architecture = 7, .vendorClass = "PXEClient:Arch:00007:UNDI:003016"}) {}

    [[nodiscard]] bool boot() {
        const auto acknowledged = m_client.doDora();
        return acknowledged && m_client.useAddress(acknowledged->yiaddr);
    }
    /// Its boot configuration.
    [[nodiscard]] std::string config() const { return file("grub/grub.cfg"); }
    [[nodiscard]] bool fetchesKernel() const {
        const std::string text = config();
        const std::size_t at = text.find("/vmlinuz");
        const std::size_t begin = text.rfind('/' + m_client.mac().toHex() + '/', at);
        return at != text.npos && begin != text.npos &&
               !file(text.substr(begin + 14, at + 8 - begin - 14)).empty();
    }
    /// Status of its answer file under this ticket.
    [[nodiscard]] int answerStatus(const std::string& token) const {
        return m_client.httpGet(NetworkNamespace::serverAddress, 80, "/t/" + token + "/answer").status;
    }

private:
    [[nodiscard]] std::string file(const std::string& path) const {
        const auto outcome = m_client.tftpGet(
            {.server = NetworkNamespace::serverAddress, .path = "m/" + m_client.mac().toHex() + '/' + path});
        return outcome.isComplete ? outcome.content : std::string();
    }

    FakePxeClient m_client;
};

} // namespace

/// R18 on the wire: two NICs count as one machine, which is approved. Should they be two machines, one of
/// them is installed and the other is not.
class TestOtherNic : public QObject {
    Q_OBJECT

    std::shared_ptr<tests::ManualClock> m_clock;
    std::unique_ptr<CabledEngine> m_cable;

    [[nodiscard]] engine::Engine& engine() const { return m_cable->engine(); }
    [[nodiscard]] const roster::Machine& machine() const { return *engine().roster().find(first); }
    /// Both were heard, count as one machine, and that is approved. Its ticket's token; empty when not.
    [[nodiscard]] std::string approve(Nic& one, Nic& two) const {
        const auto areKnown = [this] {
            return engine().roster().find(second) != nullptr;
        };
        const bool isReady = one.boot() && two.boot() && QTest::qWaitFor(areKnown) &&
                             engine().execute(roster::AttachNic{second, first}) && engine().approve(first);
        return isReady ? machine().ticket->token : std::string();
    }

private Q_SLOTS:
    void init();
    void cleanup() { m_cable.reset(); }
    void whoTookTheConfigurationInVainGetsNoAnswerFile();
    void nobodyInstallsBesideAnInstaller();
};

void TestOtherNic::init() {
    QString whyNot;
    m_cable = CabledEngine::create(whyNot);
    if (!m_cable)
        QSKIP(qPrintable(whyNot));
    m_clock = tests::makeStillClock();
    QVERIFY(m_cable->open({.clock = m_clock}));
    const QString iso = tests::makeRedHatIso(m_cable->state().path());
    if (iso.isEmpty())
        QSKIP("xorriso is not installed");
    QVERIFY(engine().importImage(iso).has_value());
    engine::ServiceSettings settings;
    settings.checksAddresses = false; // an answer to ARP is waited for by the clock, which stands
    QVERIFY(m_cable->start(settings).has_value());
}

void TestOtherNic::whoTookTheConfigurationInVainGetsNoAnswerFile() {
    Nic one(m_cable->network(), first);
    Nic two(m_cable->network(), second);
    const std::string token = approve(one, two);
    QVERIFY(!token.empty());
    QVERIFY(one.config().find(token) != std::string::npos);
    QTRY_VERIFY(machine().ticket->nic == first);
    QVERIFY(two.config().find(token) == std::string::npos); // parked

    m_clock->advance(1min);
    QVERIFY(two.boot());
    QTRY_VERIFY(machine().ticket->token != token);
    const std::string fresh = machine().ticket->token;
    QTRY_VERIFY(two.config().find(fresh) != std::string::npos);
    QTRY_VERIFY(machine().ticket->nic == second);
    QCOMPARE(one.answerStatus(token), 404);
    QVERIFY(one.config().find(fresh) == std::string::npos);
    QCOMPARE(two.answerStatus(fresh), 200);
    QTRY_VERIFY(machine().ticket->isFetched);
}

void TestOtherNic::nobodyInstallsBesideAnInstaller() {
    Nic one(m_cable->network(), first);
    Nic two(m_cable->network(), second);
    const std::string token = approve(one, two);
    QVERIFY(!token.empty());
    QVERIFY(two.fetchesKernel());
    QCOMPARE(two.answerStatus(token), 200);
    QTRY_VERIFY(machine().ticket->isFetched);
    QVERIFY(machine().ticket->nic == second);

    m_clock->advance(1min);
    QVERIFY(one.boot());
    QTRY_VERIFY(machine().problem && machine().problem->code == ErrorCode::OtherNicBoots);
    QCOMPARE(machine().ticket->token, token);
    QVERIFY(one.config().find(token) == std::string::npos);
    QCOMPARE(machine().stage, roster::Stage::Kickstart);

    m_clock->advance(roster::Ticket::lifetime); // R41
    QTRY_COMPARE_WITH_TIMEOUT(two.answerStatus(token), 404, 20'000);
    QVERIFY(machine().problem.has_value());
}

QTEST_GUILESS_MAIN(TestOtherNic)
#include "tst_OtherNic.moc"
