#include "tests/dhcp/DhcpFixture.h"
#include "tests/support/FakePxeClient.h"

#include <QFile>
#include <QTest>

#include <atomic>
#include <map>
#include <optional>
#include <sched.h>
#include <set>
#include <sys/mount.h>

using namespace rackmuster;
using namespace rackmuster::tests;
using std::chrono::milliseconds;

namespace {

/// A small file system of this process alone.
class SmallDisk {
public:
    /// `path` exists. False: this process may not mount.
    [[nodiscard]] bool mount(const QString& path) {
        m_path = path;
        const QByteArray name = QFile::encodeName(path);
        m_isMounted = ::mount("tmpfs", name.constData(), "tmpfs", 0, "size=2m,mode=0700") == 0;
        return m_isMounted;
    }
    ~SmallDisk() {
        if (m_isMounted)
            ::umount2(QFile::encodeName(m_path).constData(), MNT_DETACH);
    }
    void fill() const {
        QFile file(filler());
        if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            qFatal("A small disk cannot be filled.");
        const QByteArray block(4096, 'x');
        while (file.write(block) > 0) {
        }
    }
    void clear() const { QFile::remove(filler()); }

private:
    [[nodiscard]] QString filler() const { return m_path + QStringLiteral("/filler"); }
    QString m_path;
    bool m_isMounted = false;
};

/// Every `n`-th commit fails.
class UnsteadyStore final : public boot::LeaseStore {
public:
    UnsteadyStore(boot::LeaseStore& inner, int n) : m_inner(inner), m_n(n) {}
    Result<std::vector<boot::StoredLease>> load() override { return m_inner.load(); }
    Result<void> commit(std::span<const boot::StoredLease> changed,
                        std::span<const MacAddress> removed) override {
        if (++m_commits % m_n == 0)
            return fail(ErrorCode::Database, "leases.db", "disk I/O error");
        return m_inner.commit(changed, removed);
    }
    void close() override { m_inner.close(); }

private:
    boot::LeaseStore& m_inner;
    int m_n;
    int m_commits = 0;
};

} // namespace

/// A disk that is full or failing.
class TestDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aFullDiskStopsNewMachinesOnly();
    void anUnsteadyDiskLosesNothingThatWasAcknowledged_data();
    void anUnsteadyDiskLosesNothingThatWasAcknowledged();

private:
    [[nodiscard]] std::optional<wire::DhcpMessage> renew(FakePxeClient& machine, Ipv4Address address) const;

    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<DhcpFixture> m_rack;
};

void TestDisk::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
    // What is mounted from here on is seen by this process alone, and goes with it.
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        QSKIP("making a mount namespace needs root");
}

void TestDisk::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
    m_rack = std::make_unique<DhcpFixture>(*m_network);
}

void TestDisk::cleanup() {
    m_rack.reset();
    m_network.reset();
}

std::optional<wire::DhcpMessage> TestDisk::renew(FakePxeClient& machine, Ipv4Address address) const {
    wire::DhcpMessage renewal = machine.makeDiscover();
    renewal.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
    renewal.set(wire::DhcpOption::RequestedAddress, address); // INIT-REBOOT: answered over the link
    machine.send(renewal);
    return machine.receive(renewal.xid, 1000);
}

void TestDisk::aFullDiskStopsNewMachinesOnly() // R49 (part): a full file system
{
    const QTemporaryDir place;
    SmallDisk disk;
    QVERIFY(disk.mount(place.path()));
    storage::LeaseDatabase database(place.filePath(QStringLiteral("leases.db")));
    m_rack->service.leaseSeconds = 600;
    m_rack->start(&database);
    FakePxeClient known(*m_network, {.mac = MacAddress({0x52, 0x54, 0, 0, 0, 1})});
    const auto ack = known.doDora();
    QVERIFY(ack && ack->type() == wire::DhcpType::Ack);

    disk.fill();
    // The log may have room for a few more groups in the blocks that it has; then it is over.
    std::uint32_t number = 100;
    std::optional<wire::DhcpMessage> refused;
    for (; number < 2000; ++number) {
        FakePxeClient machine(*m_network,
                              {.mac = MacAddress({0x52, 0x54, 0, 1, static_cast<std::uint8_t>(number >> 8U),
                                                  static_cast<std::uint8_t>(number)})});
        const auto offer = machine.discover();
        QVERIFY(offer.has_value());
        machine.send(machine.makeRequest(*offer));
        if (!machine.receive(offer->xid, 500)) {
            refused = offer;
            break;
        }
    }
    QVERIFY2(refused, "the disk never was full");
    FakePxeClient waiting(*m_network, {.mac = refused->mac()});
    QCOMPARE(m_rack->log.waitFor<net::ServiceFailed>().size(), std::size_t{1}); // told once

    for (int i = 0; i < 3; ++i) {
        const auto renewed = renew(known, ack->yiaddr);
        QVERIFY(renewed && renewed->type() == wire::DhcpType::Ack && renewed->yiaddr == ack->yiaddr);
    }
    waiting.send(waiting.makeRequest(*refused));
    QVERIFY(!waiting.receive(refused->xid, 300)); // still nothing new
    QCOMPARE(m_rack->log.all<net::ServiceFailed>().size(), std::size_t{1});

    disk.clear();
    const Instant cleared = BootClock::now();
    std::optional<wire::DhcpMessage> late;
    while (!late && BootClock::now() - cleared < std::chrono::seconds(5)) {
        waiting.send(waiting.makeRequest(*refused));
        late = waiting.receive(refused->xid, 300);
    }
    QVERIFY(late && late->type() == wire::DhcpType::Ack && late->yiaddr == refused->yiaddr);

    const std::size_t acknowledged = [&] {
        std::set<MacAddress> machines;
        for (const net::DhcpLeased& leased : m_rack->log.all<net::DhcpLeased>())
            machines.insert(leased.mac);
        return machines.size();
    }();
    m_rack->stop();
    QCOMPARE(database.load()->size(), acknowledged);
    database.close();
}

void TestDisk::anUnsteadyDiskLosesNothingThatWasAcknowledged_data() {
    QTest::addColumn<int>("n");
    for (const int n : {2, 3, 5, 17})
        QTest::addRow("every %d. commit fails", n) << n;
}

void TestDisk::anUnsteadyDiskLosesNothingThatWasAcknowledged() // R49 (part): a store that fails
{
    QFETCH(int, n);
    UnsteadyStore store(m_rack->database(), n);
    m_rack->start(&store);
    DhcpLoad::Options options = m_rack->load(200);
    options.patience = milliseconds(100);
    const auto load = m_rack->clients(options);
    const DhcpLoad::Outcome outcome = load->openLoop(300, milliseconds(1500));
    QVERIFY(outcome.acked > 0 && outcome.acked < outcome.begun);
    QCOMPARE(load->duplicates(), std::size_t{0});
    m_rack->stop();
    std::map<MacAddress, Ipv4Address> rows;
    for (const boot::StoredLease& lease : m_rack->stored())
        rows.emplace(lease.mac, lease.address);
    for (std::uint32_t i = 0; i < load->clients().size(); ++i) {
        const Ipv4Address address = load->clients()[i].address;
        if (!address.isNull())
            QVERIFY(rows.contains(load->mac(i)) && rows.at(load->mac(i)) == address);
    }
}

QTEST_GUILESS_MAIN(TestDisk)
#include "tst_Disk.moc"
