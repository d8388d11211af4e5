#include "ui/DroppedFiles.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace rackmuster::ui {

namespace {

void sortFile(const QFileInfo& file, DroppedFiles& into) {
    const QString suffix = file.suffix().toLower();
    if (suffix == QLatin1String("iso"))
        into.images << file.absoluteFilePath();
    else if (suffix == QLatin1String("ks") || suffix == QLatin1String("cfg") ||
             suffix == QLatin1String("seed"))
        into.answerFiles << file.absoluteFilePath();
}

} // namespace

QStringList localPaths(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

DroppedFiles sortDropped(const QStringList& paths) {
    DroppedFiles files;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (!file.isDir()) {
            sortFile(file, files);
            continue;
        }
        for (const QFileInfo& inside : QDir(path).entryInfoList(QDir::Files, QDir::Name))
            sortFile(inside, files);
    }
    return files;
}

} // namespace rackmuster::ui
