#pragma once

#include <string>

namespace rackmuster::engine {

/// 32 hex digits: 128 bits from the system's generator, as a ticket is all that guards an answer file (R41).
[[nodiscard]] std::string makeTicketToken();

} // namespace rackmuster::engine
