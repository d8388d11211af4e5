#pragma once

#include "core/roster/Roster.h"

#include <functional>
#include <vector>

namespace rackmuster::ui {

/// The way of a command to the engine.
using Submit = std::function<void(std::vector<roster::Command>)>;

} // namespace rackmuster::ui
