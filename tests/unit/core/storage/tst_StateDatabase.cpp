#include "core/storage/StateDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;
using roster::Machine;

namespace {

/// Files of this process cannot grow beyond `bytes` while it lives: a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        m_oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_old);
        const rlimit limit{bytes, m_old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_oldHandler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_old{};
    void (*m_oldHandler)(int) = nullptr;
};

JournalEntry entryOf(int number) {
    return {at(number), "seen", macOf(static_cast<std::uint32_t>(number)), R"({"arch":"bios"})"};
}

} // namespace

class TestStateDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newDatabaseHasTheDefaults();
    void everyFieldOfAMachineComesBack();
    void emptyMachineComesBack();
    void everyStageAndApprovalComesBack();
    void machineIsReplacedNotMerged();
    void removalGoesBeforeArrival();
    void layoutAndCursorComeBack();
    void reservedSlotsComeBack();
    void oneTicketCannotBelongToTwoMachines();
    void failedBatchLeavesNothing();
    void fullDiskFailsTheBatchAndNoMore();
    void journalGivesTheNewestOldestFirst();
    void journalForgetsTheOldest();
    void imagesKeepTheirOrder();
    void fileSourcesComeBack();
    void everyFieldOfAnImageComesBack();
    void aCopyEndsTogetherWithItsImage();
    void aRemovedImageLeavesNothingButItsDiscards();
    void profilesAndSettingsComeBack();
    void unreadableValueIsAnError();
    void filesBelongToTheirOwnerOnly();
    void twoDatabasesDoNotDisturbEachOther();
    void missingDirectoryIsAnError();

private:
    [[nodiscard]] QString path() const { return m_directory->filePath(QStringLiteral("state.db")); }
    /// The roster as another process would find it.
    [[nodiscard]] roster::RosterState stored() const {
        return StateDatabase::open(path())->loadRoster().value();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestStateDatabase::init() {
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestStateDatabase::newDatabaseHasTheDefaults() {
    auto database = StateDatabase::open(path());
    QVERIFY2(database, database ? "" : message(database.error()).c_str());
    QVERIFY(!database->wasQuarantined());
    const auto state = database->loadRoster().value();
    QVERIFY(state.layout == roster::RackLayout());
    QCOMPARE(state.cursor, 1);
    QVERIFY(state.machines.empty());
    QVERIFY(database->loadImages()->empty());
    QVERIFY(database->loadProfiles()->empty());
    QVERIFY(database->loadSettings()->empty());
    QVERIFY(database->loadJournal(10)->empty());
}

void TestStateDatabase::everyFieldOfAMachineComesBack() {
    const Machine machine = fullMachine(7);
    StateDatabase::Batch batch;
    batch.machines = {machine};
    QVERIFY(StateDatabase::open(path())->commit(batch));
    const auto machines = stored().machines;
    QCOMPARE(machines.size(), std::size_t{1});
    QVERIFY(machines.front() == machine);
}

void TestStateDatabase::emptyMachineComesBack() {
    StateDatabase::Batch batch;
    batch.machines = {Machine(macOf(1))};
    QVERIFY(StateDatabase::open(path())->commit(batch));
    QVERIFY(stored().machines == batch.machines);
}

void TestStateDatabase::everyStageAndApprovalComesBack() {
    StateDatabase::Batch batch;
    for (std::uint32_t stage = 0; stage <= static_cast<std::uint32_t>(roster::Stage::LocalBoot); ++stage) {
        Machine machine(macOf(stage));
        machine.stage = static_cast<roster::Stage>(stage);
        machine.approval = static_cast<roster::Approval>(stage % 3);
        batch.machines.push_back(machine);
    }
    QVERIFY(StateDatabase::open(path())->commit(batch));
    QVERIFY(stored().machines == batch.machines);
}

void TestStateDatabase::machineIsReplacedNotMerged() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    batch.machines = {fullMachine(1)};
    QVERIFY(database->commit(batch));
    batch.machines = {Machine(macOf(1))};
    QVERIFY(database->commit(batch));
    QVERIFY(database->loadRoster()->machines == batch.machines);
}

void TestStateDatabase::removalGoesBeforeArrival() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch first;
    first.machines = {fullMachine(1), fullMachine(2)};
    QVERIFY(database->commit(first));
    StateDatabase::Batch second;
    second.removed = {macOf(1), macOf(2), macOf(3)};
    second.machines = {fullMachine(2)};
    QVERIFY(database->commit(second));
    QVERIFY(database->loadRoster()->machines == second.machines);
}

