#include "core/net/LocalNetworks.h"

#include <algorithm>
#include <bit>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>

namespace rackmuster::net {

namespace {

std::uint32_t hostOrder(const sockaddr* address) {
    return ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
}

} // namespace

bool LocalNetworks::isOnLink(Ipv4Address address, int interfaceIndex, Instant now) {
    if (contains(address, interfaceIndex))
        return true;
    if (m_refreshed && now - *m_refreshed < std::chrono::seconds(1))
        return false;
    m_refreshed = now;
    refresh();
    return contains(address, interfaceIndex);
}

bool LocalNetworks::contains(Ipv4Address address, int interfaceIndex) const {
    return std::ranges::any_of(m_attached, [&](const Attached& attached) {
        return attached.interfaceIndex == interfaceIndex && attached.network.contains(address);
    });
}

void LocalNetworks::refresh() {
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0)
        return; // what is known stays true, and is asked for again
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, &::freeifaddrs);
    m_attached.clear();
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr || entry->ifa_netmask == nullptr ||
            entry->ifa_addr->sa_family != AF_INET)
            continue;
        const int prefixLength = std::popcount(hostOrder(entry->ifa_netmask));
        m_attached.push_back(
            {Ipv4Network(Ipv4Address(hostOrder(entry->ifa_addr)), static_cast<unsigned>(prefixLength)),
             static_cast<int>(::if_nametoindex(entry->ifa_name))});
    }
}

} // namespace rackmuster::net
