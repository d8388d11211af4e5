#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/boot/DhcpLimits.h"
#include "core/net/ForeignServers.h"
#include "core/net/PcapStream.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"

#include <optional>

namespace rackmuster::net {

/// Reads the helper's pcap stream: PXE DISCOVERs with the kernel's time, foreign DHCP servers, drop counts.
class PacketSniffer {
public:
    struct Options {
        FileDescriptor capture; ///< pcap stream of the helper
        Ipv4Address ownAddress; ///< replies from it are ours, not foreign
        EventSink events;
    };
    explicit PacketSniffer(Options options);
    /// Reads on the calling thread until another DHCP server answers anybody, or nothing after `patience`.
    /// Before run(). Errors: Malformed, HelperFailed, System.
    [[nodiscard]] Result<std::optional<ForeignDhcp>> findForeignServer(std::chrono::milliseconds patience);
    /// Until `stop` is raised or the stream ends (which is a ServiceFailed event unless stopped).
    void run(const StopSignal& stop);

private:
    [[nodiscard]] Result<void> readUntilStopped(const StopSignal& stop);
    [[nodiscard]] Result<void> readPiece();
    void onFrame(Bytes frame, WallTime time);
    void onForeignServer(const ForeignDhcp& server);

    Options m_options;
    PcapStream m_stream;
    ForeignServers m_known;
    /// The capture does not know which machines are known; the DHCP server reports those in any case. So this
    /// only keeps a flood of strangers from filling the list of machines (R07).
    boot::DhcpLimits m_strangers{{.perSecond = 1'000'000, .burst = 1'000'000, .leastStrangers = 4096}};
    std::optional<ForeignDhcp> m_lastForeign;
};

} // namespace rackmuster::net
