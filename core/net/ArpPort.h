#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/wire/Arp.h"

#include <span>
#include <vector>

namespace rackmuster::net {

/// Sends address probes and hears what others say of their addresses, over an AF_PACKET SOCK_DGRAM socket
/// that is bound to ARP and one interface.
class ArpPort {
public:
    /// `socket` is not owned; closed (-1): nothing is sent or heard.
    explicit ArpPort(int socket);

    [[nodiscard]] bool isOpen() const { return m_socket >= 0; }
    /// Our own address on that interface.
    [[nodiscard]] MacAddress hardware() const { return m_hardware; }
    /// Broadcasts one probe for each address. Error: System; the others are sent all the same.
    [[nodiscard]] Result<void> probe(std::span<const Ipv4Address> addresses);
    /// What arrived since the last call, at most 256 packets; malformed ones are passed over. Error: System.
    [[nodiscard]] Result<std::vector<wire::ArpPacket>> receive();

private:
    int m_socket;
    int m_interfaceIndex = 0;
    MacAddress m_hardware{MacAddress::Octets{}};
};

} // namespace rackmuster::net
