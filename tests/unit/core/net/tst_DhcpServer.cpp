#include "core/net/DhcpServer.h"
#include "core/net/HelperClient.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/ManualClock.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"

#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

/// A store whose disc can fail or be slow.
class TestStore final : public boot::LeaseStore {
public:
    Result<std::vector<boot::StoredLease>> load() override {
        if (failsToLoad)
            return fail(ErrorCode::Database, "leases.sqlite", "broken");
        return stored;
    }
    Result<void> commit(std::span<const boot::StoredLease> changed,
                        std::span<const MacAddress> removed) override {
        std::unique_lock lock(m_mutex);
        m_isCommitting = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return !m_isHeld; });
        ++commits;
        if (fails)
            return fail(ErrorCode::Database, "leases.sqlite", "disk full");
        leases += static_cast<int>(changed.size());
        removals += static_cast<int>(removed.size());
        return {};
    }

    void hold(bool isHeld) {
        const std::lock_guard lock(m_mutex);
        m_isHeld = isHeld;
        m_changed.notify_all();
    }
    [[nodiscard]] bool waitForCommit() {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(5), [this] { return m_isCommitting; });
    }

    std::vector<boot::StoredLease> stored;
    bool failsToLoad = false;
    std::atomic<bool> fails = false;
    std::atomic<int> commits = 0;
    std::atomic<int> leases = 0;
    std::atomic<int> removals = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isHeld = false;
    bool m_isCommitting = false;
};

MacAddress macOf(std::uint8_t number) {
    return MacAddress({0x52, 0x54, 0, 0, 1, number});
}

Ipv4Address addressOf(std::uint8_t number) {
    return {192, 168, 77, number};
}

std::shared_ptr<const boot::Catalog> makeCatalog() {
    boot::Catalog::Contents contents;
    contents.server.interface = NetworkNamespace::serverInterface;
    contents.server.address = NetworkNamespace::serverAddress;
    contents.server.network = Ipv4Network(NetworkNamespace::serverAddress, 24);
    contents.dhcp.range = Ipv4Range::parse("192.168.77.100-192.168.77.150").value();
    contents.dhcp.quarantine = Ipv4Range::parse("192.168.77.200-192.168.77.220").value();
    contents.hostFiles["pxelinux.0"] = {};
    contents.hostFiles["ldlinux.c32"] = {};
    for (std::uint8_t i = 1; i <= 60; ++i) {
        boot::MachineBoot machine{.mac = macOf(i)};
        machine.address = addressOf(i + 10);
        machine.isApproved = true;
        contents.machines.emplace(machine.mac, std::make_shared<const boot::MachineBoot>(machine));
    }
    return std::make_shared<const boot::Catalog>(std::move(contents));
}

} // namespace

class DhcpServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void fourWayExchangeGivesAddressAndBootFile();
    void broadcastFlagIsHonoured();
    void renewalIsAnsweredToTheAddress();
    void ackWaitsForTheCommit();
    void aSlowDiskKeepsNoOtherMachineWaiting();
    void failedCommitSendsNoAck();
    void oneCommitServesManyRequests();
    void releaseIsCommitted();
    void storedLeasesAreKnown();
    void storeThatCannotLoadEndsTheService();
    void malformedMessageIsReported();
    void otherInterfacesAreNotAnswered();
    void unknownClientsAreReported();
    void jumpsOfTheDateEndNoLeaseAndBringNoneBack();

private:
    void openHelper();
    void start(int interfaceIndexOffset = 0);
    [[nodiscard]] FakePxeClient client(std::uint8_t number, bool wantsBroadcast = false) const {
        FakePxeClient::Options options;
        options.mac = macOf(number);
        options.wantsBroadcast = wantsBroadcast;
        return {*m_network, options};
    }

    std::unique_ptr<NetworkNamespace> m_network;
    std::optional<HelperClient> m_helper;
    std::shared_ptr<Published<boot::Catalog>> m_catalog;
    std::unique_ptr<TestStore> m_store;
    std::unique_ptr<tests::ServerEventLog> m_log;
    SystemClock m_clock;
    std::unique_ptr<tests::ManualClock> m_manualClock; ///< in the place of m_clock, when there is one
    std::unique_ptr<DhcpServer> m_server;
    std::unique_ptr<tests::RunningServer<DhcpServer>> m_running;
};

