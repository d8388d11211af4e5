#include "tests/unit/core/media/IsoFixture.h"

#include "tests/support/ProgramRun.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace rackmuster::tests {

IsoFixture::IsoFixture() {
    QDir().mkpath(treePath());
}

void IsoFixture::add(const QString& path, const QByteArray& content) {
    QFile file(treePath() + QLatin1Char('/') + path);
    QDir().mkpath(QFileInfo(file.fileName()).path());
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("Cannot write %s", qPrintable(file.fileName()));
}

void IsoFixture::addLink(const QString& path, const QString& target) {
    const QString link = treePath() + QLatin1Char('/') + path;
    QDir().mkpath(QFileInfo(link).path());
    if (!QFile::link(target, link))
        qFatal("Cannot link %s", qPrintable(link));
}

QString IsoFixture::build(const QStringList& arguments, const QString& tool) {
    const QString image = m_directory.filePath(QStringLiteral("image.iso"));
    QStringList all = tool == QStringLiteral("xorriso")
                          ? QStringList{QStringLiteral("-as"), QStringLiteral("mkisofs")}
                          : QStringList();
    all << QStringLiteral("-quiet") << QStringLiteral("-V") << QStringLiteral("TEST") << arguments
        << QStringLiteral("-o") << image << treePath();
    return runToItsEnd(tool, all).isGood ? image : QString();
}

bool IsoFixture::hasTool(const QString& tool) {
    return !QStandardPaths::findExecutable(tool).isEmpty();
}

QMap<QString, QByteArray> IsoFixture::extract(const QString& image) const {
    const QString target = m_directory.filePath(QStringLiteral("extracted"));
    QMap<QString, QByteArray> out;
    const QStringList arguments{QStringLiteral("-osirrox"),
                                QStringLiteral("on"),
                                QStringLiteral("-indev"),
                                image,
                                QStringLiteral("-extract"),
                                QStringLiteral("/"),
                                target};
    if (!runToItsEnd(QStringLiteral("xorriso"), arguments).isGood)
        return out;
    QDirIterator files(target, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            out.insert(QDir(target).relativeFilePath(file.fileName()), file.readAll());
    }
    return out;
}

} // namespace rackmuster::tests
