#include "core/roster/Changes.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;

namespace {

using Macs = std::vector<MacAddress>;

Changes added(unsigned number) {
    Changes changes;
    changes.added = {macOf(number)};
    return changes;
}

Changes removed(unsigned number) {
    Changes changes;
    changes.removed = {macOf(number)};
    return changes;
}

} // namespace

class TestChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newMachineStaysNewWhenUpdated();
    void updatedTwiceIsListedOnce();
    void removedMachineIsListedOnlyThere();
    void machineThatCameBackIsNotRemoved();
    void stepsKeepTheirOrder();
    void layoutChangeIsKept();
};

void TestChanges::newMachineStaysNewWhenUpdated() {
    Changes changes = added(1);
    changes.merge(Changes::of(macOf(1)));
    QCOMPARE(changes.added, Macs{macOf(1)});
    QVERIFY(changes.updated.empty());
}

void TestChanges::updatedTwiceIsListedOnce() {
    Changes changes = Changes::of(macOf(1));
    changes.merge(Changes::of(macOf(2)));
    changes.merge(Changes::of(macOf(1)));
    QCOMPARE(changes.updated, (Macs{macOf(1), macOf(2)}));
}

void TestChanges::removedMachineIsListedOnlyThere() {
    Changes changes = added(1);
    changes.merge(Changes::of(macOf(2)));
    changes.merge(removed(1));
    changes.merge(removed(2));
    QVERIFY(changes.added.empty());
    QVERIFY(changes.updated.empty());
    QCOMPARE(changes.removed, (Macs{macOf(1), macOf(2)}));
}

void TestChanges::machineThatCameBackIsNotRemoved() {
    Changes changes = removed(1);
    changes.merge(added(1));
    QCOMPARE(changes.added, Macs{macOf(1)});
    QVERIFY(changes.removed.empty());
}

void TestChanges::stepsKeepTheirOrder() {
    Changes first;
    first.steps = {{macOf(1), Stage::Kernel}};
    Changes second;
    second.steps = {{macOf(1), Stage::Initrd}, {macOf(2), Stage::Seen}};
    first.merge(std::move(second));
    QCOMPARE(first.steps.size(), std::size_t{3});
    QCOMPARE(first.steps[0].stage, Stage::Kernel);
    QCOMPARE(first.steps[1].stage, Stage::Initrd);
    QCOMPARE(first.steps[2].mac, macOf(2));
}

void TestChanges::layoutChangeIsKept() {
    Changes changes;
    QVERIFY(changes.isEmpty());
    changes.layout = true;
    QVERIFY(!changes.isEmpty());
    changes.merge({});
    QVERIFY(changes.layout);
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_Changes.moc"
