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

std::vector<roster::Command> commandsOf(const std::vector<MachineChange>& changes) {
    roster::PlaceMany places;
    roster::AssignMany assigns;
    std::vector<roster::Command> commands;
    for (const MachineChange& change : changes) {
        if (change.isNew)
            commands.emplace_back(roster::Plan{change.mac, change.slotAfter, change.after});
        if (!change.isNew && isMoved(change))
            places.places.push_back({change.mac, change.slotAfter});
        if (!change.isNew && change.before != change.after)
            assigns.assigns.push_back({change.mac, change.after});
    }
    if (!assigns.assigns.empty())
        commands.insert(commands.begin(), std::move(assigns));
    if (!places.places.empty())
        commands.insert(commands.begin(), std::move(places));
    return commands;
}

} // namespace rackmuster::ui
