#include "core/storage/DatabaseFile.h"
#include "core/storage/Migrator.h"
#include "core/storage/StateDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;

namespace {

/// Of every table: its columns with their declarations.
QStringList schemaOf(const Connection& connection) {
    QStringList out;
    auto query = connection.execute(QStringLiteral(
        "SELECT m.name || '.' || p.name || ' ' || p.type || ' ' || p.\"notnull\" || p.pk "
        "FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY 1"));
    while (query && query->next())
        out.append(query->value(0).toString());
    return out;
}

int versionOf(const Connection& connection) {
    auto query = connection.execute(QStringLiteral("PRAGMA user_version"));
    return query && query->next() ? query->value(0).toInt() : -1;
}

bool write(const QString& path, const QByteArray& text) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

} // namespace

class TestMigrator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void upgradesFromEveryEarlierVersion_data();
    void upgradesFromEveryEarlierVersion();
    void dataOfTheFirstVersionIsRead();
    void everyTableIsStrict_data();
    void everyTableIsStrict();
    void newerSchemaIsRefusedAndLeftAlone();
    void migrationsRunInOrderOnce();
    void brokenMigrationChangesNothing();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(QStringLiteral("some.db")); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestMigrator::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestMigrator::upgradesFromEveryEarlierVersion_data() {
    QTest::addColumn<QString>("migrations");
    QTest::addColumn<int>("from");
    for (const QString& migrations : {QStringLiteral(":/sql/state"), QStringLiteral(":/sql/leases")}) {
        QVERIFY(newestVersion(migrations) >= 1);
        for (int from = 0; from <= newestVersion(migrations); ++from)
            QTest::addRow("%s from %d", qPrintable(migrations), from) << migrations << from;
    }
}

void TestMigrator::upgradesFromEveryEarlierVersion() {
    QFETCH(QString, migrations);
    QFETCH(int, from);
    {
        const auto old = Connection::open(path());
        for (int version = 1; version <= from; ++version)
            QVERIFY(applyMigration(*old, migrations, version));
        QCOMPARE(versionOf(*old), from);
    }
    const auto upgraded = openDatabaseFile(path(), migrations);
    QVERIFY2(upgraded, upgraded ? "" : message(upgraded.error()).c_str());
    QCOMPARE(versionOf(upgraded->connection), newestVersion(migrations));
    const auto fresh = openDatabaseFile(m_directory->filePath(QStringLiteral("fresh.db")), migrations);
    QCOMPARE(schemaOf(upgraded->connection), schemaOf(fresh->connection));
    QVERIFY(!schemaOf(fresh->connection).isEmpty());
}

void TestMigrator::dataOfTheFirstVersionIsRead() {
    {
        const auto old = Connection::open(path());
        QVERIFY(applyMigration(*old, QStringLiteral(":/sql/state"), 1));
        QVERIFY(old->execute(QStringLiteral(
            "INSERT INTO machines VALUES ('3c:ec:ef:4a:10:02', NULL, 'bios', 1767225600123, 3, 'approved', "
            "'kickstart', "
            "1767225600456, '10.0.0.3', 'storage', NULL, '', 'kvm', '', '', 'note', "
            "'0123456789abcdef0123456789abcdef', 1767225600000, 1, 0, 2, 1, 0, 5000, 0, 0, 'It broke.')")));
        QVERIFY(old->execute(QStringLiteral("INSERT INTO layout VALUES (1, 'R1', 48, 'n{slot}', NULL)")));
        QVERIFY(old->execute(QStringLiteral("INSERT INTO cursor VALUES (1, 4)")));
        QVERIFY(old->execute(QStringLiteral("INSERT INTO images VALUES ('id', '/a.iso', 'A 9')")));
    }
    auto database = StateDatabase::open(path());
    QCOMPARE(database->loadImages().value(), (std::vector{StoredImage{"id", "/a.iso", "A 9"}}));
    const auto state = database->loadRoster().value();
    QCOMPARE(state.cursor, 4);
    QCOMPARE(state.layout.namePattern, std::string("n{slot}"));
    QCOMPARE(state.machines.size(), std::size_t{1});
    const roster::Machine& machine = state.machines.front();
    QCOMPARE(machine.slot, std::optional(3));
    QCOMPARE(machine.stage, roster::Stage::Kickstart);
    QCOMPARE(machine.ticket->token, std::string("0123456789abcdef0123456789abcdef"));
    QVERIFY(machine.ticket->isFetched);
    QCOMPARE(machine.ticket->fetches, 1U);
    QVERIFY(!machine.ticket->isSpent);
    QCOMPARE(message(machine.problem.value()), std::string("It broke."));
}

void TestMigrator::everyTableIsStrict_data() {
    QTest::addColumn<QString>("migrations");
    QTest::newRow("state") << ":/sql/state";
    QTest::newRow("leases") << ":/sql/leases";
}

void TestMigrator::everyTableIsStrict() {
    QFETCH(QString, migrations);
    const auto file = openDatabaseFile(path(), migrations);
    auto query = file->connection.execute(QStringLiteral(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
        "AND name NOT LIKE 'sqlite_%'"));
    QVERIFY(query);
    QVERIFY2(!query->next(), qPrintable(query->value(0).toString()));
}

void TestMigrator::newerSchemaIsRefusedAndLeftAlone() {
    {
        const auto newer = openDatabaseFile(path(), QStringLiteral(":/sql/state"));
        QVERIFY(newer->connection.execute(QStringLiteral("PRAGMA user_version = 9999")));
    }
    const auto database = StateDatabase::open(path());
    QVERIFY(!database);
    QCOMPARE(database.error().code, ErrorCode::SchemaTooNew);
    QCOMPARE(database.error().subject, path().toStdString());
    QCOMPARE(versionOf(*Connection::open(path())), 9999);
    QVERIFY(corruptFiles(QDir(m_directory->path())).isEmpty());
}

void TestMigrator::migrationsRunInOrderOnce() {
    QVERIFY(write(m_directory->filePath(QStringLiteral("001.sql")),
                  "-- first; with a semicolon\nCREATE TABLE a (\n    x TEXT\n) STRICT;\n"));
    QVERIFY(write(m_directory->filePath(QStringLiteral("002.sql")),
                  "ALTER TABLE a ADD COLUMN y TEXT;\nINSERT INTO a VALUES ('one; two', 'y')"));
    const auto connection = Connection::open(path());
    for (int i = 0; i < 2; ++i)
        QVERIFY(migrate(*connection, m_directory->path()));
    QCOMPARE(versionOf(*connection), 2);
    auto query = connection->execute(QStringLiteral("SELECT x FROM a"));
    QVERIFY(query->next());
    QCOMPARE(query->value(0).toString(), QStringLiteral("one; two"));
    QVERIFY(!query->next());
}

void TestMigrator::brokenMigrationChangesNothing() {
    QVERIFY(write(m_directory->filePath(QStringLiteral("001.sql")),
                  "CREATE TABLE a (x TEXT) STRICT;\nNONSENSE;\n"));
    const auto connection = Connection::open(path());
    const auto migrated = migrate(*connection, m_directory->path());
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::Database);
    QCOMPARE(versionOf(*connection), 0);
    QVERIFY(schemaOf(*connection).isEmpty());
}

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_Migrator.moc"
