// Which hardware addresses are one machine: what Roster makes of it, and the operator's answers.

#include "core/roster/BootProgress.h"
#include "core/roster/Roster.h"
#include "core/roster/SecondNic.h"

#include <algorithm>
#include <tuple>

namespace rackmuster::roster {

// --- commands ---

Result<Changes> Roster::carryOut(const AttachNic& attached, WallTime /*now*/) {
    const auto pair = knownNic(attached.mac, attached.owner);
    if (!pair)
        return tl::unexpected(pair.error());
    Changes changes;
    if (pair->first->owner != attached.owner)
        attach(*pair->first, attached.owner, changes);
    return changes;
}

Result<Changes> Roster::carryOut(const OwnMachine& own, WallTime /*now*/) {
    const auto found = known(own.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (!machine.owner && !asksAboutSecondNic(machine))
        return Changes{};
    Changes changes = Changes::of(machine.mac);
    detach(machine, changes);
    takeBackSecondNicQuestion(machine);
    if (!machine.slot && m_cursor <= maximumSlot)
        seat(machine, m_cursor, changes);
    return changes;
}

Result<Changes> Roster::carryOut(const DoubtNic& doubt, WallTime /*now*/) {
    const auto pair = knownNic(doubt.mac, doubt.owner);
    if (!pair)
        return tl::unexpected(pair.error());
    const auto [machine, owner] = *pair;
    if (machine->maybeNicOf == owner->mac)
        return Changes{};
    Changes changes = Changes::of(machine->mac);
    detach(*machine, changes);
    settlePlace(*machine, changes);
    giveSlotBack(*machine, changes);
    askAboutNic(*machine, *owner);
    return changes;
}

Result<std::pair<Machine*, Machine*>> Roster::knownNic(MacAddress mac, MacAddress owner) {
    auto pair = knownPair(mac, owner);
    if (!pair)
        return pair;
    const Machine& nic = *pair->first;
    const Machine& machine = *pair->second;
    const std::string act = "Making " + calledName(nic) + " a NIC of " + calledName(machine);
    if (machine.owner)
        return fail(ErrorCode::NotAllowed, act, "that is a NIC itself");
    if (m_nics.contains(mac))
        return fail(ErrorCode::NotAllowed, act, "it has NICs of its own");
    if (nic.approval != Approval::Waiting || nic.isDone)
        return fail(ErrorCode::NotAllowed, act,
                    "it is approved, refused or finished as a machine of its own");
    return pair;
}

// --- what the packets say ---

/// Of all that it may belong to the surest, then one with a slot, then the earliest.
std::pair<const Machine*, Kinship> Roster::findKin(const Machine& newcomer) const {
    std::pair<const Machine*, Kinship> best{nullptr, Kinship::None};
    const auto key = [](const Machine& machine, Kinship kinship) {
        return std::tuple(kinship == Kinship::Uncertain, !machine.slot,
                          machine.firstSeen.value_or(WallTime::max()), machine.mac);
    };
    for (const auto& [mac, nic] : m_machines) {
        const Machine& machine = *machineOfNic(mac);
        const bool isItself = machine.mac == newcomer.mac;
        const Kinship kinship = isItself ? Kinship::None : kinshipOf(newcomer, nic, machine);
        if (kinship == Kinship::None)
            continue;
        if (best.first == nullptr || key(machine, kinship) < key(*best.first, best.second))
            best = {&machine, kinship};
    }
    return best;
}

const Machine* Roster::machineOfNic(MacAddress mac) const {
    const Machine* const nic = find(mac);
    return nic != nullptr && nic->owner ? find(*nic->owner) : nic;
}

const Machine* Roster::installedTwin(const Machine& machine) const {
    const Machine* twin = nullptr;
    if (machine.owner)
        twin = find(*machine.owner);
    else if (machine.maybeNicOf)
        twin = find(*machine.maybeNicOf);
    const bool isInstalled = twin != nullptr && (twin->isDone || (twin->ticket && twin->ticket->isFetched));
    return isInstalled ? twin : nullptr;
}

// --- the only places that change owners ---

void Roster::attach(Machine& nic, MacAddress owner, Changes& changes) {
    detach(nic, changes);
    settlePlace(nic, changes);
    giveSlotBack(nic, changes);
    takeBackSecondNicQuestion(nic);
    nic.owner = owner;
    m_nics.emplace(owner, nic.mac);
    changes.updated.insert(changes.updated.end(), {nic.mac, owner});
}

void Roster::detach(Machine& nic, Changes& changes) {
    if (!nic.owner)
        return;
    Machine& owner = m_machines.at(*nic.owner);
    if (owner.ticket && owner.ticket->nic == nic.mac)
        owner.ticket->nic.reset();
    forgetOtherNic(owner);
    changes.updated.push_back(owner.mac);
    std::erase_if(m_nics, [&](const auto& entry) { return entry.second == nic.mac; });
    nic.owner.reset();
}

void Roster::askAboutNic(Machine& machine, const Machine& owner) {
    machine.maybeNicOf = owner.mac;
    machine.problem = Error{ErrorCode::MaybeSecondNic, calledName(owner), {}};
}

void Roster::giveSlotBack(Machine& machine, Changes& changes) {
    if (!machine.slot)
        return;
    const int slot = *machine.slot;
    const bool hasJustLeft = freeFrom(slot, m_layout) == m_cursor && !m_reserved.contains(slot);
    unseat(machine);
    if (!hasJustLeft)
        return;
    m_cursor = slot;
    changes.layout = true;
}

void Roster::tellNics(Changes& changes) const {
    if (m_nics.empty())
        return;
    std::vector<MacAddress> nics;
    for (const MacAddress mac : changes.updated) {
        const auto [nic, end] = m_nics.equal_range(mac);
        std::transform(nic, end, std::back_inserter(nics), [](const auto& entry) { return entry.second; });
    }
    Changes told;
    told.updated = std::move(nics);
    changes.merge(std::move(told));
}

/// An owner is there, and is no NIC itself; what is a NIC has no slot; a ticket is for a NIC of its machine.
void Roster::putOwnersRight() {
    for (auto& [mac, machine] : m_machines) {
        const Machine* const owner = machine.owner ? find(*machine.owner) : nullptr;
        if (owner == nullptr || owner->mac == mac)
            machine.owner.reset();
    }
    for (auto& [mac, machine] : m_machines) {
        if (machine.owner && find(*machine.owner)->owner)
            machine.owner.reset(); // its owner stays one: it is looked at as it is now
        if (!machine.owner)
            continue;
        unseat(machine);
        m_nics.emplace(*machine.owner, mac);
    }
    for (auto& [mac, machine] : m_machines) {
        if (machine.owner || machine.slot)
            machine.maybeNicOf.reset();
        const bool isOlder = !machine.maybeNicOf && asksAboutSecondNic(machine); // that version kept no more
        if (const Machine* const kin = isOlder ? findKin(machine).first : nullptr)
            machine.maybeNicOf = kin->mac;
        const bool isLost =
            machine.ticket && machine.ticket->nic && machineOfNic(*machine.ticket->nic) != &machine;
        if (isLost)
            machine.ticket->nic.reset();
    }
}

} // namespace rackmuster::roster
