// Who stands where: the commands of Roster that move machines and the cursor, each checked before anything
// changes.

#include "core/roster/ClosePairs.h"
#include "core/roster/PortOrder.h"
#include "core/roster/Roster.h"
#include "core/roster/SecondNic.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rackmuster::roster {

Result<Changes> Roster::carryOut(const Place& place, WallTime now) {
    return carryOut(PlaceMany{{place}}, now);
}

Result<Changes> Roster::carryOut(const PlaceMany& many, WallTime /*now*/) {
    auto moved = rearrange(many.places);
    if (!moved)
        return moved;
    for (const MacAddress mac : std::vector(moved->updated))
        settlePlace(m_machines.at(mac), *moved);
    return moved;
}

Result<Changes> Roster::carryOut(const Swap& swap, WallTime /*now*/) {
    const auto pair = knownPair(swap.mac, swap.other);
    if (!pair)
        return tl::unexpected(pair.error());
    const auto [a, b] = *pair;
    auto moved = rearrange({{a->mac, b->slot}, {b->mac, a->slot}});
    if (moved && settleOrder(*a, *b))
        moved->updated = {a->mac, b->mac};
    return moved;
}

Result<Changes> Roster::carryOut(const ConfirmOrder& confirm, WallTime /*now*/) {
    const auto pair = knownPair(confirm.mac, confirm.other);
    if (!pair)
        return tl::unexpected(pair.error());
    Changes changes;
    if (settleOrder(*pair->first, *pair->second))
        changes.updated = {confirm.mac, confirm.other};
    return changes;
}

Result<Changes> Roster::carryOut(const DoubtOrder& doubt, WallTime /*now*/) {
    const auto pair = knownPair(doubt.mac, doubt.other);
    if (!pair)
        return tl::unexpected(pair.error());
    Changes changes;
    if (isOrderUncertain(*pair->first, *pair->second))
        return changes;
    doubtOrder(*pair->first, *pair->second);
    changes.updated = {doubt.mac, doubt.other};
    return changes;
}

Result<Changes> Roster::carryOut(const SetLayout& set, WallTime /*now*/) {
    if (const auto checked = checkLayout(set.layout); !checked)
        return tl::unexpected(checked.error());
    Changes changes;
    // What is in a rack stays there, at its number.
    const bool isReflowed =
        m_layout.rackCount > 1 && set.layout.rackCount > 1 && m_layout.slotCount != set.layout.slotCount;
    if (isReflowed) {
        if (const auto moved = moveSlots(set.layout, changes); !moved)
            return tl::unexpected(moved.error());
    }
    RackLayout layout = set.layout;
    if (!m_slots.empty())
        layout.growTo(m_slots.rbegin()->first);
    if (!m_reserved.empty())
        layout.growTo(*m_reserved.rbegin());
    changes.layout = m_layout != layout;
    // A roll call that has not begun begins where this layout does.
    if (m_slots.empty() && m_cursor == freeFrom(m_layout.firstSlot(), m_layout))
        m_cursor = freeFrom(layout.firstSlot(), layout);
    m_layout = std::move(layout);
    advanceCursor(changes);
    return changes;
}

Result<void> Roster::moveSlots(const RackLayout& layout, Changes& changes) {
    const auto moved = [&](int slot) {
        return layout.slotAt(m_layout.placeOf(slot));
    };
    const auto checkFits = [&](int slot) -> Result<void> {
        if (m_layout.placeOf(slot).slot <= layout.slotCount && moved(slot) <= maximumSlot)
            return {};
        return fail(ErrorCode::NotAllowed, "A rack of " + std::to_string(layout.slotCount) + " slots",
                    "slot " + m_layout.slotLabel(slot) + " is in use");
    };
    for (const auto& [slot, mac] : m_slots) {
        if (auto checked = checkFits(slot); !checked)
            return checked;
        const Machine& machine = m_machines.at(mac);
        const bool keepsName =
            !machine.assigned.hostname.empty() || layout.hostnameOf(moved(slot)) == m_layout.hostnameOf(slot);
        const bool keepsAddress =
            machine.assigned.address || layout.addressOf(moved(slot)) == m_layout.addressOf(slot);
        if (hasFixedName(machine) && !(keepsName && keepsAddress))
            return fail(ErrorCode::NotAllowed, "Renaming " + calledName(machine),
                        "it is installed, or being so, under this name");
    }
    for (const int slot : m_reserved) {
        if (auto checked = checkFits(slot); !checked)
            return checked;
    }
    for (auto& [slot, mac] : std::exchange(m_slots, {})) {
        m_machines.at(mac).slot = moved(slot);
        m_slots.emplace(moved(slot), mac);
        changes.updated.push_back(mac);
    }
    for (const int slot : std::exchange(m_reserved, {}))
        m_reserved.insert(moved(slot));
    if (m_cursor <= maximumSlot)
        m_cursor = checkFits(m_cursor) ? moved(m_cursor) : layout.firstSlot();
    return {};
}

