#pragma once

#include "core/roster/Command.h"
#include "core/roster/Roster.h"

#include <vector>

namespace rackmuster::roster {

/// What takes `command` back, in this order, when `before` is the roster that it is carried out on: slots,
/// names and addresses, reservations, the order that was uncertain, layout and cursor are as they were then.
/// Empty when the command changes nothing, is refused, or cannot be taken back (what Forget drops is kept
/// nowhere). When more has happened since, what no longer fits is refused like any other command.
[[nodiscard]] std::vector<Command> undoOf(const Command& command, const Roster& before, WallTime now);

} // namespace rackmuster::roster
