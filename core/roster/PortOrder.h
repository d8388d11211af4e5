#pragma once

#include "core/roster/Roster.h"

#include <map>

namespace rackmuster::roster {

/// Puts everybody where their switch port says: a known port beats the order of arrival. `slots` says which
/// slot belongs to the port that a MAC hangs on; MACs that are no machines here, or NICs of one that is named
/// itself, do not count. Whom the cursor had put into one of these slots, and whose own port is not known,
/// stands nowhere until somebody says where; a place that a person chose stays taken, and the command is
/// refused. Empty when all stand there already.
[[nodiscard]] PlaceMany placesByPort(const Roster& roster, const std::map<MacAddress, int>& slots);

} // namespace rackmuster::roster
