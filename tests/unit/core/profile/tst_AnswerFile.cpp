#include "core/profile/AnswerFile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::profile;
using boot::InstallerFamily;

Q_DECLARE_METATYPE(rackmuster::boot::InstallerFamily)

namespace {

/// Real answer files and facts, which are not part of this repository.
QString sharedData() {
    const QString given = qEnvironmentVariable("RACKMUSTER_SHARED_DATA");
    return given.isEmpty() ? QStringLiteral(RACKMUSTER_SOURCE_DIR "/../shared/data") : given;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Variables everything() {
    Variables out;
    for (const VariableDescription& variable : templateVariables)
        out.emplace(variable.name, "VALUE");
    return out;
}

/// What the facts say of `name` (a command) in `release`.
QJsonObject commandFacts(const QJsonObject& commands, const QString& name, const QString& release) {
    for (const QJsonValue& entry : commands.value(name).toArray()) {
        if (entry.toObject().value(QStringLiteral("versions")).toArray().contains(release))
            return entry.toObject();
    }
    return {};
}

QSet<QString> optionsOf(const QJsonObject& command) {
    QSet<QString> out;
    for (const QJsonValue& option : command.value(QStringLiteral("options")).toArray()) {
        for (const QJsonValue& name : option.toObject().value(QStringLiteral("names")).toArray())
            out.insert(name.toString());
    }
    return out;
}

} // namespace

class TestAnswerFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsKindsApart_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<InstallerFamily>("kind");
        const auto row = [](const char* name, const char* text, InstallerFamily kind) {
            QTest::newRow(name) << QByteArray(text) << kind;
        };
        row("kickstart section", "# my file\n\n%packages\n@core\n%end\n", InstallerFamily::RedHat);
        row("one certain command", "rootpw --lock\n", InstallerFamily::RedHat);
        row("two usual commands", "lang en_US.UTF-8\r\nkeyboard us\r\n", InstallerFamily::RedHat);
        row("byte order mark", "\xEF\xBB\xBF%post\n%end\n", InstallerFamily::RedHat);
        row("preseed", "# comment\nd-i\tdebian-installer/locale string en_US\n", InstallerFamily::Debian);
        row("preseed by its mark", "#_preseed_V1\ntasksel tasksel/first multiselect\n",
            InstallerFamily::Debian);
        row("a preseed that writes a kickstart", "d-i preseed/late_command string echo x\n%post\n",
            InstallerFamily::Debian);
        row("a kickstart that writes a preseed", "%post\ncat <<E\nd-i a/b string c\nE\n%end\n",
            InstallerFamily::RedHat);
        row("empty", "", InstallerFamily::None);
        row("comment only", "# rootpw is secret\n#%post\n", InstallerFamily::None);
        row("one ordinary word", "install the servers today\n", InstallerFamily::None);
        row("autoinstall", "#cloud-config\r\nautoinstall:\r\n  version: 1\r\n", InstallerFamily::Ubuntu);
        row("autoinstall without its first line", "# mine\nautoinstall:\n  version: 1\n",
            InstallerFamily::Ubuntu);
        row("autoinstall with a mark", "\xEF\xBB\xBF#cloud-config\nautoinstall: {version: 1}\n",
            InstallerFamily::Ubuntu);
        row("only what is below autoinstall", "version: 1\nidentity:\n  hostname: a\n",
            InstallerFamily::Ubuntu);
        row("an autoinstall that writes a kickstart",
            "#cloud-config\nautoinstall:\n  late-commands:\n    - |\n      %post\n      rootpw x\n",
            InstallerFamily::Ubuntu);
        row("a kickstart that writes an autoinstall", "%post\ncat <<E\nautoinstall:\nE\n%end\n",
            InstallerFamily::RedHat);
        row("other cloud-init", "#cloud-config\npackages:\n  - autoinstall\nversion: 2\n",
            InstallerFamily::None);
        row("another version 1", "version: 1\nconfig:\n  - type: physical\n", InstallerFamily::None);
        row("AutoYaST by its name space",
            "<?xml version=\"1.0\"?>\n<!-- %post -->\n<profile "
            "xmlns=\"http://www.suse.com/1.0/yast2ns\"/>\n",
            InstallerFamily::Suse);
        row("AutoYaST by its DOCTYPE", "<!DOCTYPE profile SYSTEM \"profile.dtd\">\n<profile>\n",
            InstallerFamily::Suse);
        row("AutoYaST with a mark", "\xEF\xBB\xBF<?xml version=\"1.0\"?><!DOCTYPE profile><profile/>",
            InstallerFamily::Suse);
        row("another profile", "<?xml version=\"1.0\"?>\n<profile/>\n", InstallerFamily::None);
        row("another root", "<!DOCTYPE profile><html xmlns=\"http://www.suse.com/1.0/yast2ns\"/>",
            InstallerFamily::None);
        row("half a tag", "<", InstallerFamily::None);
    }
    void tellsKindsApart() {
        QFETCH(QByteArray, text);
        QFETCH(InstallerFamily, kind);
        QVERIFY(detectKind(text.toStdString()) == kind);
    }

    void tellsRealFilesApart() {
        const QDir corpus(sharedData() + QStringLiteral("/kickstart-corpus"));
        if (!corpus.exists())
            QSKIP("The real answer files are not here; set RACKMUSTER_SHARED_DATA");
        const QStringList files = corpus.entryList({QStringLiteral("*.ks")});
        QVERIFY(files.size() > 50);
        for (const QString& file : files)
            QVERIFY2(detectKind(contentOf(corpus.filePath(file)).toStdString()) == InstallerFamily::RedHat,
                     qPrintable(file));
        const auto kindOf = [](const char* path) {
            return detectKind(
                contentOf(sharedData() + QStringLiteral("/media-metadata/") + QLatin1String(path))
                    .toStdString());
        };
        QVERIFY(kindOf("kali-preseed/preseed.cfg") == InstallerFamily::Debian);
        QVERIFY(kindOf("ubuntu-16.04-answer/preseed.cfg") == InstallerFamily::Debian);
        QVERIFY(kindOf("ubuntu-22.04-autoinstall/http/user-data") == InstallerFamily::Ubuntu);
        QVERIFY(kindOf("ubuntu-autoinstall/http/user-data") == InstallerFamily::Ubuntu);
        QVERIFY(kindOf("suse-autoyast/autoinst.xml") == InstallerFamily::Suse);
        QVERIFY(kindOf("sle-micro-autoyast/autoinst.xml") == InstallerFamily::Suse);
    }

    void rendersVariables_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("none") << QByteArray("plain { } }} text") << QByteArray("plain { } }} text");
        QTest::newRow("some") << QByteArray("{{a}}-{{ b }}{{a}}")
                              << QByteArray("1-{{a}}1"); // values are not scanned again
        QTest::newRow("escaped") << QByteArray("\\{{a}} {{a}}") << QByteArray("{{a}} 1");
        QTest::newRow("a backslash elsewhere") << QByteArray("\\n{{a}}\\") << QByteArray("\\n1\\");
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void rendersVariables() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto rendered =
            render(text.toStdString(), InstallerFamily::RedHat, {{"a", "1"}, {"b", "{{a}}"}});
        QVERIFY(rendered);
        QCOMPARE(QByteArray::fromStdString(*rendered), expected);
    }

    void refusesToRenderHoles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("subject");
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const char* text, ErrorCode code, const char* subject,
                            const char* line) {
            QTest::newRow(name) << QByteArray(text) << static_cast<int>(code) << QByteArray(subject)
                                << QByteArray(line);
        };
        row("unknown", "a\nb {{hostnme}}\n", ErrorCode::UnknownVariable, "hostnme", "line 2");
        row("empty", "{{}}", ErrorCode::Malformed, "The profile", "line 1");
        row("blank", "\n\n{{  }}", ErrorCode::Malformed, "The profile", "line 3");
        row("not closed", "{{a", ErrorCode::Malformed, "The profile", "line 1");
        row("closed on another line", "{{a\n}}", ErrorCode::Malformed, "The profile", "line 1");
        row("three braces", "{{{a}}}", ErrorCode::UnknownVariable, "{a", "line 1");
    }
    void refusesToRenderHoles() {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        QFETCH(QByteArray, subject);
        QFETCH(QByteArray, line);
        const auto rendered = render(text.toStdString(), InstallerFamily::RedHat, {{"a", "1"}});
        QVERIFY(!rendered);
        QCOMPARE(static_cast<int>(rendered.error().code), code);
        QCOMPARE(QByteArray::fromStdString(rendered.error().subject), subject);
        QVERIFY2(QByteArray::fromStdString(rendered.error().detail).contains(line),
                 rendered.error().detail.c_str());
    }

    void refusesValuesThatWouldWriteLines_data() {
        QTest::addColumn<QByteArray>("value");
        for (const char* value :
             {"a\nrootpw x", "a\rb", "a\fb", "a\x1B[0m", "a\x7F", "a\xC2\x85z", "a\xE2\x80\xA8z"})
            QTest::addRow("%s", QByteArray(value).toPercentEncoding().constData()) << QByteArray(value);
    }
    void refusesValuesThatWouldWriteLines() {
        QFETCH(QByteArray, value);
        for (const InstallerFamily kind : {InstallerFamily::RedHat, InstallerFamily::Debian,
                                           InstallerFamily::Ubuntu, InstallerFamily::Suse}) {
            const auto rendered = render("network --hostname={{h}}", kind, {{"h", value.toStdString()}});
            QVERIFY(!rendered);
            QCOMPARE(rendered.error().code, ErrorCode::Malformed);
            QVERIFY(QByteArray::fromStdString(rendered.error().subject).contains("{{h}}"));
        }
    }

    void shipsAProfilePerFamily() {
        for (const InstallerFamily family : {InstallerFamily::RedHat, InstallerFamily::Debian,
                                             InstallerFamily::Ubuntu, InstallerFamily::Suse}) {
            const std::string text = builtInProfile(family);
            QVERIFY(detectKind(text) == family);
            QVERIFY(checkSyntax(text, family));
            const auto rendered = render(text, family, everything());
            QVERIFY2(rendered, rendered ? "" : message(rendered.error()).c_str());
            QCOMPARE(rendered->find("{{"), std::string::npos);
            QVERIFY(rendered->find("VALUE") != std::string::npos);
            // A machine without a name must not be installed.
            Variables nameless = everything();
            nameless.erase("hostname");
            QCOMPARE(render(text, family, nameless).error().subject, std::string("hostname"));
        }
        QVERIFY(builtInProfile(InstallerFamily::None).empty());
    }

    void shipsAKickstartThatEveryReleaseKnows_data() {
        QTest::addColumn<QString>("release");
        for (const char* release : {"RHEL7", "RHEL8", "RHEL9", "RHEL10"})
            QTest::newRow(release) << QString::fromLatin1(release);
    }
    void shipsAKickstartThatEveryReleaseKnows() {
        QFETCH(QString, release);
        const QJsonObject commands =
            QJsonDocument::fromJson(contentOf(sharedData() + QStringLiteral("/kickstart-syntax.json")))
                .object()
                .value(QStringLiteral("commands"))
                .toObject();
        if (commands.isEmpty())
            QSKIP("The facts of kickstart are not here; set RACKMUSTER_SHARED_DATA");
        const QString text = QString::fromStdString(builtInProfile(InstallerFamily::RedHat));
        for (const QString& line : text.section(QStringLiteral("%packages"), 0, 0).split(QLatin1Char('\n'))) {
            const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
            if (words.isEmpty() || line.startsWith(QLatin1Char('#')))
                continue;
            const QJsonObject command = commandFacts(commands, words.first(), release);
            QVERIFY2(!command.isEmpty() && !command.contains(QStringLiteral("status")), qPrintable(line));
            for (const QString& word : words.mid(1)) {
                const QString option = word.section(QLatin1Char('='), 0, 0);
                QVERIFY2(!option.startsWith(QStringLiteral("--")) || optionsOf(command).contains(option),
                         qPrintable(line));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestAnswerFile)
#include "tst_AnswerFile.moc"
