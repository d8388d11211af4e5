#pragma once

#include "core/base/Result.h"
#include "core/media/Verification.h"

#include <QJsonObject>
#include <QString>

namespace rackmuster::ctl {

/// Reads the whole file and compares it as an import with --verify does. Errors: NoSuchFile, FileChanged,
/// System.
[[nodiscard]] Result<media::Verification> verificationOf(const QString& file);

/// "match", "mismatch" or "none", and with what it was compared: beside "sha256" in the JSON of inspect.
[[nodiscard]] QJsonObject toJson(const media::Verification& verification);
/// The lines of a plain report.
[[nodiscard]] QString toPlainText(const media::Verification& verification);

} // namespace rackmuster::ctl
