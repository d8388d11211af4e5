#include "core/storage/Migrator.h"

#include <QDir>
#include <QFile>
#include <QStringList>

// A static library's resources are linked only when somebody asks for them; the macro must stand outside
// namespaces.
static void initializeMigrations() {
    Q_INIT_RESOURCE(storage_sql);
}

namespace rackmuster::storage {

namespace {

QString fileOf(const QString& directory, int version) {
    return QStringLiteral("%1/%2.sql").arg(directory).arg(version, 3, 10, QLatin1Char('0'));
}

/// A statement ends with a semicolon at the end of a line; lines that begin with -- are comments.
QStringList statementsOf(const QString& script) {
    QStringList statements;
    QString statement;
    for (const QString& line : script.split(QLatin1Char('\n'))) {
        const QString text = line.trimmed();
        if (text.isEmpty() || text.startsWith(QLatin1String("--")))
            continue;
        statement += text + QLatin1Char('\n');
        if (text.endsWith(QLatin1Char(';')))
            statements.append(std::exchange(statement, QString()));
    }
    if (!statement.isEmpty())
        statements.append(statement);
    return statements;
}

Result<int> versionOf(const Connection& connection) {
    auto query = connection.execute(QStringLiteral("PRAGMA user_version"));
    if (!query)
        return tl::unexpected(query.error());
    if (!query->next())
        return connection.failure(QStringLiteral("it does not tell its version"));
    return query->value(0).toInt();
}

} // namespace

int newestVersion(const QString& directory) {
    initializeMigrations();
    int version = 0;
    while (QFile::exists(fileOf(directory, version + 1)))
        ++version;
    return version;
}

Result<void> applyMigration(const Connection& connection, const QString& directory, int version) {
    initializeMigrations();
    QFile file(fileOf(directory, version));
    if (!file.open(QIODevice::ReadOnly))
        return connection.failure(file.fileName() + QStringLiteral(": ") + file.errorString());
    QStringList statements = statementsOf(QString::fromUtf8(file.readAll()));
    statements.append(QStringLiteral("PRAGMA user_version = %1").arg(version));
    return connection.inTransaction([&]() -> Result<void> {
        for (const QString& statement : statements) {
            if (const auto done = connection.execute(statement); !done)
                return tl::unexpected(done.error());
        }
        return {};
    });
}

Result<void> migrate(const Connection& connection, const QString& directory) {
    const auto version = versionOf(connection);
    if (!version)
        return tl::unexpected(version.error());
    const int newest = newestVersion(directory);
    if (*version > newest)
        return fail(ErrorCode::SchemaTooNew, connection.path().toStdString());
    for (int next = *version + 1; next <= newest; ++next) {
        if (auto applied = applyMigration(connection, directory, next); !applied)
            return applied;
    }
    return {};
}

} // namespace rackmuster::storage
