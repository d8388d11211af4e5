#include "core/base/ByteWriter.h"
#include "core/net/HelperClient.h"
#include "core/net/PacketSniffer.h"
#include "core/wire/Frame.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"
#include "tests/support/SpokenFrames.h"

#include <QTest>

#include <functional>
#include <linux/if_packet.h>
#include <net/if.h>
#include <numeric>
#include <sys/socket.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

constexpr Ipv4Address own{192, 168, 77, 1};
constexpr MacAddress machine{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};

wire::DhcpMessage dhcp(wire::DhcpType type) {
    wire::DhcpMessage message;
    message.op = type == wire::DhcpType::Offer || type == wire::DhcpType::Ack ? 2 : 1;
    std::ranges::copy(machine.octets(), message.chaddr.begin());
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(type));
    return message;
}

std::vector<std::uint8_t> frame(const wire::DhcpMessage& message, Ipv4Address from, std::uint16_t fromPort,
                                std::uint16_t toPort) {
    ByteWriter writer;
    writer.fill(6, 0xFF);
    writer.bytes(machine.octets());
    writer.u16be(0x0800);
    writer.bytes(
        wire::encodeIpv4Udp(from, fromPort, Ipv4Address::broadcast(), toPort, *wire::encodeDhcp(message)));
    return std::move(writer).take();
}

/// A pcap stream as another computer writes it: in network order.
std::vector<std::uint8_t> pcap(const std::vector<std::vector<std::uint8_t>>& frames,
                               std::uint32_t drops = 0) {
    ByteWriter writer;
    for (const std::uint32_t number : {0xA1B2C3D4U, 0x00020004U, 0U, 0U, 1600U, 1U})
        writer.u32be(number);
    for (const auto& each : frames) {
        const auto size = static_cast<std::uint32_t>(each.size());
        for (const std::uint32_t number : {1767225600U, 250'000U, size, size})
            writer.u32be(number);
        writer.bytes(each);
    }
    for (const std::uint32_t number : {0U, 0U, 0U, drops})
        writer.u32be(number);
    return std::move(writer).take();
}

} // namespace

class PacketSnifferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsCandidatesWithTheirTime();
    void leavesOutWhatDoesNotBoot();
    void reportsForeignServersOnly();
    void namesAForeignServer_data();
    void namesAForeignServer();
    void forgedServersAreBounded();
    void reportsDrops();
    void endOfTheStreamIsAFailure();
    void garbageIsAFailure();
    void stopsWhileNothingComes();
    void hearsRealMachines();
    void countsWhatNobodyRead();
    void hearsWhoElseIsOnTheWire();
    void bmcsBecomeNeighboursAndMachinesDoNot();
    void aForeignServerIsANeighbourToo();
    void malformedAnnouncementsAreRejected();
    void hearsTheSwitch();
    void hearsTaggedFrames_data();
    void hearsTaggedFrames();
    void hearsNothingNeedless();

private:
    /// What it was told last of the wire.
    [[nodiscard]] boot::WirePicture picture() const {
        const auto heard = m_log->all<WireHeard>();
        return heard.empty() ? boot::WirePicture{} : heard.back().picture;
    }
    /// A sniffer on a real cable, through which these come, gets `isEnough`.
    [[nodiscard]] bool hears(const NetworkNamespace& network,
                             const std::vector<std::vector<std::uint8_t>>& frames,
                             const std::function<bool()>& isEnough);
    /// Runs a sniffer over `stream` until its end.
    void sniff(const std::vector<std::uint8_t>& stream);
    [[nodiscard]] Result<HelperClient> startCapture(const NetworkNamespace& network) const {
        const NetworkNamespace::Visit visit = network.enterServer();
        return HelperClient::open(RACKMUSTER_NETHELPER, {NetworkNamespace::serverInterface, 80, false});
    }

    std::unique_ptr<tests::ServerEventLog> m_log;

private Q_SLOTS:
    void init() { m_log = std::make_unique<tests::ServerEventLog>(); }
};

