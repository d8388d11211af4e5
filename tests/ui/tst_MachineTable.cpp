#include "core/exchange/Tsv.h"
#include "tests/ui/TableWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

/// The table worked in like a spreadsheet, over the real engine in its own thread.
class MachineTableTest : public QObject, private TableWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(windowSize); }
    void cleanup() { close(); }
    void copiesFortyRowsOutAndBackAndOneUndoRestoresThem();
    void refusesAWholePasteForOneBadCell();
    void offersToGrowTheRack();
    void fillsNamesAndAddressesDown();
    void editsAllSelectedCellsOfAColumn();
    void deleteClearsWhatWasTyped();
    void menuNamesTheKeysOfEveryAct();
    void thirdClickOnAHeaderBringsTheSlotOrderBack();
    void remembersOrderWidthAndChoiceOfColumns();
    void showsADroppedPlanBeforeAnythingHappens();
    void importsAsOneStep();

private:
    static void setClipboard(const exchange::Cells& cells) {
        QGuiApplication::clipboard()->setText(QString::fromStdString(exchange::writeTsv(cells)));
    }
    static exchange::Cells clipboard() {
        return exchange::readTsv(QGuiApplication::clipboard()->text().toStdString());
    }
};

void MachineTableTest::copiesFortyRowsOutAndBackAndOneUndoRestoresThem() {
    planRack(40);
    select(0, MachineColumn::Slot, 39, MachineColumn::Mac); // slot, state, name, address, MAC
    press(Qt::Key_C);
    const exchange::Cells before = clipboard();
    QCOMPARE(before.size(), std::size_t(40));
    QCOMPARE(before[6],
             (std::vector<std::string>{"07", "Reserved", "node-07", "10.1.0.7", "52:54:00:00:01:07"}));

    exchange::Cells cells = before; // as a spreadsheet gives them back, turned round
    for (std::size_t row = 0; row < cells.size(); ++row) {
        cells[row][2] = "web-" + std::to_string(40 - row);
        cells[row][3] = before[39 - row][3];
    }
    setClipboard(cells);
    press(Qt::Key_V);
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("web-40"));
    QCOMPARE(text(39, MachineColumn::Name), QStringLiteral("web-1"));
    QCOMPARE(text(0, MachineColumn::Address), QStringLiteral("10.1.0.40"));
    QCOMPARE(text(39, MachineColumn::Address), QStringLiteral("10.1.0.1"));
    QCOMPARE(m_workbench->undoStack().count(), 1);

    m_workbench->undoStack().undo();
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
    select(0, MachineColumn::Slot, 39, MachineColumn::Mac);
    press(Qt::Key_C);
    QCOMPARE(clipboard(), before);
    for (const engine::MachineRow& row : m_workbench->machines().rows())
        QVERIFY(row.machine.assigned == roster::Assignment()); // nothing stays pinned
    m_workbench->undoStack().redo();
    QTRY_COMPARE(text(39, MachineColumn::Name), QStringLiteral("web-1"));
}

void MachineTableTest::refusesAWholePasteForOneBadCell() {
    planRack(3);
    const QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    select(0, MachineColumn::Name, 0, MachineColumn::Name);
    setClipboard({{"db-1"}, {"db_2"}, {"db-3"}});
    press(Qt::Key_V);
    QCOMPARE(refused.count(), 1);
    QVERIFY2(refused[0][0].toString().startsWith(QLatin1String("Row 2, Name: ")),
             qPrintable(refused[0][0].toString()));
    QCOMPARE(m_workbench->undoStack().count(), 0);
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
}

