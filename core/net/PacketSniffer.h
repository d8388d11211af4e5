#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"

namespace rackmuster::net {

class PcapStream;

/// Reads the helper's pcap stream: PXE DISCOVERs with the kernel's time, foreign DHCP servers, drop counts.
class PacketSniffer {
public:
    struct Options {
        FileDescriptor capture; ///< pcap stream of the helper
        Ipv4Address ownAddress; ///< replies from it are ours, not foreign
        EventSink events;
    };
    explicit PacketSniffer(Options options);
    /// Until `stop` is raised or the stream ends (which is a ServiceFailed event unless stopped).
    void run(const StopSignal& stop);

private:
    [[nodiscard]] Result<void> readUntilStopped(const StopSignal& stop) const;
    [[nodiscard]] Result<void> onPiece(PcapStream& stream, Bytes piece) const;
    void onFrame(Bytes frame, WallTime time) const;

    Options m_options;
};

} // namespace rackmuster::net
