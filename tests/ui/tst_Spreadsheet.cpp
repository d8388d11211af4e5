#include "tests/ui/TableWindow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

namespace {

using Sheet = QList<QStringList>;

QStringList rowOf(std::initializer_list<const char*> cells) {
    QStringList row;
    for (const char* const cell : cells)
        row << QString::fromUtf8(cell);
    return row;
}

/// Cells as LibreOffice Calc and Excel put them on the clipboard: in quotation marks where they would not be
/// told apart otherwise. `marksQuote` of LibreOffice; Excel leaves a lone quotation mark as it is.
QString asClipboard(const Sheet& sheet, const QString& lineEnd, bool marksQuote) {
    QString out;
    for (const QStringList& row : sheet) {
        QStringList cells;
        for (QString cell : row) {
            const bool needsMarks = cell.contains(QLatin1Char('\t')) || cell.contains(QLatin1Char('\n')) ||
                                    (marksQuote && cell.contains(QLatin1Char('"')));
            if (needsMarks)
                cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
                       QLatin1Char('"');
            cells << cell;
        }
        out += cells.join(QLatin1Char('\t')) + lineEnd;
    }
    return out;
}

/// What a spreadsheet makes of the text. A reader of its own, so that ours is not proven by itself.
Sheet asSpreadsheet(const QString& text) {
    Sheet sheet{{QString()}};
    bool isQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        QString& cell = sheet.back().back();
        if (text[i] == QLatin1Char('"') && (isQuoted || cell.isEmpty())) {
            if (isQuoted && i + 1 < text.size() && text[i + 1] == QLatin1Char('"'))
                cell += text[++i];
            else
                isQuoted = !isQuoted;
        } else if (text[i] == QLatin1Char('\t') && !isQuoted) {
            sheet.back() << QString();
        } else if (text[i] == QLatin1Char('\n') && !isQuoted) {
            sheet << QStringList{QString()};
        } else {
            cell += text[i];
        }
    }
    sheet.removeLast();
    return sheet;
}

/// Everything that an undo has to bring back.
struct Rack {
    std::vector<roster::Machine> machines;
    roster::RackLayout layout;
    int cursor = 0;

    bool operator==(const Rack&) const = default;
};

} // namespace

/// Cells that go to a spreadsheet and come back, and those that bring more than the table has.
class SpreadsheetTest : public QObject, private TableWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(windowSize); }
    void cleanup() { close(); }
    void fortyRowsOfFiveCellsGoOutAndComeBack_data();
    void fortyRowsOfFiveCellsGoOutAndComeBack();
    void aLineBreakInACellIsNoNewRow();
    void growsTheRackWithItsMachines();
    void growsTheRackByBareSlots();
    void refusesMoreRowsThatNameNoMachine();
    void addsNothingForOneBadRow_data();
    void addsNothingForOneBadRow();
    void emptyRowsAtTheEndAreNoMachines();

private:
    static void setClipboard(const QString& text) { QGuiApplication::clipboard()->setText(text); }
    [[nodiscard]] QMessageBox* question() const {
        return m_window->findChild<QMessageBox*>(QStringLiteral("extraRowsBox"));
    }
    [[nodiscard]] Rack rack() const {
        Rack now{{}, m_workbench->machines().layout(), m_workbench->machines().cursor()};
        for (const engine::MachineRow& row : m_workbench->machines().rows())
            now.machines.push_back(row.machine);
        return now;
    }
};

void SpreadsheetTest::fortyRowsOfFiveCellsGoOutAndComeBack_data() {
    QTest::addColumn<QString>("lineEnd");
    QTest::addColumn<bool>("marksQuote");
    QTest::addColumn<bool>("hasHtml");
    QTest::newRow("LibreOffice") << "\n" << true << true;
    QTest::newRow("LibreOffice, CRLF") << "\r\n" << true << true;
    QTest::newRow("Excel") << "\r\n" << false << true;
    QTest::newRow("a text editor") << "\n" << true << false;
}

