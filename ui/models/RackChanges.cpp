#include "ui/models/RackChanges.h"

#include "core/roster/RackLayout.h"

#include <utility>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

std::string computedName(const MachineChange& change, const roster::RackLayout& layout) {
    return change.slotAfter ? layout.hostnameOf(*change.slotAfter) : std::string();
}

std::optional<Ipv4Address> computedAddress(const MachineChange& change, const roster::RackLayout& layout) {
    return change.slotAfter ? layout.addressOf(*change.slotAfter) : std::nullopt;
}

bool isMoved(const MachineChange& change) {
    return change.slotBefore != change.slotAfter;
}

/// What the machine is called while its new assignment is still to come.
std::string pendingName(const MachineChange& change, const roster::RackLayout& layout) {
    return roster::foldedName(change.before.hostname.empty() ? computedName(change, layout)
                                                             : change.before.hostname);
}

std::optional<Ipv4Address> pendingAddress(const MachineChange& change, const roster::RackLayout& layout) {
    return change.before.address ? change.before.address : computedAddress(change, layout);
}

/// Whose target a name or address is.
struct Targets {
    std::unordered_map<std::string, MacAddress> names;
    std::unordered_map<Ipv4Address, MacAddress> addresses;

    explicit Targets(const std::vector<MachineChange>& changes) {
        for (const MachineChange& change : changes) {
            if (!change.after.hostname.empty())
                names.emplace(roster::foldedName(change.after.hostname), change.mac);
            if (change.after.address)
                addresses.emplace(*change.after.address, change.mac);
        }
    }
};

/// Out of the way of the others: a name and an address that no machine can have otherwise. Nobody sees them,
/// as all commands are carried out at once.
std::optional<roster::Assign> steppedAside(const MachineChange& change, const Targets& targets,
                                           const roster::RackLayout& layout, std::uint32_t number) {
    roster::Assignment aside = change.before;
    if (const auto name = targets.names.find(pendingName(change, layout));
        name != targets.names.end() && name->second != change.mac)
        aside.hostname = "aside-" + change.mac.toHex();
    if (const auto pending = pendingAddress(change, layout)) {
        const auto address = targets.addresses.find(*pending);
        if (address != targets.addresses.end() && address->second != change.mac)
            aside.address = Ipv4Address(number); // of 0.0.0.0/8, "this network"
    }
    return aside == change.before ? std::nullopt : std::optional(roster::Assign{change.mac, aside});
}

} // namespace

MachineChange unchanged(const MachineRow& row) {
    return {row.machine.mac,     false, row.machine.slot, row.machine.slot, row.machine.assigned,
            row.machine.assigned};
}

Pins::Pins(const std::vector<MachineRow>& rows) {
    for (const MachineRow& row : rows) {
        const roster::Assignment& assigned = row.machine.assigned;
        if (!assigned.hostname.empty())
            m_names.emplace(roster::foldedName(assigned.hostname), row.machine.mac);
        if (assigned.address)
            m_addresses.emplace(*assigned.address, row.machine.mac);
    }
}

bool Pins::isNameOfAnother(const std::string& name, MacAddress mac) const {
    const auto found = m_names.find(roster::foldedName(name));
    return found != m_names.end() && found->second != mac;
}

bool Pins::isAddressOfAnother(Ipv4Address address, MacAddress mac) const {
    const auto found = m_addresses.find(address);
    return found != m_addresses.end() && found->second != mac;
}

void wantName(MachineChange& change, const MachineRow* row, const std::string& name,
              const roster::RackLayout& layout, const Pins& pins) {
    const bool isSame = row && !isMoved(change) && row->hostname.toStdString() == name;
    if (isSame)
        return;
    const bool isComputed = computedName(change, layout) == name && !pins.isNameOfAnother(name, change.mac);
    change.after.hostname = isComputed ? std::string() : name;
}

void wantAddress(MachineChange& change, const MachineRow* row, std::optional<Ipv4Address> address,
                 const roster::RackLayout& layout, const Pins& pins) {
    const bool isSame = row && !isMoved(change) && address && row->address == address;
    if (isSame)
        return;
    const bool isComputed = address && computedAddress(change, layout) == address &&
                            !pins.isAddressOfAnother(*address, change.mac);
    change.after.address = isComputed ? std::nullopt : address;
}

std::vector<MachineChange> reversed(const std::vector<MachineChange>& changes) {
    std::vector<MachineChange> back;
    for (MachineChange change : changes) {
        std::swap(change.slotBefore, change.slotAfter);
        std::swap(change.before, change.after);
        back.push_back(std::move(change));
    }
    return back;
}

std::vector<roster::Command> commandsOf(const std::vector<MachineChange>& changes,
                                        const roster::RackLayout& layout) {
    const Targets targets(changes);
    std::vector<roster::Command> leaves;
    std::vector<roster::Command> arrives;
    std::vector<roster::Command> asides;
    std::vector<roster::Command> assigns;
    std::vector<roster::Command> plans;
    std::uint32_t number = 0;
    for (const MachineChange& change : changes) {
        if (change.isNew) {
            plans.emplace_back(roster::Plan{change.mac, change.slotAfter, change.after});
            continue;
        }
        if (isMoved(change) && change.slotBefore)
            leaves.emplace_back(roster::Place{change.mac, std::nullopt});
        if (isMoved(change) && change.slotAfter)
            arrives.emplace_back(roster::Place{change.mac, change.slotAfter});
        if (change.before == change.after)
            continue;
        if (const auto aside = steppedAside(change, targets, layout, ++number))
            asides.emplace_back(*aside);
        assigns.emplace_back(roster::Assign{change.mac, change.after});
    }
    std::vector<roster::Command> commands;
    for (auto* part : {&leaves, &arrives, &asides, &assigns, &plans})
        commands.insert(commands.end(), std::make_move_iterator(part->begin()),
                        std::make_move_iterator(part->end()));
    return commands;
}

} // namespace rackmuster::ui
