#include "tests/support/TestIso.h"
#include "tests/ui/LibraryWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::ImageAct;
using ui::ImageCard;

namespace {

constexpr int patience = 20'000; // milliseconds: the machine under the test may be busy

} // namespace

/// What comes into the library and goes: drops, folders, kernels, and what machines start with of it.
class LibraryIntakeTest : public QObject, private LibraryWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }
    void takesSeveralFilesAndFoldersInOneDrop();
    void triesAgainAndDismissesByKeyboard();
    void saysWhichCardAFileHasAlready();
    void saysWhichImageAnotherFileIs();
    void bringsARemovedImageBack();
    void offersToServeAFolderWithoutImages();
    void addsAKernelOnceNothingIsMissing();
    void choosesAMenuEntryInTheDrawer();
    void opensTheChooserByItsKey();
};

void LibraryIntakeTest::takesSeveralFilesAndFoldersInOneDrop() { // R46
    m_window->showPage(ui::PageName::Log);
    const QStringList files{makeFile(QStringLiteral("one.iso")), makeFile(QStringLiteral("two.ISO"))};
    makeFile(QStringLiteral("stick/deep/three.iso"));
    makeFile(QStringLiteral("stick/four.iso"));
    makeFile(QStringLiteral("stick/readme.txt"));
    drop(files + QStringList(m_directory->filePath(QStringLiteral("stick"))));
    QCOMPARE(m_window->page(), ui::PageName::Images);
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().rowCount(), 4, patience);
    QVERIFY(notice().contains(QLatin1String("found in stick.")));
    const auto failed = [this] {
        const QList<ImageCard*> all = cards();
        return std::count_if(all.begin(), all.end(), [](const ImageCard* each) {
            return each->entry().state == ui::ImageEntry::State::Failed;
        });
    };
    QTRY_COMPARE_WITH_TIMEOUT(failed(), 4, patience); // each says why on its own card
    QCOMPARE(m_workbench->images().readyCount(), 0);
}

void LibraryIntakeTest::triesAgainAndDismissesByKeyboard() {
    drop({makeFile(QStringLiteral("letter.iso"))});
    QTRY_VERIFY_WITH_TIMEOUT(
        cards().size() == 1 && cards().front()->entry().state == ui::ImageEntry::State::Failed, patience);
    ImageCard* const shown = cards().front();
    QVERIFY(textOf(*shown, "imageProblem").contains(QLatin1String("letter.iso")));
    auto* const retry =
        shown->findChild<QPushButton*>(QStringLiteral("imageAct%1").arg(static_cast<int>(ImageAct::Retry)));
    QTRY_VERIFY(retry->isVisible());
    retry->setFocus();
    QTest::keyClick(retry, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(
        cards().size() == 1 && cards().front()->entry().state == ui::ImageEntry::State::Failed, patience);
    cards().front()->setFocus();
    QTest::keyClick(cards().front(), Qt::Key_Delete);
    QTRY_COMPARE(cards().size(), 0);
    QVERIFY(find<QPushButton>("dropCard")->hasFocus()); // not lost
}

void LibraryIntakeTest::saysWhichCardAFileHasAlready() {
    engine::ImageInfo known = verifiedImage();
    known.path = makeFile(QStringLiteral("rocky.iso"));
    QVERIFY(QFile::link(known.path, m_directory->filePath(QStringLiteral("link.iso"))));
    tellImages({refusedImage(), known});
    QTRY_VERIFY(card(known.id)->isVisible());
    for (const QString& name : {QStringLiteral("rocky.iso"), QStringLiteral("link.iso")}) {
        drop({m_directory->filePath(name)});
        QCOMPARE(notice(), QStringLiteral("%1 is in the library already: Rocky Linux 9.4.").arg(name));
        QVERIFY(card(known.id)->hasFocus());
        QCOMPARE(m_workbench->images().rowCount(), 2);
    }
}

void LibraryIntakeTest::saysWhichImageAnotherFileIs() {
    tellImages({verifiedImage()});
    QTRY_VERIFY(card(verifiedImage().id)->isVisible());
    const QString other = QStringLiteral("/home/operator/copy of rocky.iso");
    Q_EMIT engine().importFinished(other, verifiedImage().id, 0.5);
    QCOMPARE(notice(),
             QStringLiteral("copy of rocky.iso is the same image as Rocky Linux 9.4, which is in the "
                            "library already."));
    QVERIFY(card(verifiedImage().id)->hasFocus());
    Q_EMIT engine().importFailed(other, {ErrorCode::Duplicate, "Rocky Linux 9.4", "copy of rocky.iso"});
    QCOMPARE(m_workbench->images().rowCount(), 1); // a refusal for this reason makes no card either
}

void LibraryIntakeTest::bringsARemovedImageBack() {
    const QString iso = makeRedHatIso(m_directory->path());
    if (iso.isEmpty())
        QSKIP("xorriso is not installed");
    drop({iso});
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().readyCount(), 1, patience);
    QTRY_COMPARE(cards().size(), 1);
    const QString id = m_workbench->images().entry(0).image.id;
    m_workbench->setDefaultImage(id);
    QTRY_COMPARE(m_workbench->images().defaultId(), id);
    cards().front()->setFocus();
    QTest::keyClick(cards().front(), Qt::Key_Delete);
    find<QMessageBox>("removeBox")->findChild<QPushButton*>(QStringLiteral("removeButton"))->click();
    QTRY_COMPARE(m_workbench->images().rowCount(), 0);
    QVERIFY(QFile::exists(iso));
    auto* const undo = find<QPushButton>("noticeButton");
    QVERIFY(undo->isVisible());
    undo->setFocus();
    QTest::keyClick(undo, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().readyCount(), 1, patience);
    QTRY_COMPARE(m_workbench->images().defaultId(), id);
    QTRY_COMPARE(m_workbench->images().rowCount(), 1);
}