void TestStateDatabase::layoutAndCursorComeBack() {
    StateDatabase::Batch batch;
    batch.layout = roster::RackLayout{.name = "R12",
                                      .rackCount = 3,
                                      .slotCount = 48,
                                      .namePattern = "r12-n{slot:02}",
                                      .firstAddress = Ipv4Address(192, 168, 0, 101),
                                      .addressStep = 2,
                                      .rackAddressStep = 256,
                                      .direction = roster::Direction::ByColumn,
                                      .columns = 4};
    batch.cursor = 13;
    {
        auto database = StateDatabase::open(path());
        QVERIFY(database->commit(batch));
        StateDatabase::Batch only;
        only.cursor = 14;
        QVERIFY(database->commit(only));
    }
    const auto state = stored();
    QVERIFY(state.layout == *batch.layout);
    QCOMPARE(state.cursor, 14);
}

void TestStateDatabase::reservedSlotsComeBack() {
    StateDatabase::Batch batch;
    batch.reserved = {4, 999};
    QVERIFY(StateDatabase::open(path())->commit(batch));
    QCOMPARE(stored().reserved, *batch.reserved);
    batch.reserved->erase(999);
    QVERIFY(StateDatabase::open(path())->commit(batch));
    StateDatabase::Batch other;
    other.cursor = 3;
    QVERIFY(StateDatabase::open(path())->commit(other));
    QCOMPARE(stored().reserved, std::set{4});
}

void TestStateDatabase::oneTicketCannotBelongToTwoMachines() // R41
{
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    batch.machines = {fullMachine(1), fullMachine(2)};
    batch.machines[1].ticket->token = batch.machines[0].ticket->token;
    const auto result = database->commit(batch);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Database);
    QCOMPARE(result.error().subject, path().toStdString());
}

void TestStateDatabase::failedBatchLeavesNothing() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    batch.machines = {fullMachine(1)};
    batch.journal = {entryOf(1)};
    batch.cursor = 0; // refused by the schema, after the machine was written
    QVERIFY(!database->commit(batch));
    QVERIFY(database->loadRoster()->machines.empty());
    QVERIFY(database->loadJournal(10)->empty());
    batch.cursor = 2;
    QVERIFY(database->commit(batch));
    QCOMPARE(database->loadRoster()->machines.size(), std::size_t{1});
    QCOMPARE(database->loadJournal(10)->size(), std::size_t{1});
}

void TestStateDatabase::fullDiskFailsTheBatchAndNoMore() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch small;
    small.machines = {fullMachine(1)};
    QVERIFY(database->commit(small));
    StateDatabase::Batch large;
    for (std::uint32_t number = 2; number < 2000; ++number)
        large.machines.push_back(fullMachine(number));
    {
        const FullDisk full(200'000);
        const auto result = database->commit(large);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Database);
    }
    QVERIFY(database->loadRoster()->machines == small.machines);
    QVERIFY(database->commit(large)); // there is room again
    QCOMPARE(database->loadRoster()->machines.size(), std::size_t{1999});
}

// R58 (part): it does not grow for ever.
void TestStateDatabase::journalForgetsTheOldest() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    for (int i = 0; i < int(StateDatabase::journalCapacity) + 10; ++i)
        batch.journal.push_back(entryOf(i));
    QVERIFY(database->commit(batch).has_value());
    const auto kept = database->loadJournal(2 * int(StateDatabase::journalCapacity)).value();
    QCOMPARE(qint64(kept.size()), StateDatabase::journalCapacity);
    QCOMPARE(kept.front().time, entryOf(10).time);
}

void TestStateDatabase::journalGivesTheNewestOldestFirst() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    for (int i = 1; i <= 5; ++i)
        batch.journal.push_back(entryOf(i));
    batch.journal.push_back({at(6), "ready", std::nullopt, "{}"});
    QVERIFY(database->commit(batch));
    const auto newest = database->loadJournal(3).value();
    QCOMPARE(newest.size(), std::size_t{3});
    QVERIFY(newest[0].time == at(4));
    QVERIFY(newest[0].mac == macOf(4));
    QCOMPARE(newest[0].facts, std::string(R"({"arch":"bios"})"));
    QCOMPARE(newest[2].name, std::string("ready"));
    QVERIFY(!newest[2].mac);
    QCOMPARE(database->loadJournal(100)->size(), std::size_t{6});
    QVERIFY(database->loadJournal(-1)->empty());
}

