#pragma once

#include "ui/models/MachineModel.h"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace rackmuster::ui {

/// What the roll call sounds like to who looks at the rack and not at the screen; the later, the more urgent.
enum class Sound : std::uint8_t { Done, NewMachine, CameBack, Problem };
inline constexpr std::size_t soundCount = 4;

/// What is listened to of one machine; as it is here, of one that nobody has heard of.
struct HeardMachine {
    bool isHere = false;     ///< It was heard on the wire.
    bool isWaiting = false;  ///< For approval.
    bool hasProblem = false; ///< Something is wrong, or to be decided: its order, or whether it is a machine.
    std::uint32_t boots = 0;
    roster::MachineState state = roster::MachineState::Seen;
};
[[nodiscard]] HeardMachine heardOf(const engine::MachineRow& row);

/// What is heard when a machine that was `before` is `after` now. A machine that boots once more while it
/// waits sounds like one that came back: its button was pressed twice.
[[nodiscard]] std::optional<Sound> soundOf(const HeardMachine& before, const HeardMachine& after);

/// Listens to the table. Of what happens at one time the most urgent is heard.
class RollCallSounds {
public:
    /// From here on: what is so already makes no sound.
    void begin(const MachineModel& machines);
    /// What happened since the last call.
    [[nodiscard]] std::optional<Sound> listen(const MachineModel& machines);

private:
    std::unordered_map<MacAddress, HeardMachine> m_heard;
};

} // namespace rackmuster::ui
