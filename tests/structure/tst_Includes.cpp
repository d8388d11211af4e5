#include "tests/structure/SourceRules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using rackmuster::tests::codeOf;
using rackmuster::tests::definesTarget;
using rackmuster::tests::startsWithOwnHeader;
using rackmuster::tests::violationsIn;

namespace {

const QDir root(QStringLiteral(RACKMUSTER_SOURCE_DIR));

/// Paths below app, core and ui whose names match, relative to the root, sorted.
QStringList projectFiles(const QStringList& names) {
    QStringList out;
    for (const QString& folder : {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui")}) {
        QDirIterator it(root.filePath(folder), names, QDir::Files,
                        QDirIterator::Subdirectories | QDirIterator::FollowSymlinks);
        while (it.hasNext())
            out.append(root.relativeFilePath(it.next()));
    }
    out.sort();
    return out;
}

QString read(const QString& path) {
    QFile file(root.filePath(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

/// Prints every line, so that an editor can jump to it; true when there is none.
bool isEmptyOrTold(const QStringList& violations) {
    for (const QString& violation : violations)
        qWarning().noquote() << violation;
    return violations.isEmpty();
}

} // namespace

/// The arrows of CONTRIBUTING.md, checked over every source file.
class TestIncludes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyIncludeFollowsTheArrows();
    void everySourceIncludesItsOwnHeaderFirst();
    void everyTargetFolderHasAReadme();
    void rulesFindWhatIsForbidden_data();
    void rulesFindWhatIsForbidden();
    void rulesAllowWhatIsAllowed_data();
    void rulesAllowWhatIsAllowed();
    void violationsNameFileAndLine();
    void commentsAndTextAreNotCode();
    void ownHeadersAreRecognised();
    void targetsAreRecognised();
};

void TestIncludes::everyIncludeFollowsTheArrows() {
    const QStringList files = projectFiles({QStringLiteral("*.h"), QStringLiteral("*.cpp")});
    QVERIFY2(files.size() > 50, "the sources were not found");
    QStringList violations;
    for (const QString& path : files)
        violations += violationsIn(path, read(path));
    QVERIFY(isEmptyOrTold(violations));
}

void TestIncludes::everySourceIncludesItsOwnHeaderFirst() {
    QStringList violations;
    for (const QString& path : projectFiles({QStringLiteral("*.cpp")})) {
        if (root.exists(path.chopped(3) + QLatin1Char('h')) && !startsWithOwnHeader(path, read(path)))
            violations.append(path + QStringLiteral(":1: includes something before its own header"));
    }
    QVERIFY(isEmptyOrTold(violations));
}

void TestIncludes::everyTargetFolderHasAReadme() {
    QStringList violations;
    for (const QString& path : projectFiles({QStringLiteral("CMakeLists.txt")})) {
        const QString folder = QFileInfo(path).path();
        if (definesTarget(read(path)) && !root.exists(folder + QStringLiteral("/README.md")))
            violations.append(path + QStringLiteral(":1: the folder of a target needs a README.md"));
    }
    QVERIFY(isEmptyOrTold(violations));
}

void TestIncludes::rulesFindWhatIsForbidden_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* path, const char* line) {
        QTest::addRow("%s %s", path, line) << QString::fromUtf8(path) << QString::fromUtf8(line);
    };
    row("core/base/Uuid.cpp", "#include \"core/wire/Dhcp.h\"");
    row("core/base/Uuid.cpp", "#include <QString>");
    row("core/wire/Dhcp.cpp", "#include \"core/boot/Catalog.h\"");
    row("core/boot/Catalog.cpp", "#include \"core/roster/Roster.h\"");
    row("core/roster/Roster.cpp", "#include \"core/boot/Catalog.h\"");
    row("core/roster/Roster.h", "#  include <qglobal.h>");
    row("core/media/IsoImage.cpp", "#include \"core/net/HttpServer.h\"");
    row("core/profile/AnswerFile.cpp", "#include \"core/media/IsoImage.h\"");
    row("core/storage/StateDatabase.cpp", "#include \"core/engine/Engine.h\"");
    row("core/net/HttpServer.cpp", "#include \"core/roster/Roster.h\"");
    row("core/net/HttpServer.cpp", "#include <QTcpServer>");
    row("core/exchange/PlanCsv.cpp", "#include <QtCore/QString>");
    row("core/switchport/PortMap.cpp", "#include \"core/roster/Roster.h\"");
    row("core/switchport/PortMap.cpp", "#include <QString>");
    row("core/power/BmcList.cpp", "#include \"core/exchange/PlanCsv.h\"");
    row("core/engine/Engine.cpp", "#include \"ui/MainWindow.h\"");
    row("core/engine/Engine.cpp", "#include <QSqlQuery>");
    row("ui/MainWindow.cpp", "#include \"core/net/HttpServer.h\"");
    row("ui/pages/MachinesPage.cpp", "#include \"core/storage/StateDatabase.h\"");
    row("app/helper/main.cpp", "#include \"core/net/HttpServer.h\"");
    row("app/helper/main.cpp", "#include \"core/wire/Dhcp.h\"");
    row("app/helper/main.cpp", "#include <QCoreApplication>");
    row("app/rackmusterctl/main.cpp", "#include \"ui/MainWindow.h\"");
    row("ui/MainWindow.cpp", "#include \"Theme.h\"");
    row("ui/MainWindow.cpp", "    QCoreApplication::processEvents();");
    row("ui/MainWindow.cpp", "    thread.terminate();");
    row("core/engine/Engine.cpp", "    connect(a, b, c, d, Qt::BlockingQueuedConnection);");
    row("core/engine/Engine.cpp", "    Settings::instance().port();");
    row("core/net/HttpServer.cpp", "    usleep(100);");
    row("core/net/HttpServer.cpp", "    std::this_thread::sleep_for(1s);");
    row("core/engine/Engine.cpp", "    QThread::msleep(5);");
    row("core/newcomer/Thing.cpp", "int x;");
}

void TestIncludes::rulesFindWhatIsForbidden() {
    QFETCH(QString, path);
    QFETCH(QString, line);
    QCOMPARE(violationsIn(path, line).size(), 1);
}

void TestIncludes::rulesAllowWhatIsAllowed_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* path, const char* line) {
        QTest::addRow("%s %s", path, line) << QString::fromUtf8(path) << QString::fromUtf8(line);
    };
    row("core/base/Uuid.cpp", "#include \"core/base/Hex.h\"");
    row("core/base/Uuid.cpp", "#include <queue>");
    row("core/boot/Catalog.cpp", "#include \"core/wire/Tftp.h\"");
    row("core/storage/LeaseDatabase.h", "#include \"core/boot/LeaseStore.h\"");
    row("core/storage/Connection.h", "#include <QSqlDatabase>");
    row("core/net/Interfaces.cpp", "#include <QNetworkInterface>");
    row("core/engine/Engine.cpp", "#include \"core/storage/StateDatabase.h\"");
    row("ui/pages/MachinesPage.cpp", "#include \"ui/models/MachineModel.h\"");
    row("app/helper/main.cpp", "#include \"core/net/HelperProtocol.h\"");
    row("app/rackmuster/main.cpp", "#include \"ui/MainWindow.h\"");
    row("ui/MainWindow.cpp", "#include \"MainWindow.moc\"");
    row("core/engine/Engine.cpp", "    // never terminate() a thread");
    row("core/engine/Engine.cpp", "    log(\"usleep(3)\");");
    row("core/engine/Engine.cpp", "    isAsleep(); determinate(x);");
}

