#include "core/profile/AnswerFile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::profile;

namespace {

constexpr auto kind = boot::InstallerFamily::Ubuntu;
const std::string postUrl = "http://192.168.0.251/t/0011/post";
const std::string doneUrl = "http://192.168.0.251/t/0011/done";

QByteArray sharedFile(const char* path) {
    const QString given = qEnvironmentVariable("RACKMUSTER_SHARED_DATA");
    QFile file((given.isEmpty() ? QStringLiteral(RACKMUSTER_SOURCE_DIR "/../shared/data") : given) +
               QLatin1Char('/') + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string reported(const std::string& text) {
    const auto out = withReports(text, kind, postUrl, doneUrl);
    return out ? *out : message(out.error());
}

std::string rendered(const std::string& text, const Variables& variables) {
    const auto out = render(text, kind, variables);
    return out ? *out : message(out.error());
}

QByteArray errorOf(const std::string& text) {
    const auto out = checkSyntax(text, kind);
    return out ? QByteArray("(none)") : QByteArray::fromStdString(message(out.error()));
}

bool hasPyYaml() {
    return QProcess::execute(QStringLiteral("/usr/bin/python3"),
                             {QStringLiteral("-c"), QStringLiteral("import yaml")}) == 0;
}

/// What cloud-init finds: the text as PyYAML reads it, with the name of each scalar's type in front.
QJsonValue asRead(const std::string& text) {
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QStringLiteral(R"(
import json, sys, yaml
def typed(v):
    if isinstance(v, dict): return {str(k): typed(x) for k, x in v.items()}
    if isinstance(v, list): return [typed(x) for x in v]
    return type(v).__name__ + ' ' + str(v)
print(json.dumps([typed(yaml.safe_load(sys.stdin.buffer.read()))]))
)")});
    python.write(text.data(), static_cast<qint64>(text.size()));
    python.closeWriteChannel();
    if (!python.waitForFinished() || python.exitCode() != 0)
        return QString::fromUtf8(python.readAllStandardError());
    return QJsonDocument::fromJson(python.readAllStandardOutput()).array().at(0);
}

QByteArray shown(const QJsonValue& value) {
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

/// The commands of the profile, without the two reports around them; empty when those are not there.
QJsonArray ownCommands(QJsonValue document) {
    QJsonArray late = document.toObject()[QStringLiteral("autoinstall")]
                          .toObject()[QStringLiteral("late-commands")]
                          .toArray();
    const auto isReport = [](const QJsonValue& value, const std::string& url) {
        return value.toString().startsWith(QStringLiteral("str curl ")) &&
               value.toString().contains(QString::fromStdString("'" + url + "'")) &&
               value.toString().endsWith(QStringLiteral(" || true"));
    };
    if (late.size() < 2 || !isReport(late.first(), postUrl) || !isReport(late.last(), doneUrl))
        return {QStringLiteral("no reports")};
    late.removeFirst();
    late.removeLast();
    return late;
}

} // namespace

class TestCloudConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsAroundTheProfilesOwnCommands_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("own");
        QTest::newRow("none") << QByteArray("autoinstall:\n  version: 1\n") << QByteArray("[]");
        QTest::newRow("null") << QByteArray("autoinstall:\n  version: 1\n  late-commands:\n")
                              << QByteArray("[]");
        QTest::newRow("empty") << QByteArray("autoinstall:\n  late-commands: []\n") << QByteArray("[]");
        QTest::newRow("block") << QByteArray("#cloud-config\nautoinstall:\n  late-commands:\n  - one\n"
                                             "  - \"two: # 'x'\"\n  identity: {hostname: a}\n")
                               << QByteArray("[\"str one\",\"str two: # 'x'\"]");
        QTest::newRow("flow") << QByteArray("autoinstall: {version: 1, late-commands: [one, [a, \"1\", 1]]}")
                              << QByteArray("[\"str one\",[\"str a\",\"str 1\",\"int 1\"]]");
        QTest::newRow("script") << QByteArray(
                                       "autoinstall:\n  late-commands:\n    - |\n      one\n        two\n")
                                << QByteArray("[\"str one\\n  two\\n\"]");
        QTest::newRow("without autoinstall")
            << QByteArray("version: 1\nidentity:\n  hostname: a\nlate-commands:\n  - one\n")
            << QByteArray("[\"str one\"]");
        QTest::newRow("an alias that others use, too")
            << QByteArray("autoinstall:\n  error-commands: &x [one]\n  late-commands: *x\n")
            << QByteArray("[\"str one\"]");
        QTest::newRow("Windows line ends")
            << QByteArray("#cloud-config\r\nautoinstall:\r\n  late-commands:\r\n    - one\r\n")
            << QByteArray("[\"str one\"]");
    }
    void reportsAroundTheProfilesOwnCommands() {
        if (!hasPyYaml())
            QSKIP("PyYAML, which cloud-init reads with, is not installed");
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, own);
        const std::string out = reported(text.toStdString());
        QVERIFY2(out.starts_with("#cloud-config\n"), out.c_str());
        QCOMPARE(QJsonDocument(ownCommands(asRead(out))).toJson(QJsonDocument::Compact), own);
    }

