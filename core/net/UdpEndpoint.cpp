#include "core/net/UdpEndpoint.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace rackmuster::net {

namespace {

/// Room for one IP_PKTINFO.
struct PacketInfo {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in_pktinfo))> bytes{};
};

} // namespace

std::optional<in_pktinfo> packetInfo(msghdr& header) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != IPPROTO_IP || part->cmsg_type != IP_PKTINFO)
            continue;
        in_pktinfo info{};
        std::memcpy(&info, CMSG_DATA(part), sizeof info);
        return info;
    }
    return std::nullopt;
}

bool isPassingError(int error) {
    return error == EINTR || error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH;
}

sockaddr_in UdpEndpoint::toSocketAddress() const {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address.value());
    out.sin_port = htons(port);
    return out;
}

Result<std::optional<ReceivedDatagram>> receiveDatagram(int socket, std::span<std::uint8_t> buffer) {
    for (;;) {
        sockaddr_in from{};
        PacketInfo ancillary;
        iovec part{buffer.data(), buffer.size()};
        msghdr header{};
        header.msg_name = &from;
        header.msg_namelen = sizeof from;
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = ancillary.bytes.data();
        header.msg_controllen = ancillary.bytes.size();
        const ssize_t count = ::recvmsg(socket, &header, MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return std::nullopt;
        if (count < 0 && isPassingError(errno))
            continue;
        if (count < 0)
            return failSystem("Receiving");
        const std::optional<in_pktinfo> info = packetInfo(header);
        if ((header.msg_flags & MSG_TRUNC) != 0 || !info)
            continue;
        return ReceivedDatagram{Bytes(buffer).first(static_cast<std::size_t>(count)),
                                {Ipv4Address(ntohl(from.sin_addr.s_addr)), ntohs(from.sin_port)},
                                Ipv4Address(ntohl(info->ipi_spec_dst.s_addr)),
                                info->ipi_ifindex};
    }
}

Result<void> sendDatagram(int socket, const UdpEndpoint& to, Ipv4Address local, int interfaceIndex,
                          Bytes payload) {
    sockaddr_in target = to.toSocketAddress();
    // sendmsg only reads, but its struct is shared with recvmsg.
    iovec part{const_cast<std::uint8_t*>(payload.data()), payload.size()};
    PacketInfo ancillary;
    msghdr header{};
    header.msg_name = &target;
    header.msg_namelen = sizeof target;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = ancillary.bytes.data();
    header.msg_controllen = ancillary.bytes.size();
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    control->cmsg_level = IPPROTO_IP;
    control->cmsg_type = IP_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
    in_pktinfo info{};
    info.ipi_ifindex = interfaceIndex;
    info.ipi_spec_dst.s_addr = htonl(local.value());
    std::memcpy(CMSG_DATA(control), &info, sizeof info);
    if (::sendmsg(socket, &header, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        return failSystem("Sending");
    return {};
}

} // namespace rackmuster::net
