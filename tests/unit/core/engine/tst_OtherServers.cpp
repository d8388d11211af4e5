#include "core/engine/Services.h"
#include "core/net/DhcpProbe.h"
#include "tests/support/Dnsmasq.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::engine;
using tests::Dnsmasq;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

std::shared_ptr<const boot::Catalog> makeCatalog() {
    boot::Catalog::Contents contents;
    contents.server.interface = NetworkNamespace::serverInterface;
    contents.server.address = NetworkNamespace::serverAddress;
    contents.server.network = Ipv4Network(NetworkNamespace::serverAddress, 24);
    contents.dhcp.range = Ipv4Range::parse("192.168.77.100-192.168.77.150").value();
    contents.dhcp.checksAddresses = false;
    contents.hostFiles["pxelinux.0"] = {};
    return std::make_shared<const boot::Catalog>(std::move(contents));
}

int milliseconds(BootClock::duration time) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

} // namespace

/// Against a real dnsmasq, with its default of looking for three seconds whether an address is in use.
class TestOtherServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void startsInASecondWhereNobodyElseAnswers();
    void doesNotStartBesideAnotherServer();
    void startsBesideAnotherServerWhenTold();
    void startsAtOnceWhereAnotherServerIsExpected();
    void tellsOfAServerThatComesLater();
    void asksAgainAndAgain();
    void isNotAlarmedByItself();

private:
    [[nodiscard]] Result<std::unique_ptr<Services>> start(Services::OtherServers others);
    [[nodiscard]] net::DhcpProbe::Options probing();
    [[nodiscard]] std::optional<MacAddress> hardwareAddressOfDnsmasq() const;

    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::ServerEventLog> m_events;
    std::unique_ptr<Dnsmasq> m_dnsmasq;
    std::unique_ptr<Services> m_services;
};

void TestOtherServers::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
    if (!QFile::exists(QString::fromLatin1(Dnsmasq::program)))
        QSKIP("dnsmasq is not installed");
}

void TestOtherServers::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
    m_directory = std::make_unique<QTemporaryDir>();
    m_events = std::make_unique<tests::ServerEventLog>();
    m_dnsmasq = std::make_unique<Dnsmasq>(*m_network);
}

void TestOtherServers::cleanup() {
    m_services.reset();
    m_dnsmasq.reset();
    m_events.reset();
    m_network.reset();
}

Result<std::unique_ptr<Services>> TestOtherServers::start(Services::OtherServers others) {
    const NetworkNamespace::Visit visit = m_network->enterServer();
    Services::Options options;
    options.interface = NetworkNamespace::serverInterface;
    options.address = NetworkNamespace::serverAddress;
    options.otherServers = others;
    options.helperPath = RACKMUSTER_NETHELPER;
    options.leasesPath = m_directory->filePath(QStringLiteral("leases.db"));
    options.catalog = std::make_shared<Published<boot::Catalog>>(makeCatalog());
    options.clock = std::make_shared<SystemClock>();
    options.events = m_events->sink();
    return Services::start(std::move(options));
}

