#pragma once

#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/engine/PortSettings.h"
#include "core/roster/Roster.h"
#include "core/storage/StateDatabase.h"
#include "core/switchport/PortMap.h"

#include <map>
#include <optional>
#include <vector>

namespace rackmuster::engine {

/// The port map and the switches, with their memory, and which machine was seen on which port since the
/// program started. Engine thread only.
class PortKeeper {
public:
    /// `database` is not owned and outlives this object.
    explicit PortKeeper(storage::StateDatabase& database) : m_database(database) {}

    /// Error: Database.
    [[nodiscard]] Result<void> load();
    /// Errors: Malformed for a switch that cannot be asked, Database; nothing changes then.
    [[nodiscard]] Result<void> set(const PortSettings& settings);
    [[nodiscard]] const PortSettings& settings() const { return m_settings; }

    /// The NIC was seen on this port of a switch.
    void note(MacAddress mac, switchport::SwitchPort port) { m_ports.insert_or_assign(mac, std::move(port)); }
    /// Option 82 said so. A relay that says the same of every machine hides no port that a switch told.
    void noteCircuit(MacAddress mac, const std::string& circuitId);
    /// The machines' ports that the tables of all switches tell. A port on which several machines hang
    /// tells nothing of any. Returns the NICs whose ports are known now.
    std::vector<MacAddress> note(const std::vector<switchport::SwitchTables>& switches,
                                 const roster::Roster& roster);
    void forget(MacAddress mac) { m_ports.erase(mac); }

    /// Nothing while its port, or the port's slot, is not known.
    [[nodiscard]] std::optional<int> slotOf(MacAddress mac) const;
    /// "Gi1/0/7", "Gi1/0/7 @10.0.0.2"; empty: not known.
    [[nodiscard]] QString textOf(MacAddress mac) const;
    /// NICs whose ports are known.
    [[nodiscard]] std::vector<MacAddress> nics() const;
    /// A machine whose place nobody chose hangs on a port that nobody knows.
    [[nodiscard]] bool isAnyWanted(const roster::Roster& roster) const;

private:
    storage::StateDatabase& m_database;
    PortSettings m_settings;
    switchport::PortMap m_map;
    std::map<MacAddress, switchport::SwitchPort> m_ports;
};

} // namespace rackmuster::engine
