#include "core/profile/AnswerFile.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>
#include <QXmlStreamReader>

using namespace rackmuster;
using namespace rackmuster::profile;

namespace {

constexpr auto kind = boot::InstallerFamily::Suse;
const std::string postUrl = "http://192.168.0.251/t/0011/post";
const std::string doneUrl = "http://192.168.0.251/t/0011/done";
const QString typeNames = QStringLiteral("http://www.suse.com/1.0/configns");

QByteArray sharedFile(const char* path) {
    const QString given = qEnvironmentVariable("RACKMUSTER_SHARED_DATA");
    QFile file((given.isEmpty() ? QStringLiteral(RACKMUSTER_SOURCE_DIR "/../shared/data") : given) +
               QLatin1Char('/') + QLatin1String(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A profile with `inside` in its root.
std::string profileOf(const std::string& inside) {
    return "<?xml version=\"1.0\"?>\n<!DOCTYPE profile>\n<profile xmlns=\"http://www.suse.com/1.0/yast2ns\""
           " xmlns:config=\"http://www.suse.com/1.0/configns\">" +
           inside + "</profile>\n";
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

/// What a reader finds, a line a thing: elements with their attributes, text, but no blanks between elements.
QStringList asRead(const std::string& text) {
    QStringList out;
    QXmlStreamReader reader(QByteArray::fromStdString(text));
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            QString line = QStringLiteral("<{%1}%2").arg(reader.namespaceUri(), reader.name());
            for (const QXmlStreamAttribute& attribute : reader.attributes())
                line += QStringLiteral(" {%1}%2=%3")
                            .arg(attribute.namespaceUri(), attribute.name(), attribute.value());
            out << line;
        } else if (reader.isEndElement()) {
            out << QStringLiteral("</%1").arg(reader.name());
        } else if (reader.isCharacters() && !reader.isWhitespace()) {
            out << reader.text().toString();
        }
    }
    if (reader.hasError())
        out << QStringLiteral("error: ") + reader.errorString();
    return out;
}

struct Script {
    QString list;
    QString name;
    bool isInside = false;
    QString source;
};

/// Every script of the profile in its order, as AutoYaST finds them.
QList<Script> scriptsOf(const std::string& text) {
    QList<Script> out;
    QStringList path;
    QXmlStreamReader reader(QByteArray::fromStdString(text));
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            path << reader.name().toString();
            if (path.size() == 4 && path[1] == QStringLiteral("scripts"))
                out << Script{path[2], {}, false, {}};
            if (path.last() == QStringLiteral("chrooted") &&
                reader.attributes().value(typeNames, QStringLiteral("type")) != QStringLiteral("boolean"))
                out.last().list = QStringLiteral("chrooted is not boolean");
        } else if (reader.isEndElement()) {
            path.removeLast();
        } else if (reader.isCharacters() && path.size() == 5) {
            if (path.last() == QStringLiteral("filename"))
                out.last().name = reader.text().toString();
            if (path.last() == QStringLiteral("chrooted"))
                out.last().isInside = reader.text() == QStringLiteral("true");
            if (path.last() == QStringLiteral("source"))
                out.last().source += reader.text();
        }
    }
    return out;
}

QStringList namesOf(const QList<Script>& scripts) {
    QStringList out;
    for (const Script& script : scripts)
        out << script.list + QLatin1Char('/') + script.name +
                   (script.isInside ? QStringLiteral("*") : QString());
    return out;
}

} // namespace