void PacketSnifferTest::sniff(const std::vector<std::uint8_t>& stream) {
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    FileDescriptor output(ends[0]);
    FileDescriptor input(ends[1]);
    PacketSniffer sniffer({std::move(output), own, m_log->sink()});
    const tests::RunningServer running(sniffer);
    QCOMPARE(::write(input.get(), stream.data(), stream.size()), static_cast<ssize_t>(stream.size()));
    input.reset();
    QVERIFY(!m_log->waitFor<ServiceFailed>().empty());
}

void PacketSnifferTest::reportsCandidatesWithTheirTime() {
    wire::DhcpMessage discover = dhcp(wire::DhcpType::Discover);
    discover.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient:Arch:00007:UNDI:003016"));
    const std::array<std::uint8_t, 2> architecture{0, 7};
    discover.set(wire::DhcpOption::ClientArch, Bytes(architecture));
    std::vector<std::uint8_t> uuid(17, 0x11);
    uuid[0] = 0;
    discover.set(wire::DhcpOption::ClientUuid, Bytes(uuid));
    sniff(pcap({frame(discover, {}, 68, 67)}));
    const auto found = m_log->all<PxeDiscover>();
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].mac == machine);
    QCOMPARE(found[0].time.time_since_epoch().count(), std::int64_t(1767225600250));
    QVERIFY(found[0].client.firmware == boot::Firmware::UefiX64);
    QVERIFY(found[0].uuid.has_value());
}

void PacketSnifferTest::leavesOutWhatDoesNotBoot() {
    wire::DhcpMessage request = dhcp(wire::DhcpType::Request);
    request.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient"));
    wire::DhcpMessage group = dhcp(wire::DhcpType::Discover);
    group.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient"));
    group.chaddr[0] = 0x01;
    std::vector<std::uint8_t> cut = frame(group, {}, 68, 67);
    cut.resize(100);
    sniff(pcap({frame(dhcp(wire::DhcpType::Discover), {}, 68, 67),
                frame(request, {}, 68, 67),
                frame(group, {}, 68, 67),
                cut,
                {1, 2, 3}}));
    QVERIFY(m_log->all<PxeDiscover>().empty());
    QVERIFY(m_log->all<ForeignDhcp>().empty());
}

// R09
void PacketSnifferTest::reportsForeignServersOnly() {
    const Ipv4Address router(192, 168, 77, 254);
    wire::DhcpMessage ours = dhcp(wire::DhcpType::Ack);
    ours.set(wire::DhcpOption::ServerId, own);
    wire::DhcpMessage relayedOurs = dhcp(wire::DhcpType::Offer); // RFC 5107: the relay in place of us
    relayedOurs.set(wire::DhcpOption::ServerId, router);
    relayedOurs.giaddr = router;
    relayedOurs.siaddr = own;
    const wire::DhcpMessage nameless = dhcp(wire::DhcpType::Ack);
    sniff(pcap({frame(ours, own, 67, 68), frame(nameless, own, 67, 68), frame(relayedOurs, own, 67, 67),
                frame(relayedOurs, router, 67, 68), frame(dhcp(wire::DhcpType::Request), router, 67, 67)}));
    QCOMPARE(m_log->all<ForeignDhcp>().size(), std::size_t(0));
}

void PacketSnifferTest::namesAForeignServer_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("isNamed");
    for (const int type : {2, 5, 6})
        QTest::addRow("type %d", type) << type << true;
    QTest::newRow("without option 54") << 5 << false;
}

// R09
void PacketSnifferTest::namesAForeignServer() {
    QFETCH(int, type);
    QFETCH(bool, isNamed);
    const Ipv4Address router(192, 168, 77, 254);
    wire::DhcpMessage foreign = dhcp(static_cast<wire::DhcpType>(type));
    foreign.op = 2;
    std::ranges::copy(MacAddress({0x52, 0x54, 0, 0, 0, 9}).octets(), foreign.chaddr.begin());
    if (isNamed)
        foreign.set(wire::DhcpOption::ServerId, router);
    const auto reply = frame(foreign, router, 67, 68);
    sniff(pcap({reply, reply, reply})); // told once
    const auto found = m_log->all<ForeignDhcp>();
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].server == router);
    QVERIFY(found[0].mac == machine); // of the frame, not the client's in the message
}

