#include "core/boot/AddressCheck.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

MacAddress machine(std::uint32_t number) {
    return MacAddress({0x52, 0x54, 1, static_cast<std::uint8_t>(number >> 16U),
                       static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)});
}

Ipv4Address address(std::uint32_t number) {
    return Ipv4Address(0x0A000000U + number);
}

} // namespace

class TestAddressCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksTwiceThenGivesItsVerdict();
    void aLateThreadStillLeavesTimeToAnswer();
    void anEndedCheckGivesNoVerdict();
    void manyAreCheckedAtTheSameTime();
    void askingAgainWaitsForTheSameVerdict();
    void anAddressThatGoesToAnotherIsCheckedAnew();
    void whatWasTheMachinesLatelyIsNotChecked();
    void afterLostLeasesEverythingIsChecked();
    void whatIsRememberedIsBounded();
};

void TestAddressCheck::asksTwiceThenGivesItsVerdict() // R12 (part): the times
{
    AddressCheck check;
    QVERIFY(!check.next().has_value());
    QVERIFY(check.begin(mac(1), host(100), noon));
    QVERIFY(check.next() == noon);
    QVERIFY(check.due(noon).probes == std::vector{host(100)});
    QVERIFY(check.due(noon + milliseconds(99)).probes.empty());
    QVERIFY(check.next() == noon + milliseconds(100));
    const AddressCheck::Due second = check.due(noon + milliseconds(100));
    QVERIFY(second.probes == std::vector{host(100)} && second.free.empty());
    QVERIFY(check.due(noon + milliseconds(199)).free.empty());
    const AddressCheck::Due last = check.due(noon + milliseconds(200));
    QVERIFY(last.probes.empty() && last.free == std::vector{host(100)});
    QVERIFY(!check.next().has_value() && check.pending() == 0);
}

void TestAddressCheck::aLateThreadStillLeavesTimeToAnswer() {
    AddressCheck check;
    QVERIFY(check.begin(mac(1), host(100), noon));
    for (const int at : {500, 1000}) {
        const AddressCheck::Due due = check.due(noon + milliseconds(at));
        QVERIFY(due.probes.size() == 1 && due.free.empty());
    }
    QVERIFY(check.due(noon + milliseconds(1099)).free.empty());
    QCOMPARE(check.due(noon + milliseconds(1100)).free.size(), std::size_t{1});
}

void TestAddressCheck::anEndedCheckGivesNoVerdict() {
    AddressCheck check;
    QVERIFY(check.begin(mac(1), host(100), noon));
    check.end(host(100));
    check.end(host(101));
    QVERIFY(!check.isUnderCheck(host(100)));
    QVERIFY(check.due(noon + seconds(1)).probes.empty());
    QVERIFY(check.isNeeded(mac(1), host(100), nullptr, noon + seconds(1)));
}

void TestAddressCheck::manyAreCheckedAtTheSameTime() {
    AddressCheck check;
    for (std::uint32_t i = 0; i < 1000; ++i)
        QVERIFY(check.begin(machine(i), address(i), noon));
    QCOMPARE(check.due(noon).probes.size(), std::size_t{1000});
    QCOMPARE(check.due(noon + milliseconds(100)).probes.size(), std::size_t{1000});
    QCOMPARE(check.due(noon + milliseconds(200)).free.size(), std::size_t{1000});
}

void TestAddressCheck::askingAgainWaitsForTheSameVerdict() // P11
{
    AddressCheck check;
    QVERIFY(check.begin(mac(1), host(100), noon));
    static_cast<void>(check.due(noon));
    QVERIFY(check.begin(mac(1), host(100), noon + milliseconds(90)));
    QCOMPARE(check.pending(), std::size_t{1});
    QVERIFY(check.next() == noon + milliseconds(100));
}

void TestAddressCheck::anAddressThatGoesToAnotherIsCheckedAnew() {
    AddressCheck check;
    QVERIFY(check.begin(mac(1), host(100), noon));
    static_cast<void>(check.due(noon));
    static_cast<void>(check.due(noon + milliseconds(100)));
    QVERIFY(check.begin(mac(2), host(100), noon + milliseconds(150)));
    QVERIFY(check.due(noon + milliseconds(200)).free.empty());
    static_cast<void>(check.due(noon + milliseconds(300)));
    QCOMPARE(check.due(noon + milliseconds(400)).free.size(), std::size_t{1});
    QVERIFY(check.isNeeded(mac(1), host(100), nullptr, noon + milliseconds(400)));
    QVERIFY(!check.isNeeded(mac(2), host(100), nullptr, noon + milliseconds(400)));
}

void TestAddressCheck::whatWasTheMachinesLatelyIsNotChecked() {
    AddressCheck check;
    const Lease running{mac(1), host(100), noon + seconds(600)};
    const Lease infinite{mac(1), host(100), std::nullopt};
    const Lease justEnded{mac(1), host(100), noon - seconds(59)};
    const Lease longEnded{mac(1), host(100), noon - seconds(60)};
    for (const Lease* lease : {&running, &infinite, &justEnded})
        QVERIFY(!check.isNeeded(mac(1), host(100), lease, noon));
    QVERIFY(check.isNeeded(mac(1), host(100), &longEnded, noon));
    QVERIFY(check.isNeeded(mac(1), host(101), &running, noon));

    check.trust(mac(2), host(102), noon);
    QVERIFY(!check.isNeeded(mac(2), host(102), nullptr, noon + seconds(59)));
    QVERIFY(check.isNeeded(mac(3), host(102), nullptr, noon));
    QVERIFY(check.isNeeded(mac(2), host(103), nullptr, noon));
    QVERIFY(check.isNeeded(mac(2), host(102), nullptr, noon + seconds(60)));
    check.trust(mac(2), host(102), noon + seconds(30)); // the first trust's end must not end the second
    check.trust(mac(4), host(104), noon + seconds(70));
    QVERIFY(!check.isNeeded(mac(2), host(102), nullptr, noon + seconds(70)));
}

void TestAddressCheck::afterLostLeasesEverythingIsChecked() // R50 (part): every offer is checked
{
    AddressCheck check(true);
    const Lease running{mac(1), host(100), std::nullopt};
    check.trust(mac(1), host(100), noon);
    QVERIFY(check.isNeeded(mac(1), host(100), &running, noon));
}

void TestAddressCheck::whatIsRememberedIsBounded() // A9
{
    AddressCheck check;
    for (std::uint32_t i = 0; i < AddressCheck::maximumPending; ++i)
        QVERIFY(check.begin(machine(i), address(i), noon));
    QVERIFY(!check.begin(mac(1), host(100), noon));
    QCOMPARE(check.pending(), AddressCheck::maximumPending);
    for (std::uint32_t i = 0; i <= AddressCheck::maximumTrusted; ++i)
        check.trust(machine(i), address(i), noon);
    QVERIFY(check.isNeeded(machine(0), address(0), nullptr, noon)); // the oldest gave way
    QVERIFY(!check.isNeeded(machine(1), address(1), nullptr, noon));
}

QTEST_APPLESS_MAIN(TestAddressCheck)
#include "tst_AddressCheck.moc"