void LibraryIntakeTest::offersToServeAFolderWithoutImages() {
    makeFile(QStringLiteral("my drivers/e1000e.ko"));
    const QString folder = m_directory->filePath(QStringLiteral("my drivers"));
    drop({folder});
    auto* const serve = find<QPushButton>("noticeButton");
    QTRY_VERIFY_WITH_TIMEOUT(serve->isVisible(), patience);
    QCOMPARE(m_workbench->images().rowCount(), 0);
    QTest::keyClick(serve, Qt::Key_Space);
    auto* const dialog = find<QDialog>("folderDialog");
    QVERIFY(dialog);
    auto* const name = dialog->findChild<QLineEdit*>(QStringLiteral("folderName"));
    QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("pathLine"))->text(), folder);
    QCOMPARE(name->text(), QStringLiteral("my-drivers"));
    auto* const accept = dialog->findChild<QPushButton*>(QStringLiteral("formAccept"));
    name->setText(QStringLiteral("../etc"));
    QVERIFY(!accept->isEnabled());
    name->setText(QStringLiteral("drivers"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->folders().size(), std::size_t(1), patience);
    QTRY_VERIFY(find<QWidget>("folderRow") && find<QWidget>("folderRow")->isVisible());
    QWidget* const row = find<QWidget>("folderRow");

    engine::FolderInfo running = m_workbench->folders().front();
    running.url = QStringLiteral("http://192.168.0.251/f/drivers/");
    Q_EMIT engine().foldersChanged({running});
    QCOMPARE(find<QWidget>("folderRow"), row);
    QCOMPARE(find<QLabel>("folderAddress")->text(), running.url);
    QTest::keyClick(find<QPushButton>("folderCopy"), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), running.url);
    QTest::keyClick(find<QPushButton>("folderRemove"), Qt::Key_Space);
    QTRY_VERIFY(m_workbench->folders().empty());
    find<QPushButton>("noticeButton")->click(); // taken back
    QTRY_COMPARE(m_workbench->folders().size(), std::size_t(1));
    QCOMPARE(m_workbench->folders().front().path, folder);
}

void LibraryIntakeTest::addsAKernelOnceNothingIsMissing() {
    QTest::keyClick(find<QPushButton>("addKernel"), Qt::Key_Space);
    auto* const dialog = find<QDialog>("kernelDialog");
    QVERIFY(dialog);
    auto* const accept = dialog->findChild<QPushButton*>(QStringLiteral("formAccept"));
    QVERIFY(!accept->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("kernelName")), QStringLiteral("Memtest"));
    QVERIFY(!accept->isEnabled());
    auto* const kernel = dialog->findChild<QLineEdit*>(QStringLiteral("pathLine"));
    kernel->setText(m_directory->filePath(QStringLiteral("gone")));
    QVERIFY(!accept->isEnabled());
    QVERIFY(
        dialog->findChild<QLabel*>(QStringLiteral("formProblem"))->text().contains(QLatin1String("gone")));
    kernel->setText(makeFile(QStringLiteral("memtest.bin")));
    QVERIFY(accept->isEnabled());
    QTest::keyClick(kernel, Qt::Key_Return);
    QTRY_VERIFY(!find<QDialog>("kernelDialog"));
}

void LibraryIntakeTest::choosesAMenuEntryInTheDrawer() {
    tellImages({verifiedImage()});
    Q_EMIT engine().profilesChanged({}, {}, verifiedImage().id);
    engine().submit(roster::Plan{*MacAddress::parse("52:54:00:12:34:56"), 2, {}});
    QTRY_COMPARE(m_workbench->machines().rowCount(), 1);
    m_window->showPage(ui::PageName::Machines);
    auto* const table = find<QTableView>("machineTable");
    QTRY_VERIFY(table->isVisible());
    table->selectRow(0);
    auto* const start = find<QComboBox>("drawerStart");
    QTRY_VERIFY(start->isVisible());
    const int rescue = start->findText(QStringLiteral("Menu: Rescue a Rocky Linux system"));
    QVERIFY(rescue > 0);
    start->setFocus();
    QTest::keyClick(start, Qt::Key_End); // the last one
    QCOMPARE(start->currentIndex(), rescue);
    const auto chosen = [this] {
        return m_workbench->machines().row(0).machine.assigned.menuEntry;
    };
    QTRY_COMPARE(chosen(), std::string("Rescue a Rocky Linux system"));
    const QModelIndex cell = table->model()->index(0, static_cast<int>(ui::MachineColumn::Profile));
    QCOMPARE(cell.data().toString(), QStringLiteral("Menu: Rescue a Rocky Linux system"));
    m_workbench->undoStack().undo();
    QTRY_COMPARE(chosen(), std::string());
    QTRY_COMPARE(start->currentIndex(), 0);
}

void LibraryIntakeTest::opensTheChooserByItsKey() {
    m_window->showPage(ui::PageName::Log);
    QTest::keyClick(m_window.get(), Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(m_window->page(), ui::PageName::Images);
    auto* const dialog = find<QFileDialog>("chooseImages");
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
    dialog->reject();
}

QTEST_MAIN(LibraryIntakeTest)
#include "tst_LibraryIntake.moc"
