#include "core/base/Error.h"
#include "ui/text/Quantities.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

#include <QFile>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace rackmuster;

class TranslationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsFinished_data();
    void everyEntryIsFinished();
    void placeholdersSurviveTranslation();
    void chineseIsCompiledIn();
    void insertedTextIsNotScannedAgain();

private:
    static QString source(const QString& language) {
        return QStringLiteral(RACKMUSTER_TRANSLATIONS "/rackmuster_%1.ts").arg(language);
    }
};

void TranslationsTest::everyEntryIsFinished_data() {
    QTest::addColumn<QString>("language");
    QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    QTest::newRow("English plurals") << QStringLiteral("en");
}

void TranslationsTest::everyEntryIsFinished() {
    QFETCH(QString, language);
    QFile file(source(language));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    QXmlStreamReader xml(&file);
    int entries = 0;
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            text = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            ++entries;
            const QString type = xml.attributes().value(QLatin1String("type")).toString();
            const QString translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            QVERIFY2(type.isEmpty() && !translation.isEmpty(), qPrintable(text));
        }
    }
    QVERIFY(!xml.hasError());
    QVERIFY(entries > 0);
}

void TranslationsTest::placeholdersSurviveTranslation() {
    QFile file(source(QStringLiteral("zh_CN")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            text = xml.readElementText();
        else if (xml.name() == QLatin1String("translation")) {
            const QString translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            for (const char* const mark : {"%1", "%2", "{slot:02}", "{rack}"})
                QVERIFY2(text.contains(QLatin1String(mark)) == translation.contains(QLatin1String(mark)),
                         qPrintable(text));
        }
    }
}

void TranslationsTest::chineseIsCompiledIn() {
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/i18n/rackmuster_zh_CN.qm")));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QCOMPARE(ui::stateWord(roster::MachineState::CameBack), QStringLiteral("再次引导"));
    QCOMPARE(ui::sentence({ErrorCode::UnknownImage, "rocky", {}}), QStringLiteral("没有名为 rocky 的镜像。"));
    QCoreApplication::removeTranslator(&translator);
    QCOMPARE(ui::stateWord(roster::MachineState::CameBack), QStringLiteral("Came back"));
}

void TranslationsTest::insertedTextIsNotScannedAgain() {
    QCOMPARE(ui::sentence({ErrorCode::NoSuchFile, "%2\n", "gone"}),
             QStringLiteral("%2\\n cannot be opened: gone."));
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_Translations.moc"
