#pragma once

#include "tests/rack/VirtualRack.h"

#include <QByteArray>
#include <QProcess>

namespace rackmuster::test {

/// The packets that cross the rack's switch, one a line, from the making of the object on, by tcpdump.
class PacketCapture {
public:
    /// `filter` as pcap-filter(7) has it.
    PacketCapture(const VirtualRack& rack, const QString& filter);
    ~PacketCapture();
    PacketCapture(const PacketCapture&) = delete;
    PacketCapture& operator=(const PacketCapture&) = delete;

    [[nodiscard]] QByteArray packets();

private:
    QProcess m_process;
    QByteArray m_packets;
};

} // namespace rackmuster::test
