#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rackmuster::switchport {

/// One row of a column of a MIB, as it came. Untrusted.
struct SnmpRow {
    std::vector<std::uint32_t> index; ///< The sub-identifiers behind the column's own.
    std::optional<std::int64_t> number;
    std::string text; ///< Raw bytes; empty for a number.

    bool operator==(const SnmpRow&) const = default;
};

/// What one view of a bridge tells: all of it, or the part of one VLAN (Cisco keeps one bridge for each).
struct BridgeView {
    std::optional<int> vlan;        ///< Of the context that was asked.
    std::vector<SnmpRow> macPorts;  ///< dot1dTpFdbPort: MAC -> bridge port (RFC 4188).
    std::vector<SnmpRow> vlanPorts; ///< dot1qTpFdbPort: filtering database, MAC -> bridge port (RFC 4363).
    std::vector<SnmpRow> databases; ///< dot1qVlanFdbId: time mark, VLAN -> filtering database.
    std::vector<SnmpRow> basePorts; ///< dot1dBasePortIfIndex: bridge port -> interface.
};

/// All that was walked of one switch.
struct SwitchTables {
    std::string address; ///< As the operator named it.
    std::vector<BridgeView> views;
    std::vector<SnmpRow> names;        ///< ifName: interface -> "Gi1/0/7" (RFC 2863).
    std::vector<SnmpRow> descriptions; ///< ifDescr: for switches without ifName.
};

} // namespace rackmuster::switchport
