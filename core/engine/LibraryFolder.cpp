#include "core/engine/LibraryFolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

namespace rackmuster::engine {

namespace {

const QString partSuffix = QStringLiteral(".part");

/// Letters and digits of every script stay; what shells and file systems could stumble over goes.
QString fileNameOf(const QString& name) {
    constexpr qsizetype longest = 60; // a file name has 255 bytes, a character up to four
    QString out;
    for (const QChar c : name.left(longest)) {
        const bool isPlain = c.isLetterOrNumber() || QStringLiteral(" ._-+()").contains(c);
        out += isPlain ? c : QLatin1Char('_');
    }
    out = out.trimmed();
    while (out.startsWith(QLatin1Char('.')))
        out.remove(0, 1);
    return out.isEmpty() ? QStringLiteral("image") : out;
}

} // namespace

LibraryFolder::LibraryFolder(const QString& stateDirectory)
    : m_path(QDir(stateDirectory).filePath(QStringLiteral("images"))) {}

Result<void> LibraryFolder::make() const {
    const QByteArray path = QFile::encodeName(m_path);
    if (::mkdir(path.constData(), 0700) != 0 && !QFileInfo(m_path).isDir())
        return fail(ErrorCode::NoSuchFile, m_path.toStdString(), "the folder cannot be created");
    return {};
}

std::string LibraryFolder::partPath(const std::string& imageId) const {
    return pathOf("." + imageId + partSuffix.toStdString());
}

std::string LibraryFolder::pathOf(const std::string& fileName) const {
    return QDir(m_path).filePath(QString::fromStdString(fileName)).toStdString();
}

std::string LibraryFolder::freeName(const QString& name, const std::string& imageId,
                                    const std::set<std::string>& taken) const {
    const std::string base = fileNameOf(name).toStdString();
    const std::string plain = base + ".iso";
    const bool isFree = !taken.contains(plain) && !QFile::exists(QString::fromStdString(pathOf(plain)));
    return isFree ? plain : base + "-" + imageId + ".iso";
}

Result<void> LibraryFolder::clean(storage::StateDatabase& database) const {
    const auto discards = database.loadDiscards();
    if (!discards)
        return tl::unexpected(discards.error());
    for (const std::string& path : *discards) {
        const QString file = QString::fromStdString(path);
        if (QFile::exists(file) && !QFile::remove(file))
            continue;
        if (auto removed = database.removeDiscard(path); !removed)
            return removed;
    }
    const auto copies = database.loadCopies();
    if (!copies)
        return tl::unexpected(copies.error());
    std::set<QString> known;
    for (const storage::StoredCopy& copy : *copies)
        known.insert(QString::fromStdString(partPath(copy.imageId)));
    const auto parts =
        QDir(m_path).entryInfoList({QStringLiteral(".*") + partSuffix}, QDir::Files | QDir::Hidden);
    for (const QFileInfo& part : parts) {
        if (!known.contains(part.filePath()))
            QFile::remove(part.filePath());
    }
    return {};
}

} // namespace rackmuster::engine
