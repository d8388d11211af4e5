#include "core/wire/Syslog.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;

namespace {

QByteArray shown(const SyslogMessage& message) {
    return QByteArray::number(message.facility) + '.' + QByteArray::number(message.severity) +
           " host=" + QByteArray::fromStdString(message.host) +
           " tag=" + QByteArray::fromStdString(message.tag) +
           " text=" + QByteArray::fromStdString(message.text);
}

QByteArray decoded(const QByteArray& bytes) {
    const auto message = decodeSyslog(asBytes(bytes.toStdString()));
    return message ? shown(*message) : QByteArray::fromStdString(rackmuster::message(message.error()));
}

/// Every message of a stream that arrives in pieces of this size.
QByteArrayList cut(const QByteArray& stream, qsizetype pieceSize) {
    SyslogStream reader;
    QByteArrayList messages;
    for (qsizetype at = 0; at < stream.size(); at += pieceSize) {
        reader.append(asBytes(stream.mid(at, pieceSize).toStdString()));
        while (const auto message = reader.next())
            messages << QByteArray::fromStdString(*message);
    }
    if (const auto rest = reader.rest())
        messages << QByteArray::fromStdString(*rest);
    return messages;
}

} // namespace

class SyslogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatMachinesSend_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char* name, const QByteArray& bytes, const char* read) {
            QTest::newRow(name) << bytes << QByteArray(read);
        };
        row("RFC 3164", "<34>Oct 11 22:14:15 mymachine su: 'su root' failed",
            "4.2 host=mymachine tag=su text='su root' failed");
        row("without host", "<30>Nov  5 09:08:07 anaconda[1234]: Running pre-installation scripts",
            "3.6 host= tag=anaconda text=Running pre-installation scripts");
        row("without time", "<13>main-menu[256]: INFO: Menu item 'netcfg' selected",
            "1.5 host= tag=main-menu text=INFO: Menu item 'netcfg' selected");
        row("time of RFC 3339", "<6>2026-11-25T12:34:56.789+01:00 node7 kernel: eth0: link up",
            "0.6 host=node7 tag=kernel text=eth0: link up");
        row("no tag", "<13>Nov 25 10:00:00 only some words", "1.5 host= tag= text=only some words");
        row("no header", "plain words", "1.5 host= tag= text=plain words");
        row("no such priority", "<192>text", "1.5 host= tag= text=<192>text");
        row("priority of letters", "<a>text", "1.5 host= tag= text=<a>text");
        row("RFC 5424", "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 - An event",
            "20.5 host=mymachine.example.com tag=evntslog text=An event");
        row("structured data", "<165>1 - node7 app 12 - [a b=\"]\\\"c\"][d e=\"f\"] behind it",
            "20.5 host=node7 tag=app text=behind it");
        row("byte order mark", "<165>1 - - - - - - \xEF\xBB\xBF\xE5\xAE\x8C\xE6\x88\x90",
            "20.5 host= tag= text=\xE5\xAE\x8C\xE6\x88\x90");
        row("control characters", "<13>a\x1B[31m\tb\x7F\r\n", "1.5 host= tag= text=a [31m b");
        row("NUL at its end", QByteArray("<13>text\0", 9), "1.5 host= tag= text=text");
        row("nothing", "", "a log message is not valid: it has no text.");
        row("only a header",
            "<13>Nov 25 10:00:00 node7 kernel: ", "a log message is not valid: it has no text.");
        row("unclosed data", "<13>1 - - - - - [a", "a log message is not valid: it has no text.");
    }
    void readsWhatMachinesSend() {
        QFETCH(QByteArray, bytes);
        QTEST(decoded(bytes), "read");
    }

    void cutsLongTextAtACharacter() {
        const QByteArray character = QByteArrayLiteral("\xE5\xAE\x8C");
        const auto message = decodeSyslog(asBytes(("x" + character.repeated(1000)).toStdString()));
        QVERIFY(message.has_value());
        QCOMPARE(QByteArray::fromStdString(message->text), "x" + character.repeated(341));
    }

    void cutsStreams_data() {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArrayList>("messages");
        QTest::newRow("lines") << QByteArray("<13>a\n<13>b\n") << QByteArrayList{"<13>a", "<13>b"};
        QTest::newRow("NULs") << QByteArray("<13>a\0<13>b\0", 12) << QByteArrayList{"<13>a", "<13>b"};
        QTest::newRow("counted") << QByteArray("6 <13>\nb7 <13>c d") << QByteArrayList{"<13>\nb", "<13>c d"};
        QTest::newRow("mixed") << QByteArray("5 <13>a<13>b\n6 <13>cc")
                               << QByteArrayList{"<13>a", "<13>b", "<13>cc"};
        QTest::newRow("a line that begins with a number")
            << QByteArray("12 monkeys\n") << QByteArrayList{"12 monkeys"};
        QTest::newRow("empty lines") << QByteArray("\n\n<13>a\n\n") << QByteArrayList{"<13>a"};
        QTest::newRow("unfinished") << QByteArray("<13>a") << QByteArrayList{"<13>a"};
        const qsizetype longest = SyslogStream::longestMessage;
        QTest::newRow("too long a line") << QByteArray(longest + 500, 'x') + "\n<13>b\n"
                                         << QByteArrayList{QByteArray(longest, 'x'), "<13>b"};
        const QByteArray text = "<13>" + QByteArray(longest + 500, 'x');
        QTest::newRow("counted and too long") << QByteArray::number(text.size()) + ' ' + text + "5 <13>b"
                                              << QByteArrayList{text.left(longest), "<13>b"};
    }
    void cutsStreams() {
        QFETCH(QByteArray, stream);
        for (const qsizetype pieceSize : {1, 7, 4096})
            QTEST(cut(stream, pieceSize), "messages");
    }
};

QTEST_APPLESS_MAIN(SyslogTest)
#include "tst_Syslog.moc"