net::DhcpProbe::Options TestOtherServers::probing() {
    const NetworkNamespace::Visit visit = m_network->enterServer();
    net::DhcpProbe::Options options;
    options.packet = FileDescriptor(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    options.interfaceIndex = static_cast<int>(::if_nametoindex(NetworkNamespace::serverInterface));
    options.ownAddress = NetworkNamespace::serverAddress;
    options.events = m_events->sink();
    return options;
}

std::optional<MacAddress> TestOtherServers::hardwareAddressOfDnsmasq() const {
    const NetworkNamespace::Visit visit = m_network->enterClient();
    const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq query{};
    std::strcpy(query.ifr_name, NetworkNamespace::clientInterface);
    if (::ioctl(socket.get(), SIOCGIFHWADDR, &query) != 0)
        return std::nullopt;
    MacAddress::Octets octets{};
    std::memcpy(octets.data(), query.ifr_hwaddr.sa_data, octets.size());
    return MacAddress(octets);
}

void TestOtherServers::startsInASecondWhereNobodyElseAnswers() {
    const Instant before = BootClock::now();
    auto services = start(Services::OtherServers::Refused);
    QVERIFY2(services.has_value(), services ? "" : message(services.error()).c_str());
    const int took = milliseconds(BootClock::now() - before);
    QVERIFY2(took >= 1000 && took < 2500, qPrintable(QString::number(took)));
    m_services = std::move(*services);
}

// R09: at the start
void TestOtherServers::doesNotStartBesideAnotherServer() {
    QVERIFY(m_dnsmasq->start());
    const Instant before = BootClock::now();
    const auto services = start(Services::OtherServers::Refused);
    const int took = milliseconds(BootClock::now() - before);
    QVERIFY(!services.has_value());
    QCOMPARE(services.error().code, ErrorCode::OtherDhcpServer);
    QCOMPARE(services.error().subject, Dnsmasq::address.toString());
    const auto heard = m_events->all<net::ForeignDhcp>();
    QCOMPARE(heard.size(), std::size_t(1));
    QCOMPARE(services.error().detail, heard[0].mac.toString());
    QVERIFY2(took < 1500, qPrintable(QString::number(took)));
    // Nothing is left open: the next start finds its ports free.
    m_dnsmasq.reset();
    auto next = start(Services::OtherServers::Refused);
    QVERIFY2(next.has_value(), next ? "" : message(next.error()).c_str());
}

void TestOtherServers::startsBesideAnotherServerWhenTold() {
    QVERIFY(m_dnsmasq->start());
    auto services = start(Services::OtherServers::Tolerated);
    QVERIFY2(services.has_value(), services ? "" : message(services.error()).c_str());
    m_services = std::move(*services);
    const auto heard = m_events->waitFor<net::ForeignDhcp>();
    QVERIFY(heard.at(0).server == Dnsmasq::address);
}

void TestOtherServers::startsAtOnceWhereAnotherServerIsExpected() {
    QVERIFY(m_dnsmasq->start());
    const Instant before = BootClock::now();
    auto services = start(Services::OtherServers::Expected);
    QVERIFY(services.has_value());
    const int took = milliseconds(BootClock::now() - before);
    QVERIFY2(took < 900, qPrintable(QString::number(took)));
    m_services = std::move(*services);
}

// R09: later
void TestOtherServers::tellsOfAServerThatComesLater() {
    auto services = start(Services::OtherServers::Refused);
    QVERIFY(services.has_value());
    m_services = std::move(*services);
    QVERIFY(m_dnsmasq->start());
    net::DhcpProbe phone(probing()); // any client will do
    QVERIFY(phone.send());
    QVERIFY(m_dnsmasq->says("DHCPACK"));
    const Instant first = BootClock::now();
    const auto heard = m_events->waitFor<net::ForeignDhcp>();
    QCOMPARE(heard.size(), std::size_t(1));
    QVERIFY(milliseconds(BootClock::now() - first) < 2000);
    QVERIFY(heard[0].server == Dnsmasq::address);
    QVERIFY(heard[0].mac == hardwareAddressOfDnsmasq());
    // With every further reply it is no news.
    QVERIFY(m_dnsmasq->says("DHCPOFFER"));
    QVERIFY(phone.send());
    QVERIFY(m_dnsmasq->says("DHCPOFFER"));
    QCOMPARE(m_events->all<net::ForeignDhcp>().size(), std::size_t(1));
}

// R09: the running services ask themselves, so that a server is found although no machine asks.
void TestOtherServers::asksAgainAndAgain() {
    net::DhcpProbe::Options options = probing();
    options.interval = std::chrono::milliseconds(50);
    QVERIFY(m_dnsmasq->start());
    net::DhcpProbe probe(std::move(options));
    const tests::RunningServer running(probe);
    QVERIFY(m_dnsmasq->says("DHCPACK"));
    QVERIFY(m_events->all<net::Rejected>().empty());
}

// R09: 0 false alarms. The hour is played in packets: more than 48 machines send in one, and the questions of
// two.
void TestOtherServers::isNotAlarmedByItself() {
    auto services = start(Services::OtherServers::Refused);
    QVERIFY(services.has_value());
    m_services = std::move(*services);
    net::DhcpProbe probe(probing());
    for (std::uint8_t i = 0; i < 120; ++i) {
        QVERIFY(probe.send());
        FakePxeClient::Options options;
        options.mac = MacAddress({0x52, 0x54, 0, 0, 2, static_cast<std::uint8_t>(i % 48)});
        options.wantsBroadcast = i % 2 == 0;
        FakePxeClient machine(*m_network, options);
        const auto ack = machine.doDora();
        QVERIFY(ack && ack->type() == wire::DhcpType::Ack);
        wire::DhcpMessage wrong = machine.makeRequest(*ack);
        wrong.set(wire::DhcpOption::RequestedAddress, Ipv4Address(10, 0, 0, 1));
        machine.send(wrong);
        const auto nak = machine.receive(wrong.xid);
        QVERIFY(nak && nak->type() == wire::DhcpType::Nak);
    }
    m_services.reset();
    QCOMPARE(m_events->all<net::ForeignDhcp>().size(), std::size_t(0));
    QVERIFY(m_events->all<net::DhcpLeased>().size() >= 120);
}

QTEST_GUILESS_MAIN(TestOtherServers)
#include "tst_OtherServers.moc"
