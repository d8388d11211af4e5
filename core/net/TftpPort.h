#pragma once

#include "core/base/FileDescriptor.h"
#include "core/net/UdpEndpoint.h"

#include <cstdint>
#include <string>

namespace rackmuster::net {

/// The way from us to one client.
struct UdpRoute {
    UdpEndpoint peer;
    Ipv4Address local; ///< our address that the client wrote to (P63)
    int interfaceIndex = 0;
    bool operator==(const UdpRoute&) const = default;
};

/// Consecutive blocks of one file, as they are to leave.
struct TftpBlocks {
    std::uint64_t first = 1; ///< counted without wrap; the low 16 bits travel (R26)
    std::uint32_t count = 1; ///< 1..64
    std::uint16_t blockSize = 512;
    Bytes content; ///< of all of them; the last block may be short or empty
};

/// One UDP port that transfers share, each with its own client: what comes from nobody's client is a
/// stranger's (R28). No transfer costs a descriptor, so thousands of probes cost none (R30).
class TftpPort {
public:
    /// On a free port, with IP_PKTINFO and IP_RECVERR. `interface` may be empty: not bound to one.
    /// Error: System.
    [[nodiscard]] static Result<TftpPort> open(const std::string& interface);

    [[nodiscard]] int socket() const { return m_socket.get(); }
    /// What found no room is as if lost on the way, and those are repeated.
    void send(const UdpRoute& route, Bytes packet);
    /// Sends a window, by segmentation offload where the kernel and the card can (they cut one large datagram
    /// into blocks). Gives the number of blocks that left; the others are as if lost.
    std::uint32_t sendBlocks(const UdpRoute& route, const TftpBlocks& blocks);
    /// Once the kernel refused it, blocks are sent one by one.
    [[nodiscard]] bool segments() const { return m_segments; }
    void disableSegmentation() { m_segments = false; }

private:
    explicit TftpPort(FileDescriptor socket) : m_socket(std::move(socket)) {}

    FileDescriptor m_socket;
    bool m_segments = true;
};

} // namespace rackmuster::net
