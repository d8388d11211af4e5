#include "core/profile/AnswerFile.h"
#include "core/profile/AnswerText.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::profile;
using boot::InstallerFamily;

namespace {

const std::string postUrl = "http://192.168.0.251/t/0011/post";
const std::string doneUrl = "http://192.168.0.251/t/0011/done";

struct Section {
    QString header;
    QString body;
};

/// The sections of a kickstart in their order.
QList<Section> sectionsOf(const std::string& text) {
    QList<Section> out;
    bool isInside = false;
    for (const QString& line : QString::fromStdString(text).split(QLatin1Char('\n'))) {
        if (line == QStringLiteral("%end"))
            isInside = false;
        else if (isInside)
            out.last().body += line + QLatin1Char('\n');
        else if (line.startsWith(QLatin1Char('%')) && !line.startsWith(QStringLiteral("%include"))) {
            out.append({line, {}});
            isInside = true;
        }
    }
    return out;
}

/// What debconf gives the installer as the answer to preseed/late_command: the last one, its lines joined.
QString lateCommandOf(const std::string& text) {
    QString joined = QString::fromStdString(text);
    joined.replace(QStringLiteral("\\\n"), QString());
    QString out;
    for (const QString& line : joined.split(QLatin1Char('\n'))) {
        const QStringList words =
            line.split(QRegularExpression(QStringLiteral("[ \t]+")), Qt::SkipEmptyParts);
        if (words.size() > 2 && !line.startsWith(QLatin1Char('#')) &&
            words[1] == QStringLiteral("preseed/late_command"))
            out = line.mid(line.indexOf(QStringLiteral("string")) + 6).trimmed();
    }
    return out;
}

/// Where the system keeps a program; empty when it has none.
QString realPath(const char* name) {
    return QStandardPaths::findExecutable(QString::fromLatin1(name),
                                          {QStringLiteral("/usr/bin"), QStringLiteral("/bin")});
}

/// A folder of programs that only note that they were called: the whole PATH of a script under test.
class FakePrograms {
public:
    void add(const char* name, int exitCode) {
        write(name, QByteArrayLiteral("exit ") + QByteArray::number(exitCode));
    }
    /// Runs its arguments behind the first, as chroot does, but notes it.
    void addChroot() { write("chroot", "shift; export INSIDE=in-target-; exec \"$@\""); }
    /// A link to the real program.
    void addReal(const char* name) { QFile::link(realPath(name), path(name)); }

