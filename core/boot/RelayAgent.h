#pragma once

#include "core/base/Ipv4Address.h"
#include "core/wire/Dhcp.h"

#include <optional>

namespace rackmuster::boot {

/// What the relay that forwarded a message says in option 82.
struct RelayAgent {
    std::optional<Ipv4Address> linkSelection;    ///< 82.5: an address of the client's network (RFC 3527).
    std::optional<Ipv4Address> serverIdOverride; ///< 82.11: what the client takes for its server (RFC 5107).
};

/// Nothing of a message without giaddr: then no relay vouches for its option 82. A sub-option that is cut or
/// of a wrong length counts as absent.
[[nodiscard]] RelayAgent relayAgent(const wire::DhcpMessage& message);

/// What option 54 of a reply says: our address, or the relay's in place of it.
[[nodiscard]] Ipv4Address serverIdFor(const wire::DhcpMessage& request, Ipv4Address own);

} // namespace rackmuster::boot