void TestIncludes::rulesAllowWhatIsAllowed() {
    QFETCH(QString, path);
    QFETCH(QString, line);
    QCOMPARE(violationsIn(path, line), QStringList());
}

void TestIncludes::violationsNameFileAndLine() {
    const QString text = QStringLiteral("#pragma once\n\n#include \"core/net/HttpServer.h\"\nint x;\n");
    QCOMPARE(violationsIn(QStringLiteral("ui/A.h"), text),
             QStringList(QStringLiteral("ui/A.h:3: ui/ may not include \"core/net/HttpServer.h\"")));
}

void TestIncludes::commentsAndTextAreNotCode() {
    bool isInComment = false;
    QCOMPARE(codeOf(QStringLiteral("a(); // b"), isInComment), QStringLiteral("a(); "));
    QCOMPARE(codeOf(QStringLiteral("a(\"http://x\"); b();"), isInComment), QStringLiteral("a(\"); b();"));
    QCOMPARE(codeOf(QStringLiteral("a(\"\\\"\", '\"'); b();"), isInComment),
             QStringLiteral("a(\", '); b();"));
    QCOMPARE(codeOf(QStringLiteral("f(10'000); b();"), isInComment), QStringLiteral("f(10'000); b();"));
    QCOMPARE(codeOf(QStringLiteral("a(); /* x"), isInComment), QStringLiteral("a(); "));
    QVERIFY(isInComment);
    QCOMPARE(codeOf(QStringLiteral("still */ b();"), isInComment), QStringLiteral(" b();"));
    QVERIFY(!isInComment);
}

void TestIncludes::ownHeadersAreRecognised() {
    const QString path = QStringLiteral("ui/A.cpp");
    QVERIFY(startsWithOwnHeader(path, QStringLiteral("// why\n#include \"ui/A.h\"\n\n#include <QString>\n")));
    QVERIFY(!startsWithOwnHeader(path, QStringLiteral("#include <QString>\n#include \"ui/A.h\"\n")));
    QVERIFY(!startsWithOwnHeader(path, QStringLiteral("int a;\n")));
}

void TestIncludes::targetsAreRecognised() {
    QVERIFY(definesTarget(QStringLiteral("find_package(X)\nrackmuster_library(base\n  SOURCES A.cpp)")));
    QVERIFY(definesTarget(QStringLiteral("add_executable(rackmuster main.cpp)")));
    QVERIFY(!definesTarget(QStringLiteral("foreach(x)\n  add_subdirectory(x)\nendforeach()")));
}

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_Includes.moc"