void PacketSnifferTest::forgedServersAreBounded() {
    std::vector<std::vector<std::uint8_t>> frames;
    for (std::uint8_t i = 1; i < 200; ++i)
        frames.push_back(frame(dhcp(wire::DhcpType::Offer), Ipv4Address(10, 0, 0, i), 67, 68));
    sniff(pcap(frames));
    QCOMPARE(m_log->all<ForeignDhcp>().size(), ForeignServers::limit);
    // Whoever is silent for long enough is news again, and leaves room.
    ForeignServers servers;
    const ForeignDhcp one{Ipv4Address(10, 0, 0, 1), machine};
    const Instant start{};
    QVERIFY(servers.isNews(one, start));
    QVERIFY(!servers.isNews(one, start + std::chrono::minutes(4)));
    QVERIFY(!servers.isNews(one, start + std::chrono::minutes(8)));
    QVERIFY(servers.isNews(one, start + std::chrono::minutes(13)));
}

void PacketSnifferTest::reportsDrops() {
    sniff(pcap({}, 17));
    const auto drops = m_log->all<CaptureDrops>();
    QCOMPARE(drops.size(), std::size_t(1));
    QCOMPARE(drops[0].dropped, std::uint64_t(17));
}

void PacketSnifferTest::endOfTheStreamIsAFailure() {
    sniff(pcap({}));
    const auto failed = m_log->all<ServiceFailed>();
    QCOMPARE(failed.at(0).service, std::string("capture"));
    QVERIFY(failed.at(0).error.code == ErrorCode::HelperFailed);
}

void PacketSnifferTest::garbageIsAFailure() {
    sniff(std::vector<std::uint8_t>(100, 'x'));
    QVERIFY(m_log->all<ServiceFailed>().at(0).error.code == ErrorCode::Malformed);
}

void PacketSnifferTest::stopsWhileNothingComes() {
    std::array<int, 2> ends{};
    QCOMPARE(::pipe(ends.data()), 0);
    const FileDescriptor input(ends[1]);
    PacketSniffer sniffer({FileDescriptor(ends[0]), own, m_log->sink()});
    {
        const tests::RunningServer running(sniffer);
        // In the middle of a record, where a FILE* would block.
        const auto whole = pcap({std::vector<std::uint8_t>(200, 1)});
        QCOMPARE(::write(input.get(), whole.data(), 60), ssize_t(60));
    }
    QVERIFY(m_log->all<ServiceFailed>().empty());
}

void PacketSnifferTest::hearsRealMachines() {
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    auto helper = startCapture(*network);
    QVERIFY2(helper.has_value(), helper ? "" : message(helper.error()).c_str());
    PacketSniffer sniffer({std::move(helper->sockets().capture), own, m_log->sink()});
    const tests::RunningServer running(sniffer);
    const SystemClock clock;
    const WallTime before = clock.wallNow();
    FakePxeClient client(*network, {});
    client.send(client.makeDiscover());
    const auto found = m_log->waitFor<PxeDiscover>();
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].mac == client.mac());
    QVERIFY(found[0].client.firmware == boot::Firmware::Bios);
    QVERIFY(found[0].time + std::chrono::milliseconds(1) >= before && found[0].time <= clock.wallNow());
}

void PacketSnifferTest::countsWhatNobodyRead() // R59
{
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    auto helper = startCapture(*network);
    QVERIFY(helper.has_value());
    constexpr std::uint64_t count =
        20'000; // about 7 MB; the pipe and the helper together hold little over 1 MB
    FakePxeClient client(*network, {});
    const auto payload = wire::encodeDhcp(client.makeDiscover());
    QVERIFY(payload.has_value());
    for (std::uint64_t i = 0; i < count; ++i)
        client.sendPayload(*payload);
    PacketSniffer sniffer({std::move(helper->sockets().capture), own, m_log->sink()});
    const tests::RunningServer running(sniffer);
    const auto total = [this] {
        std::uint64_t sum = m_log->all<PxeDiscover>().size();
        for (const CaptureDrops& drops : m_log->all<CaptureDrops>())
            sum += drops.dropped;
        return sum;
    };
    // The last drops are told with the next frame.
    std::uint64_t sent = count;
    QVERIFY(QTest::qWaitFor([&] {
        client.sendPayload(*payload);
        ++sent;
        return total() >= count;
    }));
    QVERIFY(total() <= sent);
    QVERIFY(!m_log->all<CaptureDrops>().empty());
    QVERIFY(m_log->all<PxeDiscover>().size() > 1000);
}

