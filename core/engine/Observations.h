#pragma once

#include "core/engine/EngineEvent.h"
#include "core/net/ServerEvents.h"
#include "core/roster/Roster.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// What a server's report means to the roster and to people.
struct Translation {
    std::vector<roster::Observation> observations;
    std::optional<EngineEvent> event;
    /// The event is told only when the machine's stage moved: a parked machine asks again every few seconds.
    bool isToldOnce = false;
    /// The event is told only while the machine is no farther: a pxelinux that waits starts itself anew every
    /// few minutes and fetches its files again.
    std::optional<roster::Stage> isToldUpTo;
    /// The switch port that a DISCOVER came in by (option 82), when somebody said so.
    std::optional<std::string> circuitId = std::nullopt;
};

/// Pure. `now` stamps the event.
[[nodiscard]] Translation translate(const net::ServerEvent& event, WallTime now);

} // namespace rackmuster::engine
