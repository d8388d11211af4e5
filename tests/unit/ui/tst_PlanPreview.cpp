#include "core/base/Csv.h"
#include "core/exchange/PlanFile.h"
#include "tests/support/Sanitizer.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/PlanExport.h"
#include "ui/models/MachineModel.h"
#include "ui/models/PlanPreview.h"

#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <iconv.h>

using namespace rackmuster;
using namespace rackmuster::tests;
using exchange::PlanFormat;
using ui::PlanFate;

namespace {

/// The CSV as a spreadsheet saves it that has opened it: separated and encoded otherwise, with CRLF.
std::string savedBySpreadsheet(std::string_view csv, const char* encoding, char separator) {
    CsvReader reader(csv.substr(3), ',', 4096); // behind the mark
    std::string text;
    while (const auto record = reader.next()) {
        const std::vector<std::string> fields = record->fields.value_or(std::vector<std::string>());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (i > 0)
                text += separator;
            const bool needsQuotes = fields[i].find_first_of("\"\n,;\t") != std::string::npos;
            text += needsQuotes ? inQuotes(fields[i]) : fields[i];
        }
        text += "\r\n";
    }
    const iconv_t converter = ::iconv_open(encoding, "UTF-8");
    std::string out(4 * text.size(), '\0');
    char* from = text.data();
    char* into = out.data();
    std::size_t left = text.size();
    std::size_t room = out.size();
    const bool isConverted = ::iconv(converter, &from, &left, &into, &room) != static_cast<std::size_t>(-1);
    ::iconv_close(converter);
    out.resize(isConverted ? out.size() - room : 0);
    return out;
}

} // namespace

/// What a plan would do, told before it is done.
class PlanPreviewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheFateOfEveryLine();
    void takesNothingFromAMachineThatTheFileDoesNotSpeakOf();
    void findsImagesByName();
    void refusesWhatClashesAndTheLinesThatRelyOnIt();
    void refusesTwoLinesForOneMachine();
    void exportsAreImportedWithoutLoss_data();
    void exportsAreImportedWithoutLoss();
    void spreadsheetsReadTheExportAndSaveItWithoutLoss_data();
    void spreadsheetsReadTheExportAndSaveItWithoutLoss();
    void exportsForSpreadsheetsAreHarmless();
    void previewsAHundredThousandLinesAtOnce();
    void saysWhyAFileCannotBeRead();

private:
    static ui::PlanBase rackOfThree() {
        roster::RackLayout layout;
        layout.firstAddress = Ipv4Address(10, 0, 0, 1);
        return {{waitingRow(1), waitingRow(2), waitingRow(3)}, layout, {}};
    }
    static ui::PlanPreview preview(const char* text, const ui::PlanBase& base) {
        return ui::previewPlan(exchange::readPlan(text), base);
    }
};

void PlanPreviewTest::tellsTheFateOfEveryLine() {
    const ui::PlanPreview plan = preview("slot,hostname,mac,ip\n"
                                         "1,db-1,5254.0000.0001,10.0.0.1\n"
                                         "2,node-02,52-54-00-00-00-02,10.0.0.2\n"
                                         "7,new,02:00:00:00:00:07,\n"
                                         "8,a_b,02:00:00:00:00:08,\n"
                                         "9,node-03,02:00:00:00:00:09,\n",
                                         rackOfThree());
    QCOMPARE(plan.lines.size(), std::size_t(5));
    QVERIFY(plan.lines[0].fate == PlanFate::Changed);
    QCOMPARE(plan.lines[0].text, QStringLiteral("Name node-01 → db-1"));
    QVERIFY(plan.lines[1].fate == PlanFate::Unchanged);
    QVERIFY(plan.lines[2].fate == PlanFate::New);
    QCOMPARE(plan.lines[2].text, QStringLiteral("Slot 7 · Name new · Address 10.0.0.7"));
    QVERIFY(plan.lines[3].fate == PlanFate::Refused);
    QCOMPARE(plan.lines[3].line, std::size_t(5));
    QVERIFY(plan.lines[3].text.contains(QLatin1String("a_b")));
    QVERIFY(plan.lines[4].fate == PlanFate::Refused);
    QVERIFY(plan.lines[4].text.contains(QLatin1String("52:54:00:00:00:03")));
    QCOMPARE(plan.count(PlanFate::Refused), 2);
    QCOMPARE(plan.edit.changes.size(), std::size_t(2));
    QVERIFY(!plan.edit.changes[0].after.address); // the slot gives it: not pinned
}

