#include "tests/ui/LibraryWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::ImageAct;
using ui::ImageCard;

namespace {

const QString sum(64, QLatin1Char('c'));

} // namespace

/// The cards of the library: what they keep while images change, and every act by keyboard.
class ImagesPageTest : public QObject, private LibraryWindow {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { open(); }
    void cleanup() { close(); }
    void keepsCardsFocusAndScrollWhileAJobRuns();
    void keepsATypedNameAndAnOpenMenuWhileAJobRuns();
    void reachesEveryCardByKeyboard();
    void doesEveryActByKeyboard_data();
    void doesEveryActByKeyboard();
    void cancelsAJobByKeyboard();
    void renamesInPlace();
    void leavesANameAloneOnEscape();
    void asksBeforeItRemovesAndNamesTheMachines();
    void takesAPastedChecksum();
    void savesExtraInitrds();
    void showsTheFileInItsFolder();
    void tellsHowManyMachinesWaitForAFile();
    void unfoldsTheOtherNotes();

public Q_SLOTS:
    void noteOpened(const QUrl& url) { m_opened = url; }

private:
    QUrl m_opened;
};

void ImagesPageTest::initTestCase() {
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // no file manager of somebody's desktop
}

void ImagesPageTest::keepsCardsFocusAndScrollWhileAJobRuns() {
    const std::vector<engine::ImageInfo> images{verifiedImage(), refusedImage(),    verifyingImage(),
                                                copyingImage(),  mismatchedImage(), goneImage()};
    tellImages(images);
    const QList<ImageCard*> before = cards();
    QCOMPARE(before.size(), 6);
    QScrollBar& scroll = *find<QScrollArea>("imagesScroll")->verticalScrollBar();
    QTRY_VERIFY(scroll.maximum() > 0);
    auto* const cancel =
        card(verifyingImage().id)
            ->findChild<QPushButton*>(QStringLiteral("imageAct%1").arg(static_cast<int>(ImageAct::Cancel)));
    QTRY_VERIFY(cancel->isVisible());
    cancel->setFocus();
    scroll.setValue(scroll.maximum() / 2);
    const int place = scroll.value();
    const QSignalSpy moved(&scroll, &QScrollBar::valueChanged);
    for (int percent = 1; percent <= 100; ++percent) {
        tellProgress(images, percent);
        QTest::qWait(0);
        QCOMPARE(QApplication::focusWidget(), cancel);
    }
    QCOMPARE(cards(), before);
    QCOMPARE(scroll.value(), place);
    QVERIFY(moved.isEmpty());
    QCOMPARE(card(verifyingImage().id)->findChild<QProgressBar*>(QStringLiteral("imageProgress"))->value(),
             1000);
}

void ImagesPageTest::keepsATypedNameAndAnOpenMenuWhileAJobRuns() {
    const std::vector<engine::ImageInfo> images{verifiedImage(), verifyingImage()};
    tellImages(images);
    ImageCard* const busy = card(verifyingImage().id);
    QTRY_VERIFY(busy->isVisible());
    busy->setFocus();
    QTest::keyClick(busy, Qt::Key_F2);
    const QPointer<QLineEdit> editor = busy->findChild<QLineEdit*>(QStringLiteral("imageNameEditor"));
    QVERIFY(editor->hasFocus());
    QTest::keyClicks(editor, QStringLiteral("Rescue"));
    for (int percent = 1; percent <= 100; ++percent)
        tellProgress(images, percent);
    QVERIFY(editor->hasFocus());
    QCOMPARE(editor->text(), QStringLiteral("Rescue"));
    QTest::keyClick(editor, Qt::Key_Escape);

    QTest::keyClick(busy, Qt::Key_Return);
    auto* const menu = busy->findChild<QMenu*>(QStringLiteral("imageMenu"));
    QVERIFY(menu->isVisible());
    const QList<QAction*> actions = menu->actions();
    for (int percent = 1; percent <= 100; ++percent)
        tellProgress(images, percent);
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->actions(), actions);
    menu->close();
}

void ImagesPageTest::reachesEveryCardByKeyboard() {
    tellImages({verifiedImage(), refusedImage(), copyingImage()});
    ImageCard* const first = card(verifiedImage().id);
    ImageCard* const second = card(refusedImage().id);
    ImageCard* const third = card(copyingImage().id);
    QTRY_VERIFY(third->isVisible());
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Right);
    QVERIFY(second->hasFocus());
    QTest::keyClick(second, Qt::Key_Left);
    QTest::keyClick(first, Qt::Key_Down); // two columns
    QVERIFY(third->hasFocus());
    QTest::keyClick(third, Qt::Key_Right);
    QVERIFY(find<QPushButton>("dropCard")->hasFocus());

    // and by Tab through every button, in the order of the cards
    first->setFocus();
    std::vector<QWidget*> passed;
    for (int i = 0; i < 40 && !find<QPushButton>("addKernel")->hasFocus(); ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        passed.push_back(QApplication::focusWidget());
    }
    QVERIFY(find<QPushButton>("addKernel")->hasFocus());
    const auto order = [&passed](const QWidget* widget) {
        return std::find(passed.begin(), passed.end(), widget) - passed.begin();
    };
    QVERIFY(order(second) < order(third));
    QVERIFY(order(second->findChild<QWidget*>(QStringLiteral("imageMore"))) < order(third));
    QVERIFY(order(second->findChild<QWidget*>(QStringLiteral("moreNotes"))) < order(third));
    QVERIFY(order(third) < order(find<QPushButton>("dropCard")));
    QVERIFY(order(find<QPushButton>("dropCard")) < order(find<QPushButton>("serveFolder")));
}

