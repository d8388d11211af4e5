#pragma once

#include "core/exchange/PlanFile.h"

#include <QByteArray>

namespace rackmuster::ui {

class MachineModel;

/// The machines as a file that others read, and that an import takes again without loss. CSV has a byte order
/// mark, so that spreadsheets take it for UTF-8.
[[nodiscard]] QByteArray planBytes(exchange::PlanFormat format, const MachineModel& machines);

} // namespace rackmuster::ui
