#pragma once

#include "core/base/Result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include <functional>

namespace rackmuster::storage {

/// One open SQLite file under a connection name of its own. Belongs to the thread that opened it. Every query
/// of it must be gone before it is closed.
class Connection {
public:
    /// Opens the file and reads nothing yet. Error: Database.
    [[nodiscard]] static Result<Connection> open(const QString& path);
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    [[nodiscard]] const QString& path() const { return m_path; }
    /// A prepared statement, ready for bindValue() and run(). Error: Database.
    [[nodiscard]] Result<QSqlQuery> prepare(const QString& sql) const;
    /// Prepares and runs one statement. Error: Database.
    [[nodiscard]] Result<QSqlQuery> execute(const QString& sql) const;
    /// Runs a prepared statement. Error: Database.
    [[nodiscard]] Result<void> run(QSqlQuery& query) const;
    /// All of `work` or, when it fails, nothing of it: BEGIN IMMEDIATE ... COMMIT.
    [[nodiscard]] Result<void> inTransaction(const std::function<Result<void>()>& work) const;
    /// The engine's reason as an Error about this file.
    [[nodiscard]] tl::unexpected<Error> failure(const QSqlError& error) const;
    [[nodiscard]] tl::unexpected<Error> failure(const QString& reason) const;

    /// The handle itself, for what only a QSqlQuery of one's own can tell.
    [[nodiscard]] QSqlDatabase database() const;
    /// Closes the file; the destructor does the same.
    void close();

private:
    Connection(QString path, QString name);

    QString m_path;
    QString m_name; ///< Of the QSqlDatabase connection; empty after a move.
};

} // namespace rackmuster::storage