void ImagesPageTest::doesEveryActByKeyboard_data() {
    QTest::addColumn<ImageAct>("act");
    QTest::addColumn<QString>("outcome");
    const QString refusal = QStringLiteral("No image is called %1.").arg(verifiedImage().id);
    QTest::newRow("make default") << ImageAct::MakeDefault << refusal;
    QTest::newRow("verify") << ImageAct::Verify << refusal;
    QTest::newRow("copy into the library") << ImageAct::CopyFile << refusal;
    QTest::newRow("copy its sum") << ImageAct::CopySum << verifiedImage().check.sha256;
    QTest::newRow("copy its path") << ImageAct::CopyPath << verifiedImage().path;
}

void ImagesPageTest::doesEveryActByKeyboard() {
    QFETCH(ImageAct, act);
    QFETCH(QString, outcome);
    tellImages({verifiedImage()});
    QTRY_VERIFY(card(verifiedImage().id)->isVisible());
    QGuiApplication::clipboard()->clear();
    QVERIFY(chooseFromMenu(*card(verifiedImage().id), act));
    if (act == ImageAct::CopySum || act == ImageAct::CopyPath)
        QCOMPARE(QGuiApplication::clipboard()->text(), outcome);
    else
        QTRY_COMPARE(notice(), outcome);
}

void ImagesPageTest::cancelsAJobByKeyboard() {
    tellImages({copyingImage()});
    QTRY_VERIFY(card(copyingImage().id)->isVisible());
    QSignalSpy acts(card(copyingImage().id), &ImageCard::actRequested);
    QVERIFY(chooseFromMenu(*card(copyingImage().id), ImageAct::Cancel));
    QCOMPARE(acts.count(), 1);
    QCOMPARE(acts.at(0).at(0).value<ImageAct>(), ImageAct::Cancel);
    auto* const button =
        card(copyingImage().id)
            ->findChild<QPushButton*>(QStringLiteral("imageAct%1").arg(static_cast<int>(ImageAct::Cancel)));
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(acts.count(), 2);
    QVERIFY(!chooseFromMenu(*card(copyingImage().id), ImageAct::Verify)); // one job at a time
}

void ImagesPageTest::renamesInPlace() {
    tellImages({verifiedImage()});
    ImageCard* const shown = card(verifiedImage().id);
    QTRY_VERIFY(shown->isVisible());
    shown->setFocus();
    QTest::keyClick(shown, Qt::Key_F2);
    auto* const editor = shown->findChild<QLineEdit*>(QStringLiteral("imageNameEditor"));
    QCOMPARE(editor->text(), verifiedImage().name);
    QTest::keyClicks(editor, QStringLiteral("Rocky for storage"));
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QVERIFY(shown->hasFocus());
    QTRY_COMPARE(notice(), QStringLiteral("No image is called %1.").arg(verifiedImage().id));
    QCOMPARE(m_workbench->undoStack().count(), 1);
    QVERIFY(m_workbench->undoStack().undoText().contains(verifiedImage().name));
}

void ImagesPageTest::leavesANameAloneOnEscape() {
    tellImages({verifiedImage()});
    ImageCard* const shown = card(verifiedImage().id);
    QTRY_VERIFY(shown->isVisible());
    const QSignalSpy renamed(shown, &ImageCard::renamed);
    for (const char* const typed : {"", "   ", "Other"}) {
        shown->setFocus();
        QTest::keyClick(shown, Qt::Key_F2);
        auto* const editor = shown->findChild<QLineEdit*>(QStringLiteral("imageNameEditor"));
        QTest::keyClick(editor, Qt::Key_Delete); // of the text, not of the image
        QTest::keyClicks(editor, QLatin1String(typed));
        QTest::keyClick(editor,
                        QLatin1String(typed) == QLatin1String("Other") ? Qt::Key_Escape : Qt::Key_Return);
        QVERIFY(shown->hasFocus());
    }
    QVERIFY(renamed.isEmpty());
    QVERIFY(!find<QMessageBox>("removeBox"));
    QCOMPARE(textOf(*shown, "imageName"), verifiedImage().name);
}

