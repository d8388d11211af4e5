#pragma once

#include "core/engine/Snapshot.h"

#include <QJsonObject>

namespace rackmuster::engine {

/// What runs, and what is on the wire:
/// {"running":...,"interface":...,"dhcp":"running",...,"captureDropped":0,"wire":{as wireToJson()}}
[[nodiscard]] QJsonObject statusToJson(const Snapshot& snapshot);

} // namespace rackmuster::engine
