#pragma once

#include "core/exchange/PlanFile.h"

#include <QByteArray>
#include <QString>

namespace rackmuster::ui {

class MachineModel;

/// The machines as a file that others read, and that an import takes again without loss. CSV has a byte order
/// mark, so that spreadsheets take it for UTF-8.
[[nodiscard]] QByteArray planBytes(exchange::PlanFormat format, const MachineModel& machines);
/// Writes the file whole or not at all. The failure is one sentence; empty when all went well.
[[nodiscard]] QString savePlan(const QString& path, const QByteArray& bytes);

} // namespace rackmuster::ui