void DhcpServerTest::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
}

void DhcpServerTest::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
    m_store = std::make_unique<TestStore>();
    m_log = std::make_unique<tests::ServerEventLog>();
    m_catalog = std::make_shared<Published<boot::Catalog>>(makeCatalog());
    openHelper();
}

void DhcpServerTest::cleanup() {
    if (m_store)
        m_store->hold(false);
    m_running.reset();
    m_server.reset();
    m_helper.reset();
    m_log.reset();
    m_manualClock.reset();
    m_network.reset();
}

void DhcpServerTest::openHelper() {
    const NetworkNamespace::Visit visit = m_network->enterServer();
    auto opened = HelperClient::open(RACKMUSTER_NETHELPER, {NetworkNamespace::serverInterface, 80, true});
    QVERIFY2(opened.has_value(), opened ? "" : message(opened.error()).c_str());
    m_helper = std::move(*opened);
}

void DhcpServerTest::start(int interfaceIndexOffset) {
    SocketSet& sockets = m_helper->sockets();
    DhcpServer::Options options;
    options.socket = std::move(sockets.dhcp);
    options.packet = std::move(sockets.packet);
    options.interfaceIndex = sockets.interfaceIndex + interfaceIndexOffset;
    options.catalog = m_catalog;
    options.store = m_store.get();
    options.clock = &m_clock;
    if (m_manualClock)
        options.clock = m_manualClock.get();
    options.events = m_log->sink();
    m_server = std::make_unique<DhcpServer>(std::move(options));
    m_running = std::make_unique<tests::RunningServer<DhcpServer>>(*m_server);
}

void DhcpServerTest::fourWayExchangeGivesAddressAndBootFile() {
    start();
    FakePxeClient machine = client(1);
    const auto offer = machine.discover();
    QVERIFY(offer && offer->type() == wire::DhcpType::Offer);
    QVERIFY(offer->yiaddr == addressOf(11));
    QVERIFY(!offer->file.empty());
    // P09, P10: no broadcast was asked for, so the frame goes to the machine alone.
    QVERIFY(machine.lastArrival().destination == machine.mac());
    QVERIFY(machine.lastArrival().destinationAddress == addressOf(11));
    QVERIFY(machine.lastArrival().sourceAddress == NetworkNamespace::serverAddress);
    QCOMPARE(machine.lastArrival().sourcePort, std::uint16_t(67));
    const auto ack = machine.request(*offer);
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack);
    QVERIFY(ack->yiaddr == addressOf(11));
    QCOMPARE(m_store->leases.load(), 1);

    const auto leased = m_log->waitFor<DhcpLeased>();
    QCOMPARE(leased.size(), std::size_t(1));
    QVERIFY(leased[0].mac == machine.mac() && leased[0].address == addressOf(11));
    QCOMPARE(leased[0].leases, 1);
    QCOMPARE(m_log->all<DhcpOffered>().size(), std::size_t(1));
    QCOMPARE(m_log->all<DhcpOffered>().at(0).bootFile, offer->file);
    QCOMPARE(m_log->all<PxeDiscover>().size(), std::size_t(1));
    QVERIFY(m_log->all<PxeDiscover>().at(0).mac == machine.mac());
}

