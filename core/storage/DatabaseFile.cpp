#include "core/storage/DatabaseFile.h"

#include "core/storage/Migrator.h"

#include <QDateTime>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster::storage {

namespace {

// Primary result codes of SQLite (https://www.sqlite.org/rescode.html); Qt does not export them.
constexpr int sqliteCorrupt = 11;
constexpr int sqliteNotADatabase = 26;
constexpr int primaryCodeMask = 0xFF;
constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR;

tl::unexpected<Error> systemFailure(const QString& path) {
    const std::string reason = std::generic_category().message(errno);
    return fail(ErrorCode::Database, path.toStdString(), reason);
}

/// The file holds live tickets. SQLite gives -wal and -shm the mode of the file itself, so that must be right
/// before SQLite sees it. An existing file is not opened here: closing it again would drop SQLite's own
/// locks.
Result<void> makePrivate(const QString& path) {
    const QByteArray name = QFile::encodeName(path);
    const int fd = ::open(name.constData(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, ownerOnly);
    if (fd >= 0) {
        ::close(fd);
        return {};
    }
    if (errno != EEXIST || ::chmod(name.constData(), ownerOnly) != 0)
        return systemFailure(path);
    return {};
}

bool isCorruption(const QSqlError& error) {
    const int code = error.nativeErrorCode().toInt() & primaryCodeMask;
    return code == sqliteCorrupt || code == sqliteNotADatabase;
}

/// False when the file is corrupt; an Error when that cannot be found out.
Result<bool> isSound(const Connection& connection) {
    const auto check = QStringLiteral("PRAGMA quick_check(1)");
    QSqlQuery query(connection.database());
    if (!query.exec(check) || !query.next()) {
        if (isCorruption(query.lastError()))
            return false;
        return connection.failure(query.lastError());
    }
    return query.value(0).toString() == QLatin1String("ok");
}

Result<void> setAside(const QString& path) {
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'"));
    const QString aside = path + QStringLiteral(".corrupt-") + time;
    // The write-ahead log first: it must never be applied to the new file.
    for (const QString& suffix : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        const QByteArray from = QFile::encodeName(path + suffix);
        const QByteArray to = QFile::encodeName(aside + suffix);
        const bool isGone = std::rename(from.constData(), to.constData()) == 0 || errno == ENOENT;
        if (!isGone)
            return systemFailure(path + suffix);
    }
    return {};
}

Result<void> makeDurable(const Connection& connection, int pageSize) {
    // Before anything is written, or it is too late.
    const auto size = connection.execute(QStringLiteral("PRAGMA page_size=%1").arg(pageSize));
    if (!size)
        return tl::unexpected(size.error());
    auto mode = connection.execute(QStringLiteral("PRAGMA journal_mode=WAL"));
    if (!mode)
        return tl::unexpected(mode.error());
    if (!mode->next() || mode->value(0).toString() != QLatin1String("wal"))
        return connection.failure(QStringLiteral("the file system allows no write-ahead log"));
    const auto full = connection.execute(QStringLiteral("PRAGMA synchronous=FULL"));
    return full ? Result<void>() : tl::unexpected(full.error());
}

Result<Connection> openPrivately(const QString& path) {
    if (const auto made = makePrivate(path); !made)
        return tl::unexpected(made.error());
    return Connection::open(path);
}

Result<DatabaseFile> openSound(const QString& path) {
    auto connection = openPrivately(path);
    if (!connection)
        return tl::unexpected(connection.error());
    const auto sound = isSound(*connection);
    if (!sound)
        return tl::unexpected(sound.error());
    if (*sound)
        return DatabaseFile{std::move(*connection), false};
    connection->close();
    if (const auto moved = setAside(path); !moved)
        return tl::unexpected(moved.error());
    auto fresh = openPrivately(path);
    if (!fresh)
        return tl::unexpected(fresh.error());
    return DatabaseFile{std::move(*fresh), true};
}

} // namespace

Result<DatabaseFile> openDatabaseFile(const QString& path, const QString& migrations, int pageSize) {
    auto file = openSound(path);
    if (!file)
        return file;
    if (const auto durable = makeDurable(file->connection, pageSize); !durable)
        return tl::unexpected(durable.error());
    if (const auto migrated = migrate(file->connection, migrations); !migrated)
        return tl::unexpected(migrated.error());
    return file;
}

} // namespace rackmuster::storage
