#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>

#include <map>

namespace rackmuster::ctl {

/// Secrets from a file, or from standard input for "-": lines NAME=VALUE, of the given names. They stand on
/// no command line, where every user of the computer could read them. Errors: NoSuchFile, Malformed, which
/// repeats no value.
[[nodiscard]] Result<std::map<QString, QString>> readSecrets(const QString& path, const QStringList& names);

/// The bytes of a file, or of standard input for "-", up to a mebibyte: more is no list that a person wrote.
/// Error: NoSuchFile.
[[nodiscard]] Result<QByteArray> readText(const QString& path);

} // namespace rackmuster::ctl