Result<Changes> Roster::carryOut(const MoveCursor& move, WallTime /*now*/) {
    if (const Machine* holder = findBySlot(move.slot))
        return fail(ErrorCode::SlotTaken, m_layout.slotLabel(move.slot), calledName(*holder));
    if (const auto checked = checkRange(move.slot); !checked)
        return tl::unexpected(checked.error());
    if (m_reserved.contains(move.slot))
        return fail(ErrorCode::NotAllowed, "Going on with slot " + m_layout.slotLabel(move.slot),
                    "it is reserved; release it first");
    Changes changes;
    changes.layout = m_cursor != move.slot;
    m_cursor = move.slot;
    return changes;
}

Result<Changes> Roster::carryOut(const Reserve& reserve, WallTime /*now*/) {
    if (const auto checked = checkRange(reserve.slot); !checked)
        return tl::unexpected(checked.error());
    if (const Machine* holder = findBySlot(reserve.slot))
        return fail(ErrorCode::SlotTaken, m_layout.slotLabel(reserve.slot), calledName(*holder));
    Changes changes;
    changes.layout = m_reserved.insert(reserve.slot).second;
    growTo(reserve.slot, changes);
    advanceCursor(changes);
    return changes;
}

Result<Changes> Roster::carryOut(const Release& release, WallTime /*now*/) {
    Changes changes;
    changes.layout = m_reserved.erase(release.slot) > 0;
    return changes;
}

Result<Changes> Roster::carryOut(const Insert& insert, WallTime /*now*/) {
    if (const auto checked = checkRange(insert.slot); !checked)
        return tl::unexpected(checked.error());
    std::vector<Place> places;
    int slot = insert.slot;
    while (const Machine* holder = findBySlot(slot)) {
        do {
            slot = m_layout.slotAfter(slot);
        } while (m_reserved.contains(slot));
        places.push_back({holder->mac, slot});
    }
    if (slot > maximumSlot)
        return fail(ErrorCode::NotAllowed, "Inserting a slot before slot " + m_layout.slotLabel(insert.slot),
                    "no free slot is left behind it");
    return rearrange(places);
}

Result<Changes> Roster::carryOut(const Reverse& reverse, WallTime /*now*/) {
    for (const int slot : {reverse.first, reverse.last}) {
        if (const auto checked = checkRange(slot); !checked)
            return tl::unexpected(checked.error());
    }
    if (reverse.first > reverse.last)
        return fail(ErrorCode::Malformed, "The range of slots", "its first slot comes after its last");
    std::vector<int> slots;
    for (int slot = reverse.first; slot <= reverse.last; ++slot) {
        if (!m_reserved.contains(slot))
            slots.push_back(slot);
    }
    std::vector<Place> places;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (const Machine* machine = findBySlot(slots[i]))
            places.push_back({machine->mac, slots[slots.size() - 1 - i]});
    }
    return rearrange(places);
}

// --- checks ---

Result<std::pair<Machine*, Machine*>> Roster::knownPair(MacAddress mac, MacAddress other) {
    const auto first = known(mac);
    if (!first)
        return tl::unexpected(first.error());
    const auto second = known(other);
    if (!second)
        return tl::unexpected(second.error());
    if (mac == other)
        return fail(ErrorCode::Duplicate, calledName(**first), mac.toString());
    return std::pair(*first, *second);
}

Result<void> Roster::checkRange(int slot) {
    if (slot >= 1 && slot <= maximumSlot)
        return {};
    return fail(ErrorCode::Malformed, "Slot " + std::to_string(slot),
                "slots go from 1 to " + std::to_string(maximumSlot));
}

Result<void> Roster::checkSlot(MacAddress mac, int slot) const {
    if (auto checked = checkRange(slot); !checked)
        return checked;
    const Machine* holder = findBySlot(slot);
    if (holder && holder->mac != mac)
        return fail(ErrorCode::SlotTaken, m_layout.slotLabel(slot), calledName(*holder));
    return {};
}

