#include "core/net/TftpServer.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/MapSource.h"
#include "tests/support/NetworkNamespace.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"
#include "tests/support/TftpClient.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::NetworkNamespace;

namespace {

constexpr std::uint16_t tftpPort = 69;

/// As the helper makes it.
FileDescriptor requestSocket() {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const std::string device = NetworkNamespace::serverInterface;
    const sockaddr_in any = UdpEndpoint{{}, tftpPort}.toSocketAddress();
    const bool isBound = ::setsockopt(socket.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on) == 0 &&
                         ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, device.c_str(),
                                      static_cast<socklen_t>(device.size())) == 0 &&
                         ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
    return isBound ? std::move(socket) : FileDescriptor();
}

/// Asks for a file with a source that is not this machine's.
bool askAs(Ipv4Address forged) {
    const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    const sockaddr_in from = UdpEndpoint{forged, 0}.toSocketAddress();
    const sockaddr_in to = UdpEndpoint{NetworkNamespace::serverAddress, tftpPort}.toSocketAddress();
    wire::TftpRequest request;
    request.path = "m/1/file";
    request.wantsSize = true;
    const auto packet = wire::encodeTftp(request);
    return ::setsockopt(socket.get(), IPPROTO_IP, IP_TRANSPARENT, &on, sizeof on) == 0 &&
           ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
           ::sendto(socket.get(), packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                    sizeof to) == static_cast<ssize_t>(packet.size());
}

} // namespace

/// Who is answered on a real cable.
class TftpNeighboursTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void servesANeighbourThroughTheCable();
    void answersNobodyBehindARouter();
    void answersThemWhenToldTo();

private:
    void start(bool answersRouted);

    std::unique_ptr<NetworkNamespace> m_network;
    std::shared_ptr<tests::MapSource> m_source;
    tests::ServerEventLog m_log;
    SystemClock m_clock;
    std::optional<TftpServer> m_server;
    std::optional<tests::RunningServer<TftpServer>> m_running;
    std::string m_content = std::string(3'000'000, 'x');
};

void TftpNeighboursTest::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    if (!m_network)
        QSKIP(qPrintable(whyNot));
    // Else the kernel itself would not know the way back.
    QVERIFY(m_network->addClientAddress(Ipv4Address(192, 168, 77, 50)));
    QVERIFY(
        m_network->configureServer({QStringLiteral("route"), QStringLiteral("add"), QStringLiteral("default"),
                                    QStringLiteral("via"), QStringLiteral("192.168.77.50")}));
    m_source = std::make_shared<tests::MapSource>();
    m_source->addText("m/1/file", m_content);
}

void TftpNeighboursTest::start(bool answersRouted) {
    const NetworkNamespace::Visit visit = m_network->enterServer();
    TftpServer::Options options;
    options.socket = requestSocket();
    options.interface = NetworkNamespace::serverInterface;
    options.source = [this] {
        return m_source;
    };
    options.clock = &m_clock;
    options.events = m_log.sink();
    options.answersRouted = answersRouted;
    m_server.emplace(std::move(options));
    m_running.emplace(*m_server);
}

void TftpNeighboursTest::cleanup() {
    m_running.reset();
    m_server.reset();
}

void TftpNeighboursTest::servesANeighbourThroughTheCable() // P62, P63
{
    start(false);
    const NetworkNamespace::Visit client = m_network->enterClient();
    for (const char* window : {"1", "4", "64"}) {
        tests::TftpQuery query;
        query.server = NetworkNamespace::serverAddress;
        query.path = "m/1/file";
        query.options = {{"blksize", "65464"}, {"windowsize", window}};
        const tests::TftpOutcome outcome = tests::tftpGet(query, Ipv4Address(192, 168, 77, 50));
        QVERIFY(outcome.isComplete);
        QVERIFY(outcome.content == m_content);
        QCOMPARE(outcome.options->blockSize, std::optional<std::uint16_t>(1468));
    }
}

void TftpNeighboursTest::answersNobodyBehindARouter() // R33
{
    start(false);
    const NetworkNamespace::Visit client = m_network->enterClient();
    QVERIFY(askAs(Ipv4Address(10, 9, 9, 9)));
    const auto rejected = m_log.waitFor<Rejected>();
    QCOMPARE(rejected.size(), std::size_t(1));
    QCOMPARE(rejected[0].source, std::string("10.9.9.9"));
    QCOMPARE(m_server->activeTransfers(), 0);
    QCOMPARE(m_source->lookups(), 0);
}

void TftpNeighboursTest::answersThemWhenToldTo() {
    start(true);
    const NetworkNamespace::Visit client = m_network->enterClient();
    QVERIFY(askAs(Ipv4Address(10, 9, 9, 9)));
    QTRY_COMPARE(m_server->activeTransfers(), 1);
}

QTEST_GUILESS_MAIN(TftpNeighboursTest)
#include "tst_TftpNeighbours.moc"