void MachineTableTest::offersToGrowTheRack() {
    planRack(2);
    select(1, MachineColumn::Slot, 1, MachineColumn::Slot);
    setClipboard({{"2", "", "node-02", "10.1.0.2", "52:54:00:00:01:02"},
                  {"3", "", "new-3", "", "0254.0000.0003"},
                  {"4", "", "", "", "02-54-00-00-00-04"}});
    press(Qt::Key_V);
    auto* const box = m_window->findChild<QMessageBox*>(QStringLiteral("extraRowsBox"));
    QVERIFY(box);
    QVERIFY(box->text().contains(QLatin1Char('2')));
    box->findChild<QPushButton*>(QStringLiteral("addMachines"))->click();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 4);
    QCOMPARE(text(2, MachineColumn::Name), QStringLiteral("new-3"));
    QCOMPARE(text(3, MachineColumn::Name), QStringLiteral("node-04"));
    m_workbench->undoStack().undo();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 2);
}

void MachineTableTest::fillsNamesAndAddressesDown() {
    planRack(4);
    m_workbench->edit({m_workbench->machines().row(0).machine.mac}, MachineColumn::Name,
                      QStringLiteral("db-08"));
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("db-08"));
    select(0, MachineColumn::Name, 3, MachineColumn::Name);
    press(Qt::Key_D);
    QTRY_COMPARE(text(3, MachineColumn::Name), QStringLiteral("db-11"));
    QCOMPARE(m_workbench->undoStack().count(), 2);
    m_workbench->undoStack().undo();
    QTRY_COMPARE(text(3, MachineColumn::Name), QStringLiteral("node-04"));
}

void MachineTableTest::editsAllSelectedCellsOfAColumn() {
    planRack(4);
    select(1, MachineColumn::Address, 3, MachineColumn::Address);
    press(Qt::Key_F2, Qt::NoModifier);
    auto* const editor = table().findChild<QLineEdit*>(QStringLiteral("cellEditor"));
    QVERIFY(editor);
    editor->setText(QStringLiteral("10.2.0.9"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(text(3, MachineColumn::Address), QStringLiteral("10.2.0.11"));
    QCOMPARE(text(0, MachineColumn::Address), QStringLiteral("10.1.0.1"));
    QCOMPARE(m_workbench->undoStack().count(), 1);
}

void MachineTableTest::deleteClearsWhatWasTyped() {
    planRack(2);
    m_workbench->edit({m_workbench->machines().row(0).machine.mac}, MachineColumn::Name,
                      QStringLiteral("db-08"));
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("db-08"));
    select(0, MachineColumn::Slot, 1, MachineColumn::Progress);
    press(Qt::Key_Delete, Qt::NoModifier);
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
    QCOMPARE(m_workbench->machines().rowCount(), 2); // nobody is forgotten
    QCOMPARE(m_workbench->machines().row(1).machine.slot, std::optional(2));
    press(Qt::Key_Delete, Qt::ShiftModifier);
    QVERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("forgetBox")));
}

void MachineTableTest::menuNamesTheKeysOfEveryAct() {
    planRack(2);
    select(0, MachineColumn::Name, 1, MachineColumn::Name);
    Q_EMIT table().menuRequested(QPoint(10, 10));
    auto* const menu = m_window->findChild<QMenu*>(QStringLiteral("machineMenu"));
    QVERIFY(menu);
    QStringList keys;
    for (const QAction* const act : menu->actions())
        keys << act->shortcut().toString();
    for (const char* const key : {"Ctrl+C", "Ctrl+V", "Ctrl+D", "Del", "Shift+Space", "Ctrl+I", "Ctrl+E"})
        QVERIFY2(keys.contains(QLatin1String(key)), key);
    QVERIFY(menu->actions().front()->text().contains(QLatin1String("2 machine")));
    menu->close();
}

