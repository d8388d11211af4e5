#include "core/storage/Connection.h"

#include <QUuid>

#include <utility>

namespace rackmuster::storage {

namespace {

tl::unexpected<Error> databaseFailure(const QString& path, const QString& reason) {
    return fail(ErrorCode::Database, path.toStdString(), reason.trimmed().toStdString());
}

} // namespace

Connection::Connection(QString path, QString name) : m_path(std::move(path)), m_name(std::move(name)) {}

Connection::Connection(Connection&& other) noexcept
    : m_path(std::exchange(other.m_path, {})), m_name(std::exchange(other.m_name, {})) {}

Connection& Connection::operator=(Connection&& other) noexcept {
    if (this != &other) {
        close();
        m_path = std::exchange(other.m_path, {});
        m_name = std::exchange(other.m_name, {});
    }
    return *this;
}

Connection::~Connection() {
    close();
}

Result<Connection> Connection::open(const QString& path) {
    Connection connection(path, QUuid::createUuid().toString(QUuid::WithoutBraces));
    QSqlDatabase handle = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection.m_name);
    handle.setDatabaseName(path);
    // Another program may look into the file for a moment (sqlite3, a backup).
    handle.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!handle.open())
        return connection.failure(handle.lastError());
    return connection;
}

void Connection::close() {
    if (m_name.isEmpty())
        return;
    {
        QSqlDatabase handle = database();
        handle.close();
    } // removeDatabase() wants no handle left
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

QSqlDatabase Connection::database() const {
    return QSqlDatabase::database(m_name, false);
}

Result<QSqlQuery> Connection::prepare(const QString& sql) const {
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return failure(query.lastError());
    return query;
}

Result<QSqlQuery> Connection::execute(const QString& sql) const {
    auto query = prepare(sql);
    if (!query)
        return query;
    if (const auto done = run(*query); !done)
        return tl::unexpected(done.error());
    return query;
}

Result<void> Connection::run(QSqlQuery& query) const {
    if (!query.exec())
        return failure(query.lastError());
    return {};
}

Result<void> Connection::inTransaction(const std::function<Result<void>()>& work) const {
    if (const auto begun = execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    auto result = work();
    if (result) {
        const auto committed = execute(QStringLiteral("COMMIT"));
        if (committed)
            return {};
        result = tl::unexpected(committed.error());
    }
    // SQLite has already rolled back by itself after some failures (disk full), and says so here; the first
    // reason is the one to report.
    static_cast<void>(execute(QStringLiteral("ROLLBACK")));
    return result;
}

tl::unexpected<Error> Connection::failure(const QSqlError& error) const {
    const QString reason = error.databaseText();
    return databaseFailure(m_path, reason.isEmpty() ? error.driverText() : reason);
}

tl::unexpected<Error> Connection::failure(const QString& reason) const {
    return databaseFailure(m_path, reason);
}

} // namespace rackmuster::storage
