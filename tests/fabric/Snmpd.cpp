#include "tests/fabric/Snmpd.h"

#include <QFile>
#include <QUdpSocket>

namespace rackmuster::tests {

namespace {

QByteArray macIndex(int high, int low) {
    return "82.84.0.0." + QByteArray::number(high) + '.' + QByteArray::number(low);
}

bool write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

std::uint16_t freePort() {
    QUdpSocket socket;
    return socket.bind(QHostAddress::LocalHost, 0) ? socket.localPort() : std::uint16_t{0};
}

constexpr auto access = R"(
com2sec switch 127.0.0.1 fabric
com2sec -Cn vlan-20 switch 127.0.0.1 fabric@20
group readers v2c switch
group readers usm operator
group readers usm operator256
group readers usm operator512
view all included .1
access readers "" any noauth exact all none none
access readers vlan- any noauth prefix all none none
createUser operator SHA "authentic1" AES "private123"
createUser operator256 SHA-256 "authentic1" AES "private123"
createUser operator512 SHA-512 "authentic1" AES "private123"
)";

} // namespace

void MibRows::addPort(int port, const QByteArray& name) {
    const QByteArray number = QByteArray::number(port);
    const QByteArray interface = QByteArray::number(100 + port);
    m_text += ".1.3.6.1.2.1.17.1.4.1.2." + number + " integer " + interface + '\n';
    m_text += ".1.3.6.1.2.1.31.1.1.1.1." + interface + " string " + name + '\n';
}

void MibRows::addMac(int low, int port, int high) {
    m_text +=
        ".1.3.6.1.2.1.17.4.3.1.2." + macIndex(high, low) + " integer " + QByteArray::number(port) + '\n';
}

void MibRows::addVlanMac(int vlan, int low, int port) {
    m_text += ".1.3.6.1.2.1.17.7.1.2.2.1.2." + QByteArray::number(vlan) + '.' + macIndex(0, low) +
              " integer " + QByteArray::number(port) + '\n';
}

Snmpd::~Snmpd() {
    m_process.kill();
    m_process.waitForFinished();
}

bool Snmpd::start(const MibRows& rows, const Snmpd* vlan20) {
    m_port = freePort();
    const QString tree = m_directory.filePath(QStringLiteral("rows"));
    const QString configuration = m_directory.filePath(QStringLiteral("snmpd.conf"));
    const QByteArray answers = " /usr/bin/python3 " RACKMUSTER_ANSWER_SNMP " " + tree.toUtf8() + '\n';
    QByteArray text = "agentAddress udp:127.0.0.1:" + QByteArray::number(m_port) + '\n' + access;
    for (const char* const subtree : {".1.3.6.1.2.1.17", ".1.3.6.1.2.1.31.1.1.1.1"})
        text += QByteArray("pass_persist ") + subtree + answers;
    if (vlan20 != nullptr)
        text += "proxy -Cn vlan-20 -v 2c -c fabric 127.0.0.1:" + QByteArray::number(vlan20->port()) +
                " .1.3.6.1.2.1.17\n";
    if (!write(tree, rows.text()) || !write(configuration, text))
        return false;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SNMP_PERSISTENT_DIR"), m_directory.path());
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QString::fromLatin1(program),
                    {QStringLiteral("-f"), QStringLiteral("-Lo"), QStringLiteral("-r"), QStringLiteral("-C"),
                     QStringLiteral("-c"), configuration, QStringLiteral("-I"),
                     QStringLiteral("-ifTable,-ifXTable,-smux")});
    constexpr int patience = 20'000; // milliseconds
    while (!m_log.contains("NET-SNMP version")) {
        if (!m_process.waitForReadyRead(patience)) {
            qWarning("%s", m_log.constData());
            return false;
        }
        m_log += m_process.readAllStandardOutput();
    }
    return true;
}

} // namespace rackmuster::tests