void SpreadsheetTest::fortyRowsOfFiveCellsGoOutAndComeBack() {
    QFETCH(QString, lineEnd);
    QFETCH(bool, marksQuote);
    QFETCH(bool, hasHtml);
    const QString profile = QStringLiteral("db \"A\", 网页");
    engine().submitProfile(profile, QStringLiteral("text\nlang en_US.UTF-8\n%packages\n@core\n%end\n"));
    planRack(40);
    QTRY_VERIFY(m_workbench->profiles().rowCount() > 4);
    std::vector<MacAddress> machines;
    for (const engine::MachineRow& row : m_workbench->machines().rows())
        machines.push_back(row.machine.mac);
    m_workbench->edit(machines, MachineColumn::Profile, profile);
    QTRY_COMPARE(text(39, MachineColumn::Profile), profile);
    for (const MachineColumn hidden :
         {MachineColumn::State, MachineColumn::Vendor, MachineColumn::Firmware, MachineColumn::Image})
        table().hideColumn(static_cast<int>(hidden));
    select(0, MachineColumn::Slot, 39, MachineColumn::Profile);
    press(Qt::Key_C);
    const Sheet before = asSpreadsheet(QGuiApplication::clipboard()->text());
    QCOMPARE(before.size(), 40);
    QCOMPARE(before[6],
             (QStringList{QStringLiteral("07"), QStringLiteral("node-07"), QStringLiteral("10.1.0.7"),
                          QStringLiteral("52:54:00:00:01:07"), profile}));
    const Rack untouched = rack();

    Sheet sheet = before; // everything that can be changed is
    for (int row = 0; row < 40; ++row) {
        sheet[row][0] = QString::number(40 - row);
        sheet[row][1] = QStringLiteral("web-%1").arg(row);
        sheet[row][2] = QStringLiteral("10.9.0.%1").arg(row + 1);
        sheet[row][4] = row % 2 == 0 ? QStringLiteral("minimal-kickstart") : profile;
    }
    auto* const data = new QMimeData; // owned by the clipboard
    data->setText(asClipboard(sheet, lineEnd, marksQuote));
    if (hasHtml)
        data->setHtml(QStringLiteral("<table><tr><td>not this</td></tr></table>"));
    QGuiApplication::clipboard()->setMimeData(data);
    const QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    press(Qt::Key_V);
    QVERIFY2(refused.isEmpty(), refused.isEmpty() ? "" : qPrintable(refused[0][0].toString()));
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("web-39")); // slot 1
    select(0, MachineColumn::Slot, 39, MachineColumn::Profile);
    press(Qt::Key_C);
    Sheet after = asSpreadsheet(QGuiApplication::clipboard()->text());
    std::reverse(sheet.begin(), sheet.end()); // the table stands in slot order
    for (QStringList& row : sheet)
        row[0] = row[0].rightJustified(2, QLatin1Char('0'));
    QCOMPARE(after, sheet);
    QCOMPARE(m_workbench->undoStack().count(), 2);

    m_workbench->undoStack().undo();
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01"));
    QVERIFY(rack() == untouched);
}

void SpreadsheetTest::aLineBreakInACellIsNoNewRow() {
    planRack(3);
    const QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    select(0, MachineColumn::Name, 0, MachineColumn::Name);
    setClipboard(
        asClipboard({{QStringLiteral("web\n1")}, {QStringLiteral("web-2")}}, QStringLiteral("\n"), true));
    press(Qt::Key_V);
    QCOMPARE(refused.count(), 1);
    QVERIFY2(refused[0][0].toString().startsWith(QLatin1String("Row 1, Name: ")),
             qPrintable(refused[0][0].toString()));
    // A tab or line break around the value is a slip of the hand.
    setClipboard(
        asClipboard({{QStringLiteral("web-1\t")}, {QStringLiteral("web-2\n")}}, QStringLiteral("\n"), true));
    press(Qt::Key_V);
    QTRY_COMPARE(text(1, MachineColumn::Name), QStringLiteral("web-2"));
    QCOMPARE(text(2, MachineColumn::Name), QStringLiteral("node-03"));
}

void SpreadsheetTest::growsTheRackWithItsMachines() {
    planRack(2);
    const Rack untouched = rack();
    QCOMPARE(untouched.cursor, 3);
    select(1, MachineColumn::Slot, 1, MachineColumn::Slot);
    Sheet sheet{rowOf({"2", "", "node-02", "10.1.0.2", "52:54:00:00:01:02"})};
    for (const int slot : {3, 44, 45})
        sheet << QStringList{QString::number(slot),
                             {},
                             {},
                             {},
                             QStringLiteral("0254.0000.00%1").arg(slot, 2, 10, QLatin1Char('0'))};
    setClipboard(asClipboard(sheet, QStringLiteral("\n"), true));
    press(Qt::Key_V);
    QVERIFY(question());
    QVERIFY(question()->text().contains(QLatin1Char('3')));
    QCOMPARE(question()->defaultButton()->text(), QStringLiteral("Cancel"));
    QCOMPARE(m_workbench->machines().rowCount(), 2); // nothing until it is answered
    question()->findChild<QPushButton*>(QStringLiteral("addMachines"))->click();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 5);
    QCOMPARE(m_workbench->machines().layout().slotCount, 45);
    QCOMPARE(m_workbench->machines().cursor(), 4);
    QCOMPARE(m_workbench->undoStack().count(), 1);
    m_workbench->undoStack().undo();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 2);
    QTRY_VERIFY(rack() == untouched); // as large as it was, the cursor where it was
    m_workbench->undoStack().redo();
    QTRY_COMPARE(m_workbench->machines().layout().slotCount, 45);
}

