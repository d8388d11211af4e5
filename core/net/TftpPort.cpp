#include "core/net/TftpPort.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/udp.h>
#include <span>

namespace rackmuster::net {

namespace {

constexpr std::size_t mostBlocks = 64;          // R23; a kernel cuts no datagram into more
constexpr std::size_t largestDatagram = 65'507; // bytes; RFC 768 over RFC 791
constexpr std::size_t headerSize = 4;           // opcode, block number
constexpr int refusalsInARow = 4;

/// The destination, and the address and the interface that it is to leave by.
class Addressing {
public:
    explicit Addressing(const UdpRoute& route) : m_peer(route.peer.toSocketAddress()) {
        in_pktinfo info{};
        info.ipi_ifindex = route.interfaceIndex;
        info.ipi_spec_dst.s_addr = htonl(route.local.value());
        add(IPPROTO_IP, IP_PKTINFO, info);
    }

    /// Every `size` bytes are a datagram of their own.
    void segment(std::uint16_t size) { add(SOL_UDP, UDP_SEGMENT, size); }

    [[nodiscard]] msghdr header(std::span<iovec> parts) {
        msghdr header{};
        header.msg_name = &m_peer;
        header.msg_namelen = sizeof m_peer;
        header.msg_iov = parts.data();
        header.msg_iovlen = parts.size();
        header.msg_control = m_ancillary.data();
        header.msg_controllen = m_used;
        return header;
    }

private:
    template <typename T>
    void add(int level, int type, const T& value) {
        cmsghdr control{};
        control.cmsg_level = level;
        control.cmsg_type = type;
        control.cmsg_len = CMSG_LEN(sizeof value);
        std::memcpy(m_ancillary.data() + m_used, &control, sizeof control);
        std::memcpy(m_ancillary.data() + m_used + CMSG_LEN(0), &value, sizeof value);
        m_used += CMSG_SPACE(sizeof value);
    }

    sockaddr_in m_peer;
    alignas(cmsghdr)
        std::array<char, CMSG_SPACE(sizeof(in_pktinfo)) + CMSG_SPACE(sizeof(std::uint16_t))> m_ancillary{};
    std::size_t m_used = 0;
};

/// Whether a failed call is worth another try: it told of another client, whose port is closed, and sent
/// nothing.
bool isAboutAnother(int attempt) {
    return isPassingError(errno) && attempt < refusalsInARow;
}

bool sendOne(int socket, const msghdr& header) {
    for (int attempt = 0;; ++attempt) {
        if (::sendmsg(socket, &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
            return true;
        if (!isAboutAnother(attempt))
            return false;
    }
}

/// The window as the kernel is to gather it: header, content, header, content, ...
class Gathered {
public:
    explicit Gathered(const TftpBlocks& blocks) {
        Bytes rest = blocks.content;
        for (std::size_t i = 0; i < blocks.count; ++i) {
            const std::uint64_t number = blocks.first + i;
            m_headers[i] = {0, 3, static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
            const std::size_t size = std::min<std::size_t>(rest.size(), blocks.blockSize);
            // sendmsg only reads, but its struct is shared with recvmsg.
            m_parts[2 * i] = {m_headers[i].data(), headerSize};
            m_parts[2 * i + 1] = {const_cast<std::uint8_t*>(rest.data()), size};
            rest = rest.subspan(size);
        }
    }
    [[nodiscard]] std::span<iovec> parts(std::size_t first, std::size_t count) {
        return std::span(m_parts).subspan(2 * first, 2 * count);
    }

private:
    std::array<std::array<std::uint8_t, headerSize>, mostBlocks> m_headers; // filled above
    std::array<iovec, 2 * mostBlocks> m_parts;
};

/// Blocks that left before the kernel had no room.
std::uint32_t sendSingly(int socket, Addressing& to, Gathered& gathered, std::uint32_t first,
                         std::uint32_t count) {
    std::array<mmsghdr, mostBlocks> messages;
    for (std::uint32_t i = 0; i < count; ++i)
        messages[i] = {to.header(gathered.parts(first + i, 1)), 0};
    std::uint32_t sent = 0;
    for (int attempt = 0; sent < count; ++attempt) {
        const int done = ::sendmmsg(socket, &messages[sent], count - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (done > 0)
            sent += static_cast<std::uint32_t>(done);
        else if (!isAboutAnother(attempt))
            break;
    }
    return sent;
}

/// The device, the route or the kernel cannot cut; nothing was sent.
bool isRefusalToCut(int error) {
    return error == EIO || error == EINVAL || error == EMSGSIZE || error == EOPNOTSUPP ||
           error == ENOPROTOOPT;
}

} // namespace

Result<TftpPort> TftpPort::open(const std::string& interface) {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto set = [&](int level, int option, int value) {
        return ::setsockopt(socket.get(), level, option, &value, sizeof value) == 0;
    };
    // Kernels before 5.7 let only root bind to a device. The index of the interface keeps each transfer on
    // its network all the same (R52).
    const auto bindToDevice = [&] {
        return interface.empty() ||
               ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, interface.c_str(),
                            static_cast<socklen_t>(interface.size())) == 0 ||
               errno == EPERM;
    };
    const sockaddr_in any = UdpEndpoint{}.toSocketAddress();
    constexpr int room = 4 * 1024 * 1024; // bytes; the kernel gives what it may
    const bool isOpen = socket.isOpen() && set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT) && // P62
                        set(IPPROTO_IP, IP_PKTINFO, 1) && set(IPPROTO_IP, IP_RECVERR, 1) &&
                        set(SOL_SOCKET, SO_SNDBUF, room) && set(SOL_SOCKET, SO_RCVBUF, room) &&
                        bindToDevice() &&
                        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
    if (!isOpen)
        return failSystem("A TFTP socket");
    return TftpPort(std::move(socket));
}

void TftpPort::send(const UdpRoute& route, Bytes packet) {
    Addressing to(route);
    std::array<iovec, 1> part{{{const_cast<std::uint8_t*>(packet.data()), packet.size()}}};
    sendOne(m_socket.get(), to.header(part));
}

std::uint32_t TftpPort::sendBlocks(const UdpRoute& route, const TftpBlocks& blocks) {
    Gathered gathered(blocks);
    Addressing to(route);
    if (blocks.count == 1)
        return sendOne(m_socket.get(), to.header(gathered.parts(0, 1))) ? 1 : 0;
    const std::size_t segmentSize = headerSize + blocks.blockSize;
    const auto together = static_cast<std::uint32_t>(largestDatagram / segmentSize);
    std::uint32_t sent = 0;
    if (m_segments) {
        Addressing cut(route);
        cut.segment(static_cast<std::uint16_t>(segmentSize));
        while (sent < blocks.count) {
            const std::uint32_t count = std::min(together, blocks.count - sent);
            if (!sendOne(m_socket.get(), cut.header(gathered.parts(sent, count)))) {
                m_segments = !isRefusalToCut(errno);
                break;
            }
            sent += count;
        }
    }
    if (!m_segments)
        sent += sendSingly(m_socket.get(), to, gathered, sent, blocks.count - sent);
    return sent;
}

} // namespace rackmuster::net
