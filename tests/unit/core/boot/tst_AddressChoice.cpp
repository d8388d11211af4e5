#include "core/boot/AddressChoice.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

std::optional<Ipv4Address> choose(std::uint8_t machine, const Catalog::Contents& contents,
                                  const LeaseTable& leases = {}, Instant now = noon) {
    return chooseAddress(mac(machine), Catalog(contents), leases, now);
}

MachineBoot withAddress(std::uint8_t machine, Ipv4Address address) {
    MachineBoot approved = approvedMachine(machine);
    approved.address = address;
    return approved;
}

} // namespace

class TestAddressChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fixedAddressComesFirst();
    void fixedAddressOutsideTheNetworkIsNotUsed();
    void fixedAddressHeldByAnotherIsNotTakenAway();
    void fixedAddressGoesToTheNicThatBoots();
    void approvedMachinesGetTheRange();
    void othersGetTheQuarantineRange();
    void approvalMovesAMachineIntoTheRange();
    void oneRangeServesForBoth();
    void withoutRangesNobodyGetsAnAddress();
    void keepsTheLeaseItHas();
    void keepsAnExpiredLeaseThatNobodyTook();
    void keepsThePendingOffer();
    void neverGivesOurOwnAddressOrTheGateways();
    void neverGivesAnotherMachinesFixedAddress();
    void passesOverLeasedOfferedAndDeclinedAddresses();
    void saysWhenNothingIsLeft();
    void walksOnlyThePartInsideTheNetwork();
    void isTheSameAtEveryCall();
    void takesAnEndedLeaseOnlyWhenNothingElseIsLeft();
    void offersToStrangersGiveWayToKnownMachines();
};

void TestAddressChoice::fixedAddressComesFirst() {
    auto contents = rack();
    add(contents, withAddress(1, host(12)));
    QCOMPARE(*choose(1, contents), host(12));
    LeaseTable leases;
    leases.put({mac(1), host(100), {}});
    QCOMPARE(*choose(1, contents, leases), host(12));
}

void TestAddressChoice::fixedAddressOutsideTheNetworkIsNotUsed() {
    for (const Ipv4Address address : {Ipv4Address(10, 0, 0, 1), host(0), host(255), serverAddress}) {
        auto contents = rack();
        add(contents, withAddress(1, address));
        QCOMPARE(*choose(1, contents), host(100));
    }
}

// R18; while one NIC of a machine holds it, the other has an address of its own.
void TestAddressChoice::fixedAddressGoesToTheNicThatBoots() {
    auto contents = rack();
    MachineBoot nic = withAddress(1, host(12));
    nic.owner = mac(2);
    add(contents, nic);
    add(contents, withAddress(2, host(12)));
    QCOMPARE(*choose(1, contents), host(12));
    QCOMPARE(*choose(2, contents), host(12));
    LeaseTable leases;
    leases.put({mac(1), host(12), {}});
    QCOMPARE(*choose(1, contents, leases), host(12));
    QCOMPARE(*choose(2, contents, leases), host(100));
}

void TestAddressChoice::fixedAddressHeldByAnotherIsNotTakenAway() {
    auto contents = rack();
    add(contents, withAddress(1, host(12)));
    LeaseTable leases;
    leases.put({mac(9), host(12), {}});
    QCOMPARE(*choose(1, contents, leases), host(100));
    leases.erase(mac(9));
    QCOMPARE(*choose(1, contents, leases), host(12));
}

void TestAddressChoice::approvedMachinesGetTheRange() {
    auto contents = rack();
    add(contents, approvedMachine(1));
    QCOMPARE(*choose(1, contents), host(100));
}

void TestAddressChoice::othersGetTheQuarantineRange() {
    auto contents = rack();
    add(contents, parkedMachine(1));
    QCOMPARE(*choose(1, contents), host(200));
    QCOMPARE(*choose(2, contents), host(200)); // never seen
}

void TestAddressChoice::approvalMovesAMachineIntoTheRange() {
    auto contents = rack();
    LeaseTable leases;
    leases.put({mac(1), host(201), {}});
    add(contents, parkedMachine(1));
    QCOMPARE(*choose(1, contents, leases), host(201));
    add(contents, approvedMachine(1));
    QCOMPARE(*choose(1, contents, leases), host(100));
}

void TestAddressChoice::oneRangeServesForBoth() {
    auto contents = rack();
    add(contents, approvedMachine(1));
    contents.dhcp.quarantine.reset();
    QCOMPARE(*choose(2, contents), host(100));
    contents.dhcp.quarantine = contents.dhcp.range;
    contents.dhcp.range.reset();
    QCOMPARE(*choose(1, contents), host(100));
}

void TestAddressChoice::withoutRangesNobodyGetsAnAddress() {
    auto contents = rack();
    contents.dhcp.range.reset();
    contents.dhcp.quarantine.reset();
    QVERIFY(!choose(1, contents).has_value());
    add(contents, withAddress(1, host(12)));
    QCOMPARE(*choose(1, contents), host(12));
}

