#include "core/boot/LeaseTable.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::hours;
using std::chrono::seconds;

class TestLeaseTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsOneLeasePerMachine();
    void holdsOneMachinePerAddress();
    void laterStoredLeasesWin();
    void infiniteLeasesNeverExpire();
    void expiredLeasesFreeTheirAddress();
    void offersLastAMinute();
    void aNewOfferReplacesTheOldOne();
    void aLeaseEndsTheOffer();
    void erasingFreesTheAddress();
    void quarantinedAddressesBelongToNobody();
    void unusedAddressesAreThoseThatNobodyHad();
    void endedLeasesComeBackOldestFirst();
    void theOldestOfferGivesWay();
    void offersAndQuarantinesAreBounded();
};

void TestLeaseTable::holdsOneLeasePerMachine() {
    LeaseTable table;
    table.put({mac(1), host(100), {}});
    table.put({mac(1), host(101), {}});
    QCOMPARE(table.size(), std::size_t{1});
    QCOMPARE(table.find(mac(1))->address, host(101));
    QVERIFY(!table.holder(host(100), noon).has_value());
}

void TestLeaseTable::holdsOneMachinePerAddress() {
    LeaseTable table;
    table.put({mac(1), host(100), {}});
    table.put({mac(2), host(100), {}});
    QCOMPARE(*table.holder(host(100), noon), mac(2));
    QVERIFY(table.find(mac(1)) == nullptr);
}

void TestLeaseTable::laterStoredLeasesWin() {
    const LeaseTable table({{mac(1), host(100), {}}, {mac(2), host(100), {}}, {mac(3), host(101), {}}});
    QCOMPARE(table.size(), std::size_t{2});
    QCOMPARE(*table.holder(host(100), noon), mac(2));
}

void TestLeaseTable::infiniteLeasesNeverExpire() {
    LeaseTable table;
    table.put({mac(1), host(100), {}});
    QCOMPARE(*table.holder(host(100), noon + hours(24 * 365 * 50)), mac(1));
}

void TestLeaseTable::expiredLeasesFreeTheirAddress() {
    LeaseTable table;
    table.put({mac(1), host(100), noon + seconds(60)});
    QCOMPARE(*table.holder(host(100), noon + seconds(59)), mac(1));
    QVERIFY(!table.holder(host(100), noon + seconds(60)).has_value());
    QVERIFY(table.find(mac(1)) != nullptr); // it gets the same one again while nobody took it
}

// R07
void TestLeaseTable::offersLastAMinute() {
    LeaseTable table;
    table.offer(mac(1), host(100), noon);
    QCOMPARE(*table.holder(host(100), noon + seconds(59)), mac(1));
    QCOMPARE(*table.offered(mac(1), noon + seconds(59)), host(100));
    QVERIFY(!table.holder(host(100), noon + seconds(60)).has_value());
    QVERIFY(!table.offered(mac(1), noon + seconds(60)).has_value());
    QCOMPARE(table.size(), std::size_t{0});
}

void TestLeaseTable::aNewOfferReplacesTheOldOne() {
    LeaseTable table;
    table.offer(mac(1), host(100), noon);
    table.offer(mac(1), host(101), noon);
    QVERIFY(!table.holder(host(100), noon).has_value());
    // The address of an offer that ran out goes to the next machine.
    table.offer(mac(2), host(101), noon + seconds(61));
    QVERIFY(!table.offered(mac(1), noon + seconds(61)).has_value());
    QCOMPARE(*table.holder(host(101), noon + seconds(61)), mac(2));
}

void TestLeaseTable::aLeaseEndsTheOffer() {
    LeaseTable table;
    table.offer(mac(1), host(100), noon);
    table.offer(mac(2), host(101), noon);
    table.put({mac(1), host(101), {}});
    QVERIFY(!table.offered(mac(1), noon).has_value());
    QVERIFY(!table.offered(mac(2), noon).has_value());
    QVERIFY(!table.holder(host(100), noon).has_value());
    QCOMPARE(*table.holder(host(101), noon), mac(1));
}

