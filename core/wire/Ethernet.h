#pragma once

#include "core/base/ByteReader.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <cstdint>
#include <optional>

namespace rackmuster::wire {

enum class EtherType : std::uint16_t {
    Ipv4 = 0x0800,
    Arp = 0x0806,
    Vlan = 0x8100,        ///< IEEE 802.1Q
    ServiceVlan = 0x88A8, ///< IEEE 802.1ad
    OldServiceVlan = 0x9100,
    Lldp = 0x88CC,
};

/// An Ethernet frame without its checksum; up to two VLAN tags are looked through.
struct EthernetFrame {
    MacAddress destination{MacAddress::Octets{}};
    MacAddress source{MacAddress::Octets{}};
    std::optional<std::uint16_t> vlan;      ///< 1..4094: of the tag, of the outer one of two
    std::optional<std::uint16_t> innerVlan; ///< 1..4094: of the second tag
    std::uint16_t typeOrLength = 0;
    Bytes payload; ///< View into the frame; without padding where the header tells the length.

    [[nodiscard]] bool is(EtherType type) const { return typeOrLength == static_cast<std::uint16_t>(type); }
    /// The payload begins with an LLC header (IEEE 802.3 3.2.6).
    [[nodiscard]] bool isLlc() const { return typeOrLength <= 1500; }
};

/// Error: Truncated.
[[nodiscard]] Result<EthernetFrame> decodeEthernet(Bytes frame);

} // namespace rackmuster::wire
