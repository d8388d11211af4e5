#pragma once

#include "core/roster/Machine.h"

#include <string>
#include <string_view>

namespace rackmuster::roster {

/// The problem of a machine that has the UUID of another one, `name` (R18): it takes no slot until the
/// operator approves or places it, which answers the question.
[[nodiscard]] std::string secondNicQuestion(std::string_view name);
[[nodiscard]] bool asksAboutSecondNic(const Machine& machine);
/// The operator said that it is a machine of its own.
void takeBackSecondNicQuestion(Machine& machine);

} // namespace rackmuster::roster
