#pragma once

#include "core/base/Error.h"
#include "core/switchport/SwitchAccess.h"

#include <QMetaType>
#include <QString>

#include <string>
#include <vector>

namespace rackmuster::engine {

using switchport::SwitchAccess;

/// What orders machines besides their arrival: which slot hangs on which switch port, and the switches that
/// are asked who hangs where. Kept in the state directory's database, which only its owner can read, secrets
/// included.
struct PortSettings {
    QString map;                        ///< As it was typed; see switchport::PortMap::parse().
    std::vector<SwitchAccess> switches; ///< Asked by SNMP while the capture runs; none: option 82 only.
    unsigned mostMacs = 4;              ///< A port with more addresses is an uplink: it orders nobody.

    bool operator==(const PortSettings&) const = default;
};

/// One BadPortMapLine for each line of the map that is not understood, and so does not count.
[[nodiscard]] std::vector<Error> portMapProblems(const QString& map);

/// The switches as JSON, secrets included: for the database only.
[[nodiscard]] std::string switchesToJsonText(const PortSettings& settings);
/// What is no switch is left out.
void readSwitches(const std::string& text, PortSettings& settings);

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::PortSettings)
