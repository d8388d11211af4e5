#include "core/storage/LeaseDatabase.h"
#include "tests/unit/core/storage/StorageFixture.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <random>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <variant>
#include <vector>

using namespace rackmuster;
using namespace rackmuster::storage;
using namespace rackmuster::tests;

namespace {

/// What the program asked of the disk, in order.
struct Written {
    std::string file;
    std::size_t at = 0;
    std::string bytes;
};
struct Cut {
    std::string file;
    std::size_t size = 0;
};
struct Synced {
    std::string file;
};
struct Acknowledged {
    boot::StoredLease lease;
};
using Act = std::variant<Written, Cut, Synced, Acknowledged>;

/// The tape runs while a test has one.
std::vector<Act>* tape = nullptr;

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// The name without its folder; empty for what does not survive (the index of the log is rebuilt).
std::string recorded(int fd) {
    if (tape == nullptr)
        return {};
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    const std::string name(path.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    const std::string file = name.substr(name.rfind('/') + 1);
    return file == "leases.db" || file == "leases.db-wal" ? file : std::string();
}

void record(int fd, const void* bytes, size_t size, off_t at) {
    if (std::string file = recorded(fd); !file.empty())
        tape->push_back(Written{std::move(file), static_cast<std::size_t>(at),
                                std::string(static_cast<const char*>(bytes), size)});
}

} // namespace

// This program's own versions of what SQLite writes by; the dynamic linker prefers them (ENABLE_EXPORTS).
extern "C" {
__attribute__((visibility("default"))) ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
    static auto* const next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    record(fd, bytes, size, at);
    return next(fd, bytes, size, at);
}
__attribute__((visibility("default"))) int ftruncate64(int fd, off64_t size) noexcept {
    static auto* const next = real<int(int, off64_t)>("ftruncate64");
    if (std::string file = recorded(fd); !file.empty())
        tape->push_back(Cut{std::move(file), static_cast<std::size_t>(size)});
    return next(fd, size);
}
__attribute__((visibility("default"))) int fdatasync(int fd) {
    static auto* const next = real<int(int)>("fdatasync");
    if (std::string file = recorded(fd); !file.empty())
        tape->push_back(Synced{std::move(file)});
    return next(fd);
}
__attribute__((visibility("default"))) int fsync(int fd) {
    static auto* const next = real<int(int)>("fsync");
    if (std::string file = recorded(fd); !file.empty())
        tape->push_back(Synced{std::move(file)});
    return next(fd);
}
}

namespace {

/// A disk that loses its power: what was synced stands, of the rest any 512-byte sector may or may not.
class LossyDisk {
public:
    void apply(const Act& act) {
        if (const auto* written = std::get_if<Written>(&act))
            m_pending[written->file].push_back(*written);
        else if (const auto* cut = std::get_if<Cut>(&act))
            m_pending[cut->file].push_back(*cut);
        else if (const auto* synced = std::get_if<Synced>(&act))
            settle(m_stable[synced->file], m_pending[synced->file]);
    }

    /// What is found when the power is back.
    [[nodiscard]] std::map<std::string, std::string> lose(std::mt19937& random) const {
        std::map<std::string, std::string> found = m_stable;
        for (const auto& [file, acts] : m_pending) {
            std::string& content = found[file];
            // As far as the disk had come, and there sector by sector.
            const std::size_t whole = random() % (acts.size() + 1);
            for (std::size_t i = 0; i < acts.size(); ++i) {
                if (const auto* written = std::get_if<Written>(&acts[i]))
                    put(content, *written, [&] { return i < whole || random() % 2 == 0; });
                else if (i < whole)
                    content.resize(std::get<Cut>(acts[i]).size);
            }
        }
        return found;
    }

private:
    using Pending = std::vector<std::variant<Written, Cut>>;

    template <typename Decide>
    static void put(std::string& content, const Written& written, const Decide& arrives) {
        constexpr std::size_t sector = 512;
        for (std::size_t done = 0; done < written.bytes.size();) {
            const std::size_t at = written.at + done;
            const std::size_t size = std::min(written.bytes.size() - done, sector - at % sector);
            if (arrives()) {
                content.resize(std::max(content.size(), at + size));
                content.replace(at, size, written.bytes, done, size);
            }
            done += size;
        }
    }
    static void settle(std::string& content, Pending& acts) {
        for (const auto& act : acts) {
            if (const auto* written = std::get_if<Written>(&act))
                put(content, *written, [] { return true; });
            else
                content.resize(std::get<Cut>(act).size);
        }
        acts.clear();
    }

