#include "tests/support/TestIso.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
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

QString sha256Of(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
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

    void inspectComputesTheSumAndCompares() {
        const QString iso = tests::makeRedHatIso(m_directory.path(), QStringLiteral("9.1"));
        if (iso.isEmpty())
            QSKIP("xorriso is not installed");
        const QString sum = sha256Of(iso);
        const QStringList arguments{QStringLiteral("inspect"), QStringLiteral("--sha256"), iso};
        QVERIFY(run(arguments).out.contains(QStringLiteral("SHA-256 ") + sum));
        write(QStringLiteral("SHA256SUMS"),
              sum.toLatin1() + "  " + QFileInfo(iso).fileName().toLatin1() + "\n");
        const Outcome equal = run(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(equal.status, 0);
        const QJsonObject json = QJsonDocument::fromJson(equal.out.toUtf8()).object();
        QCOMPARE(json.value(QStringLiteral("sha256")).toString(), sum);
        const QJsonObject checksum = json.value(QStringLiteral("checksum")).toObject();
        QCOMPARE(checksum.value(QStringLiteral("verdict")).toString(), QStringLiteral("match"));
        QCOMPARE(checksum.value(QStringLiteral("source")).toString(), QStringLiteral("SHA256SUMS"));
        write(QStringLiteral("SHA256SUMS"),
              QByteArray(64, '0') + "  " + QFileInfo(iso).fileName().toLatin1() + "\n");
        QCOMPARE(run(arguments).status, 1);
        QVERIFY(QFile::remove(m_directory.filePath(QStringLiteral("SHA256SUMS"))));
    }

    void importTakesImagesIntoTheLibrary() {
        const QString iso = tests::makeRedHatIso(m_directory.path(), QStringLiteral("9.2"));
        if (iso.isEmpty())
            QSKIP("xorriso is not installed");
        const QStringList state{QStringLiteral("--state"), m_directory.filePath(QStringLiteral("library"))};
        const auto listed = [&] {
            const Outcome outcome =
                run(QStringList{QStringLiteral("images"), QStringLiteral("--json")} + state);
            return QJsonDocument::fromJson(outcome.out.toUtf8())
                .object()
                .value(QStringLiteral("images"))
                .toArray();
        };
        QCOMPARE(run(QStringList{QStringLiteral("images")} + state).status, 1);
        QCOMPARE(run(QStringList{QStringLiteral("import")} + state + QStringList{iso}).status, 0);
        QCOMPARE(listed().size(), qsizetype(1));
        QCOMPARE(listed().at(0).toObject().value(QStringLiteral("file")).toString(), iso);
        QCOMPARE(listed().at(0).toObject().value(QStringLiteral("verdict")).toString(),
                 QStringLiteral("none"));

        QCOMPARE(run(QStringList{QStringLiteral("import"), QStringLiteral("--verify"), iso} + state).status,
                 0);
        QCOMPARE(listed().at(0).toObject().value(QStringLiteral("sha256")).toString(), sha256Of(iso));
        const Outcome copied = run(
            QStringList{QStringLiteral("import"), QStringLiteral("--copy"), QStringLiteral("--json"), iso} +
            state);
        QCOMPARE(copied.status, 0);
        const QJsonObject image = QJsonDocument::fromJson(copied.out.toUtf8())
                                      .object()
                                      .value(QStringLiteral("images"))
                                      .toArray()
                                      .at(0)
                                      .toObject();
        QVERIFY(image.value(QStringLiteral("ownCopy")).toBool());
        QCOMPARE(sha256Of(image.value(QStringLiteral("file")).toString()), sha256Of(iso));
        QCOMPARE(run(QStringList{QStringLiteral("import"), QStringLiteral("--copy"), iso} + state).status, 0);
        QCOMPARE(listed().size(), qsizetype(1));
    }

    void aDamagedImportIsANoAndTheOthersGoOn() {
        const QString iso = tests::makeRedHatIso(m_directory.path(), QStringLiteral("9.3"));
        if (iso.isEmpty())
            QSKIP("xorriso is not installed");
        write(QFileInfo(iso).fileName() + QStringLiteral(".sha256"), QByteArray(64, '0'));
        const Outcome outcome =
            run({QStringLiteral("import"), QStringLiteral("--verify"), QStringLiteral("--state"),
                 m_directory.filePath(QStringLiteral("damaged")),
                 write(QStringLiteral("no.iso"), QByteArray(70000, 'x')), iso});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains(QStringLiteral("is not an ISO image")), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(QStringLiteral("is not the file that was published")),
                 qPrintable(outcome.err));
        QVERIFY(outcome.out.contains(QStringLiteral("Test Linux 9.3")));
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

    void exportsWhatOtherProgramsRead() {
        const QString directory = m_directory.filePath(QStringLiteral("exports"));
        const QString plan = write(QStringLiteral("exports.csv"),
                                   "slot,hostname,mac,ip\n1,web1,52:54:00:aa:bb:01,10.0.0.11\n");
        QCOMPARE(run({QStringLiteral("import-plan"), QStringLiteral("--state"), directory, plan}).status, 0);
        const auto exported = [&directory](const char* format) {
            return run({QStringLiteral("export"), QStringLiteral("--state"), directory,
                        QStringLiteral("--format"), QString::fromLatin1(format)});
        };
        QVERIFY(
            exported("hosts").out.contains(QRegularExpression(QStringLiteral("10\\.0\\.0\\.11\\s+web1"))));
        const Outcome dnsmasq = exported("dnsmasq");
        QVERIFY2(dnsmasq.out.contains(QStringLiteral("dhcp-host=52:54:00:aa:bb:01")),
                 qPrintable(dnsmasq.out));
        QCOMPARE(exported("kea").status, 2);
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