void ImagesPageTest::asksBeforeItRemovesAndNamesTheMachines() {
    engine::ImageInfo copy = verifiedImage();
    copy.isOwnCopy = true;
    tellImages({copy});
    Q_EMIT engine().profilesChanged({}, {}, copy.id);
    Q_EMIT engine().machinesChanged(updateOf({waitingRow(1), waitingRow(2)}));
    ImageCard* const shown = card(copy.id);
    QTRY_VERIFY(shown->isVisible());
    shown->setFocus();
    QTest::keyClick(shown, Qt::Key_Delete);
    QPointer<QMessageBox> box = find<QMessageBox>("removeBox");
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(QLatin1String("node-01, node-02")));
    QVERIFY(box->informativeText().contains(copy.path)); // of which nothing stays
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QVERIFY(notice().isEmpty());

    QTest::keyClick(shown, Qt::Key_Delete);
    auto* const remove =
        find<QMessageBox>("removeBox")->findChild<QPushButton*>(QStringLiteral("removeButton"));
    remove->setFocus();
    QTest::keyClick(remove, Qt::Key_Space);
    QTRY_COMPARE(notice(), QStringLiteral("No image is called %1.").arg(copy.id));
}

void ImagesPageTest::takesAPastedChecksum() {
    tellImages({verifiedImage()});
    QTRY_VERIFY(card(verifiedImage().id)->isVisible());
    QVERIFY(chooseFromMenu(*card(verifiedImage().id), ImageAct::Compare));
    auto* const dialog = find<QDialog>("checksumDialog");
    QVERIFY(dialog);
    auto* const line = dialog->findChild<QLineEdit*>(QStringLiteral("checksumLine"));
    auto* const accept = dialog->findChild<QPushButton*>(QStringLiteral("formAccept"));
    auto* const problem = dialog->findChild<QLabel*>(QStringLiteral("formProblem"));
    QVERIFY(!accept->isEnabled());
    QTest::keyClicks(line, QStringLiteral("cafe"));
    QCOMPARE(problem->text(), QStringLiteral("4 of 64 digits."));
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(dialog->isVisible()); // not before it is whole
    line->setText(QStringLiteral("SHA256 (a.iso) = ") + sum.toUpper());
    QVERIFY(problem->text().isEmpty());
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(notice(), QStringLiteral("No image is called %1.").arg(verifiedImage().id));
}

void ImagesPageTest::savesExtraInitrds() {
    engine::ImageInfo image = verifiedImage();
    image.extraInitrds = {makeFile(QStringLiteral("drivers.img")),
                          makeFile(QStringLiteral("certificates.img"))};
    tellImages({image});
    QTRY_VERIFY(card(image.id)->isVisible());
    QVERIFY(chooseFromMenu(*card(image.id), ImageAct::ExtraInitrds));
    auto* const dialog = find<QDialog>("initrdsDialog");
    auto* const list = dialog->findChild<QListWidget*>(QStringLiteral("pathList"));
    QCOMPARE(list->count(), 2);
    list->setFocus();
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(list->item(0)->data(Qt::UserRole).toString(), image.extraInitrds.at(1));
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(list->count(), 1);
    QTest::keyClick(dialog->findChild<QPushButton*>(QStringLiteral("formAccept")), Qt::Key_Space);
    QTRY_COMPARE(notice(), QStringLiteral("No image is called %1.").arg(image.id));
}

void ImagesPageTest::showsTheFileInItsFolder() {
    engine::ImageInfo image = verifiedImage();
    image.path = makeFile(QStringLiteral("a&b.iso"));
    tellImages({image});
    QTRY_VERIFY(card(image.id)->isVisible());
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "noteOpened");
    QVERIFY(chooseFromMenu(*card(image.id), ImageAct::ShowFile));
    QTRY_COMPARE(m_opened, QUrl::fromLocalFile(m_directory->path())); // without a file manager: its folder
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
}

void ImagesPageTest::tellsHowManyMachinesWaitForAFile() { // R44
    tellImages({goneImage()});
    ImageCard* const shown = card(goneImage().id);
    QTRY_VERIFY(shown->isVisible());
    QVERIFY(!shown->findChild<QLabel*>(QStringLiteral("imageProblem"))->isVisible());
    engine::MachineRow row = installingRow(1, roster::Stage::Kernel);
    row.machine.assigned.imageId = goneImage().id.toStdString();
    Q_EMIT engine().machinesChanged(updateOf({row}));
    QVERIFY(textOf(*shown, "imageProblem").contains(QLatin1String("1 machine")));
    engine::ImageInfo back = goneImage();
    back.problem.reset();
    tellImages({back}); // by itself
    QVERIFY(!shown->findChild<QLabel*>(QStringLiteral("imageProblem"))->isVisible());
    QVERIFY(textOf(*shown, "imageStatus").startsWith(QLatin1String("Ready")));
}

void ImagesPageTest::unfoldsTheOtherNotes() {
    tellImages({refusedImage()});
    ImageCard* const shown = card(refusedImage().id);
    QTRY_VERIFY(shown->isVisible());
    QCOMPARE(textOf(*shown, "imageNotes").count(QLatin1Char('\n')), 0);
    auto* const more = shown->findChild<QPushButton*>(QStringLiteral("moreNotes"));
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QCOMPARE(textOf(*shown, "imageNotes").count(QLatin1Char('\n')), 1);
    QVERIFY(more->hasFocus());
}

QTEST_MAIN(ImagesPageTest)
#include "tst_ImagesPage.moc"
