#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::wire {

/// What a station says of itself and of the port it says it through (IEEE 802.1AB-2016 8, 9). Text is without
/// control characters, at most 255 bytes a field as the standard has it.
struct LldpMessage {
    static constexpr std::size_t maximumText = 255; ///< bytes

    /// Bits of `capabilities` (IEEE 802.1AB table 8-4).
    enum Capability : std::uint16_t {
        Repeater = 0x0002,
        Bridge = 0x0004,
        AccessPoint = 0x0008,
        Router = 0x0010,
        Telephone = 0x0020,
        StationOnly = 0x0080,
    };
    /// Table 8-3; others are kept as they are.
    enum class PortIdKind : std::uint8_t {
        InterfaceAlias = 1,
        PortComponent = 2,
        MacAddress = 3,
        NetworkAddress = 4,
        InterfaceName = 5,
        CircuitId = 6,
        Local = 7
    };

    std::string chassisId; ///< Text; hardware and IPv4 addresses as they are written.
    PortIdKind portIdKind = PortIdKind::Local;
    std::string portId;                 ///< Likewise.
    std::chrono::seconds timeToLive{0}; ///< 0: it leaves (9.2.7.6).
    std::string portDescription;
    std::string systemName;
    std::string systemDescription;
    std::uint16_t capabilities = 0; ///< The enabled ones; 0 also when it does not say.
    std::optional<Ipv4Address> managementAddress;
    std::optional<std::uint16_t> vlan; ///< 1..4094: of untagged frames (IEEE 802.1Q annex D.2.1).

    bool operator==(const LldpMessage&) const = default;
};

/// Decodes what follows the EtherType. The first three elements must be there, once and in order; an optional
/// one that is too short for what it should hold is passed over, as the standard wants (9.2.7.7). Errors:
/// Truncated, Malformed.
[[nodiscard]] Result<LldpMessage> decodeLldp(Bytes payload);

} // namespace rackmuster::wire
