#pragma once

#include "core/roster/Roster.h"

#include <map>
#include <string>
#include <string_view>

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

/// The problem of a machine without a slot: that of its port, by its label, has a `holder`, who stays there.
[[nodiscard]] std::string portTakenProblem(std::string_view slot, std::string_view holder);
/// The problem of a machine without a slot: `newcomer` hangs on the port of the slot that it had.
[[nodiscard]] std::string gaveWayProblem(std::string_view slot, std::string_view newcomer);
/// It has a slot now.
void takeBackPortProblem(Machine& machine);

} // namespace rackmuster::roster
