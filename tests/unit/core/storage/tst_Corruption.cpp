#include "core/storage/LeaseDatabase.h"
#include "core/storage/StateDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <random>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;

/// R50: a corrupt file is set aside, and the program starts.
class TestCorruption : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void brokenHeaderIsSetAside();
    void textFileIsSetAside();
    void cutFileIsSetAside();
    void everyQuarantineKeepsItsFile();
    void leftoverLogIsNotAppliedToTheNewFile();
    void corruptLeasesAreSetAside();
    void randomDamageNeverKeepsItFromStarting();
    void randomDamageOfLeasesNeverKeepsThemFromStarting();
    void directoryInTheWayIsAnErrorNotCorruption();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(QStringLiteral("state.db")); }
    [[nodiscard]] QStringList setAside() const { return corruptFiles(QDir(m_directory->path())); }
    [[nodiscard]] bool fill() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCorruption::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

bool TestCorruption::fill() const {
    StateDatabase::Batch batch;
    for (std::uint32_t number = 1; number <= 100; ++number) {
        batch.machines.push_back(fullMachine(number));
        batch.journal.push_back({at(number), "seen", macOf(number), "{}"});
    }
    auto database = StateDatabase::open(path());
    return database && database->commit(batch);
}

void TestCorruption::brokenHeaderIsSetAside() {
    QVERIFY(fill());
    QVERIFY(overwrite(path(), 0, QByteArray(64, 'x')));
    auto database = StateDatabase::open(path());
    QVERIFY2(database, database ? "" : message(database.error()).c_str());
    QVERIFY(database->wasQuarantined());
    QVERIFY(database->loadRoster()->machines.empty());
    QVERIFY(database->putSetting("works", "again"));
    QCOMPARE(setAside().size(), 1);
    static const QRegularExpression name(QStringLiteral("^state\\.db\\.corrupt-\\d{8}T\\d{9}Z$"));
    QVERIFY2(name.match(setAside().front()).hasMatch(), qPrintable(setAside().front()));
}

void TestCorruption::textFileIsSetAside() {
    QVERIFY(overwrite(path(), 0, QByteArray("This is no database.\n").repeated(500)));
    QVERIFY(StateDatabase::open(path())->wasQuarantined());
    QFile kept(m_directory->filePath(setAside().front()));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll().startsWith("This is no database."));
}

void TestCorruption::cutFileIsSetAside() {
    QVERIFY(fill());
    QVERIFY(QFile::resize(path(), QFileInfo(path()).size() / 2));
    auto database = StateDatabase::open(path());
    QVERIFY2(database, database ? "" : message(database.error()).c_str());
    QVERIFY(database->wasQuarantined());
}

void TestCorruption::everyQuarantineKeepsItsFile() {
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(overwrite(path(), 0, QByteArray(4096, 'x')));
        QVERIFY(StateDatabase::open(path())->wasQuarantined());
        QCOMPARE(setAside().size(), i);
    }
}

void TestCorruption::leftoverLogIsNotAppliedToTheNewFile() {
    const QString copy = m_directory->filePath(QStringLiteral("copy-wal"));
    {
        auto database = StateDatabase::open(path());
        QVERIFY(database->putSetting("old", "value"));
        QVERIFY(QFile::copy(path() + QStringLiteral("-wal"), copy));
    }
    QVERIFY(QFile::copy(copy, path() + QStringLiteral("-wal"))); // as a crash leaves it
    QVERIFY(overwrite(path(), 0, QByteArray(8192, 'x')));
    QVERIFY(overwrite(path() + QStringLiteral("-wal"), 0, QByteArray(64, 'x')));
    auto database = StateDatabase::open(path());
    QVERIFY(database->wasQuarantined());
    QVERIFY(database->loadSettings()->empty());
}

