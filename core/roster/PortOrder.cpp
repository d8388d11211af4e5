#include "core/roster/PortOrder.h"

namespace rackmuster::roster {

namespace {

constexpr std::string_view portTaken = "Its switch port is that of slot ";
constexpr std::string_view gaveWay = "It gave way to the switch port of slot ";

} // namespace

PlaceMany placesByPort(const Roster& roster, const std::map<MacAddress, int>& slots) {
    std::map<MacAddress, int> wanted; // of machines
    for (const auto& [mac, slot] : slots) {
        const Machine* const machine = roster.machineOfNic(mac);
        if (machine != nullptr && machine->mac == mac)
            wanted.insert_or_assign(mac, slot);
        else if (machine != nullptr)
            wanted.emplace(machine->mac, slot);
    }
    PlaceMany many;
    for (const auto& [mac, slot] : wanted) {
        if (roster.find(mac)->slot == slot)
            continue;
        many.places.push_back({mac, slot});
        const Machine* const holder = roster.findBySlot(slot);
        if (holder != nullptr && holder->isCaptured && !wanted.contains(holder->mac))
            many.places.push_back({holder->mac, std::nullopt});
    }
    return many;
}

bool followsPort(const Machine& machine) {
    return givesWayToPort(machine) && machine.approval != Approval::Refused;
}

bool givesWayToPort(const Machine& holder) {
    return holder.isCaptured && !holder.isToBeReplaced && !hasFixedName(holder);
}

std::string portTakenProblem(std::string_view slot, std::string_view holder) {
    return std::string(portTaken).append(slot) + ", where " + std::string(holder) + " stands";
}

std::string gaveWayProblem(std::string_view slot, std::string_view newcomer) {
    return std::string(gaveWay).append(slot) + ", on which " + std::string(newcomer) +
           " hangs; its own port is not known";
}

void takeBackPortProblem(Machine& machine) {
    if (machine.problem && (machine.problem->starts_with(portTaken) || machine.problem->starts_with(gaveWay)))
        machine.problem.reset();
}

} // namespace rackmuster::roster
