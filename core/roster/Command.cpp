#include "core/roster/Command.h"

namespace rackmuster::roster {

std::optional<MacAddress> machineOf(const Command& command) {
    return std::visit(
        [](const auto& act) -> std::optional<MacAddress> {
            if constexpr (requires { act.mac; })
                return act.mac;
            else
                return std::nullopt;
        },
        command);
}

} // namespace rackmuster::roster
