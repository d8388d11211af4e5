#include "ui/models/SlotMove.h"

#include "ui/models/ModelRoster.h"
#include "ui/text/Sentences.h"

namespace rackmuster::ui {

namespace {

using roster::Command;

/// Taking it back gives the cursor its slot again, and the order its doubts.
std::vector<Command> wayBack(const MachineModel& machines, const roster::Machine& machine,
                             std::optional<int> slot) {
    std::vector<Command> back{roster::Place{machine.mac, machine.slot}};
    if (slot == machines.cursor())
        back.emplace_back(roster::MoveCursor{machines.cursor()});
    for (const MacAddress other : machine.orderUncertainWith)
        back.emplace_back(roster::DoubtOrder{machine.mac, other});
    return back;
}

} // namespace

tl::expected<SlotMove, QString> planMove(const MachineModel& machines, MacAddress machine,
                                         std::optional<int> slot) {
    const engine::MachineRow* const row = machines.find(machine);
    if (row && row->machine.slot == slot)
        return SlotMove{};
    const engine::MachineRow* const holder = slot ? machines.findBySlot(*slot) : nullptr;
    const Command command =
        holder ? Command(roster::Swap{machine, holder->machine.mac}) : Command(roster::Place{machine, slot});
    if (const auto tried = rosterOf(machines).apply(command, WallTime()); !tried)
        return tl::unexpected(sentence(tried.error()));
    if (holder)
        return SlotMove{.swapsWith = holder->machine.mac, .there = {}, .back = {}};
    return SlotMove{
        .swapsWith = std::nullopt, .there = {command}, .back = wayBack(machines, row->machine, slot)};
}

} // namespace rackmuster::ui