void SpreadsheetTest::growsTheRackByBareSlots() {
    planRack(2);
    const Rack untouched = rack();
    select(0, MachineColumn::Slot, 0, MachineColumn::Slot);
    setClipboard(asClipboard({rowOf({"1", "", "web-1"}), rowOf({"2", "", ""}), rowOf({"47", "", "node-47"}),
                              rowOf({"48", "", ""})},
                             QStringLiteral("\n"), true));
    press(Qt::Key_V);
    QVERIFY(question());
    auto* const grow = question()->findChild<QPushButton*>(QStringLiteral("growRack"));
    QVERIFY(grow && grow->text().contains(QLatin1String("48")));
    QVERIFY(!question()->findChild<QPushButton*>(QStringLiteral("addMachines")));
    grow->click();
    QTRY_COMPARE(m_workbench->machines().layout().slotCount, 48);
    QTRY_COMPARE(text(0, MachineColumn::Name), QStringLiteral("web-1"));
    QCOMPARE(m_workbench->machines().rowCount(), 2);
    QCOMPARE(m_workbench->undoStack().count(), 1);
    m_workbench->undoStack().undo();
    QTRY_VERIFY(rack() == untouched);
}

void SpreadsheetTest::refusesMoreRowsThatNameNoMachine() {
    planRack(2);
    select(1, MachineColumn::Slot, 1, MachineColumn::Slot);
    setClipboard(asClipboard({rowOf({"2", "", "b"}), rowOf({"3", "", "c"})}, QStringLiteral("\n"),
                             true)); // c is no machine
    press(Qt::Key_V);
    QVERIFY(question());
    QVERIFY(question()->informativeText().contains(QLatin1String("MAC")));
    QVERIFY(!question()->findChild<QPushButton*>(QStringLiteral("addMachines")));
    QVERIFY(!question()->findChild<QPushButton*>(QStringLiteral("growRack")));
    QTest::keyClick(question(), Qt::Key_Escape);
    QTRY_VERIFY(!question());
    QCOMPARE(text(1, MachineColumn::Name), QStringLiteral("node-02"));
    QCOMPARE(m_workbench->undoStack().count(), 0);
}

void SpreadsheetTest::addsNothingForOneBadRow_data() {
    QTest::addColumn<QStringList>("row");
    QTest::addColumn<QString>("place");
    QTest::newRow("no MAC") << rowOf({"4", "", "", "", ""}) << "Row 3, MAC: ";
    QTest::newRow("not a MAC") << rowOf({"4", "", "", "", "02:00:00:00:00"}) << "Row 3, MAC: ";
    QTest::newRow("a MAC that is here") << rowOf({"4", "", "", "", "5254.0000.0101"}) << "Row 3, MAC: ";
    QTest::newRow("a MAC twice") << rowOf({"4", "", "", "", "020000000003"}) << "Row 3, MAC: ";
    QTest::newRow("a taken slot") << rowOf({"1", "", "", "", "02-00-00-00-00-04"}) << "Row 3, Slot: ";
    QTest::newRow("no slot") << rowOf({"1000", "", "", "", "02-00-00-00-00-04"}) << "Row 3, Slot: ";
    QTest::newRow("a taken name") << rowOf({"4", "", "node-01", "", "02-00-00-00-00-04"}) << "Row 3, Name: ";
}

void SpreadsheetTest::addsNothingForOneBadRow() {
    QFETCH(QStringList, row);
    QFETCH(QString, place);
    planRack(2);
    const Rack untouched = rack();
    const QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    select(1, MachineColumn::Slot, 1, MachineColumn::Slot);
    setClipboard(
        asClipboard({rowOf({"2", "", "b", "", ""}), rowOf({"3", "", "", "", "02:00:00:00:00:03"}), row},
                    QStringLiteral("\n"), true));
    press(Qt::Key_V);
    question()->findChild<QPushButton*>(QStringLiteral("addMachines"))->click();
    QCOMPARE(refused.count(), 1);
    QVERIFY2(refused[0][0].toString().startsWith(place), qPrintable(refused[0][0].toString()));
    QCOMPARE(m_workbench->undoStack().count(), 0);
    QVERIFY(rack() == untouched);
}

void SpreadsheetTest::emptyRowsAtTheEndAreNoMachines() {
    planRack(2);
    select(0, MachineColumn::Name, 0, MachineColumn::Name);
    setClipboard(QStringLiteral("a\t10.2.0.1\nb\t10.2.0.2\n") + QStringLiteral("\t\n").repeated(100'000));
    press(Qt::Key_V);
    QVERIFY(!question());
    QTRY_COMPARE(text(1, MachineColumn::Name), QStringLiteral("b"));
}

QTEST_MAIN(SpreadsheetTest)
#include "tst_Spreadsheet.moc"
