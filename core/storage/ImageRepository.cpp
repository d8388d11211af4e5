#include "core/storage/ImageRepository.h"

#include "core/storage/Statements.h"

namespace rackmuster::storage {

namespace {

QVariant toSql(std::int64_t number) {
    return QVariant(static_cast<qlonglong>(number));
}

FileStamp readStamp(const RowReader& row) {
    return {row.number<std::uint64_t>("size"), row.number<std::int64_t>("modified_ns"),
            row.number<std::uint64_t>("device"), row.number<std::uint64_t>("inode")};
}

StoredImage readImage(const RowReader& row) {
    StoredImage image;
    image.id = row.text("id");
    image.path = row.text("path");
    image.name = row.text("name");
    image.ownName = row.text("own_name");
    image.isOwnCopy = row.flag("is_own_copy");
    if (row.optionalText("size"))
        image.stamp = readStamp(row);
    image.ends = row.text("ends_sha256");
    image.verdict = row.text("verdict");
    image.sha256 = row.text("sha256");
    image.comparedWith = row.text("compared_with");
    return image;
}

StoredCopy readCopy(const RowReader& row) {
    return {row.text("image_id"),
            row.text("source"),
            readStamp(row),
            row.text("file_name"),
            row.number<std::uint64_t>("good"),
            row.flag("is_wanted")};
}

} // namespace

Result<std::vector<StoredImage>> ImageRepository::images() const {
    return loadAll<StoredImage>(m_connection, QStringLiteral("SELECT * FROM images ORDER BY rowid"),
                                readImage);
}

Result<void> ImageRepository::put(const StoredImage& image) const {
    const auto& stamp = image.stamp;
    return runWith(
        m_connection,
        QStringLiteral(
            "INSERT INTO images (id, path, name, own_name, is_own_copy, size, modified_ns, device, inode, "
            "ends_sha256, verdict, sha256, compared_with) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET path = excluded.path, name = excluded.name, "
            "own_name = excluded.own_name, is_own_copy = excluded.is_own_copy, size = excluded.size, "
            "modified_ns = excluded.modified_ns, device = excluded.device, inode = excluded.inode, "
            "ends_sha256 = excluded.ends_sha256, verdict = excluded.verdict, sha256 = excluded.sha256, "
            "compared_with = excluded.compared_with"),
        {toSql(image.id), toSql(image.path), toSql(image.name), toSql(image.ownName), toSql(image.isOwnCopy),
         stamp ? toSql(stamp->size) : QVariant(), stamp ? toSql(stamp->modified) : QVariant(),
         stamp ? toSql(stamp->device) : QVariant(), stamp ? toSql(stamp->inode) : QVariant(),
         toSql(image.ends), toSql(image.verdict), toSql(image.sha256), toSql(image.comparedWith)});
}

Result<void> ImageRepository::remove(const std::string& id) const {
    auto removed = runWith(m_connection, QStringLiteral("DELETE FROM images WHERE id = ?"), {toSql(id)});
    return removed ? removeCopy(id) : removed;
}

Result<std::vector<StoredCopy>> ImageRepository::copies() const {
    return loadAll<StoredCopy>(m_connection, QStringLiteral("SELECT * FROM copies ORDER BY rowid"), readCopy);
}

Result<void> ImageRepository::putCopy(const StoredCopy& copy) const {
    return runWith(
        m_connection,
        QStringLiteral("INSERT OR REPLACE INTO copies (image_id, source, size, modified_ns, device, "
                       "inode, file_name, good, is_wanted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {toSql(copy.imageId), toSql(copy.source), toSql(copy.stamp.size), toSql(copy.stamp.modified),
         toSql(copy.stamp.device), toSql(copy.stamp.inode), toSql(copy.fileName), toSql(copy.good),
         toSql(copy.isWanted)});
}

Result<void> ImageRepository::removeCopy(const std::string& imageId) const {
    return runWith(m_connection, QStringLiteral("DELETE FROM copies WHERE image_id = ?"), {toSql(imageId)});
}

Result<std::vector<std::string>> ImageRepository::discards() const {
    return loadAll<std::string>(m_connection, QStringLiteral("SELECT path FROM discards ORDER BY path"),
                                [](const RowReader& row) { return row.text("path"); });
}

Result<void> ImageRepository::putDiscard(const std::string& path) const {
    return runWith(m_connection, QStringLiteral("INSERT OR IGNORE INTO discards (path) VALUES (?)"),
                   {toSql(path)});
}

Result<void> ImageRepository::removeDiscard(const std::string& path) const {
    return runWith(m_connection, QStringLiteral("DELETE FROM discards WHERE path = ?"), {toSql(path)});
}

} // namespace rackmuster::storage
