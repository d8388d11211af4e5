#pragma once

#include "core/base/ByteReader.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace rackmuster::wire {

/// IEEE 802.1D-2004 9.2.5
struct BridgeId {
    std::uint16_t priority = 0; ///< With the system id extension in its lower twelve bits.
    MacAddress mac{MacAddress::Octets{}};

    bool operator==(const BridgeId&) const = default;
};

/// What a bridge says through a port that runs the spanning tree (IEEE 802.1D-2004 9.3): a configuration or
/// rapid BPDU; of a multiple spanning tree's the part that all share.
struct Bpdu {
    enum class Version : std::uint8_t { Stp = 0, Rstp = 2, Mstp = 3, Spt = 4 };

    Version version = Version::Stp;
    std::uint8_t flags = 0;
    BridgeId root;
    std::uint32_t rootPathCost = 0;
    BridgeId bridge;
    std::uint16_t portId = 0;
    std::chrono::milliseconds maxAge{0};
    std::chrono::milliseconds helloTime{0};
    std::chrono::milliseconds forwardDelay{0}; ///< In each of two states that a port waits through.

    bool operator==(const Bpdu&) const = default;

    /// The port's state, which only the rapid kinds tell.
    [[nodiscard]] std::optional<bool> isForwarding() const {
        return version == Version::Stp ? std::nullopt : std::optional((flags & 0x20U) != 0);
    }
};

/// Decodes an LLC payload. Nothing (not an error) when it is no BPDU, or one that only says that the topology
/// changed. Errors: Truncated; Malformed, also for times that no bridge may use (table 17-1).
[[nodiscard]] Result<std::optional<Bpdu>> decodeBpdu(Bytes llc);

} // namespace rackmuster::wire
