#include "tests/support/TestIso.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace rackmuster;

namespace {

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

Outcome run(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(RACKMUSTERCTL), arguments);
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

// The program as scripts see it: exit status 0 done, 1 the answer is no, 2 wrong usage; one sentence on
// standard error.
class RackmusterctlTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

    QString state() { return m_directory.filePath(QStringLiteral("state")); }
    QString write(const QString& name, const QByteArray& bytes) {
        QFile file(m_directory.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }

private Q_SLOTS:
    void helpAndVersionSucceed() {
        QCOMPARE(run({QStringLiteral("--help")}).status, 0);
        QVERIFY(run({QStringLiteral("--version")}).out.startsWith(QStringLiteral("rackmusterctl ")));
        const Outcome help = run({QStringLiteral("serve"), QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains(QStringLiteral("--quarantine")));
        QVERIFY(help.out.startsWith(QStringLiteral("Usage: rackmusterctl serve ")));
        const Outcome wrong = run({QStringLiteral("machines"), QStringLiteral("--bogus")});
        QCOMPARE(wrong.status, 2);
        QVERIFY(!wrong.err.contains(QStringLiteral("..")));
    }

    void aFolderWithoutStateStaysOne() {
        const QTemporaryDir directory;
        const QString typo = directory.filePath(QStringLiteral("typo"));
        for (const char* const verb : {"machines", "export"}) {
            const Outcome outcome = run({QString::fromLatin1(verb), QStringLiteral("--state"), typo});
            QCOMPARE(outcome.status, 1);
            QVERIFY2(outcome.err.contains(typo), qPrintable(outcome.err));
        }
        QVERIFY(!QFile::exists(typo));
    }

    void wrongUsageIsTwoAndOneSentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no command") << QStringList();
        QTest::newRow("unknown command") << QStringList{QStringLiteral("frobnicate")};
        QTest::newRow("no interface") << QStringList{QStringLiteral("serve")};
        QTest::newRow("bad range") << QStringList{QStringLiteral("serve"), QStringLiteral("--interface"),
                                                  QStringLiteral("lo"), QStringLiteral("--range"),
                                                  QStringLiteral("x")};
        const QStringList serve{QStringLiteral("serve"), QStringLiteral("--interface"), QStringLiteral("lo")};
        QTest::newRow("folder without a name")
            << serve + QStringList{QStringLiteral("--folder"), QStringLiteral("=/tmp")};
        QTest::newRow("kernel without a file")
            << serve + QStringList{QStringLiteral("--kernel"), QStringLiteral("rescue=")};
        QTest::newRow("arguments of no kernel")
            << serve + QStringList{QStringLiteral("--kernel-arguments"), QStringLiteral("rescue=quiet")};
        QTest::newRow("extra initrd of no image")
            << serve + QStringList{QStringLiteral("--extra-initrd"), QStringLiteral("dd.img")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("inspect"), QStringLiteral("--frob")};
        QTest::newRow("no image") << QStringList{QStringLiteral("inspect")};
    }
    void wrongUsageIsTwoAndOneSentence() {
        QFETCH(const QStringList, arguments);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QCOMPARE(outcome.err.trimmed().count(QLatin1Char('\n')), 0);
        QVERIFY(!outcome.err.isEmpty());
    }

    void inspectTellsWhatAnImageIs() {
        const QString iso = tests::makeRedHatIso(m_directory.path());
        if (iso.isEmpty())
            QSKIP("xorriso is not installed");
        const Outcome outcome = run({QStringLiteral("inspect"), iso, QStringLiteral("--json")});
        QCOMPARE(outcome.status, 0);
        const QJsonObject json = QJsonDocument::fromJson(outcome.out.toUtf8()).object();
        QCOMPARE(json.value(QStringLiteral("installable")).toBool(), true);
        QCOMPARE(json.value(QStringLiteral("answerFile")).toString(), QStringLiteral("kickstart"));
        QCOMPARE(json.value(QStringLiteral("kernel")).toString(), QStringLiteral("images/pxeboot/vmlinuz"));
        const QJsonObject distribution = json.value(QStringLiteral("distribution")).toObject();
        QCOMPARE(distribution.value(QStringLiteral("version")).toString(), QStringLiteral("9.4"));
        QCOMPARE(distribution.value(QStringLiteral("arch")).toString(), QStringLiteral("x86_64"));
    }

    void inspectTellsEachOfSeveralImages() {
        const QString iso = tests::makeRedHatIso(m_directory.path(), QStringLiteral("9.5"));
        if (iso.isEmpty())
            QSKIP("xorriso is not installed");
        const QString noIso = write(QStringLiteral("none.iso"), QByteArray(70000, 'x'));
        const Outcome outcome = run({QStringLiteral("inspect"), QStringLiteral("--json"), iso, noIso, iso});
        QCOMPARE(outcome.status, 1); // of one of them
        const QJsonArray documents = QJsonDocument::fromJson(outcome.out.toUtf8()).array();
        QCOMPARE(documents.size(), qsizetype(3));
        QCOMPARE(documents.at(0).toObject().value(QStringLiteral("file")).toString(), iso);
        QCOMPARE(documents.at(1).toObject().value(QStringLiteral("file")).toString(), noIso);
        QVERIFY(documents.at(1)
                    .toObject()
                    .value(QStringLiteral("error"))
                    .toString()
                    .contains(QStringLiteral("is not an ISO image")));
        const QJsonObject first = documents.at(0).toObject();
        QVERIFY(first.value(QStringLiteral("entries")).isArray());
        QVERIFY(first.value(QStringLiteral("sha256")).isNull());
        QCOMPARE(first.value(QStringLiteral("repositories")).toArray(),
                 (QJsonArray{QStringLiteral("BaseOS")}));
        const QJsonArray loaders = first.value(QStringLiteral("loaders")).toArray();
        const QJsonObject uefi = loaders.at(loaders.size() - 1).toObject();
        QCOMPARE(uefi.value(QStringLiteral("firmware")).toString(), QStringLiteral("uefi-x64"));
        for (const char* key : {"path", "source", "secureBoot", "sbat", "signer", "grubSbat"})
            QVERIFY2(uefi.contains(QLatin1String(key)), key);
        // Its loader is a stand-in that nobody signed.
        QCOMPARE(uefi.value(QStringLiteral("secureBoot")).toBool(), false);
        const QJsonArray warnings = first.value(QStringLiteral("warnings")).toArray();
        QVERIFY(std::any_of(warnings.begin(), warnings.end(), [](const QJsonValue& warning) {
            return warning.toString().contains(QStringLiteral("is not signed"));
        }));
        QCOMPARE(run({QStringLiteral("inspect"), iso, iso}).out.count(QStringLiteral("boots uefi-x64")), 2);
    }

    void inspectOfAFileThatIsNoIsoIsANo() {
        const Outcome outcome =
            run({QStringLiteral("inspect"), write(QStringLiteral("x.iso"), QByteArray(70000, 'x'))});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.err.contains(QStringLiteral("is not an ISO image")));
    }

