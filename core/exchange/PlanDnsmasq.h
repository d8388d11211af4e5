#pragma once

#include "core/exchange/PlanFile.h"

namespace rackmuster::exchange {

/// It has a `dhcp-host=` line.
[[nodiscard]] bool looksLikeDnsmasq(std::string_view utf8);

/// The `dhcp-host=` lines of a configuration of dnsmasq (dnsmasq(8)): MAC, address and name in any order;
/// lease times, client ids, tags and IPv6 addresses are passed over, as are all other lines. The tag
/// `set:slot7` gives the slot.
[[nodiscard]] PlanFile readPlanDnsmasq(std::string_view utf8);

/// Every machine that is not refused: `dhcp-host=52:54:00:00:00:07,set:slot7,10.0.0.7,node-07`.
[[nodiscard]] std::string writePlanDnsmasq(const roster::Roster& roster);

} // namespace rackmuster::exchange