void MachineTableTest::thirdClickOnAHeaderBringsTheSlotOrderBack() {
    planRack(3);
    const auto click = [this](MachineColumn column) {
        QHeaderView& header = *table().horizontalHeader();
        const int x = header.sectionViewportPosition(static_cast<int>(column)) + 15;
        QTest::mouseClick(header.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(x, header.height() / 2));
    };
    m_workbench->edit({m_workbench->machines().row(2).machine.mac}, MachineColumn::Name, QStringLiteral("a"));
    QTRY_COMPARE(text(2, MachineColumn::Name), QStringLiteral("a"));
    click(MachineColumn::Name);
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("a"));
    click(MachineColumn::Name);
    QCOMPARE(text(2, MachineColumn::Name), QStringLiteral("a"));
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("node-02"));
    click(MachineColumn::Name);
    QCOMPARE(text(0, MachineColumn::Slot), QStringLiteral("01"));
    QCOMPARE(text(2, MachineColumn::Slot), QStringLiteral("03"));
}

void MachineTableTest::remembersOrderWidthAndChoiceOfColumns() {
    planRack(1);
    QMenu chooser;
    table().fillColumnMenu(chooser);
    chooser.actions().at(static_cast<int>(MachineColumn::Vendor))->setChecked(false);
    QHeaderView* header = table().horizontalHeader();
    header->moveSection(header->visualIndex(static_cast<int>(MachineColumn::Mac)), 1);
    header->resizeSection(static_cast<int>(MachineColumn::Name), 181);
    m_window->close();
    openWindow(windowSize);
    header = table().horizontalHeader();
    QVERIFY(header->isSectionHidden(static_cast<int>(MachineColumn::Vendor)));
    QCOMPARE(header->visualIndex(static_cast<int>(MachineColumn::Mac)), 1);
    QCOMPARE(header->sectionSize(static_cast<int>(MachineColumn::Name)), 181);
}

void MachineTableTest::showsADroppedPlanBeforeAnythingHappens() {
    planRack(2);
    drop({writePlan(
        "slot,hostname,mac\n1,db-1,5254.0000.0101\n2,node-02,52-54-00-00-01-02\n3,new,02-00-00-00-00-03\n"
        "x,bad,02-00-00-00-00-04\n")});
    auto* const preview = m_window->findChild<QTableView*>(QStringLiteral("importTable"));
    QVERIFY(preview);
    QTRY_COMPARE(preview->model()->rowCount(), 4);
    const auto shown = [preview](int row, int column) {
        return preview->model()->index(row, column).data().toString();
    };
    QCOMPARE(shown(0, 1), QStringLiteral("Changed"));
    QVERIFY2(shown(0, 3).contains(QStringLiteral("node-01 → db-1")), qPrintable(shown(0, 3)));
    QCOMPARE(shown(1, 1), QStringLiteral("Unchanged"));
    QCOMPARE(shown(2, 1), QStringLiteral("New"));
    QCOMPARE(shown(3, 1), QStringLiteral("Refused"));
    QCOMPARE(shown(3, 0), QStringLiteral("5"));
    QVERIFY(shown(3, 3).contains(QStringLiteral("“x”")));
    QCOMPARE(m_workbench->machines().rowCount(), 2);
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
    find<QPushButton>("fate3")->click();
    QCOMPARE(preview->model()->rowCount(), 1);
}

void MachineTableTest::importsAsOneStep() {
    planRack(2);
    drop({writePlan("slot,hostname,mac\n2,db-1,525400000101\n1,db-2,525400000102\n3,new,020000000003\n")});
    auto* const accept = find<QPushButton>("importAccept");
    QTRY_VERIFY(accept->isEnabled());
    QVERIFY(accept->text().contains(QLatin1Char('3')));
    accept->click();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 3);
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("db-2")); // they changed places
    QCOMPARE(text(1, MachineColumn::Name), QStringLiteral("db-1"));
    QCOMPARE(m_workbench->undoStack().count(), 1);
    m_workbench->undoStack().undo();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 2);
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
    QCOMPARE(text(0, MachineColumn::Mac), QStringLiteral("52:54:00:00:01:01"));
}

QTEST_MAIN(MachineTableTest)
#include "tst_MachineTable.moc"
