#include "tests/support/TestIso.h"
#include "tests/ui/TestWindow.h"
#include "ui/widgets/MachineTable.h"
#include "ui/widgets/ProgressDelegate.h"

#include <QApplication>
#include <QDropEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

namespace {

const QSize windowSize{1440, 900};

} // namespace

/// The real window over the real engine in its own thread. Only what machines do on the wire is told by hand:
/// the rack tests do that with real packets.
class MainWindowTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(windowSize); }
    void cleanup() { close(); }
    void saysWhatToDoFirst();
    void importsADroppedIsoAndShowsItsCard();
    void saysOnACardWhyADroppedFileIsNoImage();
    void showsAPlannedMachineAndApprovesItByKey();
    void approvesAWaitingMachineByAClickAndShowsItsStages();
    void renamesAMachineAndTakesItBack();
    void keepsABadNameInItsEditorAndSaysWhy();
    void filtersByChipAndText();
    void saysWhyTheServicesDoNotStart();
    void remembersPageAndColumns();
    void longNamesGetTheRoomOfAWideWindow();

private:
    /// What the page in view says while it has nothing to show.
    [[nodiscard]] QString visibleHeading() const {
        for (const QLabel* const label : m_window->findChildren<QLabel*>(QStringLiteral("emptyHeading"))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    void plan(const char* mac, int slot);
    [[nodiscard]] QModelIndex cell(int row, MachineColumn column) const {
        return find<QTableView>("machineTable")->model()->index(row, static_cast<int>(column));
    }
};

void MainWindowTest::plan(const char* mac, int slot) {
    const int before = m_workbench->machines().rowCount();
    engine().submit(roster::Plan{*MacAddress::parse(mac), slot, {}});
    QTRY_COMPARE(m_workbench->machines().rowCount(), before + 1);
}

void MainWindowTest::saysWhatToDoFirst() {
    QCOMPARE(visibleHeading(), QStringLiteral("Drop an installation ISO here"));
    QVERIFY(!find<QPushButton>("approveAllButton")->isEnabled());
    QVERIFY(!find<QTableView>("machineTable")->isVisible());
}

void MainWindowTest::importsADroppedIsoAndShowsItsCard() {
    const QString iso = makeRedHatIso(m_directory->path());
    if (iso.isEmpty())
        QSKIP("xorriso is not installed");
    drop({iso});
    QCOMPARE(m_window->page(), ui::PageName::Images);
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().readyCount(), 1, 20000);
    QTRY_COMPARE(m_workbench->images().rowCount(), 1); // the card of the import has given way
    m_window->showPage(ui::PageName::Machines);
    QCOMPARE(visibleHeading(), QStringLiteral("Start, then power on the first machine"));
}

void MainWindowTest::saysOnACardWhyADroppedFileIsNoImage() {
    const QString path = m_directory->filePath(QStringLiteral("letter.iso"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear reader");
    file.close();
    drop({path});
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("imageProblem") && find<QLabel>("imageProblem")->isVisible(),
                             20000);
    QVERIFY(find<QLabel>("imageProblem")->text().contains(QLatin1String("letter.iso")));
}

void MainWindowTest::showsAPlannedMachineAndApprovesItByKey() {
    const QString iso = makeRedHatIso(m_directory->path());
    if (iso.isEmpty())
        QSKIP("xorriso is not installed");
    drop({iso});
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().readyCount(), 1, 20000);
    plan("52:54:00:12:34:56", 2);
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(cell(0, MachineColumn::Mac).data().toString(), QStringLiteral("52:54:00:12:34:56"));
    QCOMPARE(cell(0, MachineColumn::Name).data().toString(), QStringLiteral("node-02"));
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_A);
    QTRY_COMPARE(m_workbench->machines().row(0).machine.approval, roster::Approval::Approved);
}

void MainWindowTest::approvesAWaitingMachineByAClickAndShowsItsStages() {
    Q_EMIT engine().machinesChanged(updateOf({waitingRow(1), waitingRow(2)}));
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(find<QPushButton>("approveAllButton")->text(), QStringLiteral("Approve 2 waiting"));
    QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    const QRect button =
        ui::ProgressDelegate::buttonRect(table->visualRect(cell(1, MachineColumn::Progress)), table->font());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, button.center());
    // the roster never saw this machine, so what the click asks for is refused by name: it did reach the
    // engine
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY(refused.at(0).at(0).toString().contains(QLatin1String("52:54:00:00:00:02")));
    for (const auto stage : {roster::Stage::Kernel, roster::Stage::Kickstart, roster::Stage::Packages}) {
        Q_EMIT engine().machinesChanged(updateOf({installingRow(2, stage)}));
        QTRY_VERIFY(!cell(1, MachineColumn::Stage).data().toString().isEmpty());
        QTRY_COMPARE(m_workbench->machines().row(1).machine.stage, stage);
    }
    QCOMPARE(cell(1, MachineColumn::State).data().toString(), QStringLiteral("Installing"));
    QCOMPARE(cell(1, MachineColumn::Stage).data().toString(), QStringLiteral("Packages"));
}

