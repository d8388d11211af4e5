#include "core/net/PacketSniffer.h"

#include "core/net/CandidateDiscover.h"
#include "core/wire/Arp.h"
#include "core/wire/Cdp.h"
#include "core/wire/Lldp.h"
#include "core/wire/SpanningTree.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace rackmuster::net {

namespace {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;

/// The reply of a server other than `own` (R09).
std::optional<ForeignDhcp> foreignReply(const wire::UdpFrame& frame, const wire::DhcpMessage& message,
                                        Ipv4Address own) {
    const auto type = message.type();
    const bool isReply = message.op == 2 && (type == wire::DhcpType::Offer || type == wire::DhcpType::Ack ||
                                             type == wire::DhcpType::Nak);
    const Ipv4Address server =
        message.addressOption(wire::DhcpOption::ServerId).value_or(frame.sourceAddress);
    // A relay may have put its own address in place of ours (RFC 5107).
    const bool isRelayedOurs = !message.giaddr.isNull() && message.siaddr == own;
    if (!isReply || server == own || frame.sourceAddress == own || isRelayedOurs)
        return std::nullopt;
    return ForeignDhcp{server, frame.source};
}

} // namespace

PacketSniffer::PacketSniffer(Options options)
    : m_options(std::move(options)), m_rejections(m_options.events) {}

void PacketSniffer::onFrame(Bytes bytes, WallTime time) {
    const auto frame = wire::decodeEthernet(bytes);
    if (!frame)
        m_rejections.report(message(frame.error()), "capture", BootClock::now());
    else if (frame->is(wire::EtherType::Lldp))
        onLldp(*frame, time);
    else if (frame->is(wire::EtherType::Arp))
        onArp(*frame);
    else if (frame->isLlc())
        onLlc(*frame, time);
    else
        onDhcp(*frame, time);
}

void PacketSniffer::onLldp(const wire::EthernetFrame& frame, WallTime time) {
    if (const auto lldp = wire::decodeLldp(frame.payload))
        hear(boot::sightingOf(*lldp), frame, time);
    else
        m_rejections.report(message(lldp.error()), frame.source.toString(), BootClock::now());
}

void PacketSniffer::onLlc(const wire::EthernetFrame& frame, WallTime time) {
    const auto cdp = wire::decodeCdp(frame.payload);
    const auto bpdu = wire::decodeBpdu(frame.payload);
    if (cdp && *cdp)
        hear(boot::sightingOf(**cdp), frame, time);
    if (bpdu && *bpdu)
        hear(boot::sightingOf(**bpdu), frame, time);
    for (const Error* error : {cdp ? nullptr : &cdp.error(), bpdu ? nullptr : &bpdu.error()}) {
        if (error != nullptr)
            m_rejections.report(message(*error), frame.source.toString(), BootClock::now());
    }
}

/// Nobody becomes a neighbour by ARP alone: a whole office may be behind the switch. What is malformed is
/// told by who uses it, ArpPort.
void PacketSniffer::onArp(const wire::EthernetFrame& frame) {
    if (const auto arp = wire::decodeArp(frame.payload))
        m_neighbours.noteAddress(arp->sender, arp->senderAddress, BootClock::now());
}

void PacketSniffer::onDhcp(const wire::EthernetFrame& frame, WallTime time) {
    // What is not a whole DHCP message is no sighting; the DHCP server reports malformed ones.
    const auto udp = wire::decodeUdp(frame);
    if (!udp || !*udp)
        return;
    const wire::UdpFrame& datagram = **udp;
    const bool isRequest = datagram.sourcePort == clientPort && datagram.destinationPort == serverPort;
    const bool isReply = datagram.sourcePort == serverPort || datagram.destinationPort == clientPort;
    if (!isRequest && !isReply)
        return;
    const auto message = wire::decodeDhcp(datagram.payload);
    if (!message)
        return;
    if (isRequest)
        onRequest(frame, *message, time);
    else
        onReply(frame, datagram, *message, time);
}

