#pragma once

#include "core/net/UdpEndpoint.h"

#include <array>
#include <cstdint>
#include <span>
#include <sys/socket.h>
#include <vector>

namespace rackmuster::net {

/// Takes up to `most` waiting datagrams of a socket with IP_PKTINFO in one system call.
class DatagramBatch {
public:
    static constexpr std::size_t most = 32;
    static constexpr std::size_t largest = 512; ///< bytes; what is longer comes cut

    DatagramBatch();
    DatagramBatch(const DatagramBatch&) = delete;
    DatagramBatch& operator=(const DatagramBatch&) = delete;

    /// The datagrams, views valid until the next call; none when none wait. An ICMP answer to an earlier
    /// datagram is passed over: see takeUnreachable(). Error: System.
    [[nodiscard]] Result<std::span<const ReceivedDatagram>> receive(int socket);

private:
    struct Slot {
        std::array<std::uint8_t, largest> payload;
        sockaddr_in from;
        iovec part;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> ancillary;
    };

    std::vector<Slot> m_slots;
    std::array<mmsghdr, most> m_headers{};
    std::vector<ReceivedDatagram> m_datagrams;
};

/// Whose port the network said is closed: the next such message of a socket with IP_RECVERR, nothing when
/// there is no more. Messages of other kinds are taken and passed over.
[[nodiscard]] std::optional<UdpEndpoint> takeUnreachable(int socket);

} // namespace rackmuster::net