void DhcpServerTest::broadcastFlagIsHonoured() // P10
{
    start();
    FakePxeClient machine = client(2, true);
    const auto ack = machine.doDora();
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack);
    QVERIFY(machine.lastArrival().destination == MacAddress({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
    QVERIFY(machine.lastArrival().destinationAddress == Ipv4Address::broadcast());
    QVERIFY(machine.lastArrival().sourceAddress == NetworkNamespace::serverAddress);
}

void DhcpServerTest::renewalIsAnsweredToTheAddress() // P10, P12
{
    start();
    FakePxeClient machine = client(3);
    const auto ack = machine.doDora();
    QVERIFY(ack.has_value());
    QVERIFY(machine.useAddress(ack->yiaddr));
    wire::DhcpMessage renewal = machine.makeDiscover();
    renewal.ciaddr = ack->yiaddr;
    renewal.options.clear();
    renewal.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
    machine.send(renewal);
    const auto renewed = machine.receive(renewal.xid);
    QVERIFY(renewed && renewed->type() == wire::DhcpType::Ack);
    QVERIFY(machine.lastArrival().destinationAddress == ack->yiaddr);
    QCOMPARE(machine.lastArrival().sourcePort, std::uint16_t(67));
}

void DhcpServerTest::ackWaitsForTheCommit() // A5
{
    start();
    FakePxeClient machine = client(4);
    const auto offer = machine.discover();
    QVERIFY(offer.has_value());
    m_store->hold(true);
    machine.send(machine.makeRequest(*offer));
    QVERIFY(m_store->waitForCommit());
    QVERIFY(!machine.receive(offer->xid, 200));
    QVERIFY(m_log->all<DhcpLeased>().empty());
    m_store->hold(false);
    const auto ack = machine.receive(offer->xid);
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack);
}

void DhcpServerTest::aSlowDiskKeepsNoOtherMachineWaiting() // A9
{
    start();
    FakePxeClient settled = client(20);
    const auto lease = settled.doDora();
    QVERIFY(lease.has_value());
    FakePxeClient machine = client(21);
    const auto offer = machine.discover();
    QVERIFY(offer.has_value());
    m_store->hold(true);
    machine.send(machine.makeRequest(*offer));
    QVERIFY(m_store->waitForCommit());
    FakePxeClient another = client(22);
    const auto otherOffer = another.discover();
    QVERIFY(otherOffer.has_value());
    // What is on the disk already needs it no more, what is not waits for its turn.
    const auto again = settled.doDora();
    QVERIFY(again && again->type() == wire::DhcpType::Ack && again->yiaddr == lease->yiaddr);
    another.send(another.makeRequest(*otherOffer));
    QVERIFY(!another.receive(otherOffer->xid, 200));
    m_store->hold(false);
    QVERIFY(machine.receive(offer->xid).has_value());
    QVERIFY(another.receive(otherOffer->xid).has_value());
}

void DhcpServerTest::failedCommitSendsNoAck() // A5
{
    start();
    FakePxeClient machine = client(5);
    const auto offer = machine.discover();
    QVERIFY(offer.has_value());
    m_store->fails = true;
    for (int i = 0; i < 2; ++i) {
        machine.send(machine.makeRequest(*offer));
        QVERIFY(!machine.receive(offer->xid, 200));
    }
    QCOMPARE(m_store->commits.load(), 2);
    QVERIFY(m_log->all<DhcpLeased>().empty());
    const auto failed = m_log->all<ServiceFailed>();
    QCOMPARE(failed.size(), std::size_t(1)); // told once, not per packet
    QVERIFY(failed[0].service == "dhcp" && failed[0].error.code == ErrorCode::Database);
    m_store->fails = false;
    const auto ack = machine.request(*offer);
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack && ack->yiaddr == offer->yiaddr);
    QCOMPARE(m_log->waitFor<DhcpLeased>().at(0).leases, 1);
}

void DhcpServerTest::oneCommitServesManyRequests() // A5
{
    constexpr std::uint8_t count = 50;
    std::vector<FakePxeClient> machines;
    std::vector<std::uint32_t> transactions;
    // They wait in the socket until the server runs.
    for (std::uint8_t i = 1; i <= count; ++i) {
        machines.push_back(client(i));
        wire::DhcpMessage offer = machines.back().makeDiscover();
        offer.yiaddr = addressOf(i + 10);
        offer.set(wire::DhcpOption::ServerId, NetworkNamespace::serverAddress);
        transactions.push_back(offer.xid);
        machines.back().send(machines.back().makeRequest(offer));
    }
    start();
    for (std::size_t i = 0; i < count; ++i) {
        const auto ack = machines[i].receive(transactions[i]);
        QVERIFY(ack && ack->type() == wire::DhcpType::Ack);
    }
    QCOMPARE(m_store->leases.load(), int(count));
    QVERIFY2(m_store->commits <= 3, std::to_string(m_store->commits).c_str());
}

void DhcpServerTest::releaseIsCommitted() {
    start();
    FakePxeClient machine = client(6);
    const auto ack = machine.doDora();
    QVERIFY(ack.has_value());
    wire::DhcpMessage release = machine.makeDiscover();
    release.ciaddr = ack->yiaddr;
    release.options.clear();
    release.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Release));
    release.set(wire::DhcpOption::ServerId, NetworkNamespace::serverAddress);
    machine.send(release);
    QTRY_COMPARE(m_store->removals.load(), 1);
}