void PacketSnifferTest::hearsWhoElseIsOnTheWire() {
    sniff(pcap({tests::lldpFrame(), tests::cdpFrame(), tests::bpduFrame()}));
    const boot::WirePicture heard = picture();
    QCOMPARE(heard.neighbours.size(), std::size_t(1)); // one port says it in three ways
    QVERIFY(heard.neighbours[0].mac == tests::switchPortMac);
    QVERIFY(heard.neighbours[0].kind == boot::NeighbourKind::Switch);
    QCOMPARE(heard.neighbours[0].count, std::uint64_t(3));
    QCOMPARE(heard.neighbours[0].firstHeard.time_since_epoch().count(), std::int64_t(1767225600250));
    QCOMPARE(heard.switchPorts, (std::vector<boot::SwitchPort>{
                                    {tests::switchPortMac, "core-sw1", "Gi1/0/12", std::uint16_t(20)}}));
    QVERIFY(heard.spanningTree && heard.spanningTree->protocol == boot::SpanningTree::Protocol::Rstp);
    QVERIFY(heard.spanningTree->forwardDelay == std::chrono::seconds(15));
}

void PacketSnifferTest::bmcsBecomeNeighboursAndMachinesDoNot() {
    constexpr MacAddress bmc(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 0x0B});
    const auto asks = [](const wire::DhcpMessage& message) {
        return tests::dhcpFrame(message);
    };
    sniff(pcap({asks(tests::discoverOf(bmc, "iDRAC", "idrac-7ABC123")),
                asks(tests::discoverOf(machine, "PXEClient:Arch:00007:UNDI:003016")),
                asks(tests::discoverOf(machine, "anaconda-Linux")), // its installer
                tests::arpFrame(bmc, Ipv4Address(10, 0, 0, 9)),
                tests::arpFrame(MacAddress({0x52, 0x54, 0, 0, 0, 0x0C}), Ipv4Address(10, 0, 0, 8))}));
    QCOMPARE(m_log->all<PxeDiscover>().size(), std::size_t(1));
    const boot::WirePicture heard = picture();
    QCOMPARE(heard.neighbours.size(), std::size_t(1));
    QVERIFY(heard.neighbours[0].mac == bmc);
    QVERIFY(heard.neighbours[0].kind == boot::NeighbourKind::ManagementController);
    QCOMPARE(heard.neighbours[0].name, std::string("idrac-7ABC123"));
    QVERIFY(heard.neighbours[0].address == Ipv4Address(10, 0, 0, 9));
}

// R09
void PacketSnifferTest::aForeignServerIsANeighbourToo() {
    const Ipv4Address router(192, 168, 77, 254);
    constexpr MacAddress bmc(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 0x0B});
    wire::DhcpMessage ack = dhcp(wire::DhcpType::Ack);
    ack.set(wire::DhcpOption::ServerId, router);
    std::ranges::copy(bmc.octets(), ack.chaddr.begin());
    ack.yiaddr = Ipv4Address(192, 168, 77, 9);
    sniff(pcap({tests::dhcpFrame(tests::discoverOf(bmc, "iDRAC")), frame(ack, router, 67, 68)}));
    const boot::WirePicture heard = picture();
    QCOMPARE(heard.neighbours.size(), std::size_t(2));
    QVERIFY(heard.neighbours[0].address == ack.yiaddr); // that it was just given
    QVERIFY(heard.neighbours[1].isDhcpServer && heard.neighbours[1].address == router);
}

void PacketSnifferTest::malformedAnnouncementsAreRejected() {
    auto lldp = tests::lldpFrame();
    lldp[14] = 0x04; // a port id where the chassis id must be
    auto cdp = tests::cdpFrame();
    cdp[22] = 9;
    sniff(pcap({lldp, cdp}));
    const auto rejected = m_log->all<Rejected>();
    QCOMPARE(rejected.size(), std::size_t(2));
    QCOMPARE(rejected[0].source, tests::switchPortMac.toString());
    QVERIFY(QString::fromStdString(rejected[0].reason).contains(QStringLiteral("chassis id")));
    QVERIFY(QString::fromStdString(rejected[1].reason).contains(QStringLiteral("version is 9")));
    QVERIFY(picture().neighbours.empty());
}

