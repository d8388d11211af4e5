#include "core/net/HelperClient.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/NetworkNamespace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::NetworkNamespace;

// Runs the real helper. Everything it opens is inside a network namespace of this test.

namespace {

const std::string helper = RACKMUSTER_NETHELPER;

int bindPort(int type, std::uint16_t port) {
    const int fd = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    const sockaddr_in any = UdpEndpoint{{}, port}.toSocketAddress();
    const bool isBound = ::bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0 &&
                         (type != SOCK_STREAM || ::listen(fd, 1) == 0);
    if (isBound)
        return fd;
    ::close(fd);
    return -1;
}

/// The status lines of the only child of this process.
QByteArray childStatus() {
    const QStringList processes =
        QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString& process : processes) {
        QFile file(QStringLiteral("/proc/%1/status").arg(process));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray status = file.readAll();
        if (status.contains("PPid:\t" + QByteArray::number(::getpid()) + "\n"))
            return status;
    }
    return {};
}

bool hasNoChild() {
    return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

} // namespace

class HelperClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { QVERIFY(hasNoChild()); }

    void opensEverySocketOnTheInterface();
    void opensOnlyTheCaptureWhenAsked();
    void helperKeepsNoRight();
    void helperEndsWithTheClient();
    void portsAreFreeAgainAfterwards();
    void portInUseNamesTheHolder_data();
    void portInUseNamesTheHolder();
    void secondInstanceFindsThePortsTaken();
    void missingInterfaceIsNamed();
    void interfaceWithoutAddressIsNamed();
    void withoutRightsItSaysWhatItLacks();
    void forbiddenHttpPortIsRefused();
    void missingHelperIsAnError();
    void forbiddenHelperIsAPrivilege();
    void helperOfAnotherVersionIsAnError();
    void helperThatEndsIsAnError();
    void helperThatNeverAnswersIsGivenUp();

private:
    [[nodiscard]] Result<HelperClient> open(const HelperClient::Request& request,
                                            const std::string& path = helper) const {
        const NetworkNamespace::Visit visit = m_network->enterServer();
        return HelperClient::open(path, request);
    }
    /// An executable script in place of the helper.
    [[nodiscard]] std::string script(const QByteArray& text) const;

    const HelperClient::Request m_request{NetworkNamespace::serverInterface, 80, true};
    std::unique_ptr<NetworkNamespace> m_network;
    QTemporaryDir m_directory;
};

std::string HelperClientTest::script(const QByteArray& text) const {
    QFile file(m_directory.filePath(QStringLiteral("script")));
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + text + "\n") < 0)
        qFatal("A test script cannot be written.");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
    return file.fileName().toStdString();
}

void HelperClientTest::initTestCase() {
    QString whyNot;
    if (!NetworkNamespace::create(whyNot))
        QSKIP(qPrintable(whyNot));
}

void HelperClientTest::init() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    QVERIFY2(m_network, qPrintable(whyNot));
}

void HelperClientTest::opensEverySocketOnTheInterface() {
    auto client = open(m_request);
    QVERIFY2(client.has_value(), client ? "" : message(client.error()).c_str());
    SocketSet& sockets = client->sockets();
    const std::array<std::pair<const FileDescriptor*, std::uint16_t>, 4> bound{
        {{&sockets.dhcp, 67}, {&sockets.proxy, 4011}, {&sockets.tftp, 69}, {&sockets.http, 80}}};
    for (const auto& [socket, port] : bound) {
        sockaddr_in here{};
        socklen_t size = sizeof here;
        QCOMPARE(::getsockname(socket->get(), reinterpret_cast<sockaddr*>(&here), &size), 0);
        QCOMPARE(ntohs(here.sin_port), port);
        std::array<char, 16> device{};
        size = device.size();
        QCOMPARE(::getsockopt(socket->get(), SOL_SOCKET, SO_BINDTODEVICE, device.data(), &size), 0);
        QCOMPARE(std::string(device.data()), std::string(NetworkNamespace::serverInterface));
    }
    QVERIFY(sockets.packet.isOpen() && sockets.capture.isOpen());
    QVERIFY(sockets.interfaceIndex > 0);
}

void HelperClientTest::opensOnlyTheCaptureWhenAsked() {
    auto client = open({NetworkNamespace::serverInterface, 80, false});
    QVERIFY(client.has_value());
    QVERIFY(client->sockets().capture.isOpen());
    QVERIFY(!client->sockets().dhcp.isOpen() && !client->sockets().http.isOpen());
}

void HelperClientTest::helperKeepsNoRight() // A1
{
    const auto client = open(m_request);
    QVERIFY(client.has_value());
    const QByteArray status = childStatus();
    for (const char* line :
         {"CapInh:\t0000000000000000\n", "CapPrm:\t0000000000000000\n", "CapEff:\t0000000000000000\n",
          "CapAmb:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Threads:\t1\n"})
        QVERIFY2(status.contains(line), line);
}

void HelperClientTest::helperEndsWithTheClient() {
    {
        auto client = open(m_request);
        QVERIFY(client.has_value());
        QVERIFY(!hasNoChild());
        const HelperClient moved = std::move(*client);
        QVERIFY(!hasNoChild());
    }
    QVERIFY(hasNoChild());
}

