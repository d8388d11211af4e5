#include "core/storage/LeaseDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <thread>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;
using boot::StoredLease;

namespace {

std::vector<StoredLease> sorted(std::vector<StoredLease> leases) {
    std::sort(leases.begin(), leases.end(),
              [](const StoredLease& a, const StoredLease& b) { return a.mac < b.mac; });
    return leases;
}

} // namespace

class TestLeaseDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensNothingBeforeTheFirstCall();
    void leasesComeBack();
    void renewalReplacesTheLease();
    void removedLeasesAreGone();
    void addressGoesOverToTheLaterMachine();
    void addressesMayBeSwappedInOneCommit();
    void filesBelongToTheirOwnerOnly();
    void opensInTheThreadThatUsesIt();
    void reopensAfterClose();
    void unwritablePlaceIsAnError();
    void commitOf48Leases();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(QStringLiteral("leases.db")); }
    [[nodiscard]] std::vector<StoredLease> stored() const {
        return sorted(LeaseDatabase(path()).load().value());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestLeaseDatabase::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestLeaseDatabase::opensNothingBeforeTheFirstCall() {
    LeaseDatabase database(path());
    QVERIFY(!QFile::exists(path()));
    QVERIFY(database.commit({}, {}));
    QVERIFY(!QFile::exists(path()));
    QVERIFY(database.load()->empty());
    QVERIFY(QFile::exists(path()));
    QVERIFY(!database.wasQuarantined());
}

void TestLeaseDatabase::leasesComeBack() {
    StoredLease infinite = leaseOf(2);
    infinite.expires.reset();
    const std::vector<StoredLease> leases{leaseOf(1), infinite};
    QVERIFY(LeaseDatabase(path()).commit(leases, {}));
    QVERIFY(stored() == leases);
}

void TestLeaseDatabase::renewalReplacesTheLease() // R16
{
    LeaseDatabase database(path());
    QVERIFY(database.commit(std::array{leaseOf(1)}, {}));
    StoredLease renewed = leaseOf(1);
    renewed.expires = at(999);
    QVERIFY(database.commit(std::array{renewed}, {}));
    QVERIFY(database.load().value() == std::vector{renewed});
}

void TestLeaseDatabase::removedLeasesAreGone() {
    LeaseDatabase database(path());
    QVERIFY(database.commit(std::array{leaseOf(1), leaseOf(2)}, {}));
    QVERIFY(database.commit(std::array{leaseOf(3)}, std::array{macOf(1), macOf(9)}));
    QVERIFY(stored() == (std::vector{leaseOf(2), leaseOf(3)}));
}

void TestLeaseDatabase::addressGoesOverToTheLaterMachine() // R47: no address twice
{
    LeaseDatabase database(path());
    QVERIFY(database.commit(std::array{leaseOf(1)}, {}));
    StoredLease heir = leaseOf(2);
    heir.address = leaseOf(1).address;
    QVERIFY(database.commit(std::array{heir}, {}));
    QVERIFY(database.load().value() == std::vector{heir});
}

void TestLeaseDatabase::addressesMayBeSwappedInOneCommit() {
    LeaseDatabase database(path());
    StoredLease a = leaseOf(1);
    StoredLease b = leaseOf(2);
    QVERIFY(database.commit(std::array{a, b}, {}));
    std::swap(a.address, b.address);
    QVERIFY(database.commit(std::array{a, b}, {}));
    QVERIFY(stored() == (std::vector{a, b}));
}

void TestLeaseDatabase::filesBelongToTheirOwnerOnly() {
    LeaseDatabase database(path());
    QVERIFY(database.commit(std::array{leaseOf(1)}, {}));
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const QString& suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QVERIFY((QFile::permissions(path() + suffix) & others) == QFile::Permissions());
}

void TestLeaseDatabase::opensInTheThreadThatUsesIt() {
    LeaseDatabase database(path()); // made by the engine, used by the DHCP thread
    bool isStored = false;
    std::thread owner([&] {
        isStored = database.commit(std::array{leaseOf(1)}, {}).has_value();
        database.close();
    });
    owner.join();
    QVERIFY(isStored);
    QVERIFY(stored() == std::vector{leaseOf(1)});
}

void TestLeaseDatabase::reopensAfterClose() {
    LeaseDatabase database(path());
    QVERIFY(database.commit(std::array{leaseOf(1)}, {}));
    database.close();
    database.close();
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
    QVERIFY(database.load().value() == std::vector{leaseOf(1)});
}

void TestLeaseDatabase::unwritablePlaceIsAnError() {
    LeaseDatabase database(m_directory->filePath(QStringLiteral("none/leases.db")));
    const auto loaded = database.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::Database);
    QVERIFY(!database.commit(std::array{leaseOf(1)}, {}));
}

void TestLeaseDatabase::commitOf48Leases() // A5
{
    LeaseDatabase database(path());
    std::vector<StoredLease> leases;
    for (std::uint32_t number = 0; number < 48; ++number)
        leases.push_back(leaseOf(number));
    QVERIFY(database.load());
    QBENCHMARK {
        QVERIFY(database.commit(leases, {}));
    }
    QCOMPARE(stored().size(), std::size_t{48});
}

QTEST_GUILESS_MAIN(TestLeaseDatabase)
#include "tst_LeaseDatabase.moc"
