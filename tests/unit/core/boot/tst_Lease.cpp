#include "core/boot/Lease.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

#include <limits>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr WallTime today{milliseconds(1795348800000)};
constexpr seconds longest{0xFFFFFFFF};

} // namespace

class TestLease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsLeftSurvivesARestart();
    void timePassesWhileTheProgramIsDown();
    void infiniteLeasesStayInfinite();
    void damagedTimesAreDrawnIn();
};

void TestLease::whatIsLeftSurvivesARestart() {
    const Lease lease{mac(1), host(100), noon + seconds(600)};
    const StoredLease stored = toStored(lease, noon, today);
    QVERIFY(stored == (StoredLease{mac(1), host(100), today + seconds(600)}));
    // The computer has started anew: its boot clock stands elsewhere.
    QVERIFY(fromStored(stored, Instant{}, today) == (Lease{mac(1), host(100), Instant{} + seconds(600)}));
}

void TestLease::timePassesWhileTheProgramIsDown() {
    const StoredLease stored = toStored({mac(1), host(100), noon + seconds(600)}, noon, today);
    QVERIFY(fromStored(stored, noon, today + seconds(200)).expires == noon + seconds(400));
    QVERIFY(fromStored(stored, noon, today + hours(1)).expires < noon);
}

void TestLease::infiniteLeasesStayInfinite() {
    const StoredLease stored = toStored({mac(1), host(100), std::nullopt}, noon, today);
    QVERIFY(!stored.expires && !fromStored(stored, noon, today).expires);
}

void TestLease::damagedTimesAreDrawnIn() {
    constexpr std::int64_t extremes[] = {std::numeric_limits<std::int64_t>::min(),
                                         std::numeric_limits<std::int64_t>::max()};
    for (const std::int64_t extreme : extremes) {
        const Lease lease = fromStored({mac(1), host(100), WallTime(milliseconds(extreme))}, noon, today);
        QVERIFY(*lease.expires == (extreme < 0 ? noon - longest : noon + longest));
    }
}

QTEST_APPLESS_MAIN(TestLease)
#include "tst_Lease.moc"