void PacketSniffer::onRequest(const wire::EthernetFrame& frame, const wire::DhcpMessage& request,
                              WallTime time) {
    const Instant now = BootClock::now();
    if (request.op != 1)
        return;
    if (boot::classify(request).kind == boot::ClientKind::NotPxe) {
        hear(boot::sightingOf(request), frame, time);
        return;
    }
    m_neighbours.noteMachine(request.mac(), now);
    if (frame.vlan)
        m_neighbours.noteVlan(*frame.vlan, now);
    auto sighting = candidateDiscover(request, time);
    if (!sighting || m_strangers.judge(sighting->mac, false, 0, now) != boot::DhcpLimits::Verdict::Serve)
        return;
    sighting->vlan = {frame.vlan, frame.innerVlan};
    sighting->isCaptured = true;
    m_options.events(*sighting);
}

void PacketSniffer::onReply(const wire::EthernetFrame& frame, const wire::UdpFrame& datagram,
                            const wire::DhcpMessage& reply, WallTime time) {
    const auto foreign = foreignReply(datagram, reply, m_options.ownAddress);
    if (!foreign)
        return;
    onForeignServer(*foreign);
    boot::NeighbourSighting sighting;
    sighting.isDhcpServer = true;
    sighting.address = datagram.sourceAddress;
    hear(sighting, frame, time);
    if (reply.type() == wire::DhcpType::Ack)
        m_neighbours.noteAddress(reply.mac(), reply.yiaddr, BootClock::now());
}

void PacketSniffer::hear(boot::NeighbourSighting sighting, const wire::EthernetFrame& frame, WallTime time) {
    if (!sighting.mac.isUsable())
        sighting.mac = frame.source;
    sighting.time = time;
    sighting.vlan = {frame.vlan, frame.innerVlan};
    m_neighbours.hear(sighting, BootClock::now());
}

void PacketSniffer::tellNeighbours() {
    if (auto picture = m_neighbours.takeChange(BootClock::now()))
        m_options.events(WireHeard{std::move(*picture)});
}

int PacketSniffer::patience() const {
    const auto next = m_neighbours.next();
    if (!next)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - BootClock::now()).count();
    constexpr std::int64_t longest = 60'000; // a neighbour may promise 18 hours
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, longest));
}

void PacketSniffer::onForeignServer(const ForeignDhcp& server) {
    m_lastForeign = server;
    if (m_known.isNews(server, BootClock::now()))
        m_options.events(server);
}

/// What is there to read, when something is.
Result<void> PacketSniffer::readPiece() {
    std::array<std::uint8_t, 65536> buffer{};
    const ssize_t count = ::read(m_options.capture.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return {};
    if (count < 0)
        return failSystem("Reading the capture");
    if (count == 0)
        return fail(ErrorCode::HelperFailed, "the packet capture", "it ended");
    m_stream.append(Bytes(buffer).first(static_cast<std::size_t>(count)));
    for (;;) {
        const auto record = m_stream.next();
        if (!record)
            return tl::unexpected(record.error());
        if (!*record)
            return {};
        if ((*record)->bytes.empty())
            m_options.events(CaptureDrops{(*record)->originalLength});
        else
            onFrame((*record)->bytes, (*record)->time);
    }
}

Result<std::optional<ForeignDhcp>> PacketSniffer::findForeignServer(std::chrono::milliseconds patience) {
    const Instant end = BootClock::now() + patience;
    while (!m_lastForeign) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - BootClock::now()).count();
        if (left <= 0)
            break;
        pollfd ready{m_options.capture.get(), POLLIN, 0};
        const int count = ::poll(&ready, 1, static_cast<int>(left));
        if (count < 0 && errno != EINTR)
            return failSystem("Waiting for the capture");
        if (count <= 0)
            continue;
        if (const Result<void> read = readPiece(); !read)
            return tl::unexpected(read.error());
    }
    return m_lastForeign;
}

Result<void> PacketSniffer::readUntilStopped(const StopSignal& stop) {
    for (;;) {
        std::array<pollfd, 2> ready{pollfd{stop.fd(), POLLIN, 0}, pollfd{m_options.capture.get(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), patience()) < 0 && errno != EINTR)
            return failSystem("Waiting for the capture");
        if (ready[0].revents != 0)
            return {};
        if (ready[1].revents != 0) {
            if (auto read = readPiece(); !read)
                return read;
        }
        tellNeighbours();
    }
}

void PacketSniffer::run(const StopSignal& stop) {
    if (const Result<void> outcome = readUntilStopped(stop); !outcome)
        m_options.events(ServiceFailed{"capture", outcome.error()});
}

} // namespace rackmuster::net
