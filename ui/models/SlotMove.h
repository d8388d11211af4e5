#pragma once

#include "core/roster/Command.h"
#include "ui/models/MachineModel.h"

#include <QString>

#include <optional>
#include <tl/expected.hpp>
#include <vector>

namespace rackmuster::ui {

/// A machine is put elsewhere.
struct SlotMove {
    std::optional<MacAddress> swapsWith; ///< It changes places with that one; the commands are empty then.
    std::vector<roster::Command> there;  ///< Empty: it stands there already.
    std::vector<roster::Command> back;
};

/// Into `slot`, or out of the rack (nothing). The failure is the sentence that the engine would say.
[[nodiscard]] tl::expected<SlotMove, QString> planMove(const MachineModel& machines, MacAddress machine,
                                                       std::optional<int> slot);

} // namespace rackmuster::ui
