#pragma once

#include "core/engine/Engine.h"

#include <QJsonObject>
#include <QString>

namespace rackmuster::engine {

/// An operator's act from the command line: {"act": "approve|refuse|forget|rearm|machines", "machines": ["MAC
/// or slot", ...]}. The answer is {"ok": true, ...} or {"error": "one sentence"}; acts on several machines
/// stop at the first that fails. Used by rackmusterctl on a state directory and by ControlServer on a running
/// instance, so both do the same.
[[nodiscard]] QJsonObject perform(Engine& engine, const QJsonObject& request);

/// The machine a person names by MAC in any spelling, by slot number, or by host name. Error: UnknownMachine.
[[nodiscard]] Result<MacAddress> findMachine(const roster::Roster& roster, const QString& name);

/// The roster as `machines --json` prints it.
[[nodiscard]] QJsonObject rosterToJson(const Snapshot& snapshot);

} // namespace rackmuster::engine
