#include "core/boot/LeaseJournal.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::seconds;

namespace {

constexpr WallTime today{std::chrono::milliseconds(1795348800000)};

/// The rows that a store keeps by the rules of leases.db: one a machine, one an address.
struct Rows {
    std::map<MacAddress, StoredLease> byMac;

    void apply(const LeaseJournal::Group& group) {
        for (const MacAddress& gone : group.removed)
            byMac.erase(gone);
        for (const StoredLease& lease : group.changed) {
            std::erase_if(byMac, [&](const auto& row) { return row.second.address == lease.address; });
            byMac.insert_or_assign(lease.mac, lease);
        }
    }
};

struct Fixture {
    LeaseTable table;
    LeaseJournal journal{table};
    Rows rows;
    Instant now = noon;

    void put(std::uint8_t machine, std::uint8_t address, std::optional<Instant> expires = std::nullopt) {
        table.put({mac(machine), host(address), expires});
        journal.note(mac(machine));
    }
    void erase(std::uint8_t machine) {
        journal.note(mac(machine));
        table.erase(mac(machine));
    }
    LeaseJournal::Group write() {
        const LeaseJournal::Group group = journal.seal(now, today);
        rows.apply(group);
        journal.succeed();
        return group;
    }
    void failToWrite() {
        static_cast<void>(journal.seal(now, today));
        journal.fail(now);
    }
};

} // namespace

class TestLeaseJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLeaseIsDurableOnceItsGroupIsWritten();
    void aRenewalWithinTheSlackNeedsNoWriting();
    void aShorterLeaseTimeIsWritten();
    void infiniteLeasesAreWrittenOnce();
    void nothingIsDurableWhileItsRemovalIsUnderWay();
    void failureTakesBackWhatWasNew();
    void failureTakesBackWhatWasDecidedSince();
    void failureBringsBackWhoHadTheAddress();
    void failureBringsBackWhatWasReleased();
    void failureKeepsARenewalAndWritesItLater();
    void tableAndStoreNeverPart();
};

void TestLeaseJournal::aLeaseIsDurableOnceItsGroupIsWritten() // A5
{
    Fixture f;
    f.put(1, 100, noon + seconds(600));
    const Lease lease = *f.table.find(mac(1));
    QVERIFY(!f.journal.isDurable(lease));
    const LeaseJournal::Group group = f.journal.seal(noon, today);
    QVERIFY(!f.journal.isDurable(lease) && f.journal.isUnderWay());
    QCOMPARE(group.changed.size(), std::size_t{1});
    QVERIFY(group.changed.front().expires == today + seconds(630)); // with the slack
    f.journal.succeed();
    QVERIFY(f.journal.isDurable(lease) && !f.journal.isUnderWay());
}

void TestLeaseJournal::aRenewalWithinTheSlackNeedsNoWriting() // R08 (part): one write a lease in 30 s
{
    Fixture f;
    f.put(1, 100, noon + seconds(600));
    f.write();
    int writes = 0;
    for (int second = 1; second <= 300; ++second) {
        const Lease renewed{mac(1), host(100), noon + seconds(second + 600)};
        f.table.put(renewed);
        if (f.journal.isDurable(renewed))
            continue;
        f.journal.note(mac(1));
        f.write();
        ++writes;
    }
    QCOMPARE(writes, 9); // at 31, 62, ...
}

void TestLeaseJournal::aShorterLeaseTimeIsWritten() {
    Fixture f;
    f.put(1, 100, noon + seconds(600));
    f.write();
    QVERIFY(!f.journal.isDurable({mac(1), host(100), noon + seconds(599)}));
    QVERIFY(!f.journal.isDurable({mac(1), host(100), std::nullopt}));
    QVERIFY(!f.journal.isDurable({mac(1), host(101), noon + seconds(600)}));
    QVERIFY(!f.journal.isDurable({mac(2), host(100), noon + seconds(600)}));
}

void TestLeaseJournal::infiniteLeasesAreWrittenOnce() {
    Fixture f;
    f.put(1, 100);
    f.write();
    QVERIFY(f.journal.isDurable({mac(1), host(100), std::nullopt}));
    QVERIFY(!f.journal.isDurable({mac(1), host(100), noon + seconds(600)}));
}

