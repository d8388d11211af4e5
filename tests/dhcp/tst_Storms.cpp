#include "core/base/ByteWriter.h"
#include "core/wire/Frame.h"
#include "tests/dhcp/DhcpFixture.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <random>
#include <set>
#include <sys/socket.h>
#include <thread>

using namespace rackmuster;
using namespace rackmuster::tests;
using std::chrono::milliseconds;

namespace {

/// Counts what reaches the disk.
class CountingStore final : public boot::LeaseStore {
public:
    explicit CountingStore(boot::LeaseStore& inner) : m_inner(inner) {}
    Result<std::vector<boot::StoredLease>> load() override { return m_inner.load(); }
    Result<void> commit(std::span<const boot::StoredLease> changed,
                        std::span<const MacAddress> removed) override {
        ++commits;
        rows += static_cast<int>(changed.size());
        return m_inner.commit(changed, removed);
    }
    void close() override { m_inner.close(); }

    std::atomic<int> commits = 0;
    std::atomic<int> rows = 0;

private:
    boot::LeaseStore& m_inner;
};

/// Sends one message `perSecond` times a second from its own thread; with `isRandom` each from another MAC.
class Flood {
public:
    Flood(const NetworkNamespace& network, wire::DhcpMessage message, int perSecond, bool isRandom)
        : m_message(std::move(message)), m_perSecond(perSecond), m_isRandom(isRandom) {
        const NetworkNamespace::Visit visit = network.enterClient();
        m_socket = FileDescriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
        m_place.sll_family = AF_PACKET;
        m_place.sll_ifindex = static_cast<int>(::if_nametoindex(NetworkNamespace::clientInterface));
        m_thread = std::thread([this] { run(); });
    }
    ~Flood() {
        m_isOver = true;
        m_thread.join();
    }
    [[nodiscard]] std::uint64_t sent() const { return m_sent; }

private:
    void run() {
        std::mt19937_64 random(7);
        const Instant start = BootClock::now();
        while (!m_isOver) {
            const std::chrono::duration<double> passed = BootClock::now() - start;
            const auto due = static_cast<std::uint64_t>(passed.count() * m_perSecond);
            for (; m_sent < due; ++m_sent)
                sendOne(random());
            std::this_thread::sleep_for(milliseconds(1)); // it paces the load, nothing waits for it
        }
    }
    void sendOne(std::uint64_t number) {
        if (m_isRandom) {
            for (std::size_t i = 1; i < MacAddress::size; ++i)
                m_message.chaddr.at(i) = static_cast<std::uint8_t>(number >> (8 * i));
            m_message.chaddr.at(0) = 0x02;
        }
        m_message.xid = static_cast<std::uint32_t>(number);
        ByteWriter frame;
        frame.fill(MacAddress::size, 0xFF);
        frame.bytes(m_message.mac().octets());
        frame.u16be(ETH_P_IP);
        frame.bytes(
            wire::encodeIpv4Udp({}, 68, Ipv4Address::broadcast(), 67, wire::encodeDhcp(m_message).value()));
        static_cast<void>(::sendto(m_socket.get(), frame.view().data(), frame.size(), 0,
                                   reinterpret_cast<const sockaddr*>(&m_place), sizeof m_place));
    }

    wire::DhcpMessage m_message;
    int m_perSecond;
    bool m_isRandom;
    FileDescriptor m_socket;
    sockaddr_ll m_place{};
    std::atomic<bool> m_isOver = false;
    std::atomic<std::uint64_t> m_sent = 0;
    std::thread m_thread;
};

wire::DhcpMessage pxeDiscover() {
    wire::DhcpMessage message;
    const std::array<std::uint8_t, 2> bios{0, 0};
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Discover));
    message.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient:Arch:00000:UNDI:002001"));
    message.set(wire::DhcpOption::ClientArch, Bytes(bios));
    return message;
}

/// Of the server's socket: datagrams that the kernel dropped.
std::uint64_t socketDrops(const NetworkNamespace& network) {
    const NetworkNamespace::Visit visit = network.enterServer();
    QFile file(QStringLiteral("/proc/thread-self/net/udp"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sockets of the network namespace cannot be read.");
    std::uint64_t drops = 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.contains(":0043 ")) // port 67
            drops += line.simplified().split(' ').last().toULongLong();
    }
    return drops;
}

