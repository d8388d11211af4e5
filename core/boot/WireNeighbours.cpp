#include "core/boot/WireNeighbours.h"

#include <algorithm>

namespace rackmuster::boot {

std::string_view toWord(NeighbourKind kind) {
    switch (kind) {
    case NeighbourKind::Computer:
        return "computer";
    case NeighbourKind::ManagementController:
        return "bmc";
    case NeighbourKind::Switch:
        return "switch";
    case NeighbourKind::Router:
        return "router";
    case NeighbourKind::AccessPoint:
        return "access-point";
    case NeighbourKind::Phone:
        return "phone";
    case NeighbourKind::PowerUnit:
        return "power-unit";
    case NeighbourKind::Unknown:
        break;
    }
    return "unknown";
}

std::string_view toWord(SpanningTree::Protocol protocol) {
    switch (protocol) {
    case SpanningTree::Protocol::Rstp:
        return "rstp";
    case SpanningTree::Protocol::Mstp:
        return "mstp";
    case SpanningTree::Protocol::Stp:
        break;
    }
    return "stp";
}

namespace {

/// What is said now counts, unless something surer was said before; what is not said is kept.
void update(Neighbour& known, const NeighbourSighting& heard, bool isSurest) {
    if (heard.kind != NeighbourKind::Unknown && (isSurest || known.kind == NeighbourKind::Unknown))
        known.kind = heard.kind;
    if (!heard.name.empty() && (isSurest || known.name.empty()))
        known.name = heard.name;
    if (!heard.description.empty() && (isSurest || known.description.empty()))
        known.description = heard.description;
    if (heard.address)
        known.address = heard.address;
    known.isDhcpServer = known.isDhcpServer || heard.isDhcpServer;
    known.vlan = heard.vlan;
    known.lastHeard = heard.time;
    ++known.count;
}

} // namespace

WireNeighbours::Entry* WireNeighbours::find(MacAddress mac) {
    const auto found =
        std::ranges::find_if(m_entries, [mac](const Entry& entry) { return entry.neighbour.mac == mac; });
    return found == m_entries.end() ? nullptr : &*found;
}

WireNeighbours::Entry* WireNeighbours::findOrAdmit(const NeighbourSighting& sighting, Instant now) {
    if (Entry* const known = find(sighting.mac))
        return known;
    if (now - m_windowStart >= newcomerWindow) {
        m_windowStart = now;
        m_newcomers = 0;
    }
    if (m_newcomers == mostNewcomers)
        return nullptr;
    ++m_newcomers;
    if (m_entries.size() == limit)
        m_entries.erase(std::ranges::min_element(m_entries, {}, &Entry::lastHeard));
    Entry entry;
    entry.neighbour.mac = sighting.mac;
    entry.neighbour.firstHeard = sighting.time;
    m_entries.push_back(std::move(entry));
    return &m_entries.back();
}

void WireNeighbours::hear(const NeighbourSighting& sighting, Instant now) {
    if (!sighting.mac.isUsable())
        return;
    if (sighting.vlan.outer)
        noteVlan(*sighting.vlan.outer, now);
    if (sighting.port)
        hearPort(sighting.mac, *sighting.port, now);
    if (sighting.tree) {
        m_tree = sighting.tree->tree;
        m_treeEnd = now + sighting.tree->maxAge;
        noteChange(now);
    }
    if (m_machines.contains(sighting.mac))
        return;
    if (Entry* const entry = findOrAdmit(sighting, now)) {
        update(entry->neighbour, sighting, sighting.certainty >= entry->certainty);
        entry->certainty = std::max(entry->certainty, sighting.certainty);
        entry->lastHeard = now;
        noteChange(now);
    }
}

void WireNeighbours::hearPort(MacAddress mac, const NeighbourSighting::Port& heard, Instant now) {
    expire(now);
    const auto known =
        std::ranges::find_if(m_ports, [mac](const Port& port) { return port.port.mac == mac; });
    if (heard.timeToLive == std::chrono::seconds::zero()) {
        if (known != m_ports.end())
            m_ports.erase(known);
    } else if (known == m_ports.end()) {
        if (m_ports.size() == mostPorts)
            return;
        m_ports.push_back({{mac, heard.switchName, heard.port, heard.vlan},
                           heard.isLldp,
                           now,
                           now,
                           now + heard.timeToLive});
    } else {
        known->lastHeard = now;
        if (heard.vlan) // one of the two may not say
            known->port.vlan = heard.vlan;
        if (heard.isLldp || !known->isLldp) {
            known->port.switchName = heard.switchName;
            known->port.port = heard.port;
            known->isLldp = heard.isLldp;
            known->end = now + heard.timeToLive;
        }
    }
    noteChange(now);
}

void WireNeighbours::noteMachine(MacAddress mac, Instant now) {
    if (m_machines.size() < mostMachines)
        m_machines.insert(mac);
    if (std::erase_if(m_entries, [mac](const Entry& entry) { return entry.neighbour.mac == mac; }) > 0)
        noteChange(now);
}

void WireNeighbours::noteAddress(MacAddress mac, Ipv4Address address, Instant now) {
    Entry* const entry = find(mac);
    if (entry == nullptr || address.isNull() || entry->neighbour.address == address)
        return;
    entry->neighbour.address = address;
    noteChange(now);
}

void WireNeighbours::noteVlan(std::uint16_t vlan, Instant now) {
    if (m_vlans.size() < mostVlans && m_vlans.insert(vlan).second)
        noteChange(now);
}

void WireNeighbours::noteChange(Instant now) {
    if (!m_changed)
        m_changed = now;
}

void WireNeighbours::expire(Instant now) {
    if (std::erase_if(m_ports, [now](const Port& port) { return port.end <= now; }) > 0)
        noteChange(now);
    if (m_tree && m_treeEnd <= now) {
        m_tree.reset();
        noteChange(now);
    }
}

std::optional<Instant> WireNeighbours::next() const {
    std::optional<Instant> soonest;
    const auto consider = [&soonest](Instant moment) {
        soonest = soonest ? std::min(*soonest, moment) : moment;
    };
    if (m_changed)
        consider(m_told ? std::max(*m_changed, *m_told + interval) : *m_changed);
    for (const Port& port : m_ports)
        consider(port.end);
    if (m_tree)
        consider(m_treeEnd);
    return soonest;
}

std::optional<WirePicture> WireNeighbours::takeChange(Instant now) {
    expire(now);
    if (!m_changed || (m_told && now - *m_told < interval))
        return std::nullopt;
    m_changed.reset();
    m_told = now;
    return picture();
}

/// A cable that is moved leads to another port: one that was silent since a newer one began is no longer at
/// its end. Two that speak in turn are both there.
std::vector<SwitchPort> WireNeighbours::presentPorts() const {
    std::vector<SwitchPort> present;
    for (const Port& port : m_ports) {
        const bool isOutlived = std::ranges::any_of(
            m_ports, [&port](const Port& other) { return other.firstHeard > port.lastHeard; });
        if (!isOutlived)
            present.push_back(port.port);
    }
    return present;
}

WirePicture WireNeighbours::picture() const {
    WirePicture picture;
    picture.neighbours.reserve(m_entries.size());
    for (const Entry& entry : m_entries)
        picture.neighbours.push_back(entry.neighbour);
    picture.switchPorts = presentPorts();
    picture.spanningTree = m_tree;
    picture.taggedVlans.assign(m_vlans.begin(), m_vlans.end());
    return picture;
}

} // namespace rackmuster::boot