    /// The exit status of `script` under /bin/sh.
    int run(const QString& script) {
        QProcess shell;
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), m_directory.path());
        environment.insert(QStringLiteral("LOG"), m_directory.filePath(QStringLiteral("log")));
        shell.setProcessEnvironment(environment);
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
        // The test's own server must answer meanwhile.
        const bool isDone =
            QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 30000);
        m_output = shell.readAllStandardOutput() + shell.readAllStandardError();
        return isDone && shell.exitStatus() == QProcess::NormalExit ? shell.exitCode() : -1;
    }

    /// Programs that were called, with their last argument.
    QStringList calls() const {
        QFile log(m_directory.filePath(QStringLiteral("log")));
        if (!log.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(log.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    QByteArray output() const { return m_output; }

private:
    QString path(const char* name) const { return m_directory.filePath(QString::fromLatin1(name)); }
    void write(const char* name, const QByteArray& end) {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("Cannot write %s", name);
        file.write("#!/bin/sh\nfor last; do :; done\necho \"${INSIDE}" + QByteArray(name) +
                   " $last\" >>\"$LOG\"\n" + end + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QTemporaryDir m_directory;
    QByteArray m_output;
};

std::string kickstart(const std::string& text) {
    return withReports(text, InstallerFamily::RedHat, postUrl, doneUrl).value();
}

std::string preseed(const std::string& text) {
    return withReports(text, InstallerFamily::Debian, postUrl, doneUrl).value();
}

QString call(const char* program, const std::string& url) {
    return QString::fromLatin1(program) + QLatin1Char(' ') + QString::fromStdString(url);
}

} // namespace

class TestReports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void surroundsTheScriptsOfAKickstart() {
        const std::string own =
            "text\n%packages\n@core\n%end\n%pre\necho '%post'\n%end\n%post --log=/var/log/ks.log\n"
            "echo one\n%end\n%post --nochroot\necho two\n%end";
        const std::string text = kickstart(own);
        const auto sections = sectionsOf(text);
        QStringList headers;
        for (const Section& section : sections)
            headers << section.header;
        QCOMPARE(
            headers,
            (QStringList{QStringLiteral("%packages"), QStringLiteral("%pre"),
                         QStringLiteral("%post --nochroot"), QStringLiteral("%post --log=/var/log/ks.log"),
                         QStringLiteral("%post --nochroot"), QStringLiteral("%post --nochroot")}));
        QVERIFY(sections[2].body.contains(QString::fromStdString("'" + postUrl + "'")));
        QCOMPARE(sections[3].body, QStringLiteral("echo one\n"));
        QCOMPARE(sections[4].body, QStringLiteral("echo two\n"));
        QVERIFY(sections[5].body.contains(QString::fromStdString("'" + doneUrl + "'")));
        QVERIFY(text.ends_with("\n%end\n"));
        QCOMPARE(QString::fromStdString(text).count(QString::fromStdString(doneUrl)), 1);
        QCOMPARE(QString::fromStdString(text).count(QString::fromStdString(postUrl)), 1);
    }

    void addsBothReportsToAKickstartWithoutScripts() {
        const auto sections = sectionsOf(kickstart("text\n%packages\n%end\n"));
        QCOMPARE(sections.size(), 3);
        QVERIFY(sections[1].body.contains(QString::fromStdString(postUrl)));
        QVERIFY(sections[2].body.contains(QString::fromStdString(doneUrl)));
    }

    void reportsOnceWithWhateverIsThere_data() {
        QTest::addColumn<QList<QByteArray>>("programs"); // "name exitcode"
        QTest::addColumn<QStringList>("calls");
        const QList<QByteArray> all{"curl 0", "wget 0", "python3 0"};
        QTest::newRow("all") << all << QStringList{call("curl", doneUrl)};
        QTest::newRow("curl fails") << QList<QByteArray>{"curl 7", "wget 0"}
                                    << QStringList{call("curl", doneUrl), call("wget", doneUrl)};
        QTest::newRow("only wget") << QList<QByteArray>{"wget 0"} << QStringList{call("wget", doneUrl)};
        QTest::newRow("only Python") << QList<QByteArray>{"python3 0"}
                                     << QStringList{call("python3", doneUrl)};
        QTest::newRow("only old Python")
            << QList<QByteArray>{"python 0"} << QStringList{call("python", doneUrl)};
        QTest::newRow("nothing") << QList<QByteArray>{} << QStringList{};
        QTest::newRow("console gone") << QList<QByteArray>{"curl 7", "wget 4"}
                                      << QStringList{call("curl", doneUrl), call("wget", doneUrl)};
    }
    void reportsOnceWithWhateverIsThere() {
        QFETCH(QList<QByteArray>, programs);
        QFETCH(QStringList, calls);
        FakePrograms fake;
        for (const QByteArray& program : programs)
            fake.add(program.split(' ')[0].constData(), program.split(' ')[1].toInt());
        QCOMPARE(fake.run(sectionsOf(kickstart("text\n")).last().body), 0);
        QCOMPARE(fake.calls(), calls);
        QCOMPARE(fake.output(), QByteArray());
    }

    void triesTheTargetWhenTheInstallerCannotReport() {
        FakePrograms fake;
        fake.add("curl", 7);
        fake.addChroot();
        QCOMPARE(fake.run(sectionsOf(kickstart("text\n")).last().body), 0);
        QVERIFY(fake.calls().contains(call("in-target-curl", doneUrl)));
    }

    void reachesARealServer_data() {
        QTest::addColumn<QByteArray>("program");
        for (const char* program : {"curl", "wget", "python3", "bash"})
            QTest::newRow(program) << QByteArray(program);
    }
    void reachesARealServer() {
        QFETCH(QByteArray, program);
        if (realPath(program.constData()).isEmpty())
            QSKIP("The program is not installed");
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray request;
        int requests = 0;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
                request += socket->readAll();
                if (!request.endsWith("\r\n\r\n"))
                    return;
                ++requests;
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        const std::string url = "http://127.0.0.1:" + std::to_string(server.serverPort()) + "/t/0'1/done";
        FakePrograms fake;
        fake.addReal(program.constData());
        const std::string text = withReports("text\n", InstallerFamily::RedHat, url, url).value();
        QCOMPARE(fake.run(sectionsOf(text).last().body), 0);
        QCOMPARE(requests, 1);
        QVERIFY2(request.startsWith("GET /t/0'1/done HTTP/1.") ||
                     request.startsWith("GET /t/0%271/done HTTP/1."),
                 request.constData());
    }

    void keepsThePreseedsOwnCommandBetweenItsReports_data() {
        QTest::addColumn<QByteArray>("own");
        QTest::addColumn<QStringList>("calls");
        QTest::newRow("one line") << QByteArray("d-i preseed/late_command string own first; own second\n")
                                  << QStringList{QStringLiteral("own first"), QStringLiteral("own second")};
        QTest::newRow("continued")
            << QByteArray("d-i preseed/late_command string \\\n  own first && \\\n  own second; \\\n"
                          "  own third\nd-i a/b string c\n")
            << QStringList{QStringLiteral("own first"), QStringLiteral("own second"),
                           QStringLiteral("own third")};
        QTest::newRow("Windows line ends")
            << QByteArray("d-i preseed/late_command string \\\r\nown first\r\n")
            << QStringList{QStringLiteral("own first")};
        QTest::newRow("quotes") << QByteArray(
                                       "d-i preseed/late_command string own 'it is'; own \"it's $((1+1))\"\n")
                                << QStringList{QStringLiteral("own it is"), QStringLiteral("own it's 2")};
        QTest::newRow("ends in a comment")
            << QByteArray("d-i preseed/late_command string own first # and all\n")
            << QStringList{QStringLiteral("own first")};
        QTest::newRow("ends in a semicolon") << QByteArray("d-i preseed/late_command string own first;\n")
                                             << QStringList{QStringLiteral("own first")};
        QTest::newRow("exits early") << QByteArray(
                                            "d-i preseed/late_command string own first; exit 0; own never\n")
                                     << QStringList{QStringLiteral("own first")};
        QTest::newRow("tabs, no end of line") << QByteArray("d-i\tpreseed/late_command\tstring\town first")
                                              << QStringList{QStringLiteral("own first")};
        QTest::newRow("continued into nothing") << QByteArray("d-i preseed/late_command string own first \\")
                                                << QStringList{QStringLiteral("own first")};
        QTest::newRow("the last of two") << QByteArray("d-i preseed/late_command string own old\n"
                                                       "#d-i preseed/late_command string own comment\n"
                                                       "d-i preseed/late_command string own new\n")
                                         << QStringList{QStringLiteral("own new")};
        QTest::newRow("a comment that goes on")
            << QByteArray("d-i preseed/late_command string own old\n#comment \\\n"
                          "d-i preseed/late_command string own comment\n")
            << QStringList{QStringLiteral("own old")};
        QTest::newRow("only a comment")
            << QByteArray("#d-i preseed/late_command string own comment\n") << QStringList();
        QTest::newRow("empty") << QByteArray("d-i preseed/late_command string\nd-i a/b string c\n")
                               << QStringList();
        QTest::newRow("none") << QByteArray("d-i a/b string c") << QStringList();
    }
    void keepsThePreseedsOwnCommandBetweenItsReports() {
        QFETCH(QByteArray, own);
        QFETCH(QStringList, calls);
        const std::string text = preseed(own.toStdString());
        FakePrograms fake;
        fake.add("wget", 0);
        fake.add("own", 0);
        fake.addReal("sh");
        QCOMPARE(fake.run(lateCommandOf(text)), 0);
        QCOMPARE(fake.calls(),
                 QStringList{call("wget", postUrl)} + calls + QStringList{call("wget", doneUrl)});
        QCOMPARE(fake.output(), QByteArray());
        QVERIFY(text.ends_with('\n'));
        if (own.contains("a/b"))
            QVERIFY(QString::fromStdString("\n" + text).contains(QStringLiteral("\nd-i a/b string c\n")));
    }

    void doesNotCallAFailedPreseedDone() {
        FakePrograms fake;
        fake.add("wget", 0);
        fake.add("own", 3);
        fake.addReal("sh");
        QCOMPARE(fake.run(lateCommandOf(preseed("d-i preseed/late_command string own first\n"))), 3);
        QCOMPARE(fake.calls(), (QStringList{call("wget", postUrl), QStringLiteral("own first")}));
    }

    void goesOnWhenAPreseedCannotReport() {
        FakePrograms fake;
        fake.add("wget", 1);
        fake.add("sleep", 0);
        fake.add("own", 0);
        fake.addReal("sh");
        QCOMPARE(fake.run(lateCommandOf(preseed("d-i preseed/late_command string own first\n"))), 0);
        QVERIFY(fake.calls().contains(QStringLiteral("own first")));
        QCOMPARE(fake.calls().count(call("wget", doneUrl)), 2); // it tries again once
    }

    void writesPreseedsThatDebconfReads() {
        if (QStandardPaths::findExecutable(QStringLiteral("debconf-set-selections")).isEmpty())
            QSKIP("debconf-set-selections is not installed");
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("preseed.cfg")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Variables variables;
        for (const VariableDescription& variable : templateVariables)
            variables.emplace(variable.name, "value");
        file.write(QByteArray::fromStdString(
            preseed(*render(builtInProfile(InstallerFamily::Debian), InstallerFamily::Debian, variables))));
        file.write(QByteArray::fromStdString(
            preseed("d-i preseed/late_command string \\\n own 'a' \\\n && own b\n")));
        file.close();
        QProcess check;
        check.start(QStringLiteral("debconf-set-selections"),
                    {QStringLiteral("--checkonly"), file.fileName()});
        QVERIFY(check.waitForFinished());
        QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
    }

    void leavesOtherKindsAsTheyAre() {
        QCOMPARE(withReports("#cloud-config\r\n", InstallerFamily::None, postUrl, doneUrl).value(),
                 std::string("#cloud-config\r\n"));
    }

    void turnsWindowsLineEndsIntoOnesThatShellsRead() {
        QCOMPARE(kickstart("text\r\n%post\r\necho a\r\n%end\r\n").find('\r'), std::string::npos);
        QCOMPARE(withLineFeeds("a\rb\r\nc\r"), std::string("a\rb\nc\r"));
    }
};

QTEST_GUILESS_MAIN(TestReports)
#include "tst_Reports.moc"
