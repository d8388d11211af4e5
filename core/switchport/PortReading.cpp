#include "core/switchport/PortReading.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace rackmuster::switchport {

namespace {

constexpr std::size_t longestName = 64; // bytes: ifName has at most 64 in practice, ifDescr up to 255
constexpr int lastVlan = 4094;          // IEEE 802.1Q

using PortsOfMac = std::map<MacAddress, std::map<SwitchPort, std::set<int>>>;
using Numbers = std::map<std::uint32_t, std::uint32_t>;
using Names = std::map<std::uint32_t, std::string>;

std::string printable(const std::string& text) {
    std::string out = text.substr(0, longestName);
    for (char& c : out) {
        if (c < 0x20 || c > 0x7E) // all but ASCII
            c = '?';
    }
    const std::size_t first = out.find_first_not_of(' ');
    return first == std::string::npos ? std::string()
                                      : out.substr(first, out.find_last_not_of(' ') - first + 1);
}

std::optional<std::uint32_t> positive(const SnmpRow& row) {
    if (!row.number || *row.number < 1 || *row.number > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(*row.number);
}

Numbers numbersOf(const std::vector<SnmpRow>& rows) {
    Numbers out;
    for (const SnmpRow& row : rows) {
        if (const auto number = positive(row); number && row.index.size() == 1)
            out.emplace(row.index.front(), *number);
    }
    return out;
}

Names namesOf(const SwitchTables& tables) {
    Names out;
    for (const auto* const rows : {&tables.names, &tables.descriptions}) {
        for (const SnmpRow& row : *rows) {
            const std::string name = printable(row.text);
            if (row.index.size() == 1 && !name.empty())
                out.emplace(row.index.front(), name); // ifName came first and stays
        }
    }
    return out;
}

/// The last six sub-identifiers of an index are the octets of a MAC (RFC 2578 7.7).
std::optional<MacAddress> macOf(const SnmpRow& row, std::size_t before) {
    if (row.index.size() != before + MacAddress::size)
        return std::nullopt;
    MacAddress::Octets octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const std::uint32_t value = row.index[before + i];
        if (value > 0xFF)
            return std::nullopt;
        octets.at(i) = static_cast<std::uint8_t>(value);
    }
    const MacAddress mac(octets);
    return mac.isUsable() ? std::optional(mac) : std::nullopt;
}

/// Which VLAN uses a filtering database. Most switches number both alike, and many do not tell.
std::map<std::uint32_t, int> vlansOf(const std::vector<SnmpRow>& rows) {
    std::map<std::uint32_t, int> out;
    for (const SnmpRow& row : rows) {
        const auto database = positive(row);
        if (database && row.index.size() == 2 && row.index[1] >= 1 && row.index[1] <= lastVlan)
            out.emplace(*database, static_cast<int>(row.index[1]));
    }
    return out;
}

/// Collects where each MAC is, view by view.
class Collector {
public:
    explicit Collector(PortReading& reading) : m_reading(reading) {}

    void add(const SwitchTables& tables);
    [[nodiscard]] const PortsOfMac& ports() const { return m_ports; }

private:
    void addView(const SwitchTables& tables, const BridgeView& view);
    void addRow(const std::optional<MacAddress>& mac, const SnmpRow& row, std::optional<int> vlan);
    [[nodiscard]] SwitchPort portOf(std::uint32_t bridgePort) const;

    PortReading& m_reading;
    PortsOfMac m_ports;
    std::string m_address;
    Names m_names;
    Numbers m_wholeInterfaces; ///< of the view without a VLAN: the others may leave the list out
    Numbers m_interfaces;
};

void Collector::add(const SwitchTables& tables) {
    m_address = tables.address;
    m_names = namesOf(tables);
    m_wholeInterfaces.clear();
    for (const BridgeView& view : tables.views) {
        if (!view.vlan)
            m_wholeInterfaces = numbersOf(view.basePorts);
    }
    for (const BridgeView& view : tables.views)
        addView(tables, view);
}

void Collector::addView(const SwitchTables&, const BridgeView& view) {
    m_interfaces = numbersOf(view.basePorts);
    for (const SnmpRow& row : view.macPorts)
        addRow(macOf(row, 0), row, view.vlan);
    const auto vlans = vlansOf(view.databases);
    for (const SnmpRow& row : view.vlanPorts) {
        std::optional<int> vlan = view.vlan;
        if (!row.index.empty()) {
            const auto known = vlans.find(row.index.front());
            if (known != vlans.end())
                vlan = known->second;
            else if (vlans.empty() && row.index.front() >= 1 && row.index.front() <= lastVlan)
                vlan = static_cast<int>(row.index.front());
        }
        addRow(macOf(row, 1), row, vlan);
    }
}

void Collector::addRow(const std::optional<MacAddress>& mac, const SnmpRow& row, std::optional<int> vlan) {
    if (mac && row.number == 0) {
        ++m_reading.unlearned;
        return;
    }
    const auto bridgePort = positive(row);
    if (!mac || !bridgePort) {
        ++m_reading.malformed;
        return;
    }
    auto& vlans = m_ports[*mac][portOf(*bridgePort)];
    if (vlan)
        vlans.insert(*vlan);
}

SwitchPort Collector::portOf(std::uint32_t bridgePort) const {
    auto interface = m_interfaces.find(bridgePort);
    if (interface == m_interfaces.end()) {
        interface = m_wholeInterfaces.find(bridgePort);
        if (interface == m_wholeInterfaces.end())
            return {m_address, "bridge port " + std::to_string(bridgePort)};
    }
    const auto name = m_names.find(interface->second);
    return {m_address,
            name == m_names.end() ? "interface " + std::to_string(interface->second) : name->second};
}

} // namespace

const Sighting* PortReading::find(const MacAddress& mac) const {
    const auto found = std::find_if(sightings.begin(), sightings.end(),
                                    [&mac](const Sighting& sighting) { return sighting.mac == mac; });
    return found == sightings.end() ? nullptr : &*found;
}

PortReading readPorts(std::span<const SwitchTables> switches, std::size_t mostMacs) {
    PortReading out;
    Collector collector(out);
    for (const SwitchTables& tables : switches)
        collector.add(tables);

    std::map<SwitchPort, std::size_t> counts;
    for (const auto& [mac, ports] : collector.ports()) {
        for (const auto& [port, vlans] : ports)
            ++counts[port];
    }
    for (const auto& [port, count] : counts) {
        if (count > mostMacs)
            out.uplinks.push_back({port, count});
    }
    for (const auto& [mac, ports] : collector.ports()) {
        std::vector<Sighting> own;
        for (const auto& [port, vlans] : ports) {
            if (counts[port] <= mostMacs)
                own.push_back({mac, port, {vlans.begin(), vlans.end()}});
        }
        if (own.size() == 1)
            out.sightings.push_back(std::move(own.front()));
        if (own.size() > 1) {
            ContradictedMac contradicted{mac, {}};
            for (const Sighting& sighting : own)
                contradicted.ports.push_back(sighting.port);
            out.contradictions.push_back(std::move(contradicted));
        }
    }
    std::stable_sort(out.sightings.begin(), out.sightings.end(),
                     [](const Sighting& a, const Sighting& b) { return a.port < b.port; });
    return out;
}

} // namespace rackmuster::switchport
