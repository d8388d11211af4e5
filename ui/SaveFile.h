#pragma once

#include <QByteArray>
#include <QString>

namespace rackmuster::ui {

/// Writes the file whole or not at all. The failure is one sentence; empty when all went well.
[[nodiscard]] QString saveFile(const QString& path, const QByteArray& bytes);

} // namespace rackmuster::ui
