#include "ui/models/RollCallSounds.h"

#include <algorithm>

namespace rackmuster::ui {

using roster::MachineState;

HeardMachine heardOf(const engine::MachineRow& row) {
    const roster::Machine& machine = row.machine;
    const MachineState state = roster::stateOf(machine);
    return {.isHere = machine.firstSeen.has_value(),
            .isWaiting = machine.approval == roster::Approval::Waiting,
            .hasProblem = machine.problem || !machine.orderUncertainWith.empty() || machine.maybeNicOf ||
                          state == MachineState::Stalled || state == MachineState::Failed,
            .boots = machine.boots,
            .state = state};
}

std::optional<Sound> soundOf(const HeardMachine& before, const HeardMachine& after) {
    if (after.hasProblem && !before.hasProblem)
        return Sound::Problem;
    const bool bootsAgain = before.isHere && after.isWaiting && after.boots > before.boots;
    const bool cameBack = after.state == MachineState::CameBack && before.state != MachineState::CameBack;
    if (bootsAgain || cameBack)
        return Sound::CameBack;
    if (after.isHere && !before.isHere)
        return Sound::NewMachine;
    if (after.state == MachineState::Done && before.state != MachineState::Done)
        return Sound::Done;
    return std::nullopt;
}

void RollCallSounds::begin(const MachineModel& machines) {
    m_heard.clear();
    for (const engine::MachineRow& row : machines.rows())
        m_heard.emplace(row.machine.mac, heardOf(row));
}

std::optional<Sound> RollCallSounds::listen(const MachineModel& machines) {
    std::optional<Sound> loudest;
    std::unordered_map<MacAddress, HeardMachine> heard;
    for (const engine::MachineRow& row : machines.rows()) {
        const HeardMachine& now = heard.emplace(row.machine.mac, heardOf(row)).first->second;
        const auto known = m_heard.find(row.machine.mac);
        loudest = std::max(loudest, soundOf(known == m_heard.end() ? HeardMachine() : known->second, now));
    }
    m_heard = std::move(heard);
    return loudest;
}

} // namespace rackmuster::ui
