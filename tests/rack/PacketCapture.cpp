#include "tests/rack/PacketCapture.h"

namespace rackmuster::test {

PacketCapture::PacketCapture(const VirtualRack& rack, const QString& filter) {
    m_process.start(QStringLiteral(RACK_SCRIPT),
                    {QStringLiteral("exec"), rack.name(), QStringLiteral("tcpdump"), QStringLiteral("-lnn"),
                     QStringLiteral("-i"), QStringLiteral("br0"), filter});
    constexpr int patience = 10000; // milliseconds
    m_process.setReadChannel(QProcess::StandardError);
    m_process.waitForReadyRead(patience); // there it says when it listens
    m_process.setReadChannel(QProcess::StandardOutput);
}

PacketCapture::~PacketCapture() {
    m_process.terminate();
    m_process.waitForFinished();
}

QByteArray PacketCapture::packets() {
    m_process.waitForReadyRead(100);
    m_packets += m_process.readAllStandardOutput();
    return m_packets;
}

} // namespace rackmuster::test
