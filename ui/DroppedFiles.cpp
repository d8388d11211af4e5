#include "ui/DroppedFiles.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <array>

namespace rackmuster::ui {

namespace {

/// cloud-init's own name for its answer file has no suffix.
bool isAnswerFile(const QFileInfo& file) {
    static constexpr std::array suffixes{"ks", "cfg", "seed", "yaml", "yml", "xml"};
    const QString suffix = file.suffix().toLower();
    return file.fileName() == QLatin1String("user-data") ||
           std::any_of(suffixes.begin(), suffixes.end(),
                       [&suffix](const char* known) { return suffix == QLatin1String(known); });
}

void sortFile(const QFileInfo& file, DroppedFiles& into) {
    if (file.suffix().toLower() == QLatin1String("iso"))
        into.images << file.absoluteFilePath();
    else if (isAnswerFile(file))
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