void PlanPreviewTest::takesNothingFromAMachineThatTheFileDoesNotSpeakOf() {
    ui::PlanBase base = rackOfThree();
    base.rows[0].machine.assigned = {.hostname = "db", .profile = "web", .kernelArguments = "quiet"};
    base.rows[0].hostname = QStringLiteral("db");
    const ui::PlanPreview plan = preview("mac,note\n525400000001,left\n", base);
    QCOMPARE(plan.edit.changes.size(), std::size_t(1));
    const roster::Assignment& after = plan.edit.changes[0].after;
    QCOMPARE(after.hostname, std::string("db"));
    QCOMPARE(after.profile, std::string("web"));
    QCOMPARE(after.kernelArguments, std::string("quiet"));
    QCOMPARE(after.note, std::string("left"));
}

void PlanPreviewTest::findsImagesByName() {
    ui::PlanBase base = rackOfThree();
    base.imageNames.insert(QStringLiteral("id-9"), QStringLiteral("Rocky Linux 9.4"));
    const ui::PlanPreview plan =
        preview("mac,image\n525400000001,Rocky Linux 9.4\n525400000002,id-9\n525400000003,later\n", base);
    QCOMPARE(plan.edit.changes[0].after.imageId, std::string("id-9"));
    QCOMPARE(plan.edit.changes[1].after.imageId, std::string("id-9"));
    QCOMPARE(plan.edit.changes[2].after.imageId, std::string("later"));
    QCOMPARE(plan.lines[1].text, QStringLiteral("Image – → Rocky Linux 9.4"));
}

void PlanPreviewTest::refusesWhatClashesAndTheLinesThatRelyOnIt() {
    const ui::PlanPreview plan = preview("mac,slot\n525400000001,2\n525400000002,3\n", rackOfThree());
    QCOMPARE(plan.count(PlanFate::Refused), 2); // the third machine does not go
    QVERIFY(plan.edit.isEmpty());
    const ui::PlanPreview whole =
        preview("mac,slot\n525400000001,2\n525400000002,3\n525400000003,1\n", rackOfThree());
    QCOMPARE(whole.count(PlanFate::Changed), 3);
}

void PlanPreviewTest::refusesTwoLinesForOneMachine() {
    const ui::PlanPreview plan = preview("10.0.0.50 node-01\n10.0.0.1 other\n", rackOfThree());
    QVERIFY(plan.lines[0].fate == PlanFate::Changed);
    QVERIFY(plan.lines[1].fate == PlanFate::Refused);
}

void PlanPreviewTest::exportsAreImportedWithoutLoss_data() {
    QTest::addColumn<int>("format");
    QTest::newRow("csv") << static_cast<int>(PlanFormat::Csv);
    QTest::newRow("hosts") << static_cast<int>(PlanFormat::Hosts);
    QTest::newRow("dnsmasq") << static_cast<int>(PlanFormat::Dnsmasq);
}

void PlanPreviewTest::exportsAreImportedWithoutLoss() {
    QFETCH(int, format);
    ui::PlanBase base = rackOfThree();
    base.rows[1].machine.assigned = {.hostname = "db.example.com", .address = Ipv4Address(10, 9, 9, 9)};
    base.rows[1].hostname = QStringLiteral("db.example.com");
    base.rows[1].address = Ipv4Address(10, 9, 9, 9);
    if (format == static_cast<int>(PlanFormat::Csv)) {
        base.rows[2].machine.assigned = {.imageId = "rocky",
                                         .profile = "=web",
                                         .menuEntry = "Rescue, \"text\"",
                                         .kernelArguments = "console=ttyS0",
                                         .bootFile = "boot.ipxe",
                                         .dhcpOptions = "42=10.0.0.9",
                                         .note = "two\nlines; 中文"};
    }
    ui::MachineModel model;
    model.reset(base.rows, base.layout, 4);
    const std::string bytes = ui::planBytes(static_cast<PlanFormat>(format), model).toStdString();
    const exchange::PlanFile file = exchange::readPlan(bytes);
    QVERIFY(static_cast<int>(file.format) == format);
    const ui::PlanPreview same = ui::previewPlan(file, base);
    QCOMPARE(same.count(PlanFate::Unchanged), 3);
    QVERIFY(same.edit.isEmpty());

    // into an empty rack of the same layout
    const ui::PlanPreview fresh = ui::previewPlan(file, {{}, base.layout, {}});
    QCOMPARE(fresh.count(PlanFate::New), 3);
    for (const ui::MachineChange& change : fresh.edit.changes) {
        const engine::MachineRow& row = *model.find(change.mac);
        QCOMPARE(change.slotAfter, row.machine.slot);
        QVERIFY(change.after == row.machine.assigned); // pins, and nothing but pins
    }
}