    std::map<std::string, std::string> m_stable;
    std::map<std::string, Pending> m_pending;
};

bool isWhole(const QString& path) {
    QString answer;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("check"));
        database.setDatabaseName(path);
        if (database.open()) {
            QSqlQuery query(QStringLiteral("PRAGMA integrity_check"), database);
            answer = query.next() ? query.value(0).toString() : QString();
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("check"));
    return answer == QLatin1String("ok");
}

} // namespace

/// Power that goes at any moment, with torn sectors.
class TestPowerLoss : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedLeasesSurvive();
};

void TestPowerLoss::acknowledgedLeasesSurvive() // R48 (part): the leases; the other database has the same
                                                // settings
{
    constexpr std::uint32_t groups = 12000;
    constexpr int losses = 1000;
    std::vector<Act> acts;
    const QString memory =
        QFileInfo(QStringLiteral("/dev/shm")).isWritable() ? QStringLiteral("/dev/shm") : QDir::tempPath();
    {
        const QTemporaryDir directory(memory + QStringLiteral("/rackmuster-XXXXXX"));
        LeaseDatabase database(directory.filePath(QStringLiteral("leases.db")));
        tape = &acts;
        for (std::uint32_t group = 0; group < groups; ++group) {
            std::vector<boot::StoredLease> leases;
            for (std::uint32_t i = 0; i < 1 + group % 7; ++i) { // some new, some renewed
                leases.push_back(leaseOf(1 + (group * 3 + i) % 1200));
                leases.back().expires = at(group);
            }
            QVERIFY(database.commit(leases, {}));
            for (const boot::StoredLease& lease : leases)
                acts.push_back(Acknowledged{lease});
        }
        tape = nullptr;
        database.close();
    }
    QVERIFY(acts.size() > losses);
    // Checkpoints are the dangerous moments: there must have been some.
    const auto isOfTheFile = [](const Act& act) {
        const auto* written = std::get_if<Written>(&act);
        return written != nullptr && written->file == "leases.db";
    };
    QVERIFY2(std::ranges::count_if(acts, isOfTheFile) > 200,
             std::to_string(std::ranges::count_if(acts, isOfTheFile)).c_str());

    std::mt19937 random(48);
    LossyDisk disk;
    std::map<MacAddress, boot::StoredLease> acknowledged;
    std::size_t done = 0;
    for (int loss = 0; loss < losses; ++loss) {
        const std::size_t end = acts.size() * static_cast<std::size_t>(loss + 1) / losses;
        for (; done < end; ++done) {
            disk.apply(acts[done]);
            if (const auto* told = std::get_if<Acknowledged>(&acts[done]))
                acknowledged.insert_or_assign(told->lease.mac, told->lease);
        }
        const QTemporaryDir directory(memory + QStringLiteral("/rackmuster-XXXXXX"));
        const QString path = directory.filePath(QStringLiteral("leases.db"));
        for (const auto& [name, content] : disk.lose(random)) {
            QFile file(directory.filePath(QString::fromStdString(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content.data(), static_cast<qint64>(content.size())),
                     static_cast<qint64>(content.size()));
        }
        LeaseDatabase database(path);
        const auto rows = database.load();
        QVERIFY2(rows, rows ? "" : message(rows.error()).c_str());
        QVERIFY2(!database.wasQuarantined(), std::to_string(loss).c_str());
        std::map<MacAddress, boot::StoredLease> stored;
        std::map<Ipv4Address, MacAddress> holders;
        for (const boot::StoredLease& lease : *rows) {
            stored.emplace(lease.mac, lease);
            QVERIFY(holders.emplace(lease.address, lease.mac).second);
        }
        for (const auto& [mac, lease] : acknowledged) {
            const auto row = stored.find(mac);
            QVERIFY(row != stored.end() && row->second.address == lease.address);
            QVERIFY(*row->second.expires >= *lease.expires); // a later renewal may have come to the disk too
        }
        database.close();
        QVERIFY2(isWhole(path), std::to_string(loss).c_str());
    }
}

QTEST_GUILESS_MAIN(TestPowerLoss)
#include "tst_PowerLoss.moc"
