#include "core/net/PacketSniffer.h"

#include "core/net/CandidateDiscover.h"
#include "core/wire/Dhcp.h"
#include "core/wire/Frame.h"

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

PacketSniffer::PacketSniffer(Options options) : m_options(std::move(options)) {}

void PacketSniffer::onFrame(Bytes frame, WallTime time) {
    // What is not a whole DHCP message is no sighting; the DHCP server reports malformed ones.
    const auto udp = wire::decodeUdpFrame(frame);
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
    if (isRequest) {
        const auto sighting = candidateDiscover(*message, time);
        if (sighting &&
            m_strangers.judge(sighting->mac, false, 0, BootClock::now()) == boot::DhcpLimits::Verdict::Serve)
            m_options.events(*sighting);
    } else if (const auto foreign = foreignReply(datagram, *message, m_options.ownAddress)) {
        onForeignServer(*foreign);
    }
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
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failSystem("Waiting for the capture");
        if (ready[0].revents != 0)
            return {};
        if (ready[1].revents == 0)
            continue;
        if (auto read = readPiece(); !read)
            return read;
    }
}

void PacketSniffer::run(const StopSignal& stop) {
    if (const Result<void> outcome = readUntilStopped(stop); !outcome)
        m_options.events(ServiceFailed{"capture", outcome.error()});
}

} // namespace rackmuster::net
