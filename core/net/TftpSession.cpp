#include "core/net/TftpSession.h"

#include "core/net/FileContent.h"
#include "core/net/RequestName.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace rackmuster::net {

namespace {

constexpr boot::TftpTransfer::Limits standardLimits{};
constexpr int headersOfBlock = 32; // bytes: IPv4, UDP, TFTP

/// No block may need fragments (P62).
boot::TftpTransfer::Limits limitsFor(int socket, const std::string& interface) {
    boot::TftpTransfer::Limits limits = standardLimits;
    ifreq query{};
    std::memcpy(query.ifr_name, interface.data(), std::min(interface.size(), sizeof query.ifr_name - 1));
    if (!interface.empty() && ::ioctl(socket, SIOCGIFMTU, &query) == 0) {
        const int room = std::clamp<int>(query.ifr_mtu - headersOfBlock, 512, limits.maximumBlockSize);
        limits.maximumBlockSize = static_cast<std::uint16_t>(room);
    }
    return limits;
}

/// Kernels before 5.7 let only root do this. The address it is bound to keeps it on its network all the same.
bool bindToInterface(int socket, const std::string& interface) {
    return interface.empty() ||
           ::setsockopt(socket, SOL_SOCKET, SO_BINDTODEVICE, interface.c_str(),
                        static_cast<socklen_t>(interface.size())) == 0 ||
           errno == EPERM;
}

Result<FileDescriptor> openSocket(const TftpSession::Options& options) {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int withoutDf = IP_PMTUDISC_DONT; // P62
    const sockaddr_in local = UdpEndpoint{options.local, 0}.toSocketAddress();
    const sockaddr_in peer = options.peer.toSocketAddress();
    const bool isOpen =
        socket.isOpen() &&
        ::setsockopt(socket.get(), IPPROTO_IP, IP_MTU_DISCOVER, &withoutDf, sizeof withoutDf) == 0 &&
        bindToInterface(socket.get(), options.interface) &&
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) == 0 &&
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) == 0;
    if (!isOpen)
        return failSystem("A TFTP socket");
    return socket;
}

} // namespace

Result<std::unique_ptr<TftpSession>> TftpSession::open(Options options, Instant now) {
    Result<FileDescriptor> socket = openSocket(options);
    if (!socket)
        return tl::unexpected(socket.error());
    return std::unique_ptr<TftpSession>(new TftpSession(std::move(options), std::move(*socket), now));
}

TftpSession::TftpSession(Options options, FileDescriptor socket, Instant now)
    : m_options(std::move(options)), m_socket(std::move(socket)),
      m_transfer(m_options.request, m_options.file.size(), limitsFor(m_socket.get(), m_options.interface),
                 now) {}

void TftpSession::start(Instant now) {
    carryOut(m_transfer.start(now));
}

void TftpSession::repeat(Instant now) {
    carryOut(m_transfer.onRepeatedRequest(now));
}

void TftpSession::onDeadline(Instant now) {
    carryOut(m_transfer.onTimeout(now));
}

void TftpSession::onReadable(Instant now) {
    std::array<std::uint8_t, 1024> buffer{}; // an ACK has 4 bytes, an ERROR a sentence
    while (!isOver()) {
        const ssize_t count = ::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            // ECONNREFUSED: the client closed its port, as some do after the last block.
            m_isPeerGone = errno != EAGAIN && errno != EWOULDBLOCK;
            return;
        }
        onPacket(Bytes(buffer).first(static_cast<std::size_t>(count)), now);
    }
}

void TftpSession::onPacket(Bytes packet, Instant now) {
    const auto decoded = wire::decodeTftp(packet);
    if (!decoded)
        return; // it came from the client of a running transfer, which will repeat what it meant
    if (const auto* ack = std::get_if<wire::TftpAck>(&*decoded))
        carryOut(m_transfer.onAck(ack->block, now));
    else if (std::holds_alternative<wire::TftpError>(*decoded))
        m_transfer.onError();
}

bool TftpSession::isFor(const wire::TftpRequest& request) const {
    return request == m_options.request;
}

bool TftpSession::isOver() const {
    return m_isPeerGone || m_failure || m_transfer.state() != boot::TftpTransfer::State::Running;
}

std::optional<FileServed> TftpSession::served() const {
    const bool isComplete = m_transfer.state() == boot::TftpTransfer::State::Finished;
    if (!isComplete && isProbe() && !m_failure)
        return std::nullopt;
    return FileServed{Protocol::Tftp,
                      eventPath(m_options.request.path, m_options.file),
                      m_options.peer.address,
                      m_options.file.machine,
                      m_options.file.role,
                      m_transfer.acknowledgedBytes(),
                      isComplete,
                      m_options.file.spendsTicket};
}

void TftpSession::carryOut(const boot::TftpTransfer::Send& send) {
    if (send.optionAck)
        sendPacket(*send.optionAck);
    if (send.blocks > 0)
        sendBlocks(send.firstBlock, send.blocks);
}

void TftpSession::sendPacket(const wire::TftpPacket& packet) {
    const std::vector<std::uint8_t> bytes = wire::encodeTftp(packet);
    // A packet that found no room is a lost packet, and those are repeated.
    if (::send(m_socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        m_isPeerGone = errno == ECONNREFUSED;
}

void TftpSession::sendBlocks(std::uint64_t first, std::uint32_t count) {
    constexpr std::size_t most = standardLimits.maximumWindow;
    constexpr std::size_t headerSize = 4; // opcode, block number
    static_assert(most * standardLimits.maximumBlockSize <= 96UL * 1024, "a window lies on the stack");
    std::array<std::uint8_t, most * standardLimits.maximumBlockSize> content; // filled below
    std::array<std::array<std::uint8_t, headerSize>, most> headers;
    std::array<iovec, 2 * most> parts{};
    std::array<mmsghdr, most> messages{};

    const std::uint64_t start = m_transfer.extentOf(first).offset;
    const boot::TftpTransfer::Extent last = m_transfer.extentOf(first + count - 1);
    const std::size_t size = last.offset + last.length - start;
    if (auto read = readContent(m_options.file, start, std::span(content).first(size)); !read) {
        m_failure = read.error();
        sendPacket(wire::TftpError{wire::TftpErrorCode::Undefined, "The file cannot be read"}); // R44
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const boot::TftpTransfer::Extent extent = m_transfer.extentOf(first + i);
        const std::uint64_t number = first + i; // its low 16 bits travel (R26)
        headers[i] = {0, 3, static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
        parts[2 * i] = {headers[i].data(), headerSize};
        parts[2 * i + 1] = {content.data() + (extent.offset - start), extent.length};
        messages[i].msg_hdr.msg_iov = &parts[2 * i];
        messages[i].msg_hdr.msg_iovlen = 2;
    }
    const int sent = ::sendmmsg(m_socket.get(), messages.data(), count, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) {
        m_isPeerGone = errno == ECONNREFUSED;
        return;
    }
    // What found no room is as if lost, and will be repeated.
    for (std::size_t i = 0; i < static_cast<std::size_t>(sent); ++i)
        m_sentBytes += parts[2 * i + 1].iov_len;
}

} // namespace rackmuster::net
