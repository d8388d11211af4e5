#include "core/engine/Services.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/ServerEventLog.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <poll.h>
#include <sys/socket.h>

using namespace rackmuster;
using tests::FakePxeClient;
using tests::NetworkNamespace;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

namespace {

constexpr Ipv4Address clientAddress{192, 168, 77, 200};

/// A loader of every architecture in one file.
std::shared_ptr<const boot::Catalog> makeCatalog(const QString& loader, boot::DhcpMode mode) {
    boot::Catalog::Contents contents;
    contents.server.interface = NetworkNamespace::serverInterface;
    contents.server.address = NetworkNamespace::serverAddress;
    contents.server.network = Ipv4Network(NetworkNamespace::serverAddress, 24);
    contents.server.gateway = NetworkNamespace::serverAddress;
    contents.server.dns = {NetworkNamespace::serverAddress};
    contents.dhcp.mode = mode;
    contents.dhcp.range = Ipv4Range::parse("192.168.77.100-192.168.77.150").value();
    contents.dhcp.checksAddresses = false;
    contents.dhcp.leaseSeconds = 3600;
    auto file = std::make_shared<FileDescriptor>(*FileDescriptor::openForReading(loader.toStdString()));
    const std::vector<boot::FileSlice> slices{{file, 0, *file->size()}};
    contents.hostFiles["pxelinux.0"] = slices;
    boot::ImageFiles image;
    image.id = "image";
    image.name = "Image";
    image.files["loader.efi"] = slices;
    image.etagSeed = "seed";
    for (const boot::Firmware firmware :
         {boot::Firmware::UefiX64, boot::Firmware::UefiIa32, boot::Firmware::UefiArm64})
        image.uefiLoaders[firmware] = {"loader.efi", "loader.efi", "linux"};
    contents.images["image"] = std::make_shared<const boot::ImageFiles>(image);
    contents.defaultImageId = "image";
    boot::MachineBoot machine{.mac = MacAddress({0x52, 0x54, 0, 0, 0, 1})};
    machine.hostname = "node-01";
    machine.extraOptions = {{42, {192, 168, 77, 1}}, {26, {0x05, 0xDC}}};
    contents.machines[machine.mac] = std::make_shared<const boot::MachineBoot>(machine);
    return std::make_shared<const boot::Catalog>(std::move(contents));
}

/// Runs a program; its output, or nothing when it failed, with what it complained of.
std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    constexpr int patience = 3'600'000; // milliseconds: of an hour there are millions of packets
    const bool isGood = process.waitForFinished(patience) && process.exitCode() == 0;
    const QByteArray complaints = process.readAllStandardError();
    if (!isGood)
        qWarning("%s: %s", qPrintable(program), complaints.constData());
    return isGood ? std::optional(process.readAllStandardOutput()) : std::nullopt;
}

constexpr MacAddress firstMac{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};

} // namespace

class TestPackets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findNothingMalformed();

private:
    void serve(boot::DhcpMode mode);
    [[nodiscard]] MacAddress nextMac() {
        m_machine = static_cast<std::uint8_t>(m_machine % 40 + 1);
        return MacAddress({0x52, 0x54, 0, 0, 0, m_machine});
    }
    void exchange(std::uint16_t arch, const char* vendorClass, bool isIpxe = false);
    void oddMessages();
    void fetchFiles();
    void askBootServer();
    void playSession();

    std::unique_ptr<NetworkNamespace> m_network;
    QTemporaryDir m_directory;
    tests::ServerEventLog m_log;
    std::unique_ptr<engine::Services> m_services;
    std::uint8_t m_machine = 0;
};

void TestPackets::initTestCase() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    if (!m_network)
        QSKIP(qPrintable(whyNot));
    for (const char* const program :
         {"/usr/bin/tcpdump", "/usr/bin/tshark", "/usr/lib/python3/dist-packages/scapy"}) {
        if (!QFile::exists(QString::fromLatin1(program)))
            QSKIP(program);
    }
    QFile loader(m_directory.filePath(QStringLiteral("loader")));
    QVERIFY(loader.open(QIODevice::WriteOnly));
    loader.write(QByteArray(40000, 'L'));
    QVERIFY(m_network->addClientAddress(clientAddress));
}