void TestStateDatabase::imagesKeepTheirOrder() {
    const StoredImage rocky{"b", "/images/Rocky 9.iso", "Rocky Linux 9.4"};
    const StoredImage debian{"a", "/images/debian.iso", "Debian 12"};
    auto database = StateDatabase::open(path());
    QVERIFY(database->putImage(rocky));
    QVERIFY(database->putImage({"a", "/old", ""}));
    QVERIFY(database->putImage(debian));
    QCOMPARE(database->loadImages().value(), (std::vector{rocky, debian}));
    QVERIFY(database->removeImage("b"));
    QVERIFY(database->removeImage("never there"));
    QCOMPARE(database->loadImages().value(), std::vector{debian});
}

void TestStateDatabase::fileSourcesComeBack() {
    const StoredFolder drivers{"drivers", "/media/驱动"};
    const StoredKernel kernel{"rescue", "/boot/vmlinuz", {"/b", "/a\n;"}, "quiet"};
    using Lists = std::map<std::string, std::vector<std::string>>;
    {
        auto database = StateDatabase::open(path());
        const FileSourceRepository sources = database->fileSources();
        QVERIFY(sources.putFolder({"drivers", "/old"}));
        QVERIFY(sources.putFolder(drivers));
        QVERIFY(sources.putFolder({"other", "/x"}));
        QVERIFY(sources.removeFolder("other"));
        QVERIFY(sources.putExtraInitrds("rocky", {"/1", "/2", "/3"}));
        QVERIFY(sources.putExtraInitrds("rocky", {"/2", "/1"}));
        QVERIFY(sources.putExtraInitrds("debian", {"/9"}));
        QVERIFY(sources.putExtraInitrds("debian", {}));
        QVERIFY(sources.putKernel({"rescue", "/old", {"/1", "/2", "/3"}, {}}));
        QVERIFY(sources.putKernel(kernel));
        QVERIFY(sources.putKernel({"gone", "/k", {"/i"}, {}}));
        QVERIFY(sources.removeKernel("gone"));
    }
    auto database = StateDatabase::open(path());
    const FileSourceRepository sources = database->fileSources();
    QCOMPARE(sources.loadFolders().value(), std::vector{drivers});
    QVERIFY(sources.loadExtraInitrds().value() == (Lists{{"rocky", {"/2", "/1"}}}));
    QCOMPARE(sources.loadKernels().value(), std::vector{kernel});
}

void TestStateDatabase::everyFieldOfAnImageComesBack() {
    const StoredImage full{"id",
                           "/media/网络/a.iso",
                           "Rocky Linux 9.4",
                           "our \"own\"",
                           true,
                           FileStamp{9'000'000'000'000ULL, -5, 0xFFFFFFFFFFFFFFFFULL, 0x8000000000000001ULL},
                           "ends",
                           "mismatch",
                           std::string(64, 'a'),
                           "SHA256SUMS, implanted MD5"};
    QVERIFY(StateDatabase::open(path())->putImage({"id", "/old", ""}));
    QVERIFY(StateDatabase::open(path())->putImage(full));
    QCOMPARE(StateDatabase::open(path())->loadImages().value(), std::vector{full});
}

void TestStateDatabase::aCopyEndsTogetherWithItsImage() { // R46
    const StoredImage image{"id", "/media/a.iso", "A"};
    StoredCopy copy{"id", "/media/a.iso", FileStamp{10, 20, 30, 40}, "A.iso", 0, true};
    {
        auto database = StateDatabase::open(path());
        QVERIFY(database->putImage(image));
        QVERIFY(database->putCopy(copy));
        copy.good = 5'000'000'000ULL;
        copy.isWanted = false;
        QVERIFY(database->putCopy(copy));
    }
    auto database = StateDatabase::open(path());
    QCOMPARE(database->loadCopies().value(), std::vector{copy});
    StoredImage copied = image;
    copied.path = "/state/images/A.iso";
    copied.isOwnCopy = true;
    QVERIFY(database->finishCopy(copied));
    QVERIFY(database->loadCopies()->empty());
    QCOMPARE(database->loadImages().value(), std::vector{copied});
}

