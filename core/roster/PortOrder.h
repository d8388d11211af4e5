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

/// Its switch port says where it stands, as long as nobody else said so and nothing of it is on a disk yet.
[[nodiscard]] bool followsPort(const Machine& machine);
/// Whether it leaves its slot to the machine on whose port the slot hangs.
[[nodiscard]] bool givesWayToPort(const Machine& holder);

/// It has a slot now: that its port's was taken, or that it gave way, is over.
void takeBackPortProblem(Machine& machine);

} // namespace rackmuster::roster
