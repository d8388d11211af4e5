#include "core/storage/StateDatabase.h"

#include "core/storage/DatabaseFile.h"
#include "core/storage/ImageRepository.h"
#include "core/storage/MachineRepository.h"
#include "core/storage/SqlValues.h"
#include "core/storage/Statements.h"

#include <algorithm>
#include <utility>

namespace rackmuster::storage {

namespace {

roster::RackLayout readLayout(RowReader& row) {
    roster::RackLayout layout;
    layout.name = row.text("name");
    layout.slotCount = row.number<int>("slot_count");
    layout.namePattern = row.text("name_pattern");
    layout.firstAddress = row.parsed<Ipv4Address>("first_address");
    layout.direction = row.word("direction", roster::directionFromWord);
    layout.columns = row.number<int>("columns");
    layout.rackCount = row.number<int>("rack_count");
    layout.addressStep = row.number<int>("address_step");
    layout.rackAddressStep = row.number<int>("rack_address_step");
    return layout;
}

JournalEntry readJournalEntry(RowReader& row) {
    return {row.time("time_ms").value_or(WallTime()), row.text("name"), row.parsed<MacAddress>("mac"),
            row.text("facts")};
}

Result<void> putLayout(const Connection& connection, const roster::RackLayout& layout) {
    return runWith(
        connection,
        QStringLiteral("INSERT OR REPLACE INTO layout (id, name, slot_count, name_pattern, first_address, "
                       "direction, columns, rack_count, address_step, rack_address_step) "
                       "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {toSql(layout.name), toSql(layout.slotCount), toSql(layout.namePattern), toSql(layout.firstAddress),
         toSql(toWord(layout.direction)), toSql(layout.columns), toSql(layout.rackCount),
         toSql(layout.addressStep), toSql(layout.rackAddressStep)});
}

Result<void> putCursor(const Connection& connection, int cursor) {
    return runWith(connection, QStringLiteral("INSERT OR REPLACE INTO cursor (id, slot) VALUES (1, ?)"),
                   {toSql(cursor)});
}

Result<void> putReserved(const Connection& connection, const std::set<int>& slots) {
    if (auto done = runWith(connection, QStringLiteral("DELETE FROM reserved_slots"), {}); !done)
        return done;
    for (const int slot : slots) {
        if (auto done = runWith(connection, QStringLiteral("INSERT INTO reserved_slots (slot) VALUES (?)"),
                                {toSql(slot)});
            !done)
            return done;
    }
    return {};
}

} // namespace

StateDatabase::StateDatabase(Connection connection, bool wasQuarantined)
    : m_connection(std::move(connection)), m_wasQuarantined(wasQuarantined) {}

Result<StateDatabase> StateDatabase::open(const QString& path) {
    auto file = openDatabaseFile(path, QStringLiteral(":/sql/state"));
    if (!file)
        return tl::unexpected(file.error());
    return StateDatabase(std::move(file->connection), file->wasQuarantined);
}

Result<roster::RosterState> StateDatabase::loadRoster() {
    auto machines = MachineRepository(m_connection).load();
    if (!machines)
        return tl::unexpected(machines.error());
    const auto layouts =
        loadAll<roster::RackLayout>(m_connection, QStringLiteral("SELECT * FROM layout"), readLayout);
    if (!layouts)
        return tl::unexpected(layouts.error());
    const auto readSlot = [](const RowReader& row) {
        return row.number<int>("slot");
    };
    const auto cursors = loadAll<int>(m_connection, QStringLiteral("SELECT slot FROM cursor"), readSlot);
    if (!cursors)
        return tl::unexpected(cursors.error());
    const auto reserved =
        loadAll<int>(m_connection, QStringLiteral("SELECT slot FROM reserved_slots"), readSlot);
    if (!reserved)
        return tl::unexpected(reserved.error());
    roster::RosterState state;
    state.machines = std::move(*machines);
    state.reserved = std::set(reserved->begin(), reserved->end());
    if (!layouts->empty())
        state.layout = layouts->front();
    if (!cursors->empty())
        state.cursor = cursors->front();
    return state;
}

Result<std::vector<StoredImage>> StateDatabase::loadImages() {
    return ImageRepository(m_connection).images();
}

Result<std::vector<StoredCopy>> StateDatabase::loadCopies() {
    return ImageRepository(m_connection).copies();
}

Result<std::vector<std::string>> StateDatabase::loadDiscards() {
    return ImageRepository(m_connection).discards();
}

Result<std::vector<StoredProfile>> StateDatabase::loadProfiles() {
    return loadAll<StoredProfile>(m_connection,
                                  QStringLiteral("SELECT name, text FROM profiles ORDER BY rowid"),
                                  [](const RowReader& row) {
                                      return StoredProfile{row.text("name"), row.text("text")};
                                  });
}

Result<std::map<std::string, std::string>> StateDatabase::loadSettings() {
    using Setting = std::pair<std::string, std::string>;
    const auto rows =
        loadAll<Setting>(m_connection, QStringLiteral("SELECT key, value FROM settings"),
                         [](const RowReader& row) { return Setting(row.text("key"), row.text("value")); });
    if (!rows)
        return tl::unexpected(rows.error());
    return std::map<std::string, std::string>(rows->begin(), rows->end());
}

Result<std::vector<JournalEntry>> StateDatabase::loadJournal(int limit) {
    auto entries = loadAll<JournalEntry>(
        m_connection,
        QStringLiteral("SELECT * FROM journal ORDER BY seq DESC LIMIT %1").arg(std::max(limit, 0)),
        readJournalEntry);
    if (entries)
        std::reverse(entries->begin(), entries->end());
    return entries;
}

Result<void> StateDatabase::commit(const Batch& batch) {
    if (batch.isEmpty())
        return {};
    return m_connection.inTransaction([&]() -> Result<void> {
        auto written = writeRoster(batch);
        return written ? writeJournal(batch.journal) : written;
    });
}

Result<void> StateDatabase::writeRoster(const Batch& batch) {
    const MachineRepository machines(m_connection);
    if (auto done = machines.remove(batch.removed); !done)
        return done;
    if (auto done = machines.put(batch.machines); !done)
        return done;
    if (batch.layout) {
        if (auto done = putLayout(m_connection, *batch.layout); !done)
            return done;
    }
    if (batch.reserved) {
        if (auto done = putReserved(m_connection, *batch.reserved); !done)
            return done;
    }
    return batch.cursor ? putCursor(m_connection, *batch.cursor) : Result<void>();
}

Result<void> StateDatabase::writeJournal(const std::vector<JournalEntry>& entries) {
    if (entries.empty())
        return {};
    auto query = m_connection.prepare(
        QStringLiteral("INSERT INTO journal (time_ms, name, mac, facts) VALUES (?, ?, ?, ?)"));
    if (!query)
        return tl::unexpected(query.error());
    for (const JournalEntry& entry : entries) {
        query->bindValue(0, toSql(entry.time));
        query->bindValue(1, toSql(entry.name));
        query->bindValue(2, toSql(entry.mac));
        query->bindValue(3, toSql(entry.facts));
        if (auto done = m_connection.run(*query); !done)
            return done;
    }
    const qint64 newest = query->lastInsertId().toLongLong();
    auto trim = m_connection.prepare(QStringLiteral("DELETE FROM journal WHERE seq <= ?"));
    if (!trim)
        return tl::unexpected(trim.error());
    trim->bindValue(0, newest - journalCapacity);
    return m_connection.run(*trim);
}

Result<void> StateDatabase::putImage(const StoredImage& image) {
    return ImageRepository(m_connection).put(image);
}

Result<void> StateDatabase::removeImage(const std::string& id, const std::vector<std::string>& discards) {
    return m_connection.inTransaction([&]() -> Result<void> {
        const ImageRepository images(m_connection);
        for (const std::string& path : discards) {
            if (auto done = images.putDiscard(path); !done)
                return done;
        }
        return images.remove(id);
    });
}

Result<void> StateDatabase::putCopy(const StoredCopy& copy) {
    return ImageRepository(m_connection).putCopy(copy);
}

Result<void> StateDatabase::finishCopy(const StoredImage& image) {
    return m_connection.inTransaction([&]() -> Result<void> {
        const ImageRepository images(m_connection);
        auto done = images.put(image);
        return done ? images.removeCopy(image.id) : done;
    });
}

Result<void> StateDatabase::removeDiscard(const std::string& path) {
    return ImageRepository(m_connection).removeDiscard(path);
}

Result<void> StateDatabase::putProfile(const StoredProfile& profile) {
    return runWith(m_connection,
                   QStringLiteral("INSERT INTO profiles (name, text) VALUES (?, ?) "
                                  "ON CONFLICT (name) DO UPDATE SET text = excluded.text"),
                   {toSql(profile.name), toSql(profile.text)});
}

Result<void> StateDatabase::removeProfile(const std::string& name) {
    return runWith(m_connection, QStringLiteral("DELETE FROM profiles WHERE name = ?"), {toSql(name)});
}

Result<void> StateDatabase::putSetting(const std::string& key, const std::string& value) {
    return runWith(m_connection,
                   QStringLiteral("INSERT INTO settings (key, value) VALUES (?, ?) "
                                  "ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
                   {toSql(key), toSql(value)});
}

} // namespace rackmuster::storage