void TestStateDatabase::aRemovedImageLeavesNothingButItsDiscards() { // R46
    auto database = StateDatabase::open(path());
    QVERIFY(database->putImage({"id", "/state/images/A.iso", "A"}));
    QVERIFY(database->putCopy({"id", "/media/a.iso", {}, "A.iso", 7, true}));
    QVERIFY(database->removeImage("id", {"/state/images/A.iso", "/state/images/.id.part"}));
    QVERIFY(database->loadImages()->empty());
    QVERIFY(database->loadCopies()->empty());
    QCOMPARE(database->loadDiscards().value(),
             (std::vector<std::string>{"/state/images/.id.part", "/state/images/A.iso"}));
    QVERIFY(database->removeDiscard("/state/images/A.iso"));
    QCOMPARE(database->loadDiscards()->size(), std::size_t{1});
}

void TestStateDatabase::profilesAndSettingsComeBack() {
    const StoredProfile profile{"存储", "text\n%packages\n@core\n%end\n"};
    {
        auto database = StateDatabase::open(path());
        QVERIFY(database->putProfile({"存储", ""}));
        QVERIFY(database->putProfile(profile));
        QVERIFY(database->putProfile({"old", "x"}));
        QVERIFY(database->removeProfile("old"));
        QVERIFY(database->putSetting("port", "80"));
        QVERIFY(database->putSetting("port", "8080"));
        QVERIFY(database->putSetting("gateway", ""));
    }
    auto database = StateDatabase::open(path());
    QCOMPARE(database->loadProfiles().value(), std::vector{profile});
    const std::map<std::string, std::string> expected{{"gateway", ""}, {"port", "8080"}};
    QVERIFY(database->loadSettings().value() == expected);
}

void TestStateDatabase::unreadableValueIsAnError() {
    auto database = StateDatabase::open(path());
    StateDatabase::Batch batch;
    batch.machines = {fullMachine(1)};
    QVERIFY(database->commit(batch));
    {
        const auto other = Connection::open(path());
        QVERIFY(other->execute(QStringLiteral("UPDATE machines SET stage = 'flying'")));
    }
    const auto state = database->loadRoster();
    QVERIFY(!state);
    QCOMPARE(state.error().code, ErrorCode::Database);
    QCOMPARE(state.error().detail, std::string("“flying” cannot be a stage"));
}

void TestStateDatabase::filesBelongToTheirOwnerOnly() // R41
{
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QFile earlier(path());
    QVERIFY(earlier.open(QIODevice::WriteOnly));
    earlier.close();
    QVERIFY(earlier.setPermissions(ownerOnly | QFile::ReadGroup | QFile::ReadOther));
    auto database = StateDatabase::open(path());
    QVERIFY(database->putSetting("key", "value"));
    for (const QString& suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        QVERIFY(QFile::exists(path() + suffix));
        const auto permissions = QFile::permissions(path() + suffix);
        QVERIFY2((permissions & ~ownerOnly) == QFile::Permissions(), qPrintable(suffix));
    }
}

void TestStateDatabase::twoDatabasesDoNotDisturbEachOther() {
    const QString second = m_directory->filePath(QStringLiteral("second.db"));
    auto a = StateDatabase::open(path());
    {
        auto b = StateDatabase::open(second);
        QVERIFY(b->putSetting("name", "b"));
        QVERIFY(a->putSetting("name", "a"));
        StateDatabase moved(std::move(*b));
        QCOMPARE(moved.loadSettings()->at("name"), std::string("b"));
    }
    QCOMPARE(a->loadSettings()->at("name"), std::string("a"));
    a = tl::unexpected(Error{});
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

void TestStateDatabase::missingDirectoryIsAnError() {
    const auto database = StateDatabase::open(m_directory->filePath(QStringLiteral("none/state.db")));
    QVERIFY(!database);
    QCOMPARE(database.error().code, ErrorCode::Database);
    QCOMPARE(database.error().detail, std::string("No such file or directory"));
}

QTEST_GUILESS_MAIN(TestStateDatabase)
#include "tst_StateDatabase.moc"
