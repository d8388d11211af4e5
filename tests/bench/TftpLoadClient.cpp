#include "core/base/ByteWriter.h"
#include "core/wire/Tftp.h"
#include "tests/bench/TftpLoad.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace rackmuster::bench {

namespace {

constexpr std::size_t packetsAtOnce = 64;
constexpr std::size_t largestPacket = 1500;          // bytes
constexpr std::size_t mostTurnarounds = 1'000'000;   // kept
constexpr auto patience = std::chrono::seconds(1);   // then the last packet is sent again
constexpr auto longest = std::chrono::seconds(1000); // a whole transfer

} // namespace

TftpLoadClient::TftpLoadClient(const TftpLoad& load, std::uint32_t number)
    : m_load(load), m_socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
      m_dice(number + 1), m_buffers(packetsAtOnce * largestPacket) {
    const int room = 4 * 1024 * 1024; // bytes
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    const Ipv4Address address(load.from.isNull() ? 0 : load.from.value() + number);
    const sockaddr_in local = net::UdpEndpoint{address, 0}.toSocketAddress();
    if (::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0)
        fail("address " + address.toString() + " is not here");
    if (load.window == 1)
        m_turnarounds.reserve(mostTurnarounds / static_cast<std::size_t>(load.clients));
}

void TftpLoadClient::start() {
    m_begin = m_heard = SteadyClock::now();
    request();
}

void TftpLoadClient::request() {
    wire::TftpRequest request;
    request.path = m_load.file;
    request.blockSize = static_cast<std::uint16_t>(m_load.blockSize);
    if (m_load.window > 1)
        request.windowSize = static_cast<std::uint16_t>(m_load.window);
    const auto bytes = wire::encodeTftp(request);
    const sockaddr_in server = m_load.server.toSocketAddress();
    ::sendto(m_socket.get(), bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&server),
             sizeof server);
}

void TftpLoadClient::acknowledge() {
    m_inWindow = 0;
    const std::array<std::uint8_t, 4> ack{0, 4, static_cast<std::uint8_t>(m_received >> 8U),
                                          static_cast<std::uint8_t>(m_received)};
    m_acknowledged = SteadyClock::now();
    ::send(m_socket.get(), ack.data(), ack.size(), 0);
}

void TftpLoadClient::resume() {
    if (m_isOver)
        return;
    m_isPaused = false;
    acknowledge();
}

void TftpLoadClient::fail(std::string why) {
    m_failure = std::move(why);
    m_isOver = true;
}

void TftpLoadClient::onTick(SteadyClock::time_point now) {
    if (m_isOver || m_isPaused || now - m_heard < patience)
        return;
    if (now - m_begin > longest)
        return fail("it took too long");
    m_heard = now;
    if (m_isConnected)
        acknowledge();
    else
        request();
}

void TftpLoadClient::onReadable() {
    if (!m_isConnected) {
        sockaddr_in from{};
        socklen_t size = sizeof from;
        const ssize_t count = ::recvfrom(m_socket.get(), m_buffers.data(), largestPacket, 0,
                                         reinterpret_cast<sockaddr*>(&from), &size);
        if (count < 0)
            return;
        m_isConnected = ::connect(m_socket.get(), reinterpret_cast<const sockaddr*>(&from), size) == 0;
        m_heard = SteadyClock::now();
        onPacket(Bytes(m_buffers).first(static_cast<std::size_t>(count)));
    }
    const std::size_t packets = m_window > 1 ? packetsAtOnce : 1;
    std::array<iovec, packetsAtOnce> parts;
    std::array<mmsghdr, packetsAtOnce> headers;
    for (std::size_t i = 0; i < packets; ++i) {
        parts[i] = {m_buffers.data() + i * largestPacket, largestPacket};
        headers[i] = {};
        headers[i].msg_hdr.msg_iov = &parts[i];
        headers[i].msg_hdr.msg_iovlen = 1;
    }
    const int count =
        ::recvmmsg(m_socket.get(), headers.data(), static_cast<unsigned>(packets), MSG_DONTWAIT, nullptr);
    if (count <= 0)
        return;
    m_heard = SteadyClock::now();
    for (std::size_t i = 0; i < static_cast<std::size_t>(count) && !m_isOver; ++i)
        onPacket(Bytes(m_buffers).subspan(i * largestPacket, headers[i].msg_len));
}

void TftpLoadClient::onPacket(Bytes packet) {
    constexpr std::size_t headerSize = 4; // bytes
    // DATA is most of what comes, and is not to wait for the general decoder.
    if (packet.size() >= headerSize && packet[0] == 0 && packet[1] == 3)
        return onData(static_cast<std::uint16_t>(packet[2] << 8U | packet[3]), packet.subspan(headerSize));
    const auto decoded = wire::decodeTftp(packet);
    if (!decoded)
        return fail("a malformed packet came");
    if (const auto* error = std::get_if<wire::TftpError>(&*decoded))
        return fail("the server says: " + error->message);
    const auto* options = std::get_if<wire::TftpOptionAck>(&*decoded);
    if (options == nullptr)
        return fail("an unexpected packet came");
    m_blockSize = options->blockSize.value_or(512);
    m_window = options->windowSize.value_or(1);
    if (m_received == 0)
        acknowledge();
}

void TftpLoadClient::onData(std::uint16_t block, Bytes content) {
    if (m_isPaused)
        return;
    if (m_load.loss > 0 &&
        static_cast<double>(m_dice() - std::minstd_rand::min()) < m_load.loss * std::minstd_rand::max())
        return;
    if (block != static_cast<std::uint16_t>(m_received + 1)) {
        // RFC 7440 4: says once where the gap is. In lockstep an old block means that an ACK was lost.
        if (!m_isGapTold || m_window == 1)
            acknowledge();
        m_isGapTold = true;
        return;
    }
    if (m_window == 1 && m_turnarounds.size() < m_turnarounds.capacity())
        m_turnarounds.push_back(static_cast<std::uint32_t>((m_heard - m_acknowledged).count()));
    m_isGapTold = false;
    ++m_received;
    take(content);
    const bool isLast = content.size() < m_blockSize;
    if (m_load.pauseAfter > 0 && m_received == static_cast<std::uint64_t>(m_load.pauseAfter))
        m_isPaused = true;
    else if (++m_inWindow == m_window || isLast)
        acknowledge();
    if (isLast) {
        m_end = SteadyClock::now();
        m_isOver = true;
    }
}

void TftpLoadClient::take(Bytes content) {
    const Bytes expected = m_load.expected;
    const bool isRight =
        expected.empty() || (content.size() <= expected.size() - m_bytes &&
                             std::ranges::equal(content, expected.subspan(m_bytes, content.size())));
    m_bytes += content.size();
    if (!isRight)
        fail("wrong bytes came");
}

} // namespace rackmuster::bench
