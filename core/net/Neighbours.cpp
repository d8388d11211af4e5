#include "core/net/Neighbours.h"

#include "core/base/FileDescriptor.h"
#include "core/net/UdpEndpoint.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace rackmuster::net {

std::optional<MacAddress> neighbourAt(Ipv4Address address) {
    const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const std::unique_ptr<struct if_nameindex, decltype(&::if_freenameindex)> interfaces(::if_nameindex(),
                                                                                         &::if_freenameindex);
    if (!socket.isOpen() || !interfaces)
        return std::nullopt;
    const sockaddr_in wanted = UdpEndpoint{address, 0}.toSocketAddress();
    for (const struct if_nameindex* each = interfaces.get(); each->if_index != 0; ++each) {
        arpreq question{}; // arp(7)
        std::memcpy(&question.arp_pa, &wanted, sizeof wanted);
        std::strncpy(question.arp_dev, each->if_name, sizeof question.arp_dev - 1);
        const bool isKnown = ::ioctl(socket.get(), SIOCGARP, &question) == 0 &&
                             (question.arp_flags & ATF_COM) != 0 && question.arp_ha.sa_family == ARPHRD_ETHER;
        if (!isKnown)
            continue;
        MacAddress::Octets octets{};
        std::memcpy(octets.data(), question.arp_ha.sa_data, octets.size());
        return MacAddress(octets);
    }
    return std::nullopt;
}

} // namespace rackmuster::net
