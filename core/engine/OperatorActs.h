#pragma once

#include "core/engine/Engine.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace rackmuster::engine {

/// An operator's act from the command line. On machines: {"act": "approve|refuse|forget|rearm|machines",
/// "machines": ["MAC or slot", ...]} and {"act": "place-by-port", "slots": {"MAC": NUMBER, ...}} (see
/// roster::placesByPort; "moved" tells how many); on images: {"act": "import", "path": FILE}, {"act":
/// "images"}, {"act": "verify", "image": "ID or name", "sum": TEXT}, {"act": "copy|cancel|remove", "image":
/// ...} and {"act": "rename", "image": ..., "name": NAME}. The answer is {"ok": true, ...} or {"error": "one
/// sentence"}; acts on several machines stop at the first that fails. Used by rackmusterctl on a state
/// directory and by ControlServer on a running instance, so both do the same.
[[nodiscard]] QJsonObject perform(Engine& engine, const QJsonObject& request);

/// The answers of an import, which ControlServer gives when the image has been read elsewhere.
[[nodiscard]] QJsonObject importAnswer(const Result<QString>& imageId);

/// The machine a person names by MAC in any spelling, by slot number, or by host name. Error: UnknownMachine.
[[nodiscard]] Result<MacAddress> findMachine(const roster::Roster& roster, const QString& name);

/// The roster as `machines --json` prints it.
[[nodiscard]] QJsonObject rosterToJson(const Snapshot& snapshot);

/// The library as `images --json` prints it.
[[nodiscard]] QJsonObject imagesToJson(const std::vector<ImageInfo>& images);

} // namespace rackmuster::engine