void HelperClientTest::portsAreFreeAgainAfterwards() {
    for (int i = 0; i < 3; ++i)
        QVERIFY(open(m_request).has_value());
    // Also while the helper still runs: it keeps nothing that it gave away.
    auto client = open(m_request);
    QVERIFY(client.has_value());
    client->sockets().dhcp.reset();
    const NetworkNamespace::Visit visit = m_network->enterServer();
    QTRY_VERIFY(FileDescriptor(bindPort(SOCK_DGRAM, 67)).isOpen()); // it closes its own just after the reply
}

void HelperClientTest::portInUseNamesTheHolder_data() // R53
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("port");
    QTest::newRow("DHCP") << int(SOCK_DGRAM) << 67;
    QTest::newRow("proxy DHCP") << int(SOCK_DGRAM) << 4011;
    QTest::newRow("TFTP") << int(SOCK_DGRAM) << 69;
    QTest::newRow("HTTP") << int(SOCK_STREAM) << 80;
}

void HelperClientTest::portInUseNamesTheHolder() {
    QFETCH(int, type);
    QFETCH(int, port);
    const NetworkNamespace::Visit visit = m_network->enterServer();
    FileDescriptor holder(bindPort(type, static_cast<std::uint16_t>(port)));
    QVERIFY(holder.isOpen());
    const auto client = HelperClient::open(helper, m_request);
    QVERIFY(!client.has_value());
    QVERIFY2(client.error().code == ErrorCode::PortInUse, message(client.error()).c_str());
    QCOMPARE(client.error().subject, std::to_string(port));
    QCOMPARE(client.error().detail, "tst_unit_core_n (process " + std::to_string(::getpid()) + ")");
    // No half start.
    holder.reset();
    for (const std::uint16_t other : {std::uint16_t{67}, std::uint16_t{69}, std::uint16_t{4011}}) {
        const FileDescriptor probe(bindPort(SOCK_DGRAM, other));
        QVERIFY(probe.isOpen());
    }
}

void HelperClientTest::secondInstanceFindsThePortsTaken() {
    const auto first = open(m_request);
    QVERIFY(first.has_value());
    const auto second = open(m_request);
    QVERIFY(!second.has_value() && second.error().code == ErrorCode::PortInUse);
    QCOMPARE(second.error().subject, std::string("67"));
}

void HelperClientTest::missingInterfaceIsNamed() {
    for (const std::string name : {"nosuch0", "", "a-name-that-is-much-too-long", "a/b"}) {
        const auto client = open({name, 80, true});
        QVERIFY(!client.has_value());
        QVERIFY(client.error().code == ErrorCode::NoSuchInterface);
        QCOMPARE(client.error().subject, name);
    }
}

void HelperClientTest::interfaceWithoutAddressIsNamed() {
    QVERIFY(m_network->configureServer(
        QStringLiteral("link add bare0 type veth peer name bare1").split(QLatin1Char(' '))));
    QVERIFY(m_network->configureServer(QStringLiteral("link set bare0 up").split(QLatin1Char(' '))));
    const auto client = open({"bare0", 80, true});
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::NoAddress);
    QCOMPARE(client.error().subject, std::string("bare0"));
    QVERIFY(open({"bare0", 80, false}).has_value()); // a capture needs none
}

void HelperClientTest::withoutRightsItSaysWhatItLacks() {
    QVERIFY(QFile::setPermissions(m_directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                                          QFile::ReadOther | QFile::ExeOther));
    const QString copy = m_directory.filePath(QStringLiteral("nethelper"));
    QVERIFY(QFile::copy(QString::fromStdString(helper), copy));
    QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::ReadOther | QFile::ExeOther));
    const std::string asNobody =
        script("exec /usr/bin/setpriv --reuid 65534 --regid 65534 --clear-groups " + copy.toLocal8Bit());
    const auto servers = open(m_request, asNobody);
    QVERIFY(!servers.has_value());
    QVERIFY2(servers.error().code == ErrorCode::NoPrivilege, message(servers.error()).c_str());
    QCOMPARE(servers.error().subject, std::string("UDP port 67"));
    const auto capture = open({NetworkNamespace::serverInterface, 80, false}, asNobody);
    QVERIFY(!capture.has_value() && capture.error().code == ErrorCode::NoPrivilege);
    QCOMPARE(capture.error().subject, std::string("the packet capture"));
}

void HelperClientTest::forbiddenHttpPortIsRefused() {
    const auto client = open({NetworkNamespace::serverInterface, 22, true});
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::HelperFailed);
}

void HelperClientTest::missingHelperIsAnError() {
    const auto client = open(m_request, "/nonexistent/rackmuster-nethelper");
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::HelperFailed);
}

void HelperClientTest::forbiddenHelperIsAPrivilege() {
    const auto client = open(m_request, "/etc/passwd"); // not executable for anybody
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::NoPrivilege);
}

void HelperClientTest::helperOfAnotherVersionIsAnError() {
    const auto client = open(m_request, script("exec /bin/cat <&0 >&0"));
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::HelperFailed);
    QVERIFY2(client.error().detail.find("version") != std::string::npos, message(client.error()).c_str());
}

void HelperClientTest::helperThatEndsIsAnError() {
    const auto client = open(m_request, "/bin/true");
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::HelperFailed);
}

void HelperClientTest::helperThatNeverAnswersIsGivenUp() {
    const auto client = open(m_request, script("exec /bin/sleep 60"));
    QVERIFY(!client.has_value() && client.error().code == ErrorCode::HelperFailed);
    QVERIFY(client.error().detail.find("five seconds") != std::string::npos);
}

QTEST_GUILESS_MAIN(HelperClientTest)
#include "tst_HelperClient.moc"
