#include "core/net/DatagramBatch.h"

#include <cerrno>
#include <cstring>
#include <linux/errqueue.h>

namespace rackmuster::net {

DatagramBatch::DatagramBatch() : m_slots(most) {
    m_datagrams.reserve(most);
    for (std::size_t i = 0; i < most; ++i) {
        Slot& slot = m_slots[i];
        slot.part = {slot.payload.data(), slot.payload.size()};
        msghdr& header = m_headers[i].msg_hdr;
        header.msg_name = &slot.from;
        header.msg_iov = &slot.part;
        header.msg_iovlen = 1;
        header.msg_control = slot.ancillary.data();
    }
}

Result<std::span<const ReceivedDatagram>> DatagramBatch::receive(int socket) {
    for (mmsghdr& message : m_headers) {
        message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
        message.msg_hdr.msg_controllen = sizeof(Slot::ancillary);
    }
    m_datagrams.clear();
    const int count = ::recvmmsg(socket, m_headers.data(), most, MSG_DONTWAIT, nullptr);
    if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && !isPassingError(errno))
        return failSystem("Receiving");
    for (int i = 0; i < count; ++i) {
        mmsghdr& message = m_headers[static_cast<std::size_t>(i)];
        const Slot& slot = m_slots[static_cast<std::size_t>(i)];
        const std::optional<in_pktinfo> info = packetInfo(message.msg_hdr);
        if (!info)
            continue;
        m_datagrams.push_back({Bytes(slot.payload).first(message.msg_len),
                               {Ipv4Address(ntohl(slot.from.sin_addr.s_addr)), ntohs(slot.from.sin_port)},
                               Ipv4Address(ntohl(info->ipi_spec_dst.s_addr)),
                               info->ipi_ifindex});
    }
    return std::span<const ReceivedDatagram>(m_datagrams);
}

std::optional<UdpEndpoint> takeUnreachable(int socket) {
    for (;;) {
        sockaddr_in to{};
        struct {
            alignas(cmsghdr) std::array<char, 512> bytes;
        } ancillary{};
        msghdr header{};
        header.msg_name = &to;
        header.msg_namelen = sizeof to;
        header.msg_control = ancillary.bytes.data();
        header.msg_controllen = ancillary.bytes.size();
        if (::recvmsg(socket, &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) {
            if (errno == EINTR)
                continue;
            return std::nullopt;
        }
        for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
            if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_RECVERR)
                continue;
            sock_extended_err error{};
            std::memcpy(&error, CMSG_DATA(part), sizeof error);
            if (error.ee_origin == SO_EE_ORIGIN_ICMP && error.ee_errno == ECONNREFUSED)
                return UdpEndpoint{Ipv4Address(ntohl(to.sin_addr.s_addr)), ntohs(to.sin_port)};
        }
    }
}

} // namespace rackmuster::net
