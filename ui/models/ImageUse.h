#pragma once

#include "ui/models/MachineModel.h"

#include <vector>

namespace rackmuster::ui {

/// The image that a machine gets: of its ticket, its own choice, or the default.
[[nodiscard]] QString imageIdOf(const roster::Machine& machine, const QString& defaultId);
/// The machines that get this image and are not finished with it, in table order. `defaultId` is the default
/// image's.
[[nodiscard]] std::vector<const engine::MachineRow*>
usersOf(const MachineModel& machines, const QString& imageId, const QString& defaultId);
/// How many of them are approved or install now, and so cannot go on without it.
[[nodiscard]] int countWaitingFor(const MachineModel& machines, const QString& imageId,
                                  const QString& defaultId);

} // namespace rackmuster::ui
