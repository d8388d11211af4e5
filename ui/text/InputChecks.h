#pragma once

#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

/// What is wrong with what was typed, while it is typed: one sentence, empty when all is well.
namespace rackmuster::ui {

/// The SHA-256 sum in `text`, which may be a whole line of a checksum file, in lower case; else why there is
/// none.
[[nodiscard]] tl::expected<QString, QString> readChecksum(const QString& text);
/// A folder's name becomes a part of an address: letters, digits, dot, hyphen and underscore.
[[nodiscard]] QString folderNameProblem(const QString& name, const QStringList& taken);
[[nodiscard]] QString folderPathProblem(const QString& path);
/// For a file that has to be readable.
[[nodiscard]] QString filePathProblem(const QString& path);
/// DHCP options as roster::parseDhcpOptions takes them; empty is well.
[[nodiscard]] QString dhcpOptionsProblem(const QString& text);
/// A file or folder name made fit to be a folder's name.
[[nodiscard]] QString folderNameFrom(const QString& text);

} // namespace rackmuster::ui