qint64 residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The memory of this process cannot be read.");
    return file.readAll().split(' ').at(1).toLongLong() * 4096;
}

} // namespace

/// Many machines at once, in earnest and in bad faith.
class TestStorms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void fortyEightMachinesInTheSameSecond_data();
    void fortyEightMachinesInTheSameSecond();
    void aThousandMachinesInTheSameSecond_data();
    void aThousandMachinesInTheSameSecond();
    void threeStacksOfOneMachineGetOneAddress();
    void aFloodOfStrangersKeepsNoMachineWaiting();
    void renewalsWithoutEndReachTheDiskSeldom();

private:
    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<DhcpFixture> m_rack;
};

void TestStorms::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
}

void TestStorms::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
    m_rack = std::make_unique<DhcpFixture>(*m_network);
}

void TestStorms::cleanup() {
    m_rack.reset();
    m_network.reset();
}

void TestStorms::fortyEightMachinesInTheSameSecond_data() {
    QTest::addColumn<bool>("checks");
    QTest::addColumn<int>("limit");
    QTest::newRow("addresses checked") << true << 300;
    QTest::newRow("not checked") << false << 50;
}

// R14. A busy computer may be late now and then: of the runs, half must keep the time; in full, all but a
// few.
void TestStorms::fortyEightMachinesInTheSameSecond() {
    QFETCH(bool, checks);
    QFETCH(int, limit);
    const int runs = isThorough() ? 100 : 10;
    m_rack->service.checksAddresses = checks;
    m_rack->limits.perSecond = 0; // a hundred racks within seconds are no network
    m_rack->start();
    std::vector<double> last;
    for (int run = 0; run < runs; ++run) {
        DhcpLoad::Options options = m_rack->load(48);
        options.firstMac = static_cast<std::uint32_t>(1 + 48 * run); // new machines, with a new check
        const auto load = m_rack->clients(options);
        const DhcpLoad::Outcome outcome = load->burst();
        QCOMPARE(outcome.acked, std::uint64_t{48});
        QCOMPARE(load->duplicates(), std::size_t{0});
        last.push_back(std::chrono::duration<double, std::milli>(load->lastAck()).count());
    }
    std::ranges::sort(last);
    const auto index = static_cast<std::size_t>(runs * (isThorough() ? 95 : 50) / 100);
    const std::string found = "last ACK after " + std::to_string(last.front()) + " to " +
                              std::to_string(last.back()) + " ms, median " +
                              std::to_string(last[last.size() / 2]);
    qInfo("%s", found.c_str());
    QVERIFY2(last.at(std::min(index, last.size() - 1)) <= limit, found.c_str());
}

void TestStorms::aThousandMachinesInTheSameSecond_data() {
    QTest::addColumn<int>("machines");
    QTest::addColumn<int>("limit");
    QTest::newRow("250") << 250 << 1000;
    QTest::newRow("1000") << 1000 << 3000;
}

void TestStorms::aThousandMachinesInTheSameSecond() // R15
{
    QFETCH(int, machines);
    QFETCH(int, limit);
    m_rack->service.checksAddresses = true;
    m_rack->start();
    const auto load = m_rack->clients(static_cast<std::uint32_t>(machines));
    const DhcpLoad::Outcome outcome = load->burst();
    QCOMPARE(outcome.acked, static_cast<std::uint64_t>(machines));
    QCOMPARE(load->duplicates(), std::size_t{0});
    const double last = std::chrono::duration<double, std::milli>(load->lastAck()).count();
    qInfo("last ACK after %.0f ms", last);
    QVERIFY2(last <= limit, std::to_string(last).c_str());
    QCOMPARE(socketDrops(*m_network), std::uint64_t{0});
    QVERIFY(m_rack->log.all<net::DhcpFlood>().empty());
}

void TestStorms::threeStacksOfOneMachineGetOneAddress() // R16
{
    m_rack->service.checksAddresses = true;
    m_rack->start();
    std::vector<Ipv4Address> first;
    for (const char* clientId : {"", "\x01iPXE-48", "\xFF\x01\x02\x03\x04 a DUID of an installer"}) {
        DhcpLoad::Options options = m_rack->load(48);
        options.clientId = clientId;
        options.isPxe = clientId[0] != '\xFF'; // the installer does not say that it boots
        const auto load = m_rack->clients(options);
        QCOMPARE(load->burst().acked, std::uint64_t{48});
        std::vector<Ipv4Address> addresses;
        for (const DhcpLoad::Client& client : load->clients())
            addresses.push_back(client.address);
        if (first.empty())
            first = addresses;
        QVERIFY(addresses == first);
    }
    m_rack->stop();
    QCOMPARE(m_rack->stored().size(), std::size_t{48});
}

