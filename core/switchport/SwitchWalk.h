#pragma once

#include "core/base/Result.h"
#include "core/switchport/SwitchAccess.h"
#include "core/switchport/SwitchTables.h"

#include <stop_token>

namespace rackmuster::switchport {

/// Walks the forwarding tables of a switch (BRIDGE-MIB, Q-BRIDGE-MIB, IF-MIB) by SNMP; blocks meanwhile. A
/// MIB that the switch does not have is empty. From one thread at a time: libnetsnmp keeps its users in one
/// list. A stop is heeded at once, except while the first packet of SNMPv3 is under way: then after its
/// tries. Errors: SwitchSilent, SwitchRefused, SwitchTooLarge, ReadingCancelled, Malformed (an access that
/// cannot be).
[[nodiscard]] Result<SwitchTables> walkSwitch(const SwitchAccess& access, const std::stop_token& stop = {});

} // namespace rackmuster::switchport
