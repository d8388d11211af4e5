#include "core/storage/LeaseDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QFileInfo>
#include <QTest>

#include <array>
#include <cerrno>
#include <dlfcn.h>
#include <map>
#include <set>
#include <sys/types.h>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;

namespace {

/// Which call to the disk fails, and how.
struct Fault {
    bool isOn = false;
    int countdown = 0; ///< calls until the one that fails
    int length = 1;    ///< how many fail from there on
    int error = EIO;
    int failed = 0;
};
Fault fault;

/// True when this call to the disk is to fail.
bool failsNow() {
    if (!fault.isOn)
        return false;
    --fault.countdown;
    if (fault.countdown > 0 || fault.countdown <= -fault.length)
        return false;
    ++fault.failed;
    errno = fault.error;
    return true;
}

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

// This program's own versions of what SQLite writes by; the dynamic linker prefers them (ENABLE_EXPORTS).
extern "C" {
__attribute__((visibility("default"))) ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
    static auto* const next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return failsNow() ? -1 : next(fd, bytes, size, at);
}
__attribute__((visibility("default"))) ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
    static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    return failsNow() ? -1 : next(fd, bytes, size, at);
}
__attribute__((visibility("default"))) int fdatasync(int fd) {
    static auto* const next = real<int(int)>("fdatasync");
    return failsNow() ? -1 : next(fd);
}
__attribute__((visibility("default"))) int fsync(int fd) {
    static auto* const next = real<int(int)>("fsync");
    return failsNow() ? -1 : next(fd);
}
}

/// A disk that fails at the n-th write or sync, for every n.
class TestLeaseFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasCommittedStays_data();
    void whatWasCommittedStays();
};

void TestLeaseFaults::whatWasCommittedStays_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("length");
    QTest::newRow("disk full") << ENOSPC << 1;
    QTest::newRow("disk full for long") << ENOSPC << 40;
    QTest::newRow("I/O error") << EIO << 1;
    QTest::newRow("I/O error for long") << EIO << 40;
    QTest::newRow("quota") << EDQUOT << 3;
    QTest::newRow("read-only from then on") << EROFS << 40;
}

// R49: every n-th write or sync; the full file system is in tests/dhcp/tst_Disk.cpp
void TestLeaseFaults::whatWasCommittedStays() {
    QFETCH(int, error);
    QFETCH(int, length);
    constexpr int last = 500;
    constexpr std::uint32_t commits = 120;
    for (int n = 1; n <= last; ++n) {
        // In memory where there is such a place: what fails is the call, not the disk.
        const bool hasMemory = QFileInfo(QStringLiteral("/dev/shm")).isWritable();
        const QTemporaryDir directory((hasMemory ? QStringLiteral("/dev/shm") : QDir::tempPath()) +
                                      QStringLiteral("/rackmuster-XXXXXX"));
        const QString path = directory.filePath(QStringLiteral("leases.db"));
        LeaseDatabase database(path);
        QVERIFY(database.load()->empty());
        std::map<MacAddress, Ipv4Address> committed;
        std::set<MacAddress> uncertain;
        fault = {true, n, length, error};
        for (std::uint32_t number = 1; number <= commits; ++number) {
            // Some renew, most are new.
            const boot::StoredLease lease = leaseOf(number % 5 == 0 ? number / 5 : number + 1000);
            if (database.commit(std::array{lease}, {}))
                committed[lease.mac] = lease.address;
            else
                uncertain.insert(lease.mac);
        }
        fault.isOn = false;
        QVERIFY(fault.failed > 0);
        // It works again at once, without a restart.
        QVERIFY(database.commit(std::array{leaseOf(9999)}, {}));
        committed[leaseOf(9999).mac] = leaseOf(9999).address;
        database.close();

        LeaseDatabase again(path);
        const auto rows = again.load();
        QVERIFY2(rows, rows ? "" : message(rows.error()).c_str());
        QVERIFY(!again.wasQuarantined());
        std::map<MacAddress, Ipv4Address> stored;
        for (const boot::StoredLease& lease : *rows)
            stored.emplace(lease.mac, lease.address);
        for (const auto& [mac, address] : committed)
            QVERIFY2(stored.contains(mac) && stored.at(mac) == address, qPrintable(QString::number(n)));
        for (const auto& [mac, address] : stored)
            QVERIFY(committed.contains(mac) || uncertain.contains(mac));
    }
}

QTEST_GUILESS_MAIN(TestLeaseFaults)
#include "tst_LeaseFaults.moc"