void TestAddressChoice::keepsTheLeaseItHas() {
    auto contents = rack();
    add(contents, approvedMachine(1));
    LeaseTable leases;
    leases.put({mac(1), host(102), {}});
    leases.offer(mac(1), host(103), noon);
    QCOMPARE(*choose(1, contents, leases), host(102));
}

void TestAddressChoice::keepsAnExpiredLeaseThatNobodyTook() {
    auto contents = rack();
    add(contents, approvedMachine(1));
    LeaseTable leases;
    leases.put({mac(1), host(102), noon});
    QCOMPARE(*choose(1, contents, leases, noon + hours(5)), host(102));
    leases.offer(mac(2), host(102), noon + hours(5));
    QCOMPARE(*choose(1, contents, leases, noon + hours(5)), host(100));
}

// P11
void TestAddressChoice::keepsThePendingOffer() {
    auto contents = rack();
    add(contents, approvedMachine(1));
    LeaseTable leases;
    leases.offer(mac(1), host(103), noon);
    QCOMPARE(*choose(1, contents, leases), host(103));
    QCOMPARE(*choose(1, contents, leases, noon + seconds(61)), host(100));
}

void TestAddressChoice::neverGivesOurOwnAddressOrTheGateways() {
    auto contents = rack();
    contents.dhcp.quarantine = *Ipv4Range::create(host(250), host(252));
    contents.server.gateway = host(250);
    LeaseTable leases;
    QCOMPARE(*choose(1, contents, leases), host(252));
}

void TestAddressChoice::neverGivesAnotherMachinesFixedAddress() {
    auto contents = rack();
    add(contents, withAddress(1, host(100)));
    add(contents, approvedMachine(2));
    QCOMPARE(*choose(2, contents), host(101));
    LeaseTable leases;
    leases.put({mac(2), host(100), {}});
    QCOMPARE(*choose(2, contents, leases), host(101));
}

void TestAddressChoice::passesOverLeasedOfferedAndDeclinedAddresses() {
    auto contents = rack();
    LeaseTable leases;
    leases.put({mac(7), host(200), {}});
    leases.offer(mac(8), host(201), noon);
    leases.quarantine(host(202), noon + hours(1));
    QCOMPARE(*choose(1, contents, leases), host(203));
}

void TestAddressChoice::saysWhenNothingIsLeft() {
    auto contents = rack();
    LeaseTable leases;
    for (std::uint8_t i = 0; i < 4; ++i)
        leases.put({mac(static_cast<std::uint8_t>(10 + i)), host(static_cast<std::uint8_t>(200 + i)), {}});
    QVERIFY(!choose(1, contents, leases).has_value());
    QCOMPARE(*choose(12, contents, leases), host(202));
}

void TestAddressChoice::walksOnlyThePartInsideTheNetwork() {
    auto contents = rack();
    contents.dhcp.quarantine = *Ipv4Range::create(Ipv4Address(0, 0, 0, 1), Ipv4Address::broadcast());
    QCOMPARE(*choose(1, contents), host(2)); // .0 is the network, .1 the gateway
    contents.dhcp.quarantine = *Ipv4Range::create(Ipv4Address(10, 0, 0, 1), Ipv4Address(10, 0, 0, 9));
    QVERIFY(!choose(1, contents).has_value());
}

void TestAddressChoice::isTheSameAtEveryCall() {
    auto contents = rack();
    for (std::uint8_t i = 1; i <= 4; ++i)
        QCOMPARE(choose(i, contents), choose(i, contents));
}

void TestAddressChoice::takesAnEndedLeaseOnlyWhenNothingElseIsLeft() {
    auto contents = rack();
    LeaseTable leases;
    leases.put({mac(7), host(200), noon - seconds(10)});
    leases.put({mac(8), host(201), noon - seconds(20)});
    QCOMPARE(*choose(1, contents, leases), host(202));
    leases.put({mac(9), host(202), {}});
    leases.put({mac(10), host(203), {}});
    QCOMPARE(*choose(1, contents, leases), host(201)); // ended first
}

// R07 (part): a flood of strangers keeps no machine of the rack from its address
void TestAddressChoice::offersToStrangersGiveWayToKnownMachines() {
    auto contents = rack();
    contents.dhcp.quarantine.reset(); // one range for all
    add(contents, approvedMachine(1));
    add(contents, parkedMachine(2));
    LeaseTable leases;
    for (std::uint8_t i = 0; i < 4; ++i)
        leases.offer(mac(static_cast<std::uint8_t>(50 + i)), host(static_cast<std::uint8_t>(100 + i)),
                     noon + seconds(i));
    const Instant later = noon + seconds(5);
    QVERIFY(!choose(60, contents, leases, later).has_value());
    QCOMPARE(*choose(1, contents, leases, later), host(100));
    leases.offer(mac(1), host(100), later);
    QCOMPARE(*choose(2, contents, leases, later), host(101));
    for (std::uint8_t i = 1; i < 4; ++i)
        leases.put({mac(static_cast<std::uint8_t>(50 + i)), host(static_cast<std::uint8_t>(100 + i)), {}});
    QVERIFY(!choose(2, contents, leases, later).has_value()); // never from an approved one, never a lease
}

QTEST_APPLESS_MAIN(TestAddressChoice)
#include "tst_AddressChoice.moc"
