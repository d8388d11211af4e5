#include "tests/unit/ui/MachineRows.h"
#include "ui/models/MachineFilterModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;
using ui::MachineModel;

class MachineModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsSlotOrderWhateverOrderMachinesCome();
    void putsUnplacedMachinesBehindInOrderOfTheirFirstPacket();
    void emitsOneDataChangedForEachRunOfRows();
    void movesARowWhenItsSlotChanges();
    void removesForgottenMachines();
    void countsWaitingMachinesOnlyUntilSomebodyDecided();
    void showsAPlannedMachineAtTheCursorAsNext();
    void showsNamesOfMachinesAsPlainText();
    void passesAnEditOnInsteadOfChangingTheCell();
    void findsAMacFragmentInAnySpelling_data();
    void findsAMacFragmentInAnySpelling();
    void keepsAShownRowUntilTheFilterChanges();
    void takesManyNewAndMovedMachinesAtOnce();
    void findsMachinesBySlot();
    void bringsARowThatComesToMatch();

private:
    static QString text(const QAbstractItemModel& model, int row, MachineColumn column) {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
    static QStringList names(const QAbstractItemModel& model) {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << text(model, row, MachineColumn::Name);
        return names;
    }
};

namespace {

/// A model under the item model tester, which fails the test at the first broken promise.
struct Tested {
    MachineModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

void MachineModelTest::keepsSlotOrderWhateverOrderMachinesCome() {
    Tested t;
    t.model.apply(updateOf({waitingRow(3)}));
    t.model.apply(updateOf({waitingRow(1), waitingRow(4), waitingRow(2)}));
    QCOMPARE(names(t.model), (QStringList{QStringLiteral("node-01"), QStringLiteral("node-02"),
                                          QStringLiteral("node-03"), QStringLiteral("node-04")}));
}

void MachineModelTest::putsUnplacedMachinesBehindInOrderOfTheirFirstPacket() {
    Tested t;
    engine::MachineRow late = waitingRow(7);
    engine::MachineRow early = waitingRow(8);
    late.machine.slot.reset();
    early.machine.slot.reset();
    early.machine.firstSeen = WallTime(std::chrono::seconds(1));
    t.model.apply(updateOf({late, early, waitingRow(9)}));
    QCOMPARE(names(t.model),
             (QStringList{QStringLiteral("node-09"), QStringLiteral("node-08"), QStringLiteral("node-07")}));
}

void MachineModelTest::emitsOneDataChangedForEachRunOfRows() {
    Tested t;
    t.model.apply(updateOf({waitingRow(1), waitingRow(2), waitingRow(3), waitingRow(4)}));
    QSignalSpy dataChanged(&t.model, &MachineModel::dataChanged);
    QSignalSpy moved(&t.model, &MachineModel::rowsMoved);
    t.model.apply(updateOf({installingRow(4, roster::Stage::Kernel), installingRow(1, roster::Stage::Initrd),
                            installingRow(2, roster::Stage::Initrd)}));
    QCOMPARE(dataChanged.count(), 2);
    QCOMPARE(dataChanged.at(0).at(0).toModelIndex().row(), 0);
    QCOMPARE(dataChanged.at(0).at(1).toModelIndex().row(), 1);
    QCOMPARE(dataChanged.at(1).at(0).toModelIndex().row(), 3);
    QCOMPARE(dataChanged.at(1).at(1).toModelIndex().row(), 3);
    QCOMPARE(moved.count(), 0);
    QCOMPARE(text(t.model, 3, MachineColumn::Stage), QStringLiteral("Kernel"));
}

void MachineModelTest::movesARowWhenItsSlotChanges() {
    Tested t;
    t.model.apply(updateOf({waitingRow(1), waitingRow(2), waitingRow(3)}));
    const QPersistentModelIndex first = t.model.index(0, 0);
    engine::MachineRow row = waitingRow(1);
    row.machine.slot = 9;
    row.slotLabel = QStringLiteral("9");
    t.model.apply(updateOf({row}));
    QCOMPARE(first.row(), 2); // a selection of it goes along
    QCOMPARE(text(t.model, 2, MachineColumn::Slot), QStringLiteral("09"));
    row.machine.slot = 1;
    t.model.apply(updateOf({row}));
    QCOMPARE(first.row(), 0);
}

void MachineModelTest::removesForgottenMachines() {
    Tested t;
    t.model.apply(updateOf({waitingRow(1), waitingRow(2), waitingRow(3)}));
    engine::MachineUpdate update = updateOf({});
    update.removed = {waitingRow(2).machine.mac,
                      MacAddress({2, 0, 0, 0, 0, 1})}; // one of them was never there
    t.model.apply(update);
    QCOMPARE(names(t.model), (QStringList{QStringLiteral("node-01"), QStringLiteral("node-03")}));
    QVERIFY(t.model.find(waitingRow(2).machine.mac) == nullptr);
}

void MachineModelTest::countsWaitingMachinesOnlyUntilSomebodyDecided() {
    Tested t;
    engine::MachineRow refused = waitingRow(3);
    refused.machine.approval = roster::Approval::Refused;
    engine::MachineRow planned = waitingRow(4);
    planned.machine.firstSeen.reset();
    engine::MachineRow cameBack = waitingRow(5);
    cameBack.machine.isDone = true;
    t.model.apply(
        updateOf({waitingRow(1), installingRow(2, roster::Stage::Kernel), refused, planned, cameBack}));
    QCOMPARE(t.model.count(ui::MachineGroup::Waiting), 1);
    QCOMPARE(t.model.waiting(), std::vector{waitingRow(1).machine.mac});
    QCOMPARE(t.model.count(ui::MachineGroup::All), 5);
    t.model.apply(updateOf({installingRow(1, roster::Stage::Kernel)})); // counts go along
    QCOMPARE(t.model.count(ui::MachineGroup::Waiting), 0);
    QCOMPARE(t.model.count(ui::MachineGroup::Installing), 2);
    engine::MachineUpdate gone = updateOf({});
    gone.removed = {waitingRow(2).machine.mac};
    t.model.apply(gone);
    QCOMPARE(t.model.count(ui::MachineGroup::Installing), 1);
}

void MachineModelTest::showsAPlannedMachineAtTheCursorAsNext() {
    Tested t;
    engine::MachineRow planned = waitingRow(2);
    planned.machine.firstSeen.reset();
    planned.machine.stage = roster::Stage::Seen;
    engine::MachineUpdate update = updateOf({planned});
    t.model.apply(update);
    QCOMPARE(text(t.model, 0, MachineColumn::State), QStringLiteral("Reserved"));
    update.changed.clear();
    update.cursor = 2;
    QSignalSpy dataChanged(&t.model, &MachineModel::dataChanged);
    t.model.apply(update);
    QCOMPARE(text(t.model, 0, MachineColumn::State), QStringLiteral("Next"));
    QCOMPARE(dataChanged.count(), 1);
}

void MachineModelTest::showsNamesOfMachinesAsPlainText() {
    Tested t;
    engine::MachineRow row = waitingRow(1);
    row.vendor = QStringLiteral("<b>ACME</b>\n\u202egnp");
    t.model.apply(updateOf({row}));
    const QModelIndex cell = t.model.index(0, static_cast<int>(MachineColumn::Vendor));
    QCOMPARE(cell.data().toString(), QStringLiteral("<b>ACME</b>\\n\\u202egnp"));
    QVERIFY(!cell.data(Qt::ToolTipRole)
                 .toString()
                 .contains(QLatin1String("<b>"))); // tool tips would take it for markup
}

void MachineModelTest::passesAnEditOnInsteadOfChangingTheCell() {
    Tested t;
    t.model.apply(updateOf({waitingRow(1)}));
    QSignalSpy requested(&t.model, &MachineModel::editRequested);
    const QModelIndex name = t.model.index(0, static_cast<int>(MachineColumn::Name));
    QVERIFY(t.model.setData(name, QStringLiteral("db-1")));
    QCOMPARE(requested.count(), 1);
    QCOMPARE(name.data().toString(), QStringLiteral("node-01"));
    QVERIFY(!t.model.setData(t.model.index(0, static_cast<int>(MachineColumn::Mac)), QStringLiteral("x")));
}

void MachineModelTest::findsAMacFragmentInAnySpelling_data() {
    QTest::addColumn<QString>("fragment");
    QTest::addColumn<int>("rows");
    QTest::newRow("colons") << QStringLiteral("00:00:02") << 1;
    QTest::newRow("dashes, capitals") << QStringLiteral("52-54-00-00-00-02") << 1;
    QTest::newRow("Cisco dots") << QStringLiteral("5254.0000.0003") << 1;
    QTest::newRow("bare") << QStringLiteral("525400") << 3;
    QTest::newRow("no MAC, but a name") << QStringLiteral("NODE-03") << 1;
    QTest::newRow("an address") << QStringLiteral("10.0.0.2") << 1;
    QTest::newRow("nothing") << QStringLiteral("zebra") << 0;
}

void MachineModelTest::findsAMacFragmentInAnySpelling() {
    QFETCH(QString, fragment);
    Tested t;
    ui::MachineFilterModel filter(t.model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    t.model.apply(updateOf({waitingRow(1), waitingRow(2), waitingRow(3)}));
    filter.setText(fragment);
    QTEST(filter.rowCount(), "rows");
}

void MachineModelTest::keepsAShownRowUntilTheFilterChanges() {
    Tested t;
    ui::MachineFilterModel filter(t.model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    t.model.apply(updateOf({waitingRow(1), waitingRow(2)}));
    filter.setGroup(ui::MachineGroup::Waiting);
    t.model.apply(updateOf({installingRow(1, roster::Stage::Kernel)}));
    QCOMPARE(filter.rowCount(), 2); // nothing moves under the pointer
    filter.setGroup(ui::MachineGroup::Waiting);
    QCOMPARE(filter.rowCount(), 1);
}

void MachineModelTest::bringsARowThatComesToMatch() {
    Tested t;
    ui::MachineFilterModel filter(t.model);
    t.model.apply(updateOf({waitingRow(1), waitingRow(2), waitingRow(3)}));
    filter.setGroup(ui::MachineGroup::Installing);
    QCOMPARE(filter.rowCount(), 0);
    t.model.apply(updateOf({installingRow(2, roster::Stage::Kernel)}));
    QCOMPARE(names(filter), QStringList{QStringLiteral("node-02")});
}

void MachineModelTest::takesManyNewAndMovedMachinesAtOnce() {
    Tested t;
    t.model.apply(updateOf({waitingRow(2), waitingRow(4), waitingRow(6)}));
    const QPersistentModelIndex fourth = t.model.index(1, 0);
    QSignalSpy inserted(&t.model, &MachineModel::rowsInserted);
    engine::MachineRow moved = waitingRow(2);
    moved.machine.slot = 9;
    t.model.apply(updateOf({waitingRow(5), moved, waitingRow(1), waitingRow(3)}));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(names(t.model),
             (QStringList{QStringLiteral("node-01"), QStringLiteral("node-03"), QStringLiteral("node-04"),
                          QStringLiteral("node-05"), QStringLiteral("node-06"), QStringLiteral("node-02")}));
    QCOMPARE(fourth.row(), 2);
    QCOMPARE(t.model.indexOf(moved.machine.mac), 5);
}

void MachineModelTest::findsMachinesBySlot() {
    Tested t;
    engine::MachineRow unplaced = waitingRow(8);
    unplaced.machine.slot.reset();
    t.model.apply(updateOf({waitingRow(2), waitingRow(4), unplaced}));
    QVERIFY(t.model.findBySlot(4) && t.model.findBySlot(4)->machine.mac == waitingRow(4).machine.mac);
    for (const int slot : {0, 1, 3, 5, 8})
        QVERIFY(!t.model.findBySlot(slot));
    QCOMPARE(t.model.highestSlot(), 4);
}

QTEST_GUILESS_MAIN(MachineModelTest)
#include "tst_MachineModel.moc"