void TestLeaseTable::erasingFreesTheAddress() {
    LeaseTable table;
    table.put({mac(1), host(100), {}});
    table.erase(mac(2));
    table.eraseOffer(mac(2));
    QCOMPARE(table.size(), std::size_t{1});
    table.erase(mac(1));
    QVERIFY(!table.holder(host(100), noon).has_value());
}

// R13
void TestLeaseTable::quarantinedAddressesBelongToNobody() {
    LeaseTable table;
    table.put({mac(1), host(100), {}});
    table.quarantine(host(100), noon + hours(1));
    QCOMPARE(*table.holder(host(100), noon), LeaseTable::nobody);
    QVERIFY(!LeaseTable::nobody.isUsable());
    QCOMPARE(table.quarantined(noon), std::size_t{1});
    QCOMPARE(*table.holder(host(100), noon + hours(1)), mac(1));
    QCOMPARE(table.quarantined(noon + hours(1)), std::size_t{0});
}

void TestLeaseTable::unusedAddressesAreThoseThatNobodyHad() {
    LeaseTable table;
    table.put({mac(1), host(100), noon + seconds(10)});
    table.offer(mac(2), host(101), noon);
    table.quarantine(host(102), noon + hours(1));
    const auto unused = [&](Instant now) {
        return table.firstUnused(host(100), host(104), now);
    };
    QCOMPARE(*unused(noon), host(103));
    QCOMPARE(*unused(noon + seconds(60)),
             host(101)); // the offer ran out; the ended lease is still somebody's
    table.offer(mac(3), host(103), noon + seconds(61));
    QCOMPARE(*unused(noon + seconds(61)), host(101));
    table.offer(mac(4), host(101), noon + seconds(61));
    QCOMPARE(*unused(noon + seconds(61)), host(104));
    QCOMPARE(*unused(noon + hours(1)), host(101));
    table.put({mac(5), host(104), {}});
    QVERIFY(!table.firstUnused(host(103), host(104), noon + seconds(62)).has_value());
    table.erase(mac(5));
    QCOMPARE(*table.firstUnused(host(103), host(104), noon + seconds(62)), host(104));
}

void TestLeaseTable::endedLeasesComeBackOldestFirst() {
    LeaseTable table;
    table.put({mac(1), host(100), noon + seconds(20)});
    table.put({mac(2), host(101), noon + seconds(10)});
    table.put({mac(3), host(102), {}});
    const auto ended = [&](Instant now, Ipv4Address refused = {}) {
        return table.longestEnded(host(100), host(102), now, [&](Ipv4Address a) { return a != refused; });
    };
    QVERIFY(!ended(noon).has_value());
    QCOMPARE(*ended(noon + seconds(30)), host(101));
    QCOMPARE(*ended(noon + seconds(30), host(101)), host(100));
    table.put({mac(2), host(101), noon + seconds(40)}); // renewed
    QCOMPARE(*ended(noon + seconds(30)), host(100));
}

void TestLeaseTable::theOldestOfferGivesWay() {
    LeaseTable table;
    table.offer(mac(1), host(100), noon);
    table.offer(mac(2), host(101), noon + seconds(1));
    const auto oldest = [&](Instant now) {
        return table.oldestOffer(host(100), host(101), now, [](MacAddress, Ipv4Address) { return true; });
    };
    QCOMPARE(*oldest(noon + seconds(2)), host(100));
    QCOMPARE(*oldest(noon + seconds(60)), host(101));
    QVERIFY(!oldest(noon + seconds(61)).has_value());
}

void TestLeaseTable::offersAndQuarantinesAreBounded() // A9
{
    LeaseTable table;
    for (std::uint32_t i = 0; i < 2 * LeaseTable::maximumOffers; ++i) {
        const MacAddress stranger({2, 0, 0, static_cast<std::uint8_t>(i >> 16U),
                                   static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)});
        table.offer(stranger, Ipv4Address(0x0A000000U + i), noon);
        table.quarantine(Ipv4Address(0x0B000000U + i), noon + seconds(i));
    }
    QCOMPARE(table.offers(), LeaseTable::maximumOffers);
    QCOMPARE(table.quarantined(noon), LeaseTable::maximumQuarantined);
}

QTEST_APPLESS_MAIN(TestLeaseTable)
#include "tst_LeaseTable.moc"
