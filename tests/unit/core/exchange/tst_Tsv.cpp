#include "core/exchange/Tsv.h"

#include <QTest>

using namespace rackmuster::exchange;

class TestTsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites() {
        const Cells cells{{"node-01", "10.0.0.1", ""},
                          {"two\nlines", "tab\there", "5\" disk"},
                          {"\"quoted\"", "'=a", "中文"},
                          {"", "", ""}};
        QCOMPARE(readTsv(writeTsv(cells)), cells);
    }

    // As LibreOffice 7.4 and Excel 2019 put them on the clipboard.
    void readsTheClipboardOfSpreadsheets_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("LibreOffice") << QByteArray("a\tb\n\"x\ny\"\t\"say \"\"hi\"\"\"");
        QTest::newRow("Excel") << QByteArray("a\tb\r\n\"x\ny\"\tsay \"hi\"\r\n");
    }
    void readsTheClipboardOfSpreadsheets() {
        QFETCH(QByteArray, text);
        QCOMPARE(readTsv(text.toStdString()), (Cells{{"a", "b"}, {"x\ny", "say \"hi\""}}));
    }

    void takesAQuotationMarkThatIsNotClosedAsItIs() {
        QCOMPARE(readTsv("\"open\tb\nc"), (Cells{{"\"open", "b"}, {"c"}}));
        QCOMPARE(readTsv("\"a\"b\tc"), (Cells{{"\"a\"b", "c"}}));
    }

    void rowsMayDifferInLength() {
        QCOMPARE(readTsv("a\tb\tc\n\nd\n"), (Cells{{"a", "b", "c"}, {""}, {"d"}}));
        QCOMPARE(readTsv(""), Cells());
    }

    void writesNoFormula() // R57
    {
        QCOMPARE(writeTsv({{"=1+1", "@x", "-1"}}), std::string("'=1+1\t'@x\t'-1\n"));
    }
};

QTEST_GUILESS_MAIN(TestTsv)
#include "tst_Tsv.moc"
