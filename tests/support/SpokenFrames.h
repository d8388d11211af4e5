#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/boot/Neighbour.h"
#include "core/wire/Dhcp.h"
#include "tests/support/NetworkNamespace.h"

#include <cstdint>
#include <vector>

namespace rackmuster::tests {

// What others on the wire say, as whole Ethernet frames.

using Buffer = std::vector<std::uint8_t>;

inline constexpr MacAddress switchPortMac{MacAddress::Octets{0x00, 0x1B, 0x54, 0xAA, 0xBB, 0x8C}};

/// LLDP of the switch "core-sw1", port "Gi1/0/12", VLAN 20, address 10.0.0.2, for 120 s.
[[nodiscard]] Buffer lldpFrame();
/// CDP of "core-sw1", port "GigabitEthernet1/0/12", native VLAN 20.
[[nodiscard]] Buffer cdpFrame();
/// A rapid BPDU with a forward delay of 15 s.
[[nodiscard]] Buffer bpduFrame();
/// `payload` from a client, broadcast from port 68 to 67, with these tags.
[[nodiscard]] Buffer clientFrame(MacAddress client, Bytes payload, const boot::VlanTags& vlan = {});
/// A DHCP message from a client, broadcast from port 68 to 67, with these tags.
[[nodiscard]] Buffer dhcpFrame(const wire::DhcpMessage& message, const boot::VlanTags& vlan = {});
/// `sender` says that `address` is its own.
[[nodiscard]] Buffer arpFrame(MacAddress sender, Ipv4Address address);
/// A DISCOVER with this vendor class.
[[nodiscard]] wire::DhcpMessage discoverOf(MacAddress client, std::string_view vendorClass,
                                           std::string_view hostName = {});

/// An end of a cable, through which any frame can be sent.
class CableEnd {
public:
    /// The machines' end.
    explicit CableEnd(const NetworkNamespace& network);
    /// In the network namespace that the descriptor `where` stands for.
    CableEnd(int where, const char* interface);
    void send(Bytes frame) const;

private:
    void open(const char* interface);

    FileDescriptor m_socket;
};

} // namespace rackmuster::tests
