#pragma once

#include <QString>
#include <QStringList>

namespace rackmuster::tests {

/// What a process of its own made of a file, and what that took.
struct Reading {
    QString problem; ///< it crashed, hung, took too much or broke a promise; empty: none of these
    QString error;   ///< the sentence; empty when it was read
    qint64 files = 0;
    QStringList names;   ///< of the first fifty files
    QStringList skipped; ///< entries that were left out, with their reason
    qint64 cpuMilliseconds = 0;
    qint64 peakKibibytes = 0;

    [[nodiscard]] bool isRead() const { return error.isEmpty(); }
    /// A fact or the error has these words.
    [[nodiscard]] bool says(const QString& words) const;
    /// For a failed test.
    [[nodiscard]] QString story() const;
};

/// Reads an image and holds it to R43: 2 s, 256 MiB, every extent inside of its file, every path harmless.
[[nodiscard]] Reading readHostileImage(const QString& path);
/// Unpacks the *.efi of a package and holds it to R45, with the same limits. It runs in `directory`.
[[nodiscard]] Reading readHostilePackage(const QString& path, const QString& directory);

} // namespace rackmuster::tests