class TestAutoyast : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsFirstOutsideAndLastInsideOfTheInstalledSystem_data() {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<QStringList>("names");
        const QString post = QStringLiteral("chroot-scripts/rackmuster-post.sh");
        const QString done = QStringLiteral("chroot-scripts/rackmuster-done.sh*");
        const QByteArray own =
            "<chroot-scripts config:type=\"list\">\n<script><filename>a</filename><chrooted "
            "config:type=\"boolean\">"
            "true</chrooted><source><![CDATA[echo \"<&>\"]]></source></script>\n</chroot-scripts>";
        const QString ownName = QStringLiteral("chroot-scripts/a*");
        const QByteArray later =
            "<init-scripts config:type=\"list\"><script><filename>b</filename></script></init-scripts>";
        const QString laterName = QStringLiteral("init-scripts/b");
        QTest::newRow("no scripts") << QByteArray("<users/>") << QStringList{post, done};
        QTest::newRow("nothing") << QByteArray() << QStringList{post, done};
        QTest::newRow("empty scripts") << QByteArray("<scripts/>") << QStringList{post, done};
        QTest::newRow("empty list") << QByteArray("<scripts><chroot-scripts config:type=\"list\"/></scripts>")
                                    << QStringList{post, done};
        QTest::newRow("own") << QByteArray("<scripts>" + own + "</scripts>")
                             << QStringList{post, ownName, done};
        QTest::newRow("others") << QByteArray("<scripts>" + later + "</scripts>")
                                << QStringList{laterName, post, done};
        QTest::newRow("both") << QByteArray("<scripts>" + own + later + "</scripts><users/>")
                              << QStringList{post, ownName, done, laterName};
        QTest::newRow("scripts elsewhere")
            << QByteArray("<x><scripts><chroot-scripts/></scripts></x>") << QStringList{post, done};
    }
    void reportsFirstOutsideAndLastInsideOfTheInstalledSystem() {
        QFETCH(QByteArray, inside);
        QFETCH(QStringList, names);
        const std::string out = reported(profileOf(inside.toStdString()));
        const QList<Script> scripts = scriptsOf(out);
        QCOMPARE(namesOf(scripts), names);
        for (const Script& script : scripts) {
            if (script.name == QStringLiteral("a"))
                QCOMPARE(script.source, QStringLiteral("echo \"<&>\""));
            if (script.name.startsWith(QStringLiteral("rackmuster")))
                QVERIFY(script.source.contains(
                    QString::fromStdString("url='" + (script.isInside ? doneUrl : postUrl) + "'")));
        }
        QCOMPARE(QString::fromStdString(out).count(QString::fromStdString(doneUrl)), 1);
        QVERIFY(!asRead(out).last().startsWith(QStringLiteral("error")));
    }

    /// The scripts end well without a console and without any program.
    void scriptsNeverFail() {
        for (const Script& script : scriptsOf(reported(profileOf("")))) {
            QProcess shell;
            shell.setProcessEnvironment({});
            shell.start(QStringLiteral("/bin/sh"),
                        {QStringLiteral("-c"), QStringLiteral("PATH=/nowhere\n") + script.source});
            QVERIFY(shell.waitForFinished());
            QCOMPARE(shell.exitCode(), 0);
            QCOMPARE(shell.readAllStandardError() + shell.readAllStandardOutput(), QByteArray());
        }
    }

    void knowsHowTheProfileCallsItsTypes() {
        const std::string out =
            reported("<!DOCTYPE profile><profile xmlns:y=\"http://www.suse.com/1.0/configns\"/>");
        QVERIFY(out.find("<chroot-scripts y:type=\"list\">") != out.npos);
        QCOMPARE(scriptsOf(out).size(), 2);
        const std::string bare = reported("<!DOCTYPE profile><profile><users/></profile>");
        QCOMPARE(namesOf(scriptsOf(bare)), namesOf(scriptsOf(out)));
    }

    void changesNothingElse_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("text") << QByteArray(
            "<!DOCTYPE profile SYSTEM \"/x/profile.dtd\"><profile a='\"' b=\"&lt;&#10;\">"
            " a &amp; b <x/> <![CDATA[<y> ]]> 机架 </profile>");
        for (const char* const path :
             {"media-metadata/suse-autoyast/autoinst.xml", "media-metadata/sle-micro-autoyast/autoinst.xml"})
            QTest::newRow(path) << sharedFile(path);
    }
    void changesNothingElse() {
        QFETCH(QByteArray, text);
        if (text.isEmpty())
            QSKIP("The real answer files are not here; set RACKMUSTER_SHARED_DATA");
        const std::string out = rendered(text.toStdString(), {});
        QCOMPARE(asRead(out), asRead(text.toStdString()));
        QCOMPARE(rendered(out, {}), out);
        const QStringList before = asRead(out);
        QStringList after = asRead(reported(out));
        const int from = static_cast<int>(after.indexOf(
            QStringLiteral("<{%1}scripts").arg(before.first().section(QLatin1Char('}'), 0, 0).mid(2))));
        QVERIFY(from > 0);
        after.erase(after.begin() + from, after.end() - 1); // what was added stands before the end
        QCOMPARE(after, before);
    }

    void insertsValuesWhereTheyStand_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QStringList>("read");
        const auto row = [](const char* name, const char* text, const char* value, const QStringList& read) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(value) << read;
        };
        const QString end = QStringLiteral("</k");
        row("text", "<k>{{v}}</k>", "node-1", {QStringLiteral("<{}k"), QStringLiteral("node-1"), end});
        row("an element", "<k>{{v}}</k>", "</k><l>&amp;",
            {QStringLiteral("<{}k"), QStringLiteral("</k><l>&amp;"), end});
        row("beside text", "<k>a{{ v }}b</k>", "<1>", {QStringLiteral("<{}k"), QStringLiteral("a<1>b"), end});
        row("CDATA", "<k><![CDATA[x={{v}}]]></k>", "a & b",
            {QStringLiteral("<{}k"), QStringLiteral("x=a & b"), end});
        row("the end of CDATA", "<k><![CDATA[{{v}}]]></k>", "]]></k><l>",
            {QStringLiteral("<{}k"), QStringLiteral("]]"), QStringLiteral("></k><l>"), end});
        row("attribute", "<k a=\"{{v}}\"/>", "\" b=\"'<", {QStringLiteral("<{}k {}a=\" b=\"'<"), end});
        row("comment", "<k><!-- {{v}} --></k>", "--><l/><!-- -", {QStringLiteral("<{}k"), end});
        row("the end of a comment", "<k><!--{{v}}--></k>", "-", {QStringLiteral("<{}k"), end});
        row("an entity", "<k>{{v}}</k>", "&x;", {QStringLiteral("<{}k"), QStringLiteral("&x;"), end});
        row("braces", "<k>{{v}}</k>", "{{w}}", {QStringLiteral("<{}k"), QStringLiteral("{{w}}"), end});
    }
    void insertsValuesWhereTheyStand() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, value);
        QFETCH(QStringList, read);
        const Variables variables{{"v", value.toStdString()}, {"w", "no"}};
        QCOMPARE(asRead(rendered(text.toStdString(), variables)), read);
    }

    void saysWhatIsWrongAndWhere_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* name, const QByteArray& text, const char* part) {
            QTest::newRow(name) << text << QByteArray(part);
        };
        row("wrong end", "<profile>\n<a>\n</b>\n</profile>\n", "(line 3)");
        row("no end", "<profile>\n<a>\n", "(line 3)");
        row("two roots", "<profile/>\n<profile/>\n", "(line 2)");
        row("DOCTYPE inside", "<profile>\n<!DOCTYPE profile></profile>", "a DOCTYPE stands where none may");
        row("DOCTYPE twice", "<!DOCTYPE profile>\n<!DOCTYPE profile><profile/>", "(line 2)");
        row("unknown entity", "<!DOCTYPE profile>\n<profile>\n&x;</profile>", "(line 3)");
        row("declared entity", "<!DOCTYPE profile [\n<!ENTITY x \"y\">]>\n<profile>&x;</profile>",
            "declares entities");
        row("external entity",
            "<!DOCTYPE profile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><profile>&x;</profile>",
            "declares entities");
        row("parameter entity", "<!DOCTYPE profile [<!ENTITY % x \"y\"> %x;]><profile/>", "is not valid");
        row("control character by number", "<profile>&#1;</profile>", "is not valid");
        row("control character in a name", QByteArray("<profile>\n<a\0 xmlns:\0=\"x\"/></profile>", 37),
            "holds a control character (line 2)");
        row("a variable as a name", "<profile><{{ip}}/></profile>", "is not valid");
        row("a variable in a name", "<profile><x{{ip}}/></profile>", "outside of text and attributes");
        row("a variable in an instruction", "<profile><?x {{ip}}?></profile>",
            "outside of text and attributes");
        row("another root", "<html>\n</html>", "outermost element is not profile");
        row("scripts twice", "<profile>\n<scripts/>\n<scripts/></profile>",
            "scripts stands here a second time (line 3)");
        row("chroot-scripts twice",
            "<profile><scripts>\n<chroot-scripts/>\n<chroot-scripts/></scripts></profile>",
            "chroot-scripts stands here a second time (line 3)");
        row("nothing", "", "is not valid");
        row("deep", QByteArray("<a>").repeated(200000), "is not valid");
    }
    void saysWhatIsWrongAndWhere() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const QByteArray sentence = errorOf(text.toStdString());
        QVERIFY2(sentence.contains(part), sentence.constData());
        QVERIFY2(sentence.startsWith("The profile is not valid: ") && sentence.endsWith('.') &&
                     !sentence.endsWith(".."),
                 sentence.constData());
    }

    void writesWhatXmllintReads() {
        const QString xmllint = QStandardPaths::findExecutable(QStringLiteral("xmllint"));
        if (xmllint.isEmpty())
            QSKIP("xmllint is not installed");
        Variables variables;
        for (const VariableDescription& variable : templateVariables)
            variables.emplace(variable.name, "a<b>--&\"'");
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray::fromStdString(reported(rendered(builtInProfile(kind), variables))));
        file.close();
        QProcess check;
        check.start(xmllint, {QStringLiteral("--noout"), QStringLiteral("--nonet"), file.fileName()});
        QVERIFY(check.waitForFinished());
        QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
    }
};

QTEST_GUILESS_MAIN(TestAutoyast)
#include "tst_Autoyast.moc"
