#include "core/storage/LeaseDatabase.h"

#include "core/storage/DatabaseFile.h"
#include "core/storage/SqlValues.h"

#include <utility>

namespace rackmuster::storage {

LeaseDatabase::LeaseDatabase(QString path) : m_path(std::move(path)) {}

void LeaseDatabase::close() {
    m_connection.reset();
}

Result<void> LeaseDatabase::ensureOpen() {
    if (m_connection)
        return {};
    auto file = openDatabaseFile(m_path, QStringLiteral(":/sql/leases"));
    if (!file)
        return tl::unexpected(file.error());
    m_connection = std::move(file->connection);
    m_wasQuarantined = file->wasQuarantined;
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

Result<void> LeaseDatabase::removeAll(std::span<const MacAddress> machines) const {
    if (machines.empty())
        return {};
    auto query = m_connection->prepare(QStringLiteral("DELETE FROM leases WHERE mac = ?"));
    if (!query)
        return tl::unexpected(query.error());
    for (const MacAddress& mac : machines) {
        query->bindValue(0, toSql(mac));
        if (auto done = m_connection->run(*query); !done)
            return done;
    }
    return {};
}

Result<void> LeaseDatabase::putAll(std::span<const boot::StoredLease> leases) const {
    if (leases.empty())
        return {};
    // REPLACE, so that an address that goes to another machine leaves the one that held it.
    auto query = m_connection->prepare(
        QStringLiteral("INSERT OR REPLACE INTO leases (mac, address, expires_ms) VALUES (?, ?, ?)"));
    if (!query)
        return tl::unexpected(query.error());
    for (const boot::StoredLease& lease : leases) {
        query->bindValue(0, toSql(lease.mac));
        query->bindValue(1, toSql(lease.address));
        query->bindValue(2, toSql(lease.expires));
        if (auto done = m_connection->run(*query); !done)
            return done;
    }
    return {};
}

} // namespace rackmuster::storage
