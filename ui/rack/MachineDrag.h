#pragma once

#include "core/base/MacAddress.h"

#include <QMimeData>

#include <optional>

namespace rackmuster::ui {

/// A machine on its way between slots and tray; the caller owns it. Only this program takes it.
[[nodiscard]] QMimeData* machineMime(MacAddress machine);
/// Nothing when something else is dragged, such as files.
[[nodiscard]] std::optional<MacAddress> draggedMachine(const QMimeData& data);

} // namespace rackmuster::ui