void TestStorms::aFloodOfStrangersKeepsNoMachineWaiting() // R07
{
    const int seconds = isThorough() ? 60 : 4;
    constexpr std::uint32_t armed = 10;
    // One range for all: the worst case, as strangers ask for the same addresses.
    m_rack->service.range = "192.168.77.100-192.168.77.199";
    m_rack->service.checksAddresses = true;
    DhcpLoad::Options options = m_rack->load(armed);
    options.firstMac = 0x0A000000;
    const auto load = m_rack->clients(options);
    for (std::uint32_t i = 0; i < armed; ++i)
        m_rack->service.approved.push_back(load->mac(i));
    CountingStore store(m_rack->database());
    m_rack->start(&store);
    const qint64 before = residentBytes();
    std::uint64_t sent = 0;
    {
        Flood flood(*m_network, pxeDiscover(), 10'000, true);
        QTRY_VERIFY_WITH_TIMEOUT(flood.sent() > static_cast<std::uint64_t>(seconds) * 5'000, 120'000);
        const DhcpLoad::Outcome outcome = load->burst();
        qInfo("armed machines: last ACK after %.0f ms", outcome.latency(1) * 1000);
        QCOMPARE(outcome.acked, std::uint64_t{armed});
        QVERIFY2(outcome.latency(0.99) <= 0.5, std::to_string(outcome.latency(0.99)).c_str());
        QTRY_VERIFY_WITH_TIMEOUT(flood.sent() > static_cast<std::uint64_t>(seconds) * 10'000, 120'000);
        sent = flood.sent();
    }
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown <= 20 * 1024 * 1024, qPrintable(QString::number(grown)));
    QCOMPARE(store.rows.load(), static_cast<int>(armed)); // nothing for strangers who never asked for it
    // Each stranger that was let in is one sighting; the rest left nothing behind.
    QVERIFY(m_rack->log.all<net::PxeDiscover>().size() <= 200 + armed);
    const auto floods = m_rack->log.waitFor<net::DhcpFlood>();
    QVERIFY(floods.size() == 1 && floods.front().isOn);
    // Quiet at last: strangers are served again.
    QTRY_COMPARE_WITH_TIMEOUT(m_rack->log.all<net::DhcpFlood>().size(), std::size_t{2}, 30'000);
    const net::DhcpFlood over = m_rack->log.all<net::DhcpFlood>().back();
    QVERIFY(!over.isOn && over.dropped > sent / 2 && over.dropped <= sent);
}

void TestStorms::renewalsWithoutEndReachTheDiskSeldom() // R08
{
    const int seconds = isThorough() ? 30 : 3;
    CountingStore store(m_rack->database());
    m_rack->start(&store);
    const auto load = m_rack->clients(1);
    QCOMPARE(load->burst().acked, std::uint64_t{1});
    wire::DhcpMessage renewal;
    std::ranges::copy(load->mac(0).octets(), renewal.chaddr.begin());
    renewal.ciaddr = load->clients().front().address;
    renewal.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
    const std::size_t before = m_rack->log.all<net::DhcpLeased>().size();
    {
        const Flood flood(*m_network, renewal, 5'000, false);
        QTRY_VERIFY_WITH_TIMEOUT(flood.sent() > static_cast<std::uint64_t>(seconds) * 5'000, 120'000);
    }
    QVERIFY2(store.commits <= 1 + (seconds + 29) / 30, std::to_string(store.commits).c_str());
    const auto answered = static_cast<int>(m_rack->log.all<net::DhcpLeased>().size() - before);
    QVERIFY2(answered >= 5 && answered <= 10 + 6 * (seconds + 1), std::to_string(answered).c_str());
    QVERIFY(!m_rack->log.all<net::Rejected>().empty());
    const auto another = m_rack->load(1);
    DhcpLoad::Options next = another;
    next.firstMac = 1000;
    QCOMPARE(m_rack->clients(next)->burst().acked, std::uint64_t{1});
}

QTEST_GUILESS_MAIN(TestStorms)
#include "tst_Storms.moc"
