#include "core/engine/PortKeeper.h"

#include "core/roster/PortOrder.h"

#include <algorithm>
#include <set>

namespace rackmuster::engine {

namespace {

constexpr const char* mapKey = "portMap";
constexpr const char* switchesKey = "switches";

switchport::PortMap mapOf(const PortSettings& settings) {
    return switchport::PortMap::parse(settings.map.toStdString()).map;
}

} // namespace

Result<void> PortKeeper::load() {
    auto stored = m_database.loadSettings();
    if (!stored)
        return tl::unexpected(stored.error());
    m_settings.map = QString::fromStdString((*stored)[mapKey]);
    readSwitches((*stored)[switchesKey], m_settings);
    m_map = mapOf(m_settings);
    return {};
}

Result<void> PortKeeper::set(const PortSettings& settings) {
    for (const SwitchAccess& access : settings.switches) {
        if (auto checked = switchport::checkAccess(access); !checked)
            return checked;
    }
    if (auto stored = m_database.putSetting(mapKey, settings.map.toStdString()); !stored)
        return stored;
    if (auto stored = m_database.putSetting(switchesKey, switchesToJsonText(settings)); !stored)
        return stored;
    m_settings = settings;
    m_map = mapOf(m_settings);
    return {};
}

std::vector<MacAddress> PortKeeper::note(const std::vector<switchport::SwitchTables>& switches,
                                         const roster::Roster& roster) {
    const switchport::PortReading reading = switchport::readPorts(switches, m_settings.mostMacs);
    std::map<switchport::SwitchPort, std::set<MacAddress>> machines;
    for (const switchport::Sighting& sighting : reading.sightings) {
        if (const roster::Machine* const machine = roster.machineOfNic(sighting.mac))
            machines[sighting.port].insert(machine->mac);
    }
    std::vector<MacAddress> noted;
    for (const switchport::Sighting& sighting : reading.sightings) {
        const auto found = machines.find(sighting.port);
        const bool isOfOne = found != machines.end() && found->second.size() == 1;
        if (!isOfOne || roster.machineOfNic(sighting.mac) == nullptr)
            continue;
        note(sighting.mac, sighting.port);
        noted.push_back(sighting.mac);
    }
    return noted;
}

void PortKeeper::noteCircuit(MacAddress mac, const std::string& circuitId) {
    const auto known = m_ports.find(mac);
    const bool isToldBySwitch = known != m_ports.end() && !known->second.switchAddress.empty();
    const switchport::SwitchPort port{{}, circuitId};
    if (!isToldBySwitch || m_map.slotOf(port))
        note(mac, port);
}

std::optional<int> PortKeeper::slotOf(MacAddress mac) const {
    const auto port = m_ports.find(mac);
    return port == m_ports.end() ? std::nullopt : m_map.slotOf(port->second);
}

QString PortKeeper::textOf(MacAddress mac) const {
    const auto found = m_ports.find(mac);
    if (found == m_ports.end())
        return {};
    const QString name = QString::fromStdString(found->second.name);
    const QString address = QString::fromStdString(found->second.switchAddress);
    return address.isEmpty() ? name : name + QStringLiteral(" @") + address;
}

std::vector<MacAddress> PortKeeper::nics() const {
    std::vector<MacAddress> out;
    std::transform(m_ports.begin(), m_ports.end(), std::back_inserter(out),
                   [](const auto& entry) { return entry.first; });
    return out;
}

bool PortKeeper::isAnyWanted(const roster::Roster& roster) const {
    std::set<MacAddress> located;
    for (const auto& [mac, port] : m_ports) {
        const roster::Machine* const machine = roster.machineOfNic(mac);
        if (machine != nullptr && (!port.switchAddress.empty() || m_map.slotOf(port)))
            located.insert(machine->mac);
    }
    const auto machines = roster.machines();
    return std::any_of(machines.begin(), machines.end(), [&located](const roster::Machine* machine) {
        return machine->firstSeen && roster::followsPort(*machine) && !located.contains(machine->mac);
    });
}

} // namespace rackmuster::engine
