#include "core/roster/Roster.h"

#include "core/roster/BootProgress.h"
#include "core/roster/ClosePairs.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rackmuster::roster {

namespace {

/// By first packet time, machines that were never seen last; the MAC decides between equals.
bool isEarlier(const Machine& a, const Machine& b) {
    const auto key = [](const Machine& m) {
        return std::tuple(!m.firstSeen, m.firstSeen.value_or(WallTime()), m.mac);
    };
    return key(a) < key(b);
}

} // namespace

Roster::Roster(RosterState state)
    : m_layout(std::move(state.layout)), m_cursor(std::clamp(state.cursor, 1, maximumSlot + 1)) {
    Changes ignored; // nobody has seen the roster before
    for (const int slot : state.reserved) {
        if (checkRange(slot)) {
            m_reserved.insert(slot);
            growTo(slot, ignored);
        }
    }
    for (Machine& stored : state.machines) {
        const auto [place, isNew] = m_machines.try_emplace(stored.mac, stored);
        if (!isNew)
            continue;
        Machine& machine = place->second;
        const auto slot = std::exchange(machine.slot, std::nullopt);
        const bool isSeated = slot && checkSlot(machine.mac, *slot);
        seat(machine, isSeated ? slot : std::nullopt, ignored);
        pin(machine, std::exchange(machine.assigned, {}), ignored);
    }
    putDoubtsRight();
    putOwnersRight();
    advanceCursor(ignored);
}

/// Partners know each other, and both are there.
void Roster::putDoubtsRight() {
    for (auto& [mac, machine] : m_machines) {
        for (const MacAddress partner : std::exchange(machine.orderUncertainWith, {})) {
            const auto found = m_machines.find(partner);
            if (found != m_machines.end() && partner != mac)
                doubtOrder(machine, found->second);
        }
    }
}

Changes Roster::apply(const Observation& observation, WallTime now) {
    Changes changes = std::visit([&](const auto& seen) { return observe(seen, now); }, observation);
    tellNics(changes);
    return changes;
}

Result<Changes> Roster::apply(const Command& command, WallTime now) {
    auto changes = std::visit([&](const auto& act) { return carryOut(act, now); }, command);
    if (changes)
        tellNics(*changes);
    return changes;
}

// --- queries ---

const Machine* Roster::find(MacAddress mac) const {
    const auto found = m_machines.find(mac);
    return found == m_machines.end() ? nullptr : &found->second;
}

const Machine* Roster::findBySlot(int slot) const {
    const auto found = m_slots.find(slot);
    return found == m_slots.end() ? nullptr : find(found->second);
}

const Machine* Roster::findByTicket(std::string_view token) const {
    const auto found = std::find_if(m_machines.begin(), m_machines.end(), [&](const auto& entry) {
        return entry.second.ticket && entry.second.ticket->token == token;
    });
    return found == m_machines.end() ? nullptr : &found->second;
}

std::vector<const Machine*> Roster::machines() const {
    std::vector<const Machine*> out;
    out.reserve(m_machines.size());
    for (const auto& [slot, mac] : m_slots)
        out.push_back(find(mac));
    const auto placed = static_cast<std::ptrdiff_t>(out.size());
    for (const auto& [mac, machine] : m_machines) {
        if (!machine.slot)
            out.push_back(&machine);
    }
    std::sort(out.begin() + placed, out.end(),
              [](const auto* a, const auto* b) { return isEarlier(*a, *b); });
    return out;
}

RosterState Roster::state() const {
    RosterState out{m_layout, m_cursor, {}, m_reserved};
    for (const Machine* machine : machines())
        out.machines.push_back(*machine);
    return out;
}

std::string Roster::hostnameOf(const Machine& machine) const {
    if (!machine.assigned.hostname.empty())
        return machine.assigned.hostname;
    if (!machine.slot)
        return {};
    std::string name = m_layout.hostnameOf(*machine.slot);
    return m_pinnedNames.contains(foldedName(name)) ? std::string() : name;
}

std::optional<Ipv4Address> Roster::addressOf(const Machine& machine) const {
    if (machine.assigned.address)
        return machine.assigned.address;
    const auto address = machine.slot ? m_layout.addressOf(*machine.slot) : std::nullopt;
    return address && m_pinnedAddresses.contains(*address) ? std::nullopt : address;
}

std::string Roster::calledName(const Machine& machine) const {
    const std::string name = hostnameOf(machine);
    return name.empty() ? machine.mac.toString() : name;
}

// --- observations ---

/// Every packet is told by the capture, by the DHCP socket, or by both.
void Roster::count(Machine& nic, Machine& machine, bool isCaptured) {
    Heard& heard = m_heard[nic.mac];
    std::uint32_t& told = isCaptured ? heard.captured : heard.received;
    const std::uint32_t other = isCaptured ? heard.received : heard.captured;
    if (++told <= other)
        return;
    ++nic.discovers;
    if (nic.mac != machine.mac)
        ++machine.discovers;
}

