#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>

namespace rackmuster::tests {

/// Where images are made: in memory when there is room, as some have 65,000 files; else in the build tree.
[[nodiscard]] QString scratchTemplate();
/// What each run of xorriso begins with: few words, and images may be in memory.
[[nodiscard]] QStringList xorrisoBasics();
/// Whether a program is installed.
[[nodiscard]] bool isInstalled(const QString& program);
/// Runs a program to its end; false when it failed, its words go to the test's log then.
bool runProgram(const QString& program, const QStringList& arguments, const QString& directory = {});
/// The same through a shell, for pipes; all of the pipe must succeed.
bool runShell(const QString& commands, const QString& directory = {});
/// What a program prints; nothing when it failed.
[[nodiscard]] std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments);

/// Extracts the whole tree of an image by xorriso. `loading`: its commands on how to read names.
bool extractByXorriso(const QString& image, const QString& target, const QStringList& loading = {});
/// Writes `count` bytes of a file of an image from each offset on, as xorriso reads them, into a file that is
/// named after the offset.
bool cutByXorriso(const QString& image, const QString& path, const QList<quint64>& offsets, quint64 count,
                  const QString& target);
/// The size that xorriso gives a file of an image.
[[nodiscard]] std::optional<quint64> sizeByXorriso(const QString& image, const QString& path);
/// Where the EFI boot image of the El Torito catalogue begins, by xorriso: bytes.
[[nodiscard]] std::optional<quint64> efiImageByXorriso(const QString& image);

} // namespace rackmuster::tests
