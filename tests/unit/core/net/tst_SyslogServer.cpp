#include "core/net/SyslogServer.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/ManualClock.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;

namespace {

constexpr Ipv4Address loopback{127, 0, 0, 1};
constexpr MacAddress machine{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 7}};

/// Connected to 127.0.0.1.
FileDescriptor connectTo(int type, std::uint16_t port) {
    FileDescriptor socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    const sockaddr_in to = UdpEndpoint{loopback, port}.toSocketAddress();
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        socket.reset();
    return socket;
}

bool say(const FileDescriptor& socket, const std::string& text) {
    return ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

/// The other side ended it.
bool isClosed(const FileDescriptor& socket) {
    char byte = 0;
    return ::recv(socket.get(), &byte, 1, 0) <= 0;
}

} // namespace

class SyslogServerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::ServerEventLog> m_log;
    std::unique_ptr<SyslogServer> m_server;
    std::unique_ptr<tests::RunningServer<SyslogServer>> m_running;
    tests::ManualClock m_clock;
    std::uint16_t m_udp = 0;
    std::uint16_t m_tcp = 0;

private Q_SLOTS:
    void init() {
        m_log = std::make_unique<tests::ServerEventLog>();
        auto udp = tests::LoopbackSocket::udp();
        auto tcp = tests::LoopbackSocket::listening();
        m_udp = udp.port;
        m_tcp = tcp.port;
        const auto machineAt = [](Ipv4Address address) {
            return address == loopback ? std::optional(machine) : std::nullopt;
        };
        m_server = std::make_unique<SyslogServer>(SyslogServer::Options{
            std::move(udp.socket), std::move(tcp.socket), 0, machineAt, &m_clock, m_log->sink()});
        m_running = std::make_unique<tests::RunningServer<SyslogServer>>(*m_server);
    }
    void cleanup() { m_running.reset(); }

    void reportsDatagramsWithTheirMachine() {
        const FileDescriptor socket = connectTo(SOCK_DGRAM, m_udp);
        QVERIFY(say(socket, "<27>Nov 25 10:00:00 node-07 anaconda[5]: no disk found\n"));
        const auto lines = m_log->waitFor<SyslogLine>();
        QCOMPARE(lines.size(), std::size_t(1));
        QVERIFY(lines[0].machine == machine && lines[0].peer == loopback);
        QCOMPARE(int(lines[0].severity), 3);
        QCOMPARE(lines[0].source, std::string("anaconda"));
        QCOMPARE(lines[0].text, std::string("no disk found"));
    }

    void reportsStreamsPieceByPiece() {
        FileDescriptor socket = connectTo(SOCK_STREAM, m_tcp);
        QVERIFY(say(socket, "<13>first\n<13>sec"));
        QCOMPARE(m_log->waitFor<SyslogLine>().back().text, std::string("first"));
        QVERIFY(say(socket, "ond\n<13>unfinished"));
        QCOMPARE(m_log->waitFor<SyslogLine>(2).back().text, std::string("second"));
        socket.reset();
        QCOMPARE(m_log->waitFor<SyslogLine>(3).back().text, std::string("unfinished"));
    }

    void saysThatAMachineTalksTooMuch() {
        const FileDescriptor socket = connectTo(SOCK_STREAM, m_tcp);
        for (int i = 0; i < int(SyslogServer::burst) + 50; ++i)
            QVERIFY(say(socket, "<13>line\n"));
        QVERIFY(!m_log->waitFor<Rejected>().empty());
        QCOMPARE(m_log->all<SyslogLine>().size(), std::size_t(SyslogServer::burst));
    }

    void saysWhatIsNoMessage() {
        const FileDescriptor socket = connectTo(SOCK_DGRAM, m_udp);
        QVERIFY(say(socket, "<13>"));
        QCOMPARE(m_log->waitFor<Rejected>().at(0).source, std::string("127.0.0.1"));
    }

    void aMachineThatWasResetLosesItsOldConnections() {
        std::vector<FileDescriptor> sockets;
        for (std::size_t i = 0; i <= SyslogServer::connectionsPerPeer; ++i) {
            sockets.push_back(connectTo(SOCK_STREAM, m_tcp));
            QVERIFY(say(sockets.back(), "<13>hello\n"));
            QCOMPARE(m_log->waitFor<SyslogLine>(i + 1).size(), i + 1);
            m_clock.advance(std::chrono::seconds(1));
        }
        QVERIFY(isClosed(sockets.front()));
        QVERIFY(say(sockets.back(), "<13>still here\n"));
        QCOMPARE(m_log->waitFor<SyslogLine>(sockets.size() + 1).back().text, std::string("still here"));
    }
};

QTEST_GUILESS_MAIN(SyslogServerTest)
#include "tst_SyslogServer.moc"
