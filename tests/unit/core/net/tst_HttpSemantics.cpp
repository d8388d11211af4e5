#include "core/net/HttpSemantics.h"

#include <QTest>

using namespace rackmuster::net;

namespace {

constexpr std::uint64_t fiveGib = 5ULL * 1024 * 1024 * 1024;

} // namespace

class HttpSemanticsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesBytesOfRange_data();
    void choosesBytesOfRange();
    void weighsConditions_data();
    void weighsConditions();
    void writesContentRange();
    void decodesPathOnce_data();
    void decodesPathOnce();
};

void HttpSemanticsTest::choosesBytesOfRange_data() {
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<quint64>("size");
    QTest::addColumn<unsigned>("status");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("length");

    const auto row = [](const char* range, quint64 size, unsigned status, quint64 first, quint64 length) {
        QTest::newRow(range) << QByteArray(range) << size << status << first << length;
    };
    row("bytes=0-9", 100, 206, 0, 10);
    row("bytes=90-", 100, 206, 90, 10);
    row("bytes=0-", 100, 206, 0, 100); // GRUB's way to seek (P55)
    row("bytes=-5", 100, 206, 95, 5);
    row("bytes=-500", 100, 206, 0, 100);
    row("bytes=99-99", 100, 206, 99, 1);
    row("bytes=50-1000", 100, 206, 50, 50);
    row("BYTES = 1-2", 100, 206, 1, 2);
    row("bytes= 1-2 ", 100, 206, 1, 2);
    row("bytes=5368709119-", fiveGib, 206, fiveGib - 1, 1);
    row("bytes=4294967296-4294967297", fiveGib, 206, 4294967296, 2);
    // R39
    row("bytes=0-18446744073709551615", 100, 206, 0, 100);
    row("bytes=0-18446744073709551616", 100, 200, 0, 100);
    row("bytes=-9223372036854775808", 100, 206, 0, 100);
    row("bytes=18446744073709551615-", 100, 416, 0, 0);
    row("bytes=100-", 100, 416, 0, 0);
    row("bytes=100-200", 100, 416, 0, 0);
    row("bytes=-0", 100, 416, 0, 0);
    row("bytes=0-0", 0, 416, 0, 0);
    row("bytes=-1", 0, 416, 0, 0);
    row("bytes=5-4", 100, 200, 0, 100);
    row("bytes=0-1,5-6", 100, 200, 0, 100);
    row("bytes=", 100, 200, 0, 100);
    row("bytes=-", 100, 200, 0, 100);
    row("bytes=5", 100, 200, 0, 100);
    row("bytes=a-b", 100, 200, 0, 100);
    row("bytes=1-2-3", 100, 200, 0, 100);
    row("bytes=+1-2", 100, 200, 0, 100);
    row("bytes=1 -2", 100, 200, 0, 100);
    row("bytes=--5", 100, 200, 0, 100);
    row("lines=1-2", 100, 200, 0, 100);
    row("bytes", 100, 200, 0, 100);
    row("=1-2", 100, 200, 0, 100);
}

void HttpSemanticsTest::choosesBytesOfRange() {
    QFETCH(QByteArray, range);
    QFETCH(quint64, size);
    QFETCH(unsigned, status);
    QFETCH(quint64, first);
    QFETCH(quint64, length);
    HttpConditions conditions;
    const std::string text = range.toStdString();
    conditions.range = text;
    const HttpAnswer answer = answerFor(conditions, size, "tag");
    QCOMPARE(answer.status, status);
    QCOMPARE(quint64(answer.first), first);
    QCOMPARE(quint64(answer.length), length);
}

