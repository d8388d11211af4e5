#include "core/switchport/SwitchWalk.h"

#include "core/switchport/SnmpSession.h"

#include <array>

namespace rackmuster::switchport {

namespace {

struct BridgeColumn {
    ObjectId id;
    std::vector<SnmpRow> BridgeView::*rows;
};

const std::array<BridgeColumn, 4>& bridgeColumns() {
    static const std::array<BridgeColumn, 4> columns{
        BridgeColumn{{1, 3, 6, 1, 2, 1, 17, 1, 4, 1, 2}, &BridgeView::basePorts}, // dot1dBasePortIfIndex
        BridgeColumn{{1, 3, 6, 1, 2, 1, 17, 4, 3, 1, 2}, &BridgeView::macPorts},  // dot1dTpFdbPort
        BridgeColumn{{1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1, 2}, &BridgeView::vlanPorts}, // dot1qTpFdbPort
        BridgeColumn{{1, 3, 6, 1, 2, 1, 17, 7, 1, 4, 2, 1, 3}, &BridgeView::databases}, // dot1qVlanFdbId
    };
    return columns;
}

const ObjectId ifName{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1};
const ObjectId ifDescr{1, 3, 6, 1, 2, 1, 2, 2, 1, 2};

Result<BridgeView> walkView(SnmpSession& session, std::optional<int> vlan, Instant deadline) {
    BridgeView view{vlan, {}, {}, {}, {}};
    for (const BridgeColumn& column : bridgeColumns()) {
        auto rows = session.walk(column.id, deadline);
        if (!rows)
            return tl::unexpected(rows.error());
        view.*column.rows = std::move(*rows);
    }
    return view;
}

Result<void> addView(SwitchTables& tables, const SwitchAccess& access, std::optional<int> vlan,
                     Instant deadline, const std::stop_token& stop) {
    auto session = SnmpSession::open(access, vlan, stop);
    if (!session)
        return tl::unexpected(session.error());
    auto view = walkView(*session, vlan, deadline);
    if (!view)
        return tl::unexpected(view.error());
    tables.views.push_back(std::move(*view));
    if (vlan)
        return {};
    auto names = session->walk(ifName, deadline);
    if (!names)
        return tl::unexpected(names.error());
    tables.names = std::move(*names);
    if (!tables.names.empty())
        return {};
    auto descriptions = session->walk(ifDescr, deadline);
    if (!descriptions)
        return tl::unexpected(descriptions.error());
    tables.descriptions = std::move(*descriptions);
    return {};
}

} // namespace

Result<SwitchTables> walkSwitch(const SwitchAccess& access, const std::stop_token& stop) {
    if (const auto checked = checkAccess(access); !checked)
        return tl::unexpected(checked.error());
    const Instant deadline = BootClock::now() + access.longestWalk;
    SwitchTables tables;
    tables.address = access.address;
    std::vector<std::optional<int>> views{std::nullopt};
    views.insert(views.end(), access.vlans.begin(), access.vlans.end());
    for (const auto& vlan : views) {
        if (const auto added = addView(tables, access, vlan, deadline, stop); !added)
            return tl::unexpected(added.error());
    }
    return tables;
}

} // namespace rackmuster::switchport