void TestLeaseJournal::nothingIsDurableWhileItsRemovalIsUnderWay() {
    Fixture f;
    f.put(1, 100);
    f.write();
    f.erase(1);
    static_cast<void>(f.journal.seal(noon, today));
    f.table.put({mac(1), host(100), std::nullopt}); // it came back at once
    QVERIFY(!f.journal.isDurable(*f.table.find(mac(1))));
    f.journal.note(mac(1));
    f.journal.succeed();
    QVERIFY(!f.journal.isDurable(*f.table.find(mac(1))));
    f.write();
    QVERIFY(f.journal.isDurable(*f.table.find(mac(1))));
}

void TestLeaseJournal::failureTakesBackWhatWasNew() {
    Fixture f;
    f.put(1, 100);
    f.failToWrite();
    QVERIFY(f.table.find(mac(1)) == nullptr);
    QCOMPARE(f.table.offered(mac(1), noon), std::optional(host(100))); // it will ask again
}

void TestLeaseJournal::failureTakesBackWhatWasDecidedSince() {
    Fixture f;
    f.put(1, 100);
    static_cast<void>(f.journal.seal(noon, today));
    f.erase(1); // released before it was written
    f.put(2, 100);
    f.journal.fail(noon);
    QVERIFY(f.table.find(mac(1)) == nullptr && f.table.find(mac(2)) == nullptr);
    QCOMPARE(f.journal.noted(), std::size_t{0});
}

void TestLeaseJournal::failureBringsBackWhoHadTheAddress() {
    Fixture f;
    f.put(1, 100, noon - seconds(1)); // ended, but it gets the address back while nobody took it
    f.write();
    f.put(2, 100);
    QVERIFY(f.table.find(mac(1)) == nullptr);
    f.failToWrite();
    QVERIFY(f.table.find(mac(1)) != nullptr && f.table.find(mac(2)) == nullptr);
    QCOMPARE(f.rows.byMac.size(), std::size_t{1});
}

void TestLeaseJournal::failureBringsBackWhatWasReleased() {
    Fixture f;
    f.put(1, 100);
    f.write();
    f.erase(1);
    f.failToWrite();
    QVERIFY(f.table.find(mac(1)) != nullptr);
}

void TestLeaseJournal::failureKeepsARenewalAndWritesItLater() // R49 (part): renewals from memory
{
    Fixture f;
    f.put(1, 100, noon + seconds(600));
    f.write();
    const Lease renewed{mac(1), host(100), noon + seconds(900)};
    f.table.put(renewed);
    f.journal.note(mac(1));
    QVERIFY(f.journal.isRenewal(renewed));
    f.failToWrite();
    QVERIFY(*f.table.find(mac(1)) == renewed);
    QVERIFY(!f.journal.isDurable(renewed));
    QCOMPARE(f.write().changed.size(), std::size_t{1});
    QVERIFY(f.journal.isDurable(renewed));
}

/// Whatever machines do and however often the disk fails: what stands in the table is what stands in the
/// store, as soon as nothing is under way; and what was durable is there.
void TestLeaseJournal::tableAndStoreNeverPart() // R47 (part): with a store that fails at random
{
    std::mt19937 random(47);
    Fixture f;
    std::optional<LeaseJournal::Group> underWay;
    const auto finish = [&] {
        const bool fails = random() % 3 == 0;
        if (fails) {
            f.journal.fail(f.now);
        } else {
            f.rows.apply(*underWay);
            f.journal.succeed();
        }
        underWay.reset();
    };
    for (int step = 0; step < 30'000; ++step) {
        f.now += seconds(1);
        const auto machine = static_cast<std::uint8_t>(1 + random() % 8);
        const auto address = static_cast<std::uint8_t>(100 + random() % 8);
        const auto holder = f.table.holder(host(address), f.now);
        if (random() % 4 == 0)
            f.erase(machine);
        else if (!holder || *holder == mac(machine))
            f.put(machine, address, f.now + seconds(random() % 60));
        if (underWay && random() % 2 == 0)
            finish();
        if (!underWay && random() % 2 == 0)
            underWay = f.journal.seal(f.now, today + std::chrono::ceil<seconds>(f.now - noon));
        if (underWay || f.journal.noted() > 0)
            continue;
        QCOMPARE(f.table.size(), f.rows.byMac.size());
        for (const auto& [machineOf, row] : f.rows.byMac) {
            const Lease* const lease = f.table.find(machineOf);
            QVERIFY(lease != nullptr && lease->address == row.address);
            QVERIFY(f.journal.isDurable(*lease));
        }
    }
}

QTEST_APPLESS_MAIN(TestLeaseJournal)
#include "tst_LeaseJournal.moc"
