#include "core/engine/SpeedMeter.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::engine;
using namespace std::chrono_literals;

class SpeedMeterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsNothingFromOneBlock() {
        SpeedMeter meter;
        QCOMPARE(meter.bytesPerSecond(), 0.0);
        meter.add(Instant(0s), 0);
        meter.add(Instant(10ms), 1'000'000);
        QCOMPARE(meter.bytesPerSecond(), 0.0);
    }

    void isTheSpeedOfTheLastSeconds() {
        SpeedMeter meter;
        for (int second = 0; second <= 10; ++second)
            meter.add(Instant(std::chrono::seconds(second)), static_cast<std::uint64_t>(second) * 100);
        QCOMPARE(meter.bytesPerSecond(), 100.0);
        for (int second = 11; second <= 20; ++second) // it stands still
            meter.add(Instant(std::chrono::seconds(second)), 1000);
        QCOMPARE(meter.bytesPerSecond(), 0.0);
    }

    void beginsAnewWithTheWork() {
        SpeedMeter meter;
        meter.add(Instant(0s), 0);
        meter.add(Instant(1s), 5000);
        meter.add(Instant(2s), 100);
        QCOMPARE(meter.bytesPerSecond(), 0.0);
        meter.add(Instant(3s), 200);
        QCOMPARE(meter.bytesPerSecond(), 100.0);
    }
};

QTEST_APPLESS_MAIN(SpeedMeterTest)
#include "tst_SpeedMeter.moc"