Result<void> Roster::checkPlan(MacAddress mac, int slot) const {
    if (auto checked = checkSlot(mac, slot); !checked)
        return checked;
    const Machine* const machine = find(mac);
    return machine == nullptr ? Result<void>() : checkMove(*machine, slot);
}

Result<void> Roster::checkMove(const Machine& machine, std::optional<int> slot) const {
    if (machine.owner && slot)
        return fail(ErrorCode::NotAllowed, "Placing " + machine.mac.toString(),
                    "it is a NIC of " + calledName(*machineOfNic(machine.mac)) +
                        "; make it a machine of its own first");
    if (!machine.slot && machine.approval == Approval::Refused) // it has no place, and no name in this rack
        return {};
    const bool keepsName = !machine.assigned.hostname.empty();
    const bool keepsAddress = machine.assigned.address || !m_layout.firstAddress;
    if (machine.slot == slot || !hasFixedName(machine) || (keepsName && keepsAddress))
        return {};
    return fail(ErrorCode::NotAllowed, "Moving " + calledName(machine),
                hasInstalled(machine) ? "it is installed under this name; re-arm it first"
                                      : "it is being installed under this name");
}

Result<void> Roster::checkPlaces(const std::vector<Place>& places) const {
    std::set<MacAddress> moved;
    for (const Place& place : places) {
        const Machine* const machine = find(place.mac);
        if (machine == nullptr)
            return fail(ErrorCode::UnknownMachine, place.mac.toString());
        if (!moved.insert(place.mac).second)
            return fail(ErrorCode::Duplicate, calledName(*machine), place.mac.toString());
        if (auto checked = checkMove(*machine, place.slot); !checked)
            return checked;
    }
    std::map<int, MacAddress> taken;
    for (const Place& place : places) {
        if (!place.slot)
            continue;
        const auto [holder, isFree] = taken.emplace(*place.slot, place.mac);
        if (!isFree)
            return fail(ErrorCode::SlotTaken, m_layout.slotLabel(*place.slot),
                        calledName(*find(holder->second)));
        const Machine* const present = findBySlot(*place.slot);
        const bool isLeft = present != nullptr && moved.contains(present->mac);
        if (auto checked = checkSlot(isLeft ? present->mac : place.mac, *place.slot); !checked)
            return checked;
    }
    return {};
}

// --- the only places that change slots and the cursor ---

Result<Changes> Roster::rearrange(const std::vector<Place>& places) {
    if (const auto checked = checkPlaces(places); !checked)
        return tl::unexpected(checked.error());
    Changes changes;
    for (const Place& place : places) {
        Machine& machine = m_machines.at(place.mac);
        if (machine.slot == place.slot)
            continue;
        changes.updated.push_back(place.mac);
        unseat(machine);
    }
    for (const Place& place : places) {
        Machine& machine = m_machines.at(place.mac);
        if (!machine.slot)
            seat(machine, place.slot, changes);
    }
    return changes;
}

void Roster::settlePlace(Machine& machine, Changes& changes) {
    machine.isCaptured = false;
    settleDoubts(machine, changes);
}

void Roster::settleDoubts(Machine& machine, Changes& changes) {
    for (const MacAddress partner : std::vector(machine.orderUncertainWith)) {
        settleOrder(machine, m_machines.at(partner));
        changes.updated.push_back(partner);
    }
}

void Roster::seat(Machine& machine, std::optional<int> slot, Changes& changes) {
    unseat(machine);
    machine.slot = slot;
    if (!slot) {
        machine.isToBeReplaced = false; // no slot waits any more
        return;
    }
    takeBackSecondNicQuestion(machine); // what has a slot is a machine
    takeBackPortProblem(machine);
    m_slots.emplace(*slot, machine.mac);
    growTo(*slot, changes);
    advanceCursor(changes);
}

void Roster::growTo(int slot, Changes& changes) {
    const RackLayout before = m_layout;
    m_layout.growTo(slot);
    changes.layout = changes.layout || m_layout != before;
}

void Roster::unseat(Machine& machine) {
    if (machine.slot)
        m_slots.erase(*machine.slot);
    machine.slot.reset();
}

void Roster::advanceCursor(Changes& changes) {
    const int free = freeFrom(m_cursor, m_layout);
    changes.layout = changes.layout || free != m_cursor;
    m_cursor = free;
}

int Roster::freeFrom(int slot, const RackLayout& layout) const {
    while (m_slots.contains(slot) || m_reserved.contains(slot))
        slot = layout.slotAfter(slot);
    return slot;
}

} // namespace rackmuster::roster