bool PacketSnifferTest::hears(const NetworkNamespace& network,
                              const std::vector<std::vector<std::uint8_t>>& frames,
                              const std::function<bool()>& isEnough) {
    auto helper = startCapture(network);
    if (!helper)
        return false;
    PacketSniffer sniffer({std::move(helper->sockets().capture), own, m_log->sink()});
    const tests::RunningServer running(sniffer);
    const tests::CableEnd cable(network);
    for (const auto& each : frames)
        cable.send(each);
    return QTest::qWaitFor(isEnough);
}

void PacketSnifferTest::hearsTheSwitch() {
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    QVERIFY(hears(*network, {tests::lldpFrame(), tests::cdpFrame(), tests::bpduFrame()}, [this] {
        const boot::WirePicture heard = picture();
        return heard.spanningTree && !heard.neighbours.empty() && heard.neighbours[0].count == 3;
    }));
    QCOMPARE(picture().switchPorts.at(0).port, std::string("Gi1/0/12"));
}

void PacketSnifferTest::hearsTaggedFrames_data() {
    QTest::addColumn<int>("outer");
    QTest::addColumn<int>("inner");
    QTest::newRow("802.1Q") << 20 << 0;
    QTest::newRow("QinQ") << 100 << 20;
}

void PacketSnifferTest::hearsTaggedFrames() {
    QFETCH(int, outer);
    QFETCH(int, inner);
    boot::VlanTags tags;
    tags.outer = static_cast<std::uint16_t>(outer);
    if (inner != 0)
        tags.inner = static_cast<std::uint16_t>(inner);
    constexpr MacAddress bmc(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 0x0B});
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    QVERIFY(hears(*network,
                  {tests::dhcpFrame(tests::discoverOf(machine, "PXEClient:Arch:00000:UNDI:002001"), tags),
                   tests::dhcpFrame(tests::discoverOf(bmc, "iDRAC"), tags)},
                  [this] { return !m_log->all<PxeDiscover>().empty() && !picture().neighbours.empty(); }));
    QVERIFY(m_log->waitFor<PxeDiscover>().at(0).vlan == tags);
    QVERIFY(picture().neighbours.at(0).vlan == tags);
    QCOMPARE(picture().taggedVlans, std::vector<std::uint16_t>{*tags.outer});
}

void PacketSnifferTest::hearsNothingNeedless() // R59
{
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    auto helper = startCapture(*network);
    QVERIFY(helper.has_value());
    const tests::CableEnd cable(*network);
    auto tftp = tests::dhcpFrame(tests::discoverOf(machine, {}));
    tftp[37] = 69; // to this port
    tftp[35] = 99; // from this one
    auto other = tests::lldpFrame();
    other[13] = 0xB5; // another EtherType
    {
        const NetworkNamespace::Visit visit = network->enterServer(); // what this computer says itself
        const FileDescriptor socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
        sockaddr_ll here{};
        here.sll_family = AF_PACKET;
        here.sll_ifindex = static_cast<int>(::if_nametoindex(NetworkNamespace::serverInterface));
        const auto own = tests::lldpFrame();
        QCOMPARE(::sendto(socket.get(), own.data(), own.size(), 0, reinterpret_cast<const sockaddr*>(&here),
                          sizeof here),
                 static_cast<ssize_t>(own.size()));
    }
    cable.send(tftp);
    cable.send(other);
    cable.send(tests::bpduFrame()); // the only one that is heard
    PcapStream stream;
    std::array<std::uint8_t, 65536> buffer{};
    std::optional<PcapRecord> first;
    QVERIFY(QTest::qWaitFor([&] {
        const ssize_t count = ::read(helper->sockets().capture.get(), buffer.data(), buffer.size());
        if (count > 0)
            stream.append(Bytes(buffer).first(static_cast<std::size_t>(count)));
        first = stream.next().value_or(std::nullopt);
        return first.has_value();
    }));
    QVERIFY(first->bytes == tests::bpduFrame());
}

QTEST_GUILESS_MAIN(PacketSnifferTest)
#include "tst_PacketSniffer.moc"