void HttpSemanticsTest::weighsConditions_data() {
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<QByteArray>("ifMatch");
    QTest::addColumn<QByteArray>("ifNoneMatch");
    QTest::addColumn<QByteArray>("ifRange");
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<unsigned>("status");

    const auto row = [](const char* name, const char* range, const char* ifMatch, const char* ifNoneMatch,
                        const char* ifRange, const char* etag, unsigned status) {
        QTest::newRow(name) << QByteArray(range) << QByteArray(ifMatch) << QByteArray(ifNoneMatch)
                            << QByteArray(ifRange) << QByteArray(etag) << status;
    };
    row("none", "", "", "", "", "a", 200);
    row("edk2 resumes the same file", "bytes=5-", "\"a\"", "", "", "a", 206); // P55
    row("edk2 must not resume another file", "bytes=5-", "\"b\"", "", "", "a", 412);
    row("any version will do", "", "*", "", "", "a", 200);
    row("a weak tag never matches strongly", "", "W/\"a\"", "", "", "a", 412);
    row("one of many", "", "\"x\", \"a,b\" , \"a\"", "", "", "a", 200);
    row("a comma inside a tag", "", "\"x,a\"", "", "", "a", 412);
    row("the client has it", "", "", "\"a\"", "", "a", 304);
    row("the client has it weakly", "", "", "W/\"a\"", "", "a", 304);
    row("the client has anything", "", "", "*", "", "a", 304);
    row("the client has another", "", "", "\"b\"", "", "a", 200);
    row("304 goes before the range", "bytes=0-1", "", "\"a\"", "", "a", 304);
    row("412 goes before 304", "", "\"b\"", "\"a\"", "", "a", 412);
    row("range of the same version", "bytes=0-1", "", "", "\"a\"", "a", 206);
    row("whole file of a new version", "bytes=0-1", "", "", "\"b\"", "a", 200);
    row("a weak tag allows no range", "bytes=0-1", "", "", "W/\"a\"", "a", 200);
    row("a date allows no range", "bytes=0-1", "", "", "Sat, 29 Oct 1994 19:43:31 GMT", "a", 200);
    row("a file without tag matches none", "", "\"\"", "", "", "", 412);
    row("a file without tag is never had", "", "", "\"\"", "", "", 200);
    row("a file without tag has no version", "bytes=0-1", "", "", "\"\"", "", 200);
    row("an open quote", "", "\"a", "", "", "b", 412);
}

void HttpSemanticsTest::weighsConditions() {
    QFETCH(QByteArray, range);
    QFETCH(QByteArray, ifMatch);
    QFETCH(QByteArray, ifNoneMatch);
    QFETCH(QByteArray, ifRange);
    QFETCH(QByteArray, etag);
    QFETCH(unsigned, status);
    const auto view = [](const QByteArray& bytes) {
        return std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    QCOMPARE(
        answerFor({view(range), view(ifMatch), view(ifNoneMatch), view(ifRange)}, 100, view(etag)).status,
        status);
}

void HttpSemanticsTest::writesContentRange() {
    QCOMPARE(contentRange({206, 5, 10}, 100), std::string("bytes 5-14/100"));
    QCOMPARE(contentRange({206, fiveGib - 1, 1}, fiveGib),
             std::string("bytes 5368709119-5368709119/5368709120"));
    QCOMPARE(contentRange({416, 0, 0}, 100), std::string("bytes */100"));
}

void HttpSemanticsTest::decodesPathOnce_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<QByteArray>("path");

    const auto row = [](const char* target, bool isValid, const char* path) {
        QTest::newRow(target) << QByteArray(target) << isValid << QByteArray(path);
    };
    row("/i/x/vmlinuz", true, "/i/x/vmlinuz");
    row("//grubx64.efi", true, "//grubx64.efi");
    row("/a%20b%2Bc+d", true, "/a b+c+d");
    row("/%252e%252e/x", true, "/%2e%2e/x"); // R40: once
    row("/%2e%2e/x", true, "/../x");
    row("/a?b=%zz", true, "/a");
    row("http://192.168.0.1:80/a%2fb", true, "/a/b");
    row("http://192.168.0.1", true, "/");
    row("/%00", false, "");
    row("/a%00.txt", false, "");
    row("/%", false, "");
    row("/%4", false, "");
    row("/%zz", false, "");
    row("*", false, "");
    row("", false, "");
    row("a/b", false, "");
}

void HttpSemanticsTest::decodesPathOnce() {
    QFETCH(QByteArray, target);
    QFETCH(bool, isValid);
    QFETCH(QByteArray, path);
    const std::string text = target.toStdString();
    const auto decoded = requestPath(text);
    QCOMPARE(decoded.has_value(), isValid);
    QCOMPARE(decoded.value_or(std::string()), path.toStdString());
}

QTEST_APPLESS_MAIN(HttpSemanticsTest)
#include "tst_HttpSemantics.moc"
