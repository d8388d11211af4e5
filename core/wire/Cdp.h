#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/Result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::wire {

/// What a Cisco device says of itself and of the port it says it through. CDP has no standard; this follows
/// Cisco's "Understanding the Cisco Discovery Protocol" and what Wireshark's packet-cdp.c knows. Text is
/// without control characters, at most 255 bytes a field.
struct CdpMessage {
    static constexpr std::size_t maximumText = 255; ///< bytes

    /// Bits of `capabilities`.
    enum Capability : std::uint32_t {
        Router = 0x01,
        TransparentBridge = 0x02,
        SourceRouteBridge = 0x04,
        Switch = 0x08,
        Host = 0x10,
        Repeater = 0x40,
        Phone = 0x80,
    };

    std::chrono::seconds timeToLive{0};
    std::string deviceId;
    std::string portId;
    std::string platform;
    std::uint32_t capabilities = 0; ///< 0 also when it does not say.
    std::optional<Ipv4Address> address;
    std::optional<std::uint16_t> nativeVlan; ///< 1..4094: of untagged frames.

    bool operator==(const CdpMessage&) const = default;
};

/// Decodes an LLC payload. Nothing (not an error) when it is another of the protocols that share CDP's group
/// address (VTP, DTP, UDLD). The checksum is not judged: Ethernet has one. Errors: Truncated, Malformed.
[[nodiscard]] Result<std::optional<CdpMessage>> decodeCdp(Bytes llc);

} // namespace rackmuster::wire
