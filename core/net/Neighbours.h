#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"

#include <optional>

namespace rackmuster::net {

/// The Ethernet address that the kernel talks to for `address` (its ARP table). Nothing for an address that
/// it has not talked to lately, or only through a router, and for our own.
[[nodiscard]] std::optional<MacAddress> neighbourAt(Ipv4Address address);

} // namespace rackmuster::net
