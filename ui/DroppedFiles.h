#pragma once

#include <QStringList>

class QMimeData;

namespace rackmuster::ui {

/// What a drop brought, by kind.
struct DroppedFiles {
    QStringList images;
    QStringList answerFiles;
};

/// The files and folders of this computer in a drop.
[[nodiscard]] QStringList localPaths(const QMimeData& data);
/// ISO images and answer files by their suffix or name; of a folder, those directly in it.
[[nodiscard]] DroppedFiles sortDropped(const QStringList& paths);

} // namespace rackmuster::ui
