#pragma once

#include "ui/models/MachineModel.h"

#include <chrono>
#include <optional>

namespace rackmuster::ui {

/// Two machines that came so close in time that nobody knows which stands first.
struct RollCallDoubt {
    engine::MachineRow first; ///< In the lower slot.
    engine::MachineRow second;
    std::chrono::milliseconds apart{0}; ///< Between their first packets.
};

/// What the roll call shows.
struct RollCall {
    int next = 1; ///< The slot whose machine is to be powered on.
    QString nextName;
    std::optional<Ipv4Address> nextAddress;
    std::optional<engine::MachineRow> last;   ///< The newest machine; nothing before the first.
    std::optional<engine::MachineRow> before; ///< The one that came before it.
    std::optional<RollCallDoubt> doubt;       ///< The newest one.
    int here = 0;                             ///< Machines heard.
    int toGo = 0;                             ///< Slots of the rack that nobody has.
};

[[nodiscard]] RollCall rollCallOf(const MachineModel& machines);

} // namespace rackmuster::ui