    void leavesAliasesOfTheCommandsAlone() {
        if (!hasPyYaml())
            QSKIP("PyYAML, which cloud-init reads with, is not installed");
        const QJsonValue out =
            asRead(reported("autoinstall:\n  error-commands: &x [one]\n  late-commands: *x\n"));
        QCOMPARE(shown(out[QStringLiteral("autoinstall")][QStringLiteral("error-commands")]),
                 QByteArray("[[\"str one\"]]"));
    }

    void changesNothingElseForItsReader_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("types") << QByteArray(
            "a: 0123\nb: '0123'\nc: yes\nd: \"yes\"\ne: ~\nf:\ng: ''\nh: -1\ni: 1.50\n"
            "j: 12:30:45\nk: 2001-12-14\nl: .inf\nm: 0x1F\nn: '~'\no: 1_000\n"
            "r: a#b\ns: a:b\nt: -x\nu: '- x'\nv: !!str 12\n"
            "w: !!binary aGVsbG8=\n");
        QTest::newRow("scripts") << QByteArray(
            "a: |\n  one\n\n    two\nb: >\n  folded\n  text\n\n  more\n"
            "c: |-\n  end\nd: |+\n  kept\n\ne: \"tab\\t \\u4e2d \\x07 \\L\\P 机\"\n"
            "f: plain over\n  two lines\n");
        QTest::newRow("collections") << QByteArray("a: {}\nb: []\nc: [[], {}, [1, [2]]]\nd: {x: {y: [z]}}\n"
                                                   "? k 1\n: v\n'l: 2': w\n3: x\n");
        QTest::newRow("aliases") << QByteArray("a: &x {one: 1, two: 2}\nb: *x\nc:\n  <<: *x\n  two: 3\n");
        QTest::newRow("Chinese") << QByteArray("名: \"机架\"\nb: 机架 # 注释\n");
        for (const char* const path : {"media-metadata/ubuntu-22.04-autoinstall/http/user-data",
                                       "media-metadata/ubuntu-autoinstall/http/user-data"})
            QTest::newRow(path) << sharedFile(path);
    }
    void changesNothingElseForItsReader() {
        if (!hasPyYaml())
            QSKIP("PyYAML, which cloud-init reads with, is not installed");
        QFETCH(QByteArray, text);
        if (text.isEmpty())
            QSKIP("The real answer files are not here; set RACKMUSTER_SHARED_DATA");
        const QJsonValue before = asRead(text.toStdString());
        QVERIFY2(before.isObject(), shown(before).constData());
        const std::string out = rendered(text.toStdString(), {});
        QCOMPARE(shown(asRead(out)), shown(before));
        QCOMPARE(rendered(out, {}), out);
        if (!text.contains("autoinstall:"))
            return;
        const auto plain = [](QJsonValue document) {
            QJsonObject whole = document.toObject();
            QJsonObject install = whole[QStringLiteral("autoinstall")].toObject();
            install.remove(QStringLiteral("late-commands"));
            whole.insert(QStringLiteral("autoinstall"), install);
            return shown(whole);
        };
        const QJsonValue after = asRead(reported(out));
        QCOMPARE(plain(after), plain(before));
        QCOMPARE(ownCommands(after),
                 before[QStringLiteral("autoinstall")][QStringLiteral("late-commands")].toArray());
    }

    void insertsValuesWhereTheyStand_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char* name, const char* text, const char* value, const char* read) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(value) << QByteArray(read);
        };
        row("plain", "k: {{v}}\n", "node-1", "str node-1");
        row("plain, a number", "k: {{v}}\n", "24", "int 24");
        row("plain, zeros in front", "k: {{v}}\n", "0123", "str 0123");
        row("quoted, a number", "k: \"{{v}}\"\n", "24", "str 24");
        row("plain, a boolean", "k: {{v}}\n", "no", "str no");
        row("plain, base sixty", "k: {{ v }}\n", "52:54:00:12:34:56", "str 52:54:00:12:34:56");
        row("beside text", "k: web-{{v}}.lan\n", "1", "str web-1.lan");
        row("twice, with digits around", "k: 1{{v}}2{{v}}3\n", "9", "int 19293");
        row("single quotes", "k: '{{v}}'\n", "it's", "str it's");
        row("double quotes", "k: \"{{v}}\"\n", "a\"b\\c", "str a\"b\\c");
        row("script", "k: |\n  x {{v}}\n", "a: # b", "str x a: # b\n");
        row("empty value", "k: {{v}}\n", "", "str ");
        row("in flow", "{k: {{v}}, l: 1}\n", "a, b: c}", "str a, b: c}");
        row("another mapping", "k: {{v}}\n", "x\ty: z", "str x\ty: z");
        row("a comment", "k: {{v}}\n", "x # y", "str x # y");
        row("an alias", "k: {{v}}\n", "*x", "str *x");
        row("a tag", "k: {{v}}\n", "!!python/object x", "str !!python/object x");
        row("braces", "k: {{v}}\n", "{{w}} [", "str {{w}} [");
        row("written literally", "k: \"\\{{v}}\"\n", "x", "str {{v}}");
    }
    /// A value cannot leave its place: one key stays one key, and the text is the value.
    void insertsValuesWhereTheyStand() {
        if (!hasPyYaml())
            QSKIP("PyYAML, which cloud-init reads with, is not installed");
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, read);
        const std::string out = rendered(text.toStdString(), {{"v", value.toStdString()}, {"w", "no"}});
        const QJsonValue document = asRead(out);
        QVERIFY2(document.isObject(), out.c_str());
        QCOMPARE(document[QStringLiteral("k")].toString().toUtf8(), read);
        QCOMPARE(document.toObject().size(), text.startsWith('{') ? 2 : 1);
    }

    void makesAnItemOfEachNameServer() {
        const Variables variables{{"dns", "192.168.0.2,192.168.0.3"}, {"ip", "192.168.0.9"}};
        QCOMPARE(
            rendered("a: [{{dns}}, {{ip}}]\nb: {{dns}}\n", variables),
            std::string("#cloud-config\na:\n  - \"192.168.0.2\"\n  - \"192.168.0.3\"\n  - \"192.168.0.9\"\n"
                        "b: \"192.168.0.2,192.168.0.3\"\n"));
    }

    void saysWhatIsWrongAndWhere_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const QByteArray& text, const char* part) {
            QTest::newRow(name) << text << QByteArray(part);
        };
        row("bad mapping", "#cloud-config\nautoinstall:\n  a: b: c\n", "(line 3)");
        row("tab", "autoinstall:\n\tversion: 1\n", "(line 2)");
        row("open quote", "autoinstall:\n  a: 'b\n", "is not valid");
        row("open list", "autoinstall:\n  a: [b\n", "is not valid");
        row("unknown alias", "autoinstall:\n  a: *b\n", "(line 2)");
        row("a variable as a tag", "autoinstall:\n  a: !{{ip}} b\n", "tag");
        row("commands that are no list", "autoinstall:\n  late-commands: reboot\n",
            "late-commands is not a list (line 2)");
        row("commands twice", "autoinstall:\n  late-commands: [a]\n  x: y\n  late-commands: [b]\n",
            "late-commands stands here a second time (line 4)");
        row("autoinstall twice", "autoinstall: {a: b}\nautoinstall: {c: d}\n", "(line 2)");
        row("autoinstall without settings", "autoinstall: yes\n", "autoinstall has no settings (line 1)");
        row("a list", "- autoinstall:\n", "has no settings");
        row("a tag of Python", "autoinstall:\n  a: !!python/object:x.y {}\n",
            "tag that only programs of its own know (line 2)");
        row("a control character", "autoinstall:\n  a: b\x1B\n", "it has a control character (line 2)");
        row("a comma on its own", "autoinstall:\n  a: b\n,identity: c\n", "is not valid");
        row("two documents", "autoinstall: {a: b}\n---\nautoinstall: {}\n", "must be one YAML document");
        row("nothing", "# only a comment\n", "it has no settings");
        row("deep", "autoinstall:\n  a: " + QByteArray(300, '[') + QByteArray(300, ']') + "\n",
            "too deep (line 2)");
        row("deeper", "autoinstall:\n  a: " + QByteArray(100000, '[') + "\n", "is not valid");
        row("itself", "autoinstall: &a\n  b: *a\n", "too deep");
        QByteArray bomb = "autoinstall:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            bomb += "  a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + before + "," +
                    before + "," + before + "," + before + "," + before + "," + before + "," + before + "," +
                    before + "]\n";
        }
        row("a thousand million laughs", bomb, "repeats itself");
    }
    void saysWhatIsWrongAndWhere() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const QByteArray sentence = errorOf(text.toStdString());
        QVERIFY2(sentence.contains(part), sentence.constData());
        QVERIFY2(sentence.startsWith("The profile is not valid: ") && sentence.endsWith('.'),
                 sentence.constData());
    }

    /// The values are longer than their names, and the check of the template saw none of them.
    void whatFitsByItsTemplateFitsWithItsValues() {
        QByteArray text = "autoinstall:\n  v: &v x{{hostname}}\n  many: &many [" +
                          QByteArray("*v,").repeated(99) + "*v]\n  more: [" +
                          QByteArray("*many,").repeated(299) + "*many]\n";
        QCOMPARE(errorOf(text.toStdString()), QByteArray("(none)"));
        const std::string once = rendered(text.toStdString(), {{"hostname", std::string(200, 'n')}});
        QCOMPARE(std::count(once.begin(), once.end(), 'x'), 30'101);
        QVERIFY(rendered(once, {}) == once);
        QVERIFY(reported(once).find(doneUrl) != std::string::npos);
    }

    void aLongKeyIsReadAgain() {
        const std::string replacement = "\xEF\xBF\xBD"; // of a byte that is no UTF-8
        for (const int length : {1, 60, 170, 250}) {
            std::string key = "\"Rack";
            for (int i = 0; i < length; ++i)
                key += replacement;
            key += "\\nend\""; // with a line feed, so every character is escaped
            const std::string once =
                rendered("first: 1\n" + key + ": {{hostname}}\nlast: 2\n", {{"hostname", "n"}});
            QVERIFY2(once.find("last") != std::string::npos, once.c_str());
            QCOMPARE(rendered(once, {}), once);
            QVERIFY(reported(once).find(doneUrl) != std::string::npos);
        }
        const std::string text = "{{hostname}}: 1\nlast: 2\n";
        const std::string filled = rendered(text, {{"hostname", std::string(2000, 'n')}});
        QCOMPARE(rendered(filled, {}), filled);
    }

    void leavesUnknownVariablesToTheApproval() {
        QCOMPARE(errorOf("autoinstall:\n  a: {{nobody}}\n"), QByteArray("(none)"));
        QCOMPARE(render("autoinstall:\n  a: {{nobody}}\n", kind, {}).error().code,
                 ErrorCode::UnknownVariable);
    }
};

QTEST_GUILESS_MAIN(TestCloudConfig)
#include "tst_CloudConfig.moc"