void DhcpServerTest::storedLeasesAreKnown() {
    m_store->stored = {{macOf(200), addressOf(120), std::nullopt}};
    start();
    FakePxeClient::Options options;
    options.mac = macOf(200);
    options.vendorClass.clear(); // the installed system, which does not boot from the network (P18)
    FakePxeClient machine(*m_network, options);
    wire::DhcpMessage reboot = machine.makeDiscover();
    reboot.options.clear();
    reboot.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
    reboot.set(wire::DhcpOption::RequestedAddress, addressOf(120));
    machine.send(reboot);
    const auto ack = machine.receive(reboot.xid);
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack && ack->yiaddr == addressOf(120));
}

void DhcpServerTest::storeThatCannotLoadEndsTheService() {
    m_store->failsToLoad = true;
    start();
    const auto failed = m_log->waitFor<ServiceFailed>();
    QCOMPARE(failed.at(0).service, std::string("dhcp"));
    FakePxeClient machine = client(1);
    machine.send(machine.makeDiscover());
    QVERIFY(!machine.receive(0, 200));
}

void DhcpServerTest::malformedMessageIsReported() // R01
{
    start();
    FakePxeClient machine = client(7);
    auto payload = wire::encodeDhcp(machine.makeDiscover()).value();
    payload.resize(242); // in the middle of the first option
    machine.sendPayload(payload);
    payload.resize(10);
    machine.sendPayload(payload);
    QCOMPARE(m_log->waitFor<Rejected>(2).size(), std::size_t(2));
    QVERIFY(machine.doDora().has_value());
}

void DhcpServerTest::otherInterfacesAreNotAnswered() // R52
{
    start(1);
    FakePxeClient machine = client(8);
    const wire::DhcpMessage discover = machine.makeDiscover();
    machine.send(discover);
    QVERIFY(!machine.receive(discover.xid, 300));
    QVERIFY(m_log->all<PxeDiscover>().empty());
}

void DhcpServerTest::unknownClientsAreReported() // P18
{
    start();
    FakePxeClient::Options options;
    options.mac = macOf(250);
    options.vendorClass.clear();
    FakePxeClient phone(*m_network, options);
    const wire::DhcpMessage discover = phone.makeDiscover();
    phone.send(discover);
    QVERIFY(!phone.receive(discover.xid, 200));
    QCOMPARE(m_log->waitFor<Rejected>().at(0).source, macOf(250).toString());
    QVERIFY(m_log->all<PxeDiscover>().empty());
}

void DhcpServerTest::jumpsOfTheDateEndNoLeaseAndBringNoneBack() // R54 (part): the leases
{
    boot::Catalog::Contents contents;
    contents.server = m_catalog->get()->server();
    contents.dhcp.quarantine = Ipv4Range::parse("192.168.77.200-192.168.77.200").value();
    contents.dhcp.leaseSeconds = 600;
    contents.hostFiles["pxelinux.0"] = {};
    m_catalog->set(std::make_shared<const boot::Catalog>(contents));
    m_manualClock = std::make_unique<tests::ManualClock>();
    start();
    FakePxeClient first = client(101);
    FakePxeClient second = client(102);
    const auto ack = first.doDora();
    QVERIFY(ack && ack->yiaddr == addressOf(200));
    constexpr std::chrono::hours years{10 * 365 * 24};
    const std::chrono::hours jumps[] = {years, -years, std::chrono::hours(1), std::chrono::hours(-1)};
    for (const std::chrono::hours jump : jumps) {
        m_manualClock->setDateOff(jump);
        const wire::DhcpMessage discover = second.makeDiscover();
        second.send(discover);
        QVERIFY(!second.receive(discover.xid, 100)); // the only address is still the first one's
        const auto again = first.discover();
        QVERIFY(again && again->yiaddr == addressOf(200));
    }
    m_manualClock->advance(std::chrono::seconds(700)); // this is what ends it
    QVERIFY(second.doDora().has_value());
    for (const std::chrono::hours jump : jumps) {
        m_manualClock->setDateOff(jump);
        const wire::DhcpMessage discover = first.makeDiscover();
        first.send(discover);
        QVERIFY(!first.receive(discover.xid, 100)); // and it does not come back
    }
}

QTEST_GUILESS_MAIN(DhcpServerTest)
#include "tst_DhcpServer.moc"
