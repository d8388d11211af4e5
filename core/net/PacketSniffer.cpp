#include "core/net/PacketSniffer.h"

#include "core/net/CandidateDiscover.h"
#include "core/net/PcapStream.h"
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

/// The OFFER or ACK of a server other than `own`.
std::optional<ForeignDhcp> foreignReply(const wire::DhcpMessage& message, Ipv4Address sender,
                                        Ipv4Address own) {
    const auto type = message.type();
    if (message.op != 2 || (type != wire::DhcpType::Offer && type != wire::DhcpType::Ack))
        return std::nullopt;
    const Ipv4Address server = message.addressOption(wire::DhcpOption::ServerId).value_or(sender);
    if (server == own)
        return std::nullopt;
    return ForeignDhcp{server, message.mac()};
}

} // namespace

PacketSniffer::PacketSniffer(Options options) : m_options(std::move(options)) {}

void PacketSniffer::onFrame(Bytes frame, WallTime time) const {
    // What is not a whole DHCP message is no sighting; the DHCP server reports malformed ones.
    const auto udp = wire::decodeUdpFrame(frame);
    if (!udp || !*udp)
        return;
    const bool isRequest = (*udp)->sourcePort == clientPort && (*udp)->destinationPort == serverPort;
    if (!isRequest && (*udp)->sourcePort != serverPort)
        return;
    const auto message = wire::decodeDhcp((*udp)->payload);
    if (!message)
        return;
    if (isRequest) {
        if (auto sighting = candidateDiscover(*message, time))
            m_options.events(*sighting);
    } else if (auto foreign = foreignReply(*message, (*udp)->sourceAddress, m_options.ownAddress)) {
        m_options.events(*foreign);
    }
}

Result<void> PacketSniffer::onPiece(PcapStream& stream, Bytes piece) const {
    stream.append(piece);
    for (;;) {
        const auto record = stream.next();
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

Result<void> PacketSniffer::readUntilStopped(const StopSignal& stop) const {
    PcapStream stream;
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        std::array<pollfd, 2> ready{pollfd{stop.fd(), POLLIN, 0}, pollfd{m_options.capture.get(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failSystem("Waiting for the capture");
        if (ready[0].revents != 0)
            return {};
        if (ready[1].revents == 0)
            continue;
        const ssize_t count = ::read(m_options.capture.get(), buffer.data(), buffer.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (count < 0)
            return failSystem("Reading the capture");
        if (count == 0)
            return fail(ErrorCode::HelperFailed, "the packet capture", "it ended");
        if (auto read = onPiece(stream, Bytes(buffer).first(static_cast<std::size_t>(count))); !read)
            return read;
    }
}

void PacketSniffer::run(const StopSignal& stop) {
    if (const Result<void> outcome = readUntilStopped(stop); !outcome)
        m_options.events(ServiceFailed{"capture", outcome.error()});
}

} // namespace rackmuster::net
