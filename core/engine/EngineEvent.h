#pragma once

#include "core/base/Clock.h"
#include "core/base/MacAddress.h"

#include <QJsonObject>
#include <QMetaType>
#include <QString>

#include <optional>

namespace rackmuster::engine {

/// One thing that happened, named as `rackmusterctl serve --events` writes it.
struct EngineEvent {
    WallTime time;
    QString name; ///< "ready", "seen", "kernel", ...: the fixed names of the command line contract.
    std::optional<MacAddress> mac;
    QJsonObject facts; ///< The event's own fields, and slot, hostname, ip once known.

    /// {"time":...,"event":...,"mac":...,...}
    [[nodiscard]] QJsonObject toJson() const;
};

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::EngineEvent)
