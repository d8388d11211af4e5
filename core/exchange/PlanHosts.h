#pragma once

#include "core/exchange/PlanFile.h"

namespace rackmuster::exchange {

/// The first line that says anything begins with an address.
[[nodiscard]] bool looksLikeHosts(std::string_view utf8);

/// A hosts file (hosts(5)): `10.0.0.7 node-07 alias # slot 7, 52:54:00:00:00:07`. Slot and MAC are taken from
/// such a comment; without a MAC the name or the address tells which machine is meant. Lines of IPv6
/// addresses, of this host and of groups are passed over: they are no machine's.
[[nodiscard]] PlanFile readPlanHosts(std::string_view utf8);

/// Every machine that is not refused, as readPlanHosts() takes it; one without an address as a comment.
[[nodiscard]] std::string writePlanHosts(const roster::Roster& roster);

} // namespace rackmuster::exchange
