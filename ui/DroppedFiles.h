#pragma once

#include <QStringList>

class QMimeData;

namespace rackmuster::ui {

/// What a drop brought, by kind.
struct DroppedFiles {
    QStringList images;
    QStringList answerFiles;
    QStringList plans;   ///< CSV, TSV, hosts files and lines of dnsmasq.
    QStringList folders; ///< To be searched: not done yet, for it takes its time.
    QStringList others;  ///< Nothing known.
};

/// What was found in a folder.
struct FolderFinds {
    QString folder;
    QStringList images;      ///< In it and in the folders below.
    QStringList answerFiles; ///< Kickstart files directly in it.
    bool isWhole = true;     ///< Nothing was left out for being too deep or too much.
};

/// The files and folders of this computer in a drop.
[[nodiscard]] QStringList localPaths(const QMimeData& data);
/// By suffix, and where that says nothing by what a file begins with.
[[nodiscard]] DroppedFiles sortDropped(const QStringList& paths);
/// Looks through at most 20 000 files, 6 folders deep, for at most 200 images; follows no links. Reads the
/// disk: not for the thread of the window.
[[nodiscard]] FolderFinds searchFolder(const QString& folder);
/// Does it begin as images of optical disks do (ECMA-119 8.1, ECMA-167 3/9.1)?
[[nodiscard]] bool looksLikeImage(const QString& path);

} // namespace rackmuster::ui
