#include "core/net/HttpReply.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;

namespace {

const WallTime someday{std::chrono::milliseconds(784'111'777'999)};

boot::BootFile textFile() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>("0123456789");
    file.etag = "00c0ffee";
    return file;
}

} // namespace

class HttpReplyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesHeadsByTheLetter_data();
    void writesHeadsByTheLetter();
    void answersHeadWithTheSameHead();
    void tellsAnOldClientThatItsConnectionLives();
    void neverWritesAnEmptyValue();
    void marksSecretsAsNotToBeStored();
    void refusesWithTheLastWord();
    void writesDatesInEnglish();
};

void HttpReplyTest::writesHeadsByTheLetter_data() {
    QTest::addColumn<unsigned>("status");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("head");
    const QByteArray date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    QTest::newRow("whole") << 200U << quint64(0) << quint64(10)
                           << "HTTP/1.1 200 OK\r\n" + date +
                                  "Content-Length: 10\r\nContent-Type: text/plain\r\nAccept-Ranges: bytes\r\n"
                                  "ETag: \"00c0ffee\"\r\n\r\n";
    QTest::newRow("part")
        << 206U << quint64(2) << quint64(3)
        << "HTTP/1.1 206 Partial Content\r\n" + date +
               "Content-Length: 3\r\nContent-Type: text/plain\r\nContent-Range: bytes 2-4/10\r\n"
               "Accept-Ranges: bytes\r\nETag: \"00c0ffee\"\r\n\r\n";
    QTest::newRow("had") << 304U << quint64(0) << quint64(0)
                         << "HTTP/1.1 304 Not Modified\r\n" + date +
                                "Accept-Ranges: bytes\r\nETag: \"00c0ffee\"\r\n\r\n";
    QTest::newRow("another") << 412U << quint64(0) << quint64(0)
                             << "HTTP/1.1 412 Precondition Failed\r\n" + date +
                                    "Content-Length: 0\r\nAccept-Ranges: bytes\r\nETag: \"00c0ffee\"\r\n\r\n";
    QTest::newRow("beyond")
        << 416U << quint64(0) << quint64(0)
        << "HTTP/1.1 416 Range Not Satisfiable\r\n" + date +
               "Content-Length: 0\r\nContent-Range: bytes */10\r\nAccept-Ranges: bytes\r\n"
               "ETag: \"00c0ffee\"\r\n\r\n";
}

// P54
void HttpReplyTest::writesHeadsByTheLetter() {
    QFETCH(unsigned, status);
    QFETCH(quint64, first);
    QFETCH(quint64, length);
    QFETCH(QByteArray, head);
    const HttpReply reply = fileReply({}, textFile(), {status, first, length}, someday);
    QCOMPARE(QByteArray::fromStdString(reply.head), head);
    QCOMPARE(quint64(reply.length), length);
    QVERIFY(!reply.closes);
}

void HttpReplyTest::answersHeadWithTheSameHead() { // P54
    HttpRequestHead request;
    const HttpReply ofGet = fileReply(request, textFile(), {200, 0, 10}, someday);
    request.isGet = false;
    const HttpReply ofHead = fileReply(request, textFile(), {200, 0, 10}, someday);
    QCOMPARE(ofHead.head, ofGet.head);
    QCOMPARE(ofHead.length, std::uint64_t(0));
    QCOMPARE(textReply(request, 404, "No.\n", someday).head, textReply({}, 404, "No.\n", someday).head);
    QCOMPARE(textReply(request, 404, "No.\n", someday).length, std::uint64_t(0));
}

void HttpReplyTest::tellsAnOldClientThatItsConnectionLives() {
    HttpRequestHead request;
    request.isOld = true;
    QVERIFY(fileReply(request, textFile(), {200, 0, 10}, someday).head.find("Connection: keep-alive\r\n") !=
            std::string::npos);
    request.isKeptAlive = false;
    const HttpReply last = fileReply(request, textFile(), {200, 0, 10}, someday);
    QVERIFY(last.closes && last.head.find("Connection: close\r\n") != std::string::npos);
    QVERIFY(last.head.starts_with("HTTP/1.1 ")); // P54: whatever the client speaks
}

void HttpReplyTest::neverWritesAnEmptyValue() { // P54
    boot::BootFile file;
    file.content = std::vector<boot::FileSlice>{};
    const HttpReply reply = fileReply({}, file, {200, 0, 0}, someday);
    QVERIFY(reply.head.find(": \r\n") == std::string::npos && reply.head.find(":\r\n") == std::string::npos);
    QVERIFY(reply.head.find("ETag") == std::string::npos);
    QVERIFY(reply.head.find("Content-Length: 0\r\n") != std::string::npos);
}

void HttpReplyTest::marksSecretsAsNotToBeStored() { // R41 (part)
    boot::BootFile file = textFile();
    file.isSecret = true;
    QVERIFY(fileReply({}, file, {200, 0, 10}, someday).head.find("Cache-Control: no-store\r\n") !=
            std::string::npos);
}

void HttpReplyTest::refusesWithTheLastWord() {
    const HttpReply reply = refusalReply(405, someday);
    QVERIFY(reply.closes && reply.length > 0);
    QVERIFY(reply.head.find("Allow: GET, HEAD\r\nConnection: close\r\n\r\n") != std::string::npos);
}

void HttpReplyTest::writesDatesInEnglish() {
    QCOMPARE(httpDate(WallTime{}), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
    QCOMPARE(httpDate(someday), std::string("Sun, 06 Nov 1994 08:49:37 GMT"));
    QCOMPARE(httpDate(WallTime(std::chrono::seconds(1'835'481'599))),
             std::string("Tue, 29 Feb 2028 23:59:59 GMT"));
}

QTEST_APPLESS_MAIN(HttpReplyTest)
#include "tst_HttpReply.moc"
