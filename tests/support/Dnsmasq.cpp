#include "tests/support/Dnsmasq.h"

namespace rackmuster::tests {

Dnsmasq::~Dnsmasq() {
    m_process.kill();
    m_process.waitForFinished();
}

bool Dnsmasq::start(const QStringList& moreOptions) {
    const NetworkNamespace::Visit visit = m_network.enterClient();
    if (!m_network.addClientAddress(address))
        return false;
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(
        QString::fromLatin1(program),
        QStringList{QStringLiteral("--no-daemon"), QStringLiteral("--conf-file=/dev/null"),
                    QStringLiteral("--port=0"),
                    QStringLiteral("--interface=") + QLatin1String(NetworkNamespace::clientInterface),
                    QStringLiteral("--bind-interfaces"), QStringLiteral("--leasefile-ro"),
                    QStringLiteral("--dhcp-range=192.168.77.30,192.168.77.39,1h")} +
            moreOptions);
    return says("DHCP, IP range");
}

bool Dnsmasq::says(const char* text) {
    constexpr int patience = 10000; // milliseconds
    while (!m_log.contains(text)) {
        if (!m_process.waitForReadyRead(patience))
            return false;
        m_log += m_process.readAllStandardOutput();
    }
    return true;
}

} // namespace rackmuster::tests
