#include "core/storage/LeaseDatabase.h"

#include "core/storage/DatabaseFile.h"
#include "core/storage/SqlValues.h"

#include <utility>

namespace rackmuster::storage {

namespace {

/// A group changes a few rows here and there, and every page that it touches is written whole.
constexpr int pageSize = 1024; // bytes
/// The log goes into the file after so many pages: 4 MiB, as with SQLite's own page size.
constexpr int logPages = 4096;

} // namespace

LeaseDatabase::LeaseDatabase(QString path) : m_path(std::move(path)) {}

void LeaseDatabase::close() {
    m_statements.reset();
    m_connection.reset();
}

Result<void> LeaseDatabase::ensureOpen() {
    if (m_connection)
        return {};
    auto file = openDatabaseFile(m_path, QStringLiteral(":/sql/leases"), pageSize);
    if (!file)
        return tl::unexpected(file.error());
    m_connection = std::move(file->connection);
    m_wasQuarantined = file->wasQuarantined;
    auto prepared = prepare();
    if (!prepared)
        close();
    return prepared;
}

Result<void> LeaseDatabase::prepare() {
    const auto log = m_connection->execute(QStringLiteral("PRAGMA wal_autocheckpoint=%1").arg(logPages));
    if (!log)
        return tl::unexpected(log.error());
    auto remove = m_connection->prepare(QStringLiteral("DELETE FROM leases WHERE mac = ?"));
    // A renewal changes no index, so it costs one page rather than five.
    auto renew = m_connection->prepare(
        QStringLiteral("UPDATE leases SET expires_ms = ? WHERE mac = ? AND address = ?"));
    // REPLACE, so that an address that goes to another machine leaves the one that held it.
    auto put = m_connection->prepare(
        QStringLiteral("INSERT OR REPLACE INTO leases (mac, address, expires_ms) VALUES (?, ?, ?)"));
    for (const auto* query : {&remove, &renew, &put}) {
        if (!*query)
            return tl::unexpected(query->error());
    }
    m_statements.emplace(Statements{std::move(*remove), std::move(*renew), std::move(*put)});
    return {};
}

Result<std::vector<boot::StoredLease>> LeaseDatabase::load() {
    if (const auto opened = ensureOpen(); !opened)
        return tl::unexpected(opened.error());
    auto query =
        m_connection->execute(QStringLiteral("SELECT mac, address, expires_ms FROM leases ORDER BY rowid"));
    if (!query)
        return tl::unexpected(query.error());
    std::vector<boot::StoredLease> leases;
    while (query->next()) {
        RowReader row(*query);
        const auto mac = row.parsed<MacAddress>("mac");
        const auto address = row.parsed<Ipv4Address>("address");
        if (row.failure())
            return m_connection->failure(*row.failure());
        if (mac && address)
            leases.push_back({*mac, *address, row.time("expires_ms")});
    }
    if (query->lastError().isValid())
        return m_connection->failure(query->lastError());
    return leases;
}

Result<void> LeaseDatabase::commit(std::span<const boot::StoredLease> changed,
                                   std::span<const MacAddress> removed) {
    if (changed.empty() && removed.empty())
        return {};
    if (auto opened = ensureOpen(); !opened)
        return opened;
    return m_connection->inTransaction([&]() -> Result<void> {
        auto done = removeAll(removed);
        return done ? putAll(changed) : done;
    });
}

Result<void> LeaseDatabase::removeAll(std::span<const MacAddress> machines) {
    for (const MacAddress& mac : machines) {
        m_statements->remove.bindValue(0, toSql(mac));
        if (auto done = m_connection->run(m_statements->remove); !done)
            return done;
    }
    return {};
}

Result<void> LeaseDatabase::putAll(std::span<const boot::StoredLease> leases) {
    for (const boot::StoredLease& lease : leases) {
        if (auto done = put(lease); !done)
            return done;
    }
    return {};
}

Result<void> LeaseDatabase::put(const boot::StoredLease& lease) {
    const QVariant mac = toSql(lease.mac);
    const QVariant address = toSql(lease.address);
    const QVariant expires = toSql(lease.expires);
    QSqlQuery& renew = m_statements->renew;
    renew.bindValue(0, expires);
    renew.bindValue(1, mac);
    renew.bindValue(2, address);
    if (auto done = m_connection->run(renew); !done || renew.numRowsAffected() > 0)
        return done;
    QSqlQuery& insert = m_statements->put;
    insert.bindValue(0, mac);
    insert.bindValue(1, address);
    insert.bindValue(2, expires);
    return m_connection->run(insert);
}

} // namespace rackmuster::storage
