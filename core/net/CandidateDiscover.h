#pragma once

#include "core/base/Clock.h"
#include "core/net/ServerEvents.h"
#include "core/wire/Dhcp.h"

#include <optional>

namespace rackmuster::net {

/// The sighting that `message` is: a DISCOVER of a machine that boots from the network. Nothing for anything
/// else.
[[nodiscard]] std::optional<PxeDiscover> candidateDiscover(const wire::DhcpMessage& message, WallTime heard);

} // namespace rackmuster::net
