#include "core/base/Clock.h"
#include "tests/support/ManualClock.h"

#include <QTest>

using namespace rackmuster;

class TestClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesIsoTimeInUtc();
    void bootClockNeverRunsBackwards();
    void manualClockMovesBothClocks();
};

void TestClock::writesIsoTimeInUtc() {
    QCOMPARE(toIsoText(WallTime()), std::string("1970-01-01T00:00:00.000Z"));
    QCOMPARE(toIsoText(WallTime(std::chrono::milliseconds(1795359600123))),
             std::string("2026-11-22T15:00:00.123Z"));
    QCOMPARE(toIsoText(WallTime(std::chrono::milliseconds(-1))), std::string("1969-12-31T23:59:59.999Z"));
    QCOMPARE(toIsoText(WallTime(std::chrono::milliseconds(1709164800000))),
             std::string("2024-02-29T00:00:00.000Z"));
}

void TestClock::bootClockNeverRunsBackwards() {
    const SystemClock clock;
    Instant previous = clock.now();
    for (int i = 0; i < 1000; ++i) {
        const Instant next = clock.now();
        QVERIFY(next >= previous);
        previous = next;
    }
}

void TestClock::manualClockMovesBothClocks() {
    tests::ManualClock clock;
    const Instant instant = clock.now();
    const WallTime wall = clock.wallNow();
    clock.advance(std::chrono::seconds(5));
    QCOMPARE((clock.now() - instant).count(), std::chrono::nanoseconds(std::chrono::seconds(5)).count());
    QCOMPARE((clock.wallNow() - wall).count(), std::chrono::milliseconds(5000).count());
}

QTEST_APPLESS_MAIN(TestClock)
#include "tst_Clock.moc"
