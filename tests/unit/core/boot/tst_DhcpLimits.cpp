#include "core/boot/DhcpLimits.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

#include <random>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Verdict = DhcpLimits::Verdict;

namespace {

MacAddress stranger(std::uint64_t number) {
    MacAddress::Octets octets{0x02};
    for (std::size_t i = 1; i < octets.size(); ++i)
        octets.at(i) = static_cast<std::uint8_t>(number >> (8 * (octets.size() - 1 - i)));
    return MacAddress(octets);
}

constexpr std::uint64_t smallPool = 100;

} // namespace

class TestDhcpLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneMachineMayBurstThenFivePerSecond();
    void aRackThatIsPoweredOnAtOnceIsServed();
    void strangersBeyondTheLimitAreAFlood();
    void knownMachinesAreServedInAFlood();
    void admittedStrangersAreServedInAFlood();
    void aFloodEndsWithAQuietWindow();
    void aFloodThatGoesOnStaysOn();
    void slowStrangersAreNoFlood();
    void canBeSwitchedOff();
    void whatIsRememberedIsBounded();
};

void TestDhcpLimits::oneMachineMayBurstThenFivePerSecond() // R08 (part): the rate of one machine
{
    DhcpLimits limits;
    int served = 0;
    for (int i = 0; i < 30 * 5000; ++i) { // 5,000 a second for 30 s
        const Instant now = noon + std::chrono::microseconds(200) * i;
        served += limits.judge(mac(1), true, smallPool, now) == Verdict::Serve ? 1 : 0;
    }
    QVERIFY2(served >= 155 && served <= 161, std::to_string(served).c_str());
    QCOMPARE(limits.judge(mac(2), true, smallPool, noon + seconds(30)), Verdict::Serve);
}

void TestDhcpLimits::aRackThatIsPoweredOnAtOnceIsServed() // R15 (part): the limits allow it
{
    DhcpLimits limits;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        for (int message = 0; message < 4; ++message)
            QCOMPARE(limits.judge(stranger(i), false, 1000, noon + milliseconds(i)), Verdict::Serve);
    }
    QVERIFY(!limits.takeChange(noon + seconds(1)).has_value());
}

void TestDhcpLimits::strangersBeyondTheLimitAreAFlood() // R07 (part): the limit and the event
{
    DhcpLimits limits;
    int served = 0;
    for (std::uint64_t i = 0; i < 1000; ++i)
        served += limits.judge(stranger(i), false, smallPool, noon) == Verdict::Serve ? 1 : 0;
    QCOMPARE(served, 200);
    const auto flood = limits.takeChange(noon);
    QVERIFY(flood && flood->isOn);
    QVERIFY(!limits.takeChange(noon).has_value()); // told once
}

void TestDhcpLimits::knownMachinesAreServedInAFlood() {
    DhcpLimits limits;
    for (std::uint64_t i = 0; i < 100'000; ++i)
        static_cast<void>(limits.judge(stranger(i), false, smallPool, noon));
    QCOMPARE(limits.judge(mac(1), true, smallPool, noon), Verdict::Serve);
    QCOMPARE(limits.judge(mac(2), false, smallPool, noon), Verdict::Stranger);
}

void TestDhcpLimits::admittedStrangersAreServedInAFlood() {
    DhcpLimits limits;
    QCOMPARE(limits.judge(mac(1), false, smallPool, noon), Verdict::Serve);
    for (std::uint64_t i = 0; i < 1000; ++i)
        static_cast<void>(limits.judge(stranger(i), false, smallPool, noon));
    QCOMPARE(limits.judge(mac(1), false, smallPool, noon), Verdict::Serve);
}

void TestDhcpLimits::aFloodEndsWithAQuietWindow() {
    DhcpLimits limits;
    for (std::uint64_t i = 0; i < 700; ++i)
        static_cast<void>(limits.judge(stranger(i), false, smallPool, noon));
    QVERIFY(limits.takeChange(noon)->isOn);
    QVERIFY(limits.next().has_value());
    QVERIFY(!limits.takeChange(noon + seconds(10)).has_value()); // the window of the flood itself
    const auto over = limits.takeChange(noon + seconds(20));
    QVERIFY(over && !over->isOn);
    QCOMPARE(over->dropped, std::uint64_t{500});
    QVERIFY(!limits.next().has_value());
    QCOMPARE(limits.judge(mac(1), false, smallPool, noon + seconds(20)), Verdict::Serve);
}

void TestDhcpLimits::aFloodThatGoesOnStaysOn() {
    DhcpLimits limits;
    int served = 0;
    std::uint64_t number = 0;
    for (int second = 0; second < 60; ++second) {
        for (int i = 0; i < 1000; ++i)
            served +=
                limits.judge(stranger(++number), false, smallPool, noon + seconds(second)) == Verdict::Serve
                    ? 1
                    : 0;
    }
    QCOMPARE(served, 200);
}

void TestDhcpLimits::slowStrangersAreNoFlood() {
    DhcpLimits limits;
    for (std::uint64_t i = 0; i < 10'000; ++i) // 20 new machines a second, for minutes
        QCOMPARE(limits.judge(stranger(i), false, smallPool, noon + milliseconds(51) * static_cast<int>(i)),
                 Verdict::Serve);
}

void TestDhcpLimits::canBeSwitchedOff() {
    DhcpLimits::Settings settings;
    settings.perSecond = 0;
    DhcpLimits limits(settings);
    for (std::uint64_t i = 0; i < 10'000; ++i)
        QCOMPARE(limits.judge(stranger(i % 3), false, smallPool, noon), Verdict::Serve);
    QCOMPARE(limits.machines(), std::size_t{0});
}

void TestDhcpLimits::whatIsRememberedIsBounded() // A9
{
    DhcpLimits limits;
    for (std::uint64_t i = 0; i < 100'000; ++i)
        static_cast<void>(limits.judge(stranger(i), true, smallPool, noon));
    QCOMPARE(limits.machines(), DhcpLimits::maximumMachines);
}

QTEST_APPLESS_MAIN(TestDhcpLimits)
#include "tst_DhcpLimits.moc"
