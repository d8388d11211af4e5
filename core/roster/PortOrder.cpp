#include "core/roster/PortOrder.h"

namespace rackmuster::roster {

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

void takeBackPortProblem(Machine& machine) {
    const bool isOfPort = machine.problem && (machine.problem->code == ErrorCode::PortTaken ||
                                              machine.problem->code == ErrorCode::GaveWay);
    if (isOfPort)
        machine.problem.reset();
}

} // namespace rackmuster::roster
