#include "ui/text/InputChecks.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using ui::readChecksum;

namespace {

const QString sum = QStringLiteral("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

} // namespace

class InputChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheSumInWhatIsPasted_data();
    void findsTheSumInWhatIsPasted();
    void saysWhyThereIsNoSum_data();
    void saysWhyThereIsNoSum();
    void folderNamesFitIntoAnAddress();
    void makesAFolderNameOfAnyText();
    void looksForFoldersAndFiles();
    void saysWhatIsWrongWithDhcpOptions();
};

void InputChecksTest::findsTheSumInWhatIsPasted_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("bare") << sum;
    QTest::newRow("capitals and blanks") << QStringLiteral("  %1\n").arg(sum.toUpper());
    QTest::newRow("GNU line") << sum + QStringLiteral("  *Rocky-9.4-x86_64-dvd.iso");
    QTest::newRow("BSD line") << QStringLiteral("SHA256 (Rocky-9.4-x86_64-dvd.iso) = ") + sum;
    QTest::newRow("twice the same") << sum + QLatin1Char('\n') + sum;
}

void InputChecksTest::findsTheSumInWhatIsPasted() {
    QFETCH(QString, text);
    const auto read = readChecksum(text);
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error()));
    QCOMPARE(*read, sum);
}

void InputChecksTest::saysWhyThereIsNoSum_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    QTest::newRow("nothing") << QString() << QStringLiteral("64 hex digits");
    QTest::newRow("begun") << sum.first(12) << QStringLiteral("12 of 64");
    QTest::newRow("too long") << sum + QLatin1Char('0') << QStringLiteral("65");
    QTest::newRow("no hex") << QStringLiteral("e3b0g") << QStringLiteral("“g”");
    QTest::newRow("MD5") << sum.first(32) + QStringLiteral("  a.iso") << QStringLiteral("MD5");
    QTest::newRow("SHA-512") << sum + sum << QStringLiteral("SHA-512");
    QTest::newRow("words") << QStringLiteral("the sum of it") << QStringLiteral("no SHA-256 sum");
    QString other = sum;
    other.front() = QLatin1Char('0');
    QTest::newRow("two") << sum + QLatin1Char(' ') + other << QStringLiteral("2 sums");
}

void InputChecksTest::saysWhyThereIsNoSum() {
    QFETCH(QString, text);
    QFETCH(QString, word);
    const auto read = readChecksum(text);
    QVERIFY(!read);
    QVERIFY2(read.error().contains(word), qPrintable(read.error()));
}

void InputChecksTest::folderNamesFitIntoAnAddress() {
    QVERIFY(ui::folderNameProblem(QStringLiteral("drivers-2.1_x"), {}).isEmpty());
    for (const char* const name : {"", "..", ".hidden", "-x", "a b", "a/b", "驱动", "a%20b"})
        QVERIFY2(!ui::folderNameProblem(QString::fromUtf8(name), {}).isEmpty(), name);
    QVERIFY(!ui::folderNameProblem(QString(65, QLatin1Char('a')), {}).isEmpty());
    QVERIFY(!ui::folderNameProblem(QStringLiteral("drivers"), {QStringLiteral("drivers")}).isEmpty());
}

void InputChecksTest::makesAFolderNameOfAnyText() {
    QCOMPARE(ui::folderNameFrom(QStringLiteral("My drivers (new)")), QStringLiteral("My-drivers-new-"));
    QCOMPARE(ui::folderNameFrom(QStringLiteral("..config")), QStringLiteral("config"));
    QVERIFY(ui::folderNameFrom(QStringLiteral("驱动")).isEmpty());
}

void InputChecksTest::looksForFoldersAndFiles() {
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("vmlinuz"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(ui::folderPathProblem(directory.path()).isEmpty());
    QVERIFY(ui::filePathProblem(path).isEmpty());
    QVERIFY(ui::folderPathProblem(path).contains(path));
    QVERIFY(ui::filePathProblem(directory.path()).contains(directory.path()));
    QVERIFY(!ui::filePathProblem(QStringLiteral("vmlinuz")).isEmpty());
    QVERIFY(!ui::folderPathProblem(QString()).isEmpty());
}

void InputChecksTest::saysWhatIsWrongWithDhcpOptions() {
    QVERIFY(ui::dhcpOptionsProblem({}).isEmpty());
    QVERIFY(ui::dhcpOptionsProblem(QStringLiteral(" 42=192.168.0.1;66=\"text\" ")).isEmpty());
    QVERIFY(ui::dhcpOptionsProblem(QStringLiteral("54=10.0.0.1")).contains(QStringLiteral("54")));
    QVERIFY(!ui::dhcpOptionsProblem(QStringLiteral("x=1")).isEmpty());
}

QTEST_GUILESS_MAIN(InputChecksTest)
#include "tst_InputChecks.moc"
