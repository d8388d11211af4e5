#include "core/wire/Arp.h"
#include "tests/dhcp/DhcpFixture.h"
#include "tests/support/FakePxeClient.h"

#include <QTest>

#include <algorithm>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::tests;
using std::chrono::milliseconds;

namespace {

constexpr Ipv4Address taken{192, 168, 77, 100};

/// A neighbour of the machines, who says something by ARP.
void announce(const NetworkNamespace& network, const wire::ArpPacket& packet) {
    const NetworkNamespace::Visit visit = network.enterClient();
    const FileDescriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_ll everybody{};
    everybody.sll_family = AF_PACKET;
    everybody.sll_protocol = htons(ETH_P_ARP);
    everybody.sll_ifindex = static_cast<int>(::if_nametoindex(NetworkNamespace::clientInterface));
    everybody.sll_halen = MacAddress::size;
    std::fill_n(std::begin(everybody.sll_addr), MacAddress::size, std::uint8_t{0xFF});
    const wire::ArpBytes bytes = wire::encodeArp(packet);
    if (::sendto(socket.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&everybody),
                 sizeof everybody) < 0)
        qFatal("A neighbour cannot send.");
}

} // namespace

/// Addresses that are in use are not given.
class TestConflicts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void anAddressInUseGoesToNobody();
    void aRunOfAddressesInUseIsPassedOver();
    void whoeverHadTheAddressIsNotAskedAbout();
    void withoutTheCheckNobodyIsAsked();
    void anAnnouncementCountsAfterTheOfferToo();
    void theMachineItselfIsNoConflict();
    void afterACorruptDatabaseEveryOfferIsChecked();

private:
    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<DhcpFixture> m_rack;
};

void TestConflicts::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
}

void TestConflicts::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
    m_rack = std::make_unique<DhcpFixture>(*m_network);
    m_rack->service.range = "192.168.77.100-192.168.77.199";
    m_rack->service.checksAddresses = true;
}

void TestConflicts::cleanup() {
    m_rack.reset();
    m_network.reset();
}

void TestConflicts::anAddressInUseGoesToNobody() // R12
{
    QVERIFY(m_network->addClientAddress(taken));
    m_rack->start();
    const auto load = m_rack->clients(48);
    QCOMPARE(load->burst().acked, std::uint64_t{48});
    QCOMPARE(load->duplicates(), std::size_t{0});
    for (const DhcpLoad::Client& client : load->clients())
        QVERIFY(client.address != taken);
    const double last = std::chrono::duration<double, std::milli>(load->lastAck()).count();
    qInfo("last ACK after %.0f ms", last);
    QVERIFY2(last <= 500, std::to_string(last).c_str());
    const auto conflicts = m_rack->log.all<net::AddressConflict>();
    QCOMPARE(conflicts.size(), std::size_t{1});
    QVERIFY(conflicts.front().address == taken && conflicts.front().holder);
}

void TestConflicts::aRunOfAddressesInUseIsPassedOver() {
    for (std::uint8_t last = 100; last < 105; ++last)
        QVERIFY(m_network->addClientAddress({192, 168, 77, last}));
    m_rack->start();
    const auto load = m_rack->clients(1);
    const DhcpLoad::Outcome outcome = load->burst();
    QCOMPARE(load->clients().front().address, Ipv4Address(192, 168, 77, 105));
    QVERIFY(outcome.latency(1) <= 0.5);
    QCOMPARE(m_rack->log.all<net::AddressConflict>().size(), std::size_t{5});
}

void TestConflicts::whoeverHadTheAddressIsNotAskedAbout() {
    m_rack->start();
    const auto load = m_rack->clients(1);
    const double slow = load->burst().latency(1);
    QVERIFY2(slow >= 0.2, std::to_string(slow).c_str());
    const double quick = load->burst().latency(1);
    QVERIFY2(quick < 0.2, std::to_string(quick).c_str());
}

void TestConflicts::withoutTheCheckNobodyIsAsked() {
    QVERIFY(m_network->addClientAddress(taken));
    m_rack->service.checksAddresses = false;
    m_rack->start();
    const auto load = m_rack->clients(1);
    QVERIFY(load->burst().latency(1) < 0.2);
    QCOMPARE(load->clients().front().address, taken);
    QVERIFY(m_rack->log.all<net::AddressConflict>().empty());
}

void TestConflicts::anAnnouncementCountsAfterTheOfferToo() {
    m_rack->start();
    FakePxeClient machine(*m_network, {});
    const auto offer = machine.discover();
    QVERIFY(offer && offer->yiaddr == taken);
    wire::ArpPacket announcement;
    announcement.sender = MacAddress({0x3C, 0xEC, 0xEF, 0, 0, 9});
    announcement.senderAddress = announcement.targetAddress = taken;
    announce(*m_network, announcement);
    QCOMPARE(m_rack->log.waitFor<net::AddressConflict>().size(), std::size_t{1});
    QVERIFY(m_rack->log.all<net::AddressConflict>().front().holder == announcement.sender);
    const auto answer = machine.request(*offer);
    QVERIFY(answer && answer->type() == wire::DhcpType::Nak);
    const auto again = machine.doDora();
    QVERIFY(again && again->yiaddr == Ipv4Address(192, 168, 77, 101));
}

void TestConflicts::theMachineItselfIsNoConflict() {
    m_rack->start();
    FakePxeClient machine(*m_network, {});
    const auto offer = machine.discover();
    QVERIFY(offer.has_value());
    announce(*m_network, wire::arpProbe(machine.mac(), taken)); // it checks for itself
    const auto ack = machine.request(*offer);
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack && ack->yiaddr == taken);
    QVERIFY(m_rack->log.all<net::AddressConflict>().empty());
}

void TestConflicts::afterACorruptDatabaseEveryOfferIsChecked() // R50 (part): every offer is checked
{
    {
        QFile file(m_rack->databasePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(QByteArray(8192, 'x')), qint64{8192});
    }
    m_rack->start();
    const auto load = m_rack->clients(1);
    for (int i = 0; i < 3; ++i)
        QVERIFY(load->burst().latency(1) >= 0.2); // also what was given a moment ago
}

QTEST_GUILESS_MAIN(TestConflicts)
#include "tst_Conflicts.moc"
