#include "tests/ui/TestWindow.h"
#include "ui/rack/RackSheet.h"
#include "ui/rack/SheetActs.h"

#include <QDir>
#include <QFileDialog>
#include <QImage>
#include <QPrintDialog>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::tests;

/// The picture of the rack as a file and on paper. Machines stand in slots 1 and 2.
class RackSheetTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void writesDrawingsWithTheirNames();
    void writesADocumentOfOnePage();
    void isOnWhitePaperInADarkWindow();
    void tellsWhatItCannotWrite();
    void leavesNoHalfFile();
    void opensItsDialogs();

private:
    [[nodiscard]] ui::SheetActs& acts() const { return *m_window->findChild<ui::SheetActs*>(); }
    [[nodiscard]] QByteArray saved(const QString& name) const;
};

void RackSheetTest::init() {
    open({1440, 900});
    engine().submitTogether(
        {roster::Plan{waitingRow(1).machine.mac, 1, {}}, roster::Plan{waitingRow(2).machine.mac, 2, {}}});
    QTRY_COMPARE(m_workbench->machines().cursor(), 3);
    m_window->showPage(ui::PageName::Rack);
}

QByteArray RackSheetTest::saved(const QString& name) const {
    QSignalSpy told(m_workbench.get(), &ui::Workbench::told);
    const QString path = m_directory->filePath(name);
    acts().save(path);
    QFile file(path);
    return told.count() == 1 && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void RackSheetTest::writesDrawingsWithTheirNames() {
    const QByteArray drawing = saved(QStringLiteral("rack.svg"));
    for (const char* const text : {"node-01", "node-02", "node-03", "R1"})
        QVERIFY2(drawing.contains(text), text);
    QVERIFY(QSvgRenderer(drawing).isValid());
}

void RackSheetTest::writesADocumentOfOnePage() {
    const QByteArray document = saved(QStringLiteral("rack.PDF"));
    QVERIFY(document.startsWith("%PDF-"));
    QVERIFY(document.contains("/Count 1"));
    QVERIFY(document.trimmed().endsWith("%%EOF"));
}

void RackSheetTest::isOnWhitePaperInADarkWindow() {
    const QByteArray light = saved(QStringLiteral("light.png"));
    m_theme->setMode(ui::ThemeMode::Dark);
    const QImage picture = QImage::fromData(saved(QStringLiteral("dark.png")));
    QVERIFY(!picture.isNull());
    QCOMPARE(picture.pixelColor(1, picture.height() - 1), QColor(Qt::white));
    QCOMPARE(picture.size(), QImage::fromData(light).size());
}

void RackSheetTest::tellsWhatItCannotWrite() {
    QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    QVERIFY(saved(QStringLiteral("rack.docx")).isEmpty());
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused.at(0).at(0).toString().contains(QLatin1String("rack.docx does not end in")));
    QVERIFY(saved(QStringLiteral("no/such/folder/rack.svg")).isEmpty());
    QCOMPARE(refused.count(), 2);
    QVERIFY(refused.at(1).at(0).toString().contains(QLatin1String("no/such/folder/rack.svg")));
}

void RackSheetTest::leavesNoHalfFile() {
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("out")));
    QVERIFY(!saved(QStringLiteral("out/rack.svg")).isEmpty());
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("out/taken.svg"))); // cannot be replaced by a file
    QVERIFY(saved(QStringLiteral("out/taken.svg")).isEmpty());
    QCOMPARE(QDir(m_directory->filePath(QStringLiteral("out"))).entryList(QDir::Files),
             QStringList{QStringLiteral("rack.svg")});
}

void RackSheetTest::opensItsDialogs() {
    QTest::keyClick(m_window->focusWidget(), Qt::Key_S, Qt::ControlModifier);
    auto* const place = find<QFileDialog>("saveRackDialog");
    QVERIFY(place && place->isVisible());
    QCOMPARE(place->defaultSuffix(), QStringLiteral("pdf"));
    place->selectNameFilter(place->nameFilters().at(1));
    Q_EMIT place->filterSelected(place->selectedNameFilter());
    QCOMPARE(place->defaultSuffix(), QStringLiteral("svg"));
    place->reject();
    QTest::keyClick(m_window->focusWidget(), Qt::Key_P, Qt::ControlModifier);
    auto* const print = find<QPrintDialog>("printDialog");
    QVERIFY(print && print->isVisible());
    print->reject();
}

QTEST_MAIN(RackSheetTest)
#include "tst_RackSheet.moc"
