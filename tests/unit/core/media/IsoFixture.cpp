#include "tests/unit/core/media/IsoFixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <tuple>
#include <utility>

namespace rackmuster::tests {

namespace {

/// Whether it went well; what it said.
std::pair<bool, QByteArray> runOnce(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool isGood = process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit &&
                        process.exitCode() == 0;
    return {isGood, process.readAll()};
}

bool run(const QString& program, const QStringList& arguments) {
    auto [isGood, words] = runOnce(program, arguments);
    // xorriso 1.5.4 has a race of its own: once in some thousand runs it ends by this signal.
    if (!isGood && words.contains("UNIX-SIGNAL:  SIGSEGV"))
        std::tie(isGood, words) = runOnce(program, arguments);
    if (!isGood)
        qWarning("%s failed: %s", qPrintable(program), words.constData());
    return isGood;
}

} // namespace

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
    return run(tool, all) ? image : QString();
}

bool IsoFixture::hasTool(const QString& tool) {
    return !QStandardPaths::findExecutable(tool).isEmpty();
}

QMap<QString, QByteArray> IsoFixture::extract(const QString& image) const {
    const QString target = m_directory.filePath(QStringLiteral("extracted"));
    QMap<QString, QByteArray> out;
    if (!run(QStringLiteral("xorriso"),
             {QStringLiteral("-osirrox"), QStringLiteral("on"), QStringLiteral("-indev"), image,
              QStringLiteral("-extract"), QStringLiteral("/"), target}))
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