void TestCorruption::corruptLeasesAreSetAside() {
    const QString leases = m_directory->filePath(QStringLiteral("leases.db"));
    QVERIFY(overwrite(leases, 0, QByteArray(4096, 'x')));
    LeaseDatabase database(leases);
    QVERIFY(database.load()->empty());
    QVERIFY(database.wasQuarantined());
    QVERIFY(database.commit(std::array{leaseOf(1)}, {}));
    QCOMPARE(setAside().size(), 1);
}

void TestCorruption::randomDamageNeverKeepsItFromStarting() {
    constexpr int rounds = 100;
    constexpr qint64 slowest = 3000; // milliseconds
    QVERIFY(fill());
    const QString original = m_directory->filePath(QStringLiteral("original"));
    QVERIFY(QFile::copy(path(), original));
    const qint64 pages = QFileInfo(original).size() / 4096;
    QVERIFY(pages > 10);
    std::mt19937 random(50);
    int quarantined = 0;
    for (int round = 0; round < rounds; ++round) {
        QVERIFY(QFile::remove(path()));
        QVERIFY(QFile::copy(original, path()));
        QByteArray noise(4096, '\0');
        for (char& c : noise)
            c = static_cast<char>(random());
        QVERIFY(
            overwrite(path(), static_cast<qint64>(random() % static_cast<unsigned>(pages)) * 4096, noise));
        QElapsedTimer timer;
        timer.start();
        auto database = StateDatabase::open(path());
        QVERIFY2(database, database ? "" : message(database.error()).c_str());
        QVERIFY(database->loadRoster());
        QVERIFY(timer.elapsed() < slowest);
        quarantined += database->wasQuarantined() ? 1 : 0;
    }
    QCOMPARE(quarantined, rounds); // every page of this file is in use
}

void TestCorruption::randomDamageOfLeasesNeverKeepsThemFromStarting() // R50
{
    constexpr int rounds = 100;
    constexpr qint64 slowest = 3000; // milliseconds
    constexpr qint64 page = 1024;
    const QString leases = m_directory->filePath(QStringLiteral("leases.db"));
    const QString original = m_directory->filePath(QStringLiteral("original"));
    {
        std::vector<boot::StoredLease> many;
        for (std::uint32_t number = 1; number <= 2000; ++number)
            many.push_back(leaseOf(number));
        LeaseDatabase database(leases);
        QVERIFY(database.commit(many, {}));
    }
    QVERIFY(QFile::copy(leases, original));
    const qint64 pages = QFileInfo(original).size() / page;
    QVERIFY(pages > 100);
    std::mt19937 random(51);
    int quarantined = 0;
    for (int round = 0; round < rounds; ++round) {
        QVERIFY(QFile::remove(leases));
        QVERIFY(QFile::copy(original, leases));
        QByteArray noise(page, '\0');
        for (char& c : noise)
            c = static_cast<char>(random());
        QVERIFY(
            overwrite(leases, static_cast<qint64>(random() % static_cast<unsigned>(pages)) * page, noise));
        QElapsedTimer timer;
        timer.start();
        LeaseDatabase database(leases);
        const auto loaded = database.load();
        QVERIFY2(loaded, loaded ? "" : message(loaded.error()).c_str());
        QVERIFY(timer.elapsed() < slowest);
        QVERIFY(database.hasLostLeases() == loaded->empty());
        QVERIFY(database.commit(std::array{leaseOf(5000)}, {}));
        quarantined += database.wasQuarantined() ? 1 : 0;
    }
    QCOMPARE(quarantined, rounds); // every page of this file is in use
}

void TestCorruption::directoryInTheWayIsAnErrorNotCorruption() {
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("state.db")));
    const auto database = StateDatabase::open(path());
    QVERIFY(!database);
    QCOMPARE(database.error().code, ErrorCode::Database);
    QVERIFY(setAside().isEmpty());
}

QTEST_GUILESS_MAIN(TestCorruption)
#include "tst_Corruption.moc"
