#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/boot/DhcpLimits.h"
#include "core/boot/WireNeighbours.h"
#include "core/net/ForeignServers.h"
#include "core/net/PcapStream.h"
#include "core/net/RejectionLog.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"
#include "core/wire/Dhcp.h"
#include "core/wire/Frame.h"

#include <optional>

namespace rackmuster::net {

/// Reads the helper's pcap stream: PXE DISCOVERs with the kernel's time, foreign DHCP servers, whatever else
/// is on the wire, drop counts.
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
    void onFrame(Bytes bytes, WallTime time);
    void onLldp(const wire::EthernetFrame& frame, WallTime time);
    void onLlc(const wire::EthernetFrame& frame, WallTime time);
    void onArp(const wire::EthernetFrame& frame);
    void onDhcp(const wire::EthernetFrame& frame, WallTime time);
    void onRequest(const wire::EthernetFrame& frame, const wire::DhcpMessage& request, WallTime time);
    void onReply(const wire::EthernetFrame& frame, const wire::UdpFrame& datagram,
                 const wire::DhcpMessage& reply, WallTime time);
    void onForeignServer(const ForeignDhcp& server);
    void hear(boot::NeighbourSighting sighting, const wire::EthernetFrame& frame, WallTime time);
    void tellNeighbours();
    /// Milliseconds until tellNeighbours() has something to do, as poll() takes them.
    [[nodiscard]] int patience() const;

    Options m_options;
    PcapStream m_stream;
    ForeignServers m_known;
    boot::WireNeighbours m_neighbours;
    RejectionLog m_rejections;
    /// The capture does not know which machines are known; the DHCP server reports those in any case. So this
    /// only keeps a flood of strangers from filling the list of machines (R07).
    boot::DhcpLimits m_strangers{{.perSecond = 1'000'000, .burst = 1'000'000, .leastStrangers = 4096}};
    std::optional<ForeignDhcp> m_lastForeign;
};

} // namespace rackmuster::net