void PlanPreviewTest::spreadsheetsReadTheExportAndSaveItWithoutLoss_data() {
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("mark");
    QTest::addColumn<char>("separator");
    QTest::addColumn<QString>("note");
    const QString chinese = QStringLiteral("two\nlines; \"中文\", a\ttab");
    const QString western = QStringLiteral("two\nlines; \"Büro\", 5 €");
    QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray() << ',' << chinese;
    QTest::newRow("CSV UTF-8 of Excel")
        << QByteArray("UTF-8") << QByteArray("\xEF\xBB\xBF") << ',' << chinese;
    QTest::newRow("CSV UTF-8 of a German Excel")
        << QByteArray("UTF-8") << QByteArray("\xEF\xBB\xBF") << ';' << chinese;
    QTest::newRow("CSV of a German Excel") << QByteArray("WINDOWS-1252") << QByteArray() << ';' << western;
    QTest::newRow("CSV of a Chinese Excel") << QByteArray("GB18030") << QByteArray() << ',' << chinese;
    QTest::newRow("Unicode text of Excel")
        << QByteArray("UTF-16LE") << QByteArray("\xFF\xFE") << '\t' << chinese;
    QTest::newRow("UTF-16, big end first")
        << QByteArray("UTF-16BE") << QByteArray("\xFE\xFF") << ',' << chinese;
}

void PlanPreviewTest::spreadsheetsReadTheExportAndSaveItWithoutLoss() {
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, mark);
    QFETCH(char, separator);
    QFETCH(QString, note);
    ui::PlanBase base = rackOfThree();
    base.rows[1].machine.assigned = {.hostname = "db.example.com",
                                     .address = Ipv4Address(10, 9, 9, 9),
                                     .profile = "=web",
                                     .kernelArguments = "console=ttyS0,115200",
                                     .note = note.toStdString()};
    base.rows[1].hostname = QStringLiteral("db.example.com");
    base.rows[1].address = Ipv4Address(10, 9, 9, 9);
    ui::MachineModel model;
    model.reset(base.rows, base.layout, 4);
    const QByteArray exported = ui::planBytes(PlanFormat::Csv, model);
    const std::string saved = savedBySpreadsheet(exported.toStdString(), encoding.constData(), separator);
    QVERIFY(!saved.empty());
    const exchange::PlanFile file = exchange::readPlan(mark.toStdString() + saved);
    QVERIFY(file.problems.empty());
    const ui::PlanPreview same = ui::previewPlan(file, base);
    QCOMPARE(same.count(PlanFate::Unchanged), 3);
    QVERIFY(same.edit.isEmpty());
    const ui::PlanPreview fresh = ui::previewPlan(file, {{}, base.layout, {}});
    for (const ui::MachineChange& change : fresh.edit.changes)
        QVERIFY(change.after == model.find(change.mac)->machine.assigned);
    QCOMPARE(fresh.count(PlanFate::New), 3);
}

void PlanPreviewTest::exportsForSpreadsheetsAreHarmless() // R57
{
    engine::MachineRow row = waitingRow(1);
    row.machine.assigned.note = "=cmd|' /C calc'!A0";
    ui::MachineModel model;
    model.reset({row}, {}, 2);
    const QByteArray bytes = ui::planBytes(PlanFormat::Csv, model);
    QVERIFY(bytes.startsWith("\xEF\xBB\xBF"));
    QVERIFY(bytes.contains(",'=cmd"));
}

void PlanPreviewTest::previewsAHundredThousandLinesAtOnce() {
    std::string text = "slot,hostname,mac,ip\n";
    for (int i = 1; i < 100'000; ++i) {
        char line[100];
        std::snprintf(line, sizeof line, "%s,host-%05d,02:00:00:%02x:%02x:%02x,10.%d.%d.%d\n",
                      i < 1000 ? std::to_string(i).c_str() : "", i, static_cast<unsigned>(i >> 16),
                      static_cast<unsigned>(i >> 8) & 0xFFU, static_cast<unsigned>(i) & 0xFFU, 1 + (i >> 16),
                      (i >> 8) & 0xFF, i & 0xFF);
        text += line;
    }
    const std::clock_t start = std::clock(); // of this process: other programs do not count
    const ui::PlanPreview plan = ui::previewPlan(exchange::readPlan(text), {{}, {}, {}});
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    qInfo("%zu lines in %.2f s", plan.lines.size(), seconds);
    QCOMPARE(plan.count(PlanFate::New), 99'999);
    // In a thread beside the window, which shows that it reads.
    QVERIFY(tests::isSanitized || seconds < 3);
}

void PlanPreviewTest::saysWhyAFileCannotBeRead() {
    const QTemporaryDir directory;
    const auto missing = ui::previewFile(directory.filePath(QStringLiteral("gone.csv")), rackOfThree());
    QVERIFY(!missing);
    QVERIFY(missing.error().contains(QLatin1String("gone.csv")));
    QFile file(directory.filePath(QStringLiteral("huge.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64{65} << 20U));
    QVERIFY(!ui::previewFile(file.fileName(), rackOfThree()));
}

QTEST_GUILESS_MAIN(PlanPreviewTest)
#include "tst_PlanPreview.moc"