void MainWindowTest::renamesAMachineAndTakesItBack() {
    plan("52:54:00:12:34:56", 2);
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    table->setCurrentIndex(cell(0, MachineColumn::Name));
    table->edit(cell(0, MachineColumn::Name));
    auto* const editor = table->findChild<QLineEdit*>(QStringLiteral("cellEditor"));
    QVERIFY(editor);
    editor->setText(QStringLiteral("db-7"));
    const QSignalSpy approvals(find<ui::MachineTable>("machineTable"), &ui::MachineTable::approveRequested);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(cell(0, MachineColumn::Name).data().toString(), QStringLiteral("db-7"));
    QVERIFY(approvals.isEmpty()); // the key that ends an edit must not let a machine be erased
    QVERIFY(cell(0, MachineColumn::Name).data(ui::MachineModel::PinnedRole).toBool());
    QVERIFY(find<QAbstractButton>("undoButton")->isEnabled());
    find<QAbstractButton>("undoButton")->click();
    QTRY_COMPARE(cell(0, MachineColumn::Name).data().toString(), QStringLiteral("node-02"));
}

void MainWindowTest::keepsABadNameInItsEditorAndSaysWhy() {
    plan("52:54:00:12:34:56", 2);
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    table->setCurrentIndex(cell(0, MachineColumn::Name));
    table->edit(cell(0, MachineColumn::Name));
    const QPointer<QLineEdit> editor = table->findChild<QLineEdit*>(QStringLiteral("cellEditor"));
    editor->setText(QStringLiteral("-bad-"));
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->text(), QStringLiteral("-bad-"));
    const auto* const reason = table->findChild<QLabel*>(QStringLiteral("cellReason"));
    QVERIFY(reason && reason->text().contains(QLatin1String("-bad-")));
    QTest::keyClick(editor, Qt::Key_Escape);
    QTRY_VERIFY(!editor);
    QCOMPARE(m_workbench->undoStack().count(), 0);
}

void MainWindowTest::filtersByChipAndText() {
    Q_EMIT engine().machinesChanged(updateOf({waitingRow(1), installingRow(2, roster::Stage::Kernel)}));
    auto* const table = find<QTableView>("machineTable");
    QTRY_COMPARE(table->model()->rowCount(), 2);
    find<QPushButton>("chipWaiting")->click();
    QCOMPARE(table->model()->rowCount(), 1);
    find<QPushButton>("chipAll")->click();
    find<QLineEdit>("filterBox")->setText(QStringLiteral("00-00-02"));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(cell(0, MachineColumn::Name).data().toString(), QStringLiteral("node-02"));
    find<QLineEdit>("filterBox")->setText(QStringLiteral("zebra"));
    QCOMPARE(visibleHeading(), QStringLiteral("No machine matches"));
}

void MainWindowTest::saysWhyTheServicesDoNotStart() {
    m_window->chooseInterface(QStringLiteral("nonet0"));
    m_window->startServices();
    auto* const problem = find<QLabel>("networkProblem");
    QTRY_VERIFY(problem->isVisible());
    QCOMPARE(m_window->page(), ui::PageName::Network);
    QVERIFY2(problem->text().contains(QLatin1String("nonet0")), qPrintable(problem->text()));
}

void MainWindowTest::remembersPageAndColumns() {
    auto* table = find<QTableView>("machineTable");
    table->setColumnWidth(static_cast<int>(MachineColumn::Name), 177);
    m_window->showPage(ui::PageName::Log);
    m_window->close();
    openWindow(windowSize);
    QCOMPARE(m_window->page(), ui::PageName::Log);
    table = find<QTableView>("machineTable");
    QCOMPARE(table->columnWidth(static_cast<int>(MachineColumn::Name)), 177);
}

void MainWindowTest::longNamesGetTheRoomOfAWideWindow() {
    plan("52:54:00:12:34:56", 2);
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    QTRY_VERIFY(table->isVisible());
    const auto width = [table](MachineColumn column) {
        return table->columnWidth(static_cast<int>(column));
    };
    m_window->resize(1440, 900);
    QTRY_VERIFY(!table->isColumnHidden(static_cast<int>(MachineColumn::Image)));
    const int narrow = width(MachineColumn::Image);
    m_window->resize(2400, 1000);
    QTRY_VERIFY(width(MachineColumn::Image) >= narrow + 100);
    QVERIFY(table->horizontalHeader()->length() <= table->viewport()->width());

    table->setColumnWidth(static_cast<int>(MachineColumn::Name), 177); // what the operator sizes stays
    m_window->resize(1440, 900);
    QTRY_VERIFY(table->horizontalHeader()->length() <= table->viewport()->width());
    QCOMPARE(width(MachineColumn::Name), 177);
}

QTEST_MAIN(MainWindowTest)
#include "tst_MainWindow.moc"
