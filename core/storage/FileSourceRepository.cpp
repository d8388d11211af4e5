#include "core/storage/FileSourceRepository.h"

#include "core/storage/Statements.h"

namespace rackmuster::storage {

namespace {

/// One row of a list: whose, and what.
using ListRow = std::pair<std::string, std::string>;

Result<std::map<std::string, std::vector<std::string>>> loadLists(const Connection& connection,
                                                                  const QString& sql) {
    const auto rows = loadAll<ListRow>(
        connection, sql, [](const RowReader& row) { return ListRow(row.text("owner"), row.text("path")); });
    if (!rows)
        return tl::unexpected(rows.error());
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [owner, path] : *rows)
        out[owner].push_back(path);
    return out;
}

/// Replaces the list of `owner`. Inside a transaction.
Result<void> putList(const Connection& connection, const QString& removal, const QString& insertion,
                     const std::string& owner, const std::vector<std::string>& paths) {
    if (auto removed = runWith(connection, removal, {toSql(owner)}); !removed)
        return removed;
    int position = 0;
    for (const std::string& path : paths) {
        auto added = runWith(connection, insertion, {toSql(owner), toSql(position++), toSql(path)});
        if (!added)
            return added;
    }
    return {};
}

} // namespace

Result<std::vector<StoredFolder>> FileSourceRepository::loadFolders() const {
    return loadAll<StoredFolder>(m_connection, QStringLiteral("SELECT name, path FROM folders ORDER BY name"),
                                 [](const RowReader& row) {
                                     return StoredFolder{row.text("name"), row.text("path")};
                                 });
}

Result<void> FileSourceRepository::putFolder(const StoredFolder& folder) const {
    return runWith(m_connection,
                   QStringLiteral("INSERT INTO folders (name, path) VALUES (?, ?) "
                                  "ON CONFLICT (name) DO UPDATE SET path = excluded.path"),
                   {toSql(folder.name), toSql(folder.path)});
}

Result<void> FileSourceRepository::removeFolder(const std::string& name) const {
    return runWith(m_connection, QStringLiteral("DELETE FROM folders WHERE name = ?"), {toSql(name)});
}

Result<std::map<std::string, std::vector<std::string>>> FileSourceRepository::loadExtraInitrds() const {
    return loadLists(
        m_connection,
        QStringLiteral("SELECT image_id AS owner, path FROM extra_initrds ORDER BY image_id, position"));
}

Result<void> FileSourceRepository::putExtraInitrds(const std::string& imageId,
                                                   const std::vector<std::string>& paths) const {
    return m_connection.inTransaction([&] {
        return putList(
            m_connection, QStringLiteral("DELETE FROM extra_initrds WHERE image_id = ?"),
            QStringLiteral("INSERT INTO extra_initrds (image_id, position, path) VALUES (?, ?, ?)"), imageId,
            paths);
    });
}

Result<std::vector<StoredKernel>> FileSourceRepository::loadKernels() const {
    auto initrds = loadLists(
        m_connection,
        QStringLiteral("SELECT kernel AS owner, path FROM kernel_initrds ORDER BY kernel, position"));
    if (!initrds)
        return tl::unexpected(initrds.error());
    return loadAll<StoredKernel>(
        m_connection, QStringLiteral("SELECT name, kernel, arguments FROM kernels ORDER BY name"),
        [&](const RowReader& row) {
            const std::string name = row.text("name");
            return StoredKernel{name, row.text("kernel"), (*initrds)[name], row.text("arguments")};
        });
}

Result<void> FileSourceRepository::putKernel(const StoredKernel& kernel) const {
    return m_connection.inTransaction([&]() -> Result<void> {
        auto put =
            runWith(m_connection,
                    QStringLiteral("INSERT INTO kernels (name, kernel, arguments) VALUES (?, ?, ?) "
                                   "ON CONFLICT (name) DO UPDATE SET kernel = excluded.kernel, arguments = "
                                   "excluded.arguments"),
                    {toSql(kernel.name), toSql(kernel.kernel), toSql(kernel.arguments)});
        if (!put)
            return put;
        return putList(m_connection, QStringLiteral("DELETE FROM kernel_initrds WHERE kernel = ?"),
                       QStringLiteral("INSERT INTO kernel_initrds (kernel, position, path) VALUES (?, ?, ?)"),
                       kernel.name, kernel.initrds);
    });
}

Result<void> FileSourceRepository::removeKernel(const std::string& name) const {
    return m_connection.inTransaction([&]() -> Result<void> {
        for (const auto* const sql :
             {"DELETE FROM kernel_initrds WHERE kernel = ?", "DELETE FROM kernels WHERE name = ?"}) {
            if (auto removed = runWith(m_connection, QString::fromLatin1(sql), {toSql(name)}); !removed)
                return removed;
        }
        return {};
    });
}

} // namespace rackmuster::storage