Changes Roster::observe(const Discovered& discovered, WallTime now) {
    if (!discovered.mac.isUsable())
        return {};
    const auto [place, isNew] = m_machines.try_emplace(discovered.mac, discovered.mac);
    Machine& nic = place->second;
    const bool isFirst = !nic.firstSeen;
    const bool hasPort = discovered.portSlot && checkRange(*discovered.portSlot);
    Changes changes;
    (isNew ? changes.added : changes.updated).push_back(nic.mac);
    hear(nic, discovered);
    if (isFirst)
        welcome(nic, hasPort, changes);
    Machine& machine = nic.owner ? m_machines.at(*nic.owner) : nic;
    if (hasPort)
        followPort(machine, *discovered.portSlot, changes);
    count(nic, machine, discovered.isCaptured);
    if (nic.owner)
        changes.updated.push_back(machine.mac);
    if (beginsBoot(machine, discovered)) {
        const bool isOver = isUsedUp(machine, now);
        if (!isOver && bootsBesideInstaller(machine, nic.mac)) {
            noticeOtherNic(machine, nic.mac);
            return changes;
        }
        if (mayHaveRun(machine))
            mistrustTicket(machine);
        else if (isOver)
            dropTicket(machine);
        beginBoot(machine, now);
        changes.steps.push_back({machine.mac, Stage::Seen});
    }
    return changes;
}

Changes Roster::observe(const Reached& reached, WallTime now) {
    const Machine* const found = machineOfNic(reached.mac);
    if (found == nullptr)
        return {};
    Machine& machine = m_machines.at(found->mac);
    const Machine before = machine;
    const bool isNewStage = reach(machine, reached, now);
    if (machine == before)
        return {};
    Changes changes = Changes::of(machine.mac);
    if (isNewStage)
        changes.steps.push_back({machine.mac, reached.stage});
    return changes;
}

Changes Roster::observe(const Leased& leased, WallTime /*now*/) {
    Changes changes;
    const auto holder = known(leased.mac);
    if (!holder || (*holder)->leased == leased.address)
        return changes;
    for (auto& [mac, machine] : m_machines) {
        if (machine.leased == leased.address) { // it expired there, or it could not be given again
            machine.leased.reset();
            changes.updated.push_back(mac);
        }
    }
    (*holder)->leased = leased.address;
    changes.updated.push_back(leased.mac);
    return changes;
}

Changes Roster::observe(const Diagnosed& diagnosed, WallTime /*now*/) {
    const Machine* const machine = machineOfNic(diagnosed.mac);
    if (machine == nullptr || machine->problem == diagnosed.problem)
        return {};
    m_machines.at(machine->mac).problem = diagnosed.problem;
    return Changes::of(machine->mac);
}

/// Finds the place of a machine that was seen for the first time. A NIC never takes a slot silently (R18).
/// The cursor has none for one that `hasPort`.
void Roster::welcome(Machine& machine, bool hasPort, Changes& changes) {
    if (machine.slot || machine.owner || machine.maybeNicOf) // a person said so before it was heard
        return;
    const auto [kin, kinship] = findKin(machine);
    // What was planned, and approved or given NICs, was a machine for the operator.
    const bool isNoMachineYet = machine.approval == Approval::Waiting && !m_nics.contains(machine.mac);
    // What shares a live ticket is installed: that is for the operator to say.
    const bool hasLiveTicket = kin != nullptr && kin->ticket && !kin->ticket->isSpent;
    if (kinship == Kinship::Same && isNoMachineYet && !hasLiveTicket)
        attach(machine, kin->mac, changes);
    else if (kinship != Kinship::None)
        askAboutNic(machine, *kin);
    else if (hasPort && machine.approval != Approval::Refused)
        machine.isCaptured = true; // nobody chose its place
    else
        capture(machine, changes);
}

void Roster::capture(Machine& machine, Changes& changes) {
    machine.isCaptured = true;
    if (m_cursor > maximumSlot)
        return;
    seat(machine, m_cursor, changes);
    std::vector<const Machine*> captured;
    for (const auto& [mac, other] : m_machines) {
        if (other.isCaptured && other.slot && other.firstSeen)
            captured.push_back(&other);
    }
    if (const Machine* closest = closestOf(machine, captured)) {
        doubtOrder(machine, m_machines.at(closest->mac));
        changes.updated.push_back(closest->mac);
    }
}

// --- the only places that change pins ---

void Roster::pin(Machine& machine, Assignment assigned, Changes& changes) {
    const bool isSamePin =
        machine.assigned.hostname == assigned.hostname && machine.assigned.address == assigned.address;
    if (!isSamePin)
        unpin(machine, changes);
    machine.assigned = std::move(assigned);
    if (!machine.assigned.hostname.empty())
        m_pinnedNames.emplace(foldedName(machine.assigned.hostname), machine.mac);
    if (machine.assigned.address)
        m_pinnedAddresses.emplace(*machine.assigned.address, machine.mac);
}

void Roster::unpin(const Machine& machine, Changes& changes) {
    const std::string name = foldedName(machine.assigned.hostname);
    const auto address = machine.assigned.address;
    if (const auto pin = m_pinnedNames.find(name); pin != m_pinnedNames.end() && pin->second == machine.mac)
        m_pinnedNames.erase(pin);
    if (address) {
        const auto pin = m_pinnedAddresses.find(*address);
        if (pin != m_pinnedAddresses.end() && pin->second == machine.mac)
            m_pinnedAddresses.erase(pin);
    }
    if (name.empty() && !address)
        return;
    for (const auto& [slot, mac] : m_slots) {
        const bool getsName = !name.empty() && foldedName(m_layout.hostnameOf(slot)) == name;
        const bool getsAddress = address && m_layout.addressOf(slot) == address;
        if (mac != machine.mac && (getsName || getsAddress))
            changes.updated.push_back(mac);
    }
}

} // namespace rackmuster::roster
