#include "core/storage/LeaseDatabase.h"
#include "core/storage/StateDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <array>
#include <cstdio>
#include <random>
#include <set>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;

namespace {

constexpr int kills = 20;
constexpr std::uint32_t perLeaseCommit = 4;

/// Says on standard output that `number` is on the disk. One write, so that a kill leaves whole lines.
bool acknowledge(std::uint32_t number) {
    const std::string line = std::to_string(number) + "\n";
    return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() && std::fflush(stdout) == 0;
}

// The child: commits one batch after the other until it is killed, and acknowledges each.

int writeState(const QString& path, std::uint32_t first) {
    auto database = StateDatabase::open(path);
    for (std::uint32_t number = first; database; ++number) {
        StateDatabase::Batch batch;
        batch.machines = {fullMachine(number)};
        batch.journal = {{at(number), "seen", macOf(number), "{}"}};
        batch.cursor = static_cast<int>(number) + 1;
        if (!database->commit(batch) || !acknowledge(number))
            break;
    }
    return 1;
}

int writeLeases(const QString& path, std::uint32_t first) {
    LeaseDatabase database(path);
    for (std::uint32_t number = first;; number += perLeaseCommit) {
        std::array<boot::StoredLease, perLeaseCommit> leases{leaseOf(number), leaseOf(number + 1),
                                                             leaseOf(number + 2), leaseOf(number + 3)};
        if (!database.commit(leases, {}) || !acknowledge(number))
            return 1;
    }
}

} // namespace

/// R46, R47: kill -9 at any moment loses nothing that was acknowledged, and leaves no half of a batch.
class TestKillRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void acknowledgedStateSurvives();
    void acknowledgedLeasesSurvive();

private:
    /// Runs the child from `first`, kills it after a random number of acknowledgements; the last one, or
    /// nothing when it did not run.
    std::optional<std::uint32_t> runAndKill(const QString& role, const QString& path, std::uint32_t first);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::mt19937 m_random{47};
};

void TestKillRecovery::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

std::optional<std::uint32_t> TestKillRecovery::runAndKill(const QString& role, const QString& path,
                                                          std::uint32_t first) {
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {role, path, QString::number(first)});
    const int enough = std::uniform_int_distribution(1, 60)(m_random);
    QByteArray said;
    while (said.count('\n') < enough) {
        if (!child.waitForReadyRead(30'000))
            return std::nullopt;
        said += child.readAllStandardOutput();
    }
    child.kill(); // SIGKILL, while it goes on committing
    if (!child.waitForFinished(30'000) || child.exitStatus() != QProcess::CrashExit)
        return std::nullopt;
    said += child.readAllStandardOutput();
    said.truncate(said.lastIndexOf('\n'));
    return said.mid(said.lastIndexOf('\n') + 1).toUInt();
}

void TestKillRecovery::acknowledgedStateSurvives() {
    const QString path = m_directory->filePath(QStringLiteral("state.db"));
    std::uint32_t next = 1;
    for (int round = 0; round < kills; ++round) {
        const auto last = runAndKill(QStringLiteral("--write-state"), path, next);
        QVERIFY(last && *last >= next);
        auto database = StateDatabase::open(path);
        QVERIFY2(database, database ? "" : message(database.error()).c_str());
        QVERIFY(!database->wasQuarantined());
        const auto state = database->loadRoster();
        QVERIFY2(state, state ? "" : message(state.error()).c_str());
        const auto count = static_cast<std::uint32_t>(state->machines.size());
        // The batch that was under way when the kill came is there whole or not at all.
        QVERIFY(count == *last || count == *last + 1);
        for (std::uint32_t number = 1; number <= count; ++number)
            QVERIFY(state->machines[number - 1] == fullMachine(number));
        QCOMPARE(state->cursor, static_cast<int>(count) + 1);
        QCOMPARE(database->loadJournal(1'000'000)->size(), std::size_t{count});
        next = count + 1;
    }
}

void TestKillRecovery::acknowledgedLeasesSurvive() {
    const QString path = m_directory->filePath(QStringLiteral("leases.db"));
    std::uint32_t next = 0;
    for (int round = 0; round < kills; ++round) {
        const auto last = runAndKill(QStringLiteral("--write-leases"), path, next);
        QVERIFY(last && *last >= next);
        LeaseDatabase database(path);
        const auto leases = database.load();
        QVERIFY2(leases, leases ? "" : message(leases.error()).c_str());
        QVERIFY(!database.wasQuarantined());
        const auto count = static_cast<std::uint32_t>(leases->size());
        QVERIFY(count == *last + perLeaseCommit || count == *last + 2 * perLeaseCommit);
        std::set<Ipv4Address> addresses;
        for (const boot::StoredLease& lease : *leases) {
            QVERIFY(addresses.insert(lease.address).second);
            QVERIFY(lease == leaseOf(lease.address.value() - 0x0A000000U));
        }
        next = count;
    }
}

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QLatin1String("--write-state"))
        return writeState(arguments[2], arguments[3].toUInt());
    if (arguments.size() == 4 && arguments[1] == QLatin1String("--write-leases"))
        return writeLeases(arguments[2], arguments[3].toUInt());
    TestKillRecovery test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_KillRecovery.moc"
