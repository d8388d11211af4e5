#pragma once

#include "core/engine/Snapshot.h"

#include <QString>
#include <QStringList>

/// The words for what is on the wire besides the machines of the rack.
namespace rackmuster::ui {

/// "Switch, DHCP server"; empty when nothing is known.
[[nodiscard]] QString neighbourKindText(const boot::Neighbour& neighbour);
/// "20", "100.20" for two tags, empty for none.
[[nodiscard]] QString vlanText(const boot::VlanTags& vlan);

/// Which switch port this is, and what about it will cost time: one sentence each, the most important first.
/// Empty while nothing is captured.
[[nodiscard]] QStringList wireSentences(const engine::WireInfo& wire, const engine::ServicesInfo& services);

} // namespace rackmuster::ui
