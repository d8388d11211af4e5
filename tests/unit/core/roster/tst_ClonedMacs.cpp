#include "core/roster/ClonedMacs.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace std::chrono_literals;

namespace {

constexpr MacAddress mac{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};
const Uuid first = *Uuid::parse("4c4c4544-0051-3110-8033-b8c04f4e3132");
const Uuid second = *Uuid::parse("4c4c4544-0051-3110-8033-b8c04f4e3133");

} // namespace

class TestClonedMacs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // R19: two UUIDs in turns, ten times, are one alert.
    void alertsOnceOfTwoMachinesWithOneMac() {
        ClonedMacs machines;
        WallTime now{};
        int alerts = 0;
        for (int i = 0; i < 10; ++i) {
            alerts += machines.notice(mac, first, now += 20s) ? 1 : 0;
            alerts += machines.notice(mac, second, now += 20s) ? 1 : 0;
        }
        QCOMPARE(alerts, 1);
    }

    void aNewMainboardIsNoClone() {
        ClonedMacs machines;
        WallTime now{};
        for (int i = 0; i < 100; ++i)
            QVERIFY(!machines.notice(mac, i < 50 ? first : second, now += 20s));
    }

    void rareChangesAreNoClones() {
        ClonedMacs machines;
        WallTime now{};
        for (int i = 0; i < 20; ++i)
            QVERIFY(!machines.notice(mac, i % 2 == 0 ? first : second, now += 6min));
    }

    // R17: such UUIDs say nothing.
    void uuidsThatAreNoneDoNotCount() {
        ClonedMacs machines;
        WallTime now{};
        for (int i = 0; i < 20; ++i)
            QVERIFY(!machines.notice(mac, i % 2 == 0 ? first : Uuid(Uuid::Octets{}), now += 1s));
    }

    void staysBounded() {
        ClonedMacs machines;
        WallTime now{};
        for (std::uint32_t i = 0; i < 3 * ClonedMacs::maximumMachines; ++i) {
            const auto octet = [i](unsigned shift) {
                return static_cast<std::uint8_t>(i >> shift);
            };
            QVERIFY(
                !machines.notice(MacAddress({2, 0, 0, octet(16), octet(8), octet(0)}), first, now += 1ms));
        }
        QVERIFY(!machines.notice(mac, first, now += 1s));
        QVERIFY(!machines.notice(mac, second, now += 1s));
    }
};

QTEST_APPLESS_MAIN(TestClonedMacs)
#include "tst_ClonedMacs.moc"
