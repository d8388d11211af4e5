#pragma once

#include "core/boot/Neighbour.h"
#include "core/engine/EngineEvent.h"
#include "core/engine/Vendors.h"
#include "core/roster/Roster.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace rackmuster::engine {

struct NeighbourInfo {
    boot::Neighbour neighbour;
    QString vendor; ///< Of its network card; empty: nobody registered it.

    bool operator==(const NeighbourInfo&) const = default;
};

/// What is on the wire besides the machines of the rack, as people and programs are told.
struct WireInfo {
    std::vector<NeighbourInfo> neighbours;     ///< In the order in which they were first heard.
    std::vector<boot::SwitchPort> switchPorts; ///< At the other end of the cable; more than one is no good.
    std::optional<boot::SpanningTree> spanningTree;
    std::vector<std::uint16_t> taggedVlans; ///< Rising.

    bool operator==(const WireInfo&) const = default;
};

/// What the capture heard, without the machines of the rack.
[[nodiscard]] WireInfo makeWireInfo(const boot::WirePicture& picture, const Vendors& vendors,
                                    const roster::Roster& roster);

/// "neighbour" for each that is new; "switch-port" and "spanning-tree" when they changed, or are no more.
[[nodiscard]] std::vector<EngineEvent> wireNews(const WireInfo& before, const WireInfo& after, WallTime now);

/// {"switchPorts":[...],"spanningTree":{...},"taggedVlans":[...],"neighbours":[...]}
[[nodiscard]] QJsonObject wireToJson(const WireInfo& wire);

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::WireInfo)