void TestPackets::serve(boot::DhcpMode mode) {
    m_services.reset();
    const NetworkNamespace::Visit visit = m_network->enterServer();
    engine::Services::Options options;
    options.interface = NetworkNamespace::serverInterface;
    options.address = NetworkNamespace::serverAddress;
    options.helperPath = RACKMUSTER_NETHELPER;
    options.leasesPath = m_directory.filePath(QStringLiteral("leases.db"));
    options.catalog = std::make_shared<Published<boot::Catalog>>(
        makeCatalog(m_directory.filePath(QStringLiteral("loader")), mode));
    options.clock = std::make_shared<SystemClock>();
    options.events = m_log.sink();
    auto services = engine::Services::start(std::move(options));
    QVERIFY2(services.has_value(), services ? "" : message(services.error()).c_str());
    m_services = std::move(*services);
}

/// DISCOVER and, in own mode, REQUEST of one kind of client.
void TestPackets::exchange(std::uint16_t arch, const char* vendorClass, bool isIpxe) {
    FakePxeClient::Options options;
    // One machine asks no more often than five times a second; an installer is a machine that booted.
    options.mac = *vendorClass != 0 ? nextMac() : firstMac;
    options.architecture = arch;
    options.vendorClass = vendorClass;
    options.uuid = Uuid(Uuid::Octets{1, 2, 3});
    options.wantsBroadcast = arch % 2 == 0;
    FakePxeClient machine(*m_network, options);
    DhcpMessage discover = machine.makeDiscover();
    if (isIpxe)
        discover.set(DhcpOption::UserClass, std::string_view("iPXE"));
    machine.send(discover);
    const auto offer = machine.receive(discover.xid);
    QVERIFY2(offer.has_value(), vendorClass);
    if (offer->yiaddr.isNull())
        return;
    const auto ack = machine.request(*offer);
    QVERIFY(ack && ack->type() == DhcpType::Ack);
}

/// Renewal, INFORM, a refused address, and all by way of a relay.
void TestPackets::oddMessages() {
    FakePxeClient machine(*m_network, {.mac = nextMac()});
    const auto ack = machine.doDora();
    QVERIFY(ack.has_value());
    DhcpMessage wrong = machine.makeRequest(*ack);
    wrong.set(DhcpOption::RequestedAddress, Ipv4Address(10, 0, 0, 1));
    machine.send(wrong);
    const auto nak = machine.receive(wrong.xid);
    QVERIFY(nak && nak->type() == DhcpType::Nak);
    for (const DhcpType type : {DhcpType::Inform, DhcpType::Discover}) {
        DhcpMessage relayed = machine.makeDiscover();
        relayed.set(DhcpOption::MessageType, static_cast<std::uint8_t>(type));
        if (type == DhcpType::Inform)
            relayed.ciaddr = clientAddress;
        else
            relayed.giaddr = clientAddress;
        relayed.set(DhcpOption::RelayAgent, std::string_view("\1\4ge01\2\3rid"));
        relayed.hops = 1;
        machine.send(relayed);
    }
    for (const DhcpType type : {DhcpType::Decline, DhcpType::Release}) {
        DhcpMessage last = machine.makeRequest(*ack);
        last.set(DhcpOption::MessageType, static_cast<std::uint8_t>(type));
        if (type == DhcpType::Release)
            last.ciaddr = ack->yiaddr;
        machine.send(last);
    }
}

void TestPackets::fetchFiles() {
    FakePxeClient machine(*m_network, {});
    for (const char* const file :
         {"m/525400000001/pxelinux.0", "m/525400000001/nothing", "m/525400000001/bootx64.efi"}) {
        tests::TftpQuery query;
        query.server = NetworkNamespace::serverAddress;
        query.path = file;
        query.options = {{"tsize", "0"}, {"blksize", "1468"}, {"windowsize", "4"}};
        const NetworkNamespace::Visit visit = m_network->enterClient();
        (void)tests::tftpGet(query, clientAddress);
    }
    const auto script = machine.httpGet(NetworkNamespace::serverAddress, 80, "/m/525400000001/boot.ipxe");
    QCOMPARE(script.status, 200);
}

