#include "tests/fabric/IpmiSimulator.h"

#include <QFile>
#include <QUdpSocket>

namespace rackmuster::tests {

IpmiSimulator::~IpmiSimulator() {
    m_process.kill();
    m_process.waitForFinished();
}

bool IpmiSimulator::write(const QString& name, const QByteArray& bytes) const {
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray IpmiSimulator::chassis(const QString& name) const {
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

bool IpmiSimulator::start() {
    QUdpSocket free;
    if (!free.bind(QHostAddress::LocalHost, 0))
        return false;
    m_port = free.localPort();
    free.close();
    const QByteArray lan = "name \"bmc\"\nset_working_mc 0x20\nstartlan 1\naddr 127.0.0.1 " +
                           QByteArray::number(m_port) +
                           "\npriv_limit admin\nallowed_auths_admin none md2 md5 straight\n"
                           "guid a123456789abcdefa123456789abcdef\nendlan\nchassis_control \"" +
                           RACKMUSTER_SWITCH_CHASSIS +
                           "\"\nuser 2 true \"operator\" \"secret-1\" admin 10 none md2 md5 straight\n";
    const QByteArray controller = "mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\n"
                                  "mc_enable 0x20\n";
    if (!write(QStringLiteral("lan"), lan) || !write(QStringLiteral("controller"), controller) ||
        !write(QStringLiteral("power"), "0\n") || !write(QStringLiteral("boot"), "none\n"))
        return false;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("FABRIC_CHASSIS"), m_directory.path());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(QString::fromLatin1(program),
                    {QStringLiteral("-c"), m_directory.filePath(QStringLiteral("lan")), QStringLiteral("-f"),
                     m_directory.filePath(QStringLiteral("controller")), QStringLiteral("-s"),
                     m_directory.path(), QStringLiteral("-n")});
    return m_process.waitForStarted();
}

} // namespace rackmuster::tests
