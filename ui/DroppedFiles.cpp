#include "ui/DroppedFiles.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace rackmuster::ui {

namespace {

constexpr int deepest = 6;
constexpr int mostFiles = 20'000;
constexpr int mostImages = 200;

bool hasSuffix(const QFileInfo& file, const QStringList& suffixes) {
    return suffixes.contains(file.suffix(), Qt::CaseInsensitive);
}

bool isImage(const QFileInfo& file) {
    return hasSuffix(file, {QStringLiteral("iso")}) ||
           (hasSuffix(file, {QStringLiteral("img"), QStringLiteral("bin"), QStringLiteral("dvd")}) &&
            looksLikeImage(file.filePath()));
}

/// cloud-init's own name for its answer file has no suffix.
bool isAnswerFile(const QFileInfo& file) {
    return file.fileName() == QLatin1String("user-data") ||
           hasSuffix(file, {QStringLiteral("ks"), QStringLiteral("cfg"), QStringLiteral("seed"),
                            QStringLiteral("yaml"), QStringLiteral("yml"), QStringLiteral("xml")});
}

bool isPlan(const QFileInfo& file) {
    return file.fileName() == QLatin1String("hosts") ||
           hasSuffix(file, {QStringLiteral("csv"), QStringLiteral("tsv"), QStringLiteral("txt"),
                            QStringLiteral("hosts"), QStringLiteral("conf")});
}

/// One folder; those in it are added to `more`.
void searchOne(const QString& folder, FolderFinds& finds, int& files, QStringList& more) {
    QDirIterator it(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    while (it.hasNext()) {
        const QFileInfo file(it.next());
        if (++files > mostFiles || finds.images.size() >= mostImages) {
            finds.isWhole = false;
            return;
        }
        if (file.isDir())
            more << file.filePath();
        else if (isImage(file))
            finds.images << file.absoluteFilePath();
        else if (folder == finds.folder && hasSuffix(file, {QStringLiteral("ks")}))
            finds.answerFiles << file.absoluteFilePath();
    }
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
    DroppedFiles dropped;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (file.isDir())
            dropped.folders << file.absoluteFilePath();
        else if (hasSuffix(file, {QStringLiteral("iso")}))
            dropped.images << file.absoluteFilePath();
        else if (isAnswerFile(file))
            dropped.answerFiles << file.absoluteFilePath();
        else if (isPlan(file))
            dropped.plans << file.absoluteFilePath();
        else
            (looksLikeImage(path) ? dropped.images : dropped.others) << file.absoluteFilePath();
    }
    return dropped;
}

FolderFinds searchFolder(const QString& folder) {
    FolderFinds finds{.folder = folder};
    int files = 0;
    QStringList level{folder};
    for (int depth = 0; depth < deepest && !level.isEmpty(); ++depth) {
        QStringList more;
        for (const QString& each : level)
            searchOne(each, finds, files, more);
        level = more;
    }
    finds.isWhole = finds.isWhole && level.isEmpty();
    finds.images.sort();
    return finds;
}

bool looksLikeImage(const QString& path) {
    constexpr qint64 firstDescriptor = 16 * 2048 + 1; // behind its type
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || !file.seek(firstDescriptor))
        return false;
    const QByteArray word = file.read(5);
    return word == "CD001" || word == "BEA01";
}

} // namespace rackmuster::ui