    void planImportAndExportRoundTrip() {
        const QString plan =
            write(QStringLiteral("plan.csv"),
                  "slot,hostname,mac,ip\n1,web1,52-54-00-AA-BB-01,10.0.0.11\n2,web2,5254.00aa.bb02,\n");
        QCOMPARE(run({QStringLiteral("import-plan"), QStringLiteral("--state"), state(), plan}).status, 0);
        const Outcome out = run({QStringLiteral("export"), QStringLiteral("--state"), state()});
        QCOMPARE(out.status, 0);
        QVERIFY(out.out.contains(QStringLiteral("52:54:00:aa:bb:01")));
        QVERIFY(out.out.contains(QStringLiteral("web2")));
        const QString again = write(QStringLiteral("again.csv"), out.out.toUtf8());
        QCOMPARE(run({QStringLiteral("import-plan"), QStringLiteral("--state"), state() + QStringLiteral("2"),
                      again})
                     .status,
                 0);
        QCOMPARE(
            run({QStringLiteral("export"), QStringLiteral("--state"), state() + QStringLiteral("2")}).out,
            out.out);
    }

    void actsOnMachinesOfAStateDirectory() {
        const QString plan = write(QStringLiteral("acts.csv"), "slot,mac\n9,52:54:00:aa:bb:09\n");
        const QString directory = m_directory.filePath(QStringLiteral("acts"));
        QCOMPARE(run({QStringLiteral("import-plan"), QStringLiteral("--state"), directory, plan}).status, 0);
        QCOMPARE(
            run({QStringLiteral("refuse"), QStringLiteral("--state"), directory, QStringLiteral("9")}).status,
            0);
        const Outcome machines =
            run({QStringLiteral("machines"), QStringLiteral("--state"), directory, QStringLiteral("--json")});
        const QJsonArray rows = QJsonDocument::fromJson(machines.out.toUtf8())
                                    .object()
                                    .value(QStringLiteral("machines"))
                                    .toArray();
        QCOMPARE(rows.size(), qsizetype(1));
        QCOMPARE(rows.at(0).toObject().value(QStringLiteral("approval")).toString(),
                 QStringLiteral("refused"));
        QCOMPARE(run({QStringLiteral("forget"), QStringLiteral("--state"), directory,
                      QStringLiteral("aa:aa:aa:aa:aa:aa")})
                     .status,
                 1);
    }

    void serveOnAMissingInterfaceSaysSo() {
        const Outcome outcome =
            run({QStringLiteral("serve"), QStringLiteral("--interface"), QStringLiteral("nosuch0"),
                 QStringLiteral("--state"), m_directory.filePath(QStringLiteral("serve"))});
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.err.contains(QStringLiteral("nosuch0")));
    }
};

QTEST_GUILESS_MAIN(RackmusterctlTest)
#include "tst_Rackmusterctl.moc"
