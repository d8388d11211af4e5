// What a known switch port says of a machine's place (see also PortOrder.h).

#include "core/roster/PortOrder.h"
#include "core/roster/Roster.h"

namespace rackmuster::roster {

Changes Roster::observe(const Located& located, WallTime /*now*/) {
    Changes changes;
    const Machine* const machine = machineOfNic(located.mac);
    if (machine != nullptr && checkRange(located.slot))
        followPort(m_machines.at(machine->mac), located.slot, changes);
    return changes;
}

void Roster::followPort(Machine& machine, int slot, Changes& changes) {
    if (!followsPort(machine))
        return;
    const Machine* const holder = findBySlot(slot);
    const bool isElsewhere = holder != &machine;
    if (isElsewhere && holder != nullptr && !givesWayToPort(*holder)) {
        if (machine.slot)
            return;
        machine.problem = Error{ErrorCode::PortTaken, m_layout.slotLabel(slot), calledName(*holder)};
        changes.updated.push_back(machine.mac);
        return;
    }
    changes.updated.push_back(machine.mac);
    settlePlace(machine, changes);
    if (!isElsewhere)
        return;
    leaveForPort(machine, changes);
    if (holder != nullptr)
        giveWay(m_machines.at(holder->mac), machine, changes);
    seat(machine, slot, changes);
}

/// The cursor comes back when it stands right behind: among those whose ports nobody knows, the order of
/// arrival goes on.
void Roster::leaveForPort(Machine& machine, Changes& changes) {
    if (!machine.slot)
        return;
    const int slot = *machine.slot;
    int next = m_layout.slotAfter(slot);
    while (m_reserved.contains(next))
        next = m_layout.slotAfter(next);
    unseat(machine);
    if (next != m_cursor || m_reserved.contains(slot))
        return;
    m_cursor = slot;
    changes.layout = true;
}

void Roster::giveWay(Machine& holder, const Machine& newcomer, Changes& changes) {
    const int slot = *holder.slot;
    settleDoubts(holder, changes);
    unseat(holder);
    holder.problem = Error{ErrorCode::GaveWay, m_layout.slotLabel(slot), newcomer.mac.toString()};
    changes.updated.push_back(holder.mac);
}

} // namespace rackmuster::roster