/// As edk2 and iPXE do: from port 4011 and from port 68.
void TestPackets::askBootServer() {
    for (const std::uint16_t from : {std::uint16_t{4011}, std::uint16_t{68}}) {
        DhcpMessage request = FakePxeClient(*m_network, {.mac = nextMac()}).makeDiscover();
        request.set(DhcpOption::MessageType, static_cast<std::uint8_t>(DhcpType::Request));
        request.set(DhcpOption::VendorSpecific, std::string_view("\x47\4\0\1\0\0\xFF", 7));
        request.ciaddr = clientAddress;
        const auto payload = wire::encodeDhcp(request);
        const NetworkNamespace::Visit visit = m_network->enterClient();
        const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const sockaddr_in here = net::UdpEndpoint{clientAddress, from}.toSocketAddress();
        const sockaddr_in there = net::UdpEndpoint{NetworkNamespace::serverAddress, 4011}.toSocketAddress();
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
        QCOMPARE(::sendto(socket.get(), payload->data(), payload->size(), 0,
                          reinterpret_cast<const sockaddr*>(&there), sizeof there),
                 static_cast<ssize_t>(payload->size()));
        std::array<std::uint8_t, 1500> buffer{};
        sockaddr_in answered{};
        socklen_t size = sizeof answered;
        pollfd ready{socket.get(), POLLIN, 0};
        QCOMPARE(::poll(&ready, 1, 5000), 1);
        const ssize_t count = ::recvfrom(socket.get(), buffer.data(), buffer.size(), 0,
                                         reinterpret_cast<sockaddr*>(&answered), &size);
        QCOMPARE(ntohs(answered.sin_port), std::uint16_t{4011}); // P09
        const auto ack =
            wire::decodeDhcp(Bytes(buffer).first(static_cast<std::size_t>(std::max<ssize_t>(count, 0))));
        QVERIFY(ack && ack->type() == DhcpType::Ack && ack->xid == request.xid);
    }
}

void TestPackets::playSession() {
    for (const boot::DhcpMode mode : {boot::DhcpMode::Own, boot::DhcpMode::Proxy}) {
        serve(mode);
        for (const auto& [arch, vendorClass] : std::initializer_list<std::pair<std::uint16_t, const char*>>{
                 {0, "PXEClient:Arch:00000:UNDI:002001"},
                 {6, "PXEClient:Arch:00006:UNDI:003016"},
                 {7, "PXEClient:Arch:00007:UNDI:003016"},
                 {11, "PXEClient:Arch:00011:UNDI:003016"},
                 {16, "HTTPClient:Arch:00016:UNDI:003001"}})
            exchange(arch, vendorClass);
        exchange(0, "PXEClient:Arch:00000:UNDI:002001", true);
        if (mode == boot::DhcpMode::Own) {
            exchange(0, ""); // an installer
            oddMessages();
        }
        askBootServer();
        fetchFiles();
    }
    m_services.reset();
}

void TestPackets::findNothingMalformed() {
    const QString capture = m_directory.filePath(QStringLiteral("session.pcap"));
    QProcess tcpdump;
    {
        const NetworkNamespace::Visit visit = m_network->enterClient();
        tcpdump.start(QStringLiteral("tcpdump"),
                      {QStringLiteral("-U"), QStringLiteral("--immediate-mode"), QStringLiteral("-s0"),
                       QStringLiteral("-Z"), QStringLiteral("root"), QStringLiteral("-i"),
                       QLatin1String(NetworkNamespace::clientInterface), QStringLiteral("-w"), capture});
    }
    tcpdump.setReadChannel(QProcess::StandardError);
    QVERIFY(tcpdump.waitForReadyRead(10000)); // "listening on"
    const bool isThorough = qEnvironmentVariableIsSet("RACKMUSTER_THOROUGH");
    const Instant end = BootClock::now() + (isThorough ? std::chrono::hours(1) : std::chrono::hours(0));
    do {
        playSession();
        QVERIFY(!QTest::currentTestFailed());
    } while (BootClock::now() < end);
    tcpdump.terminate();
    QVERIFY(tcpdump.waitForFinished());

    const auto malformed =
        outputOf(QStringLiteral("tshark"), {QStringLiteral("-r"), capture, QStringLiteral("-Y"),
                                            QStringLiteral("_ws.malformed || _ws.short")});
    QVERIFY(malformed.has_value());
    QCOMPARE(*malformed, QByteArray());
    const auto replies =
        outputOf(QStringLiteral("tshark"),
                 {QStringLiteral("-r"), capture, QStringLiteral("-Y"), QStringLiteral("dhcp.type == 2"),
                  QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-e"),
                  QStringLiteral("dhcp.option.dhcp")});
    QVERIFY(replies.has_value());
    for (const char* const type : {"2\n", "5\n", "6\n"}) // it did see OFFERs, ACKs and NAKs
        QVERIFY2(replies->contains(type), replies->constData());
    QVERIFY(replies->count('\n') >= 25);

    const auto dissected = outputOf(QStringLiteral(SCAPY_SCRIPT), {capture});
    QVERIFY(dissected.has_value());
    QVERIFY2(dissected->contains("dhcp type 6") && dissected->contains("tftp request"),
             dissected->constData());
}

QTEST_GUILESS_MAIN(TestPackets)
#include "tst_Packets.moc"
