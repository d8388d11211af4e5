#include "tests/rack/OtherDhcpServer.h"

#include "tests/rack/Command.h"

namespace rackmuster::test {

namespace {

// It waits for its end of the cable, which has to be put into a namespace that exists already.
constexpr auto script =
    "echo namespace; read -r go; ip address add 10.77.0.2/24 dev client0; ip link set client0 up; "
    "exec dnsmasq --no-daemon --conf-file=/dev/null --port=0 --interface=client0 --bind-interfaces "
    "--leasefile-ro --no-ping --dhcp-range=10.77.0.50,10.77.0.60,1h \"$@\" 2>&1";

} // namespace

OtherDhcpServer::~OtherDhcpServer() {
    m_process.kill();
    m_process.waitForFinished();
}

bool OtherDhcpServer::start(const QString& moreOptions) {
    QStringList arguments{QStringLiteral("exec"),      m_rack.name(),        QStringLiteral("unshare"),
                          QStringLiteral("--net"),     QStringLiteral("sh"), QStringLiteral("-c"),
                          QString::fromLatin1(script), QStringLiteral("sh")};
    if (!moreOptions.isEmpty())
        arguments.append(moreOptions);
    m_process.start(QStringLiteral(RACK_SCRIPT), arguments);
    if (!waitForLine("namespace"))
        return false;
    const Ended moved =
        run(QStringLiteral("ip"),
            {QStringLiteral("-n"), m_rack.name(), QStringLiteral("link"), QStringLiteral("set"),
             QStringLiteral("client0"), QStringLiteral("netns"), QString::number(m_process.processId())});
    if (!moved.isGood())
        return false;
    m_process.write("go\n");
    return waitForLine("DHCP, IP range");
}

QByteArray OtherDhcpServer::log() {
    m_log += m_process.readAllStandardOutput();
    return m_log;
}

bool OtherDhcpServer::waitForLine(const char* text) {
    constexpr int patience = 10000; // milliseconds
    while (!log().contains(text)) {
        if (!m_process.waitForReadyRead(patience))
            return false;
    }
    return true;
}

} // namespace rackmuster::test
