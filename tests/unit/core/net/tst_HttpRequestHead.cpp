#include "core/net/HttpRequestHead.h"
#include "tests/unit/core/net/HttpFixture.h"

#include <QTest>

#include <vector>

using namespace rackmuster;
using namespace rackmuster::net;

namespace {

std::string headOf(std::size_t headers, std::size_t size) {
    std::string head = "GET /f HTTP/1.1\r\nHost: x\r\n";
    for (std::size_t i = 1; i < headers; ++i)
        head += "X-" + std::to_string(i) + ": y\r\n";
    if (size > head.size() + 8)
        head += "Pad: " + std::string(size - head.size() - 9, 'p') + "\r\n";
    return head + "\r\n";
}

struct Vector {
    const char* name;
    std::string bytes;
    unsigned status; ///< 200 for one that is fine
};

/// R38: sixty ways to make two servers disagree about where a request ends, and what each is answered.
const std::vector<Vector>& vectors() {
    using namespace std::string_literals;
    const std::string ok = "GET /f HTTP/1.1\r\nHost: x\r\n";
    const std::string smuggled = "GET /g HTTP/1.1\r\nHost: x\r\n\r\n";
    static const std::vector<Vector> all{
        // A body, announced in whatever way.
        {"CL and TE", ok + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
         400},
        {"TE and CL", ok + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + smuggled,
         400},
        {"TE chunked", ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, 400},
        {"TE identity", ok + "Transfer-Encoding: identity\r\n\r\n" + smuggled, 400},
        {"TE empty", ok + "Transfer-Encoding:\r\n\r\n" + smuggled, 400},
        {"TE xchunked", ok + "Transfer-Encoding: xchunked\r\n\r\n" + smuggled, 400},
        {"TE in odd case", ok + "tRaNsFeR-eNcOdInG: cHuNkEd\r\n\r\n" + smuggled, 400},
        {"TE after a tab", ok + "Transfer-Encoding:\tchunked\r\n\r\n" + smuggled, 400},
        {"TE twice", ok + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n" + smuggled,
         400},
        {"CL on GET", ok + "Content-Length: 30\r\n\r\n" + smuggled, 400},
        {"CL on HEAD", "HEAD /f HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n" + smuggled, 400},
        {"CL twice, different", ok + "Content-Length: 0\r\nContent-Length: 30\r\n\r\n" + smuggled, 400},
        {"CL twice, the same", ok + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + smuggled, 400},
        {"CL as a list", ok + "Content-Length: 0, 0\r\n\r\n" + smuggled, 400},
        {"CL negative", ok + "Content-Length: -1\r\n\r\n" + smuggled, 400},
        {"CL with a plus", ok + "Content-Length: +0\r\n\r\n" + smuggled, 400},
        {"CL hexadecimal", ok + "Content-Length: 0x0\r\n\r\n" + smuggled, 400},
        {"CL beyond 64 bits", ok + "Content-Length: 18446744073709551616\r\n\r\n" + smuggled, 400},
        {"CL empty", ok + "Content-Length:\r\n\r\n" + smuggled, 400},
        {"CL of two words", ok + "Content-Length: 0 0\r\n\r\n" + smuggled, 400},
        // Lines.
        {"LF only", "GET /f HTTP/1.1\nHost: x\n\n", 400},
        {"LF only after the request line", "GET /f HTTP/1.1\nHost: x\r\n\r\n", 400},
        {"LF only in a header", ok + "A: b\nContent-Length: 30\r\n\r\n" + smuggled, 400},
        {"LF only at the end", ok + "\n", 400},
        {"CR only", "GET /f HTTP/1.1\rHost: x\r\r\n", 400},
        {"CR inside a header", ok + "A: b\rContent-Length: 30\r\n\r\n", 400},
        {"CR CR LF", ok + "A: b\r\r\n\r\n", 400},
        {"folded header", ok + "A: b\r\n c\r\n\r\n", 400},
        {"folded by a tab", ok + "A: b\r\n\tc\r\n\r\n", 400},
        {"folded TE", ok + "Transfer-Encoding:\r\n chunked\r\n\r\n" + smuggled, 400},
        {"blank line of blanks", ok + " \r\n\r\n", 400},
        {"empty line first", "\r\n" + ok + "\r\n", 400},
        // Names.
        {"blank before the colon", ok + "Content-Length : 30\r\n\r\n" + smuggled, 400},
        {"tab before the colon", ok + "Transfer-Encoding\t: chunked\r\n\r\n" + smuggled, 400},
        {"blank before the name", "GET /f HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        {"blank inside a name", ok + "Content Length: 30\r\n\r\n" + smuggled, 400},
        {"no name", ok + ": b\r\n\r\n", 400},
        {"no colon", ok + "Abc\r\n\r\n", 400},
        {"NUL in a name", ok + "Content-Length\0: 30\r\n\r\n"s + smuggled, 400},
        {"NUL in a value", ok + "A: b\0c\r\n\r\n"s, 400},
        {"control in a value", ok + "A: b\x01\r\n\r\n", 400},
        {"delete in a value", ok + "A: b\x7F\r\n\r\n", 400},
        {"name beyond ASCII", ok + "Content-L\xC3\xA9ngth: 30\r\n\r\n", 400},
        // The request line.
        {"blank in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"two blanks", "GET  /f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"blank at the end", "GET /f HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
        {"blank at the start", " GET /f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"tab for a blank", "GET\t/f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"NUL in the target", "GET /f\0 HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
        {"encoded NUL", "GET /f%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"no target", "GET HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"asterisk", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a target without slash", "GET f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"absolute form of another scheme", "GET https://x/f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"absolute form of a file", "GET file:///f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"absolute form", "GET http://x/f HTTP/1.1\r\nHost: x\r\n\r\n",
         200}, // RFC 9112 3.2.2: must be accepted
        {"CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 405},
        {"method in lower case", "get /f HTTP/1.1\r\nHost: x\r\n\r\n", 405},
        {"method of odd characters", "G\"T /f HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"POST with a body", "POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n" + smuggled, 405},
        {"HTTP/0.9", "GET /f\r\n", 400},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"HTTP/1.10", "GET /f HTTP/1.10\r\nHost: x\r\n\r\n", 400},
        {"version in lower case", "GET /f http/1.1\r\nHost: x\r\n\r\n", 400},
        {"hello of TLS", "\x16\x03\x01\x02\x00\x01\x00"s, 400},
        // Hosts and doubled conditions.
        {"no Host", "GET /f HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", ok + "Host: y\r\n\r\n", 400},
        {"Host of two words", "GET /f HTTP/1.1\r\nHost: x y\r\n\r\n", 400},
        {"two Ranges", ok + "Range: bytes=0-0\r\nRange: bytes=1-1\r\n\r\n", 400},
        {"two If-Match", ok + "If-Match: \"a\"\r\nIf-Match: \"b\"\r\n\r\n", 400},
        // Size (R36).
        {"65 headers", headOf(65, 0), 431},
        {"8,193 bytes", headOf(1, longestRequestHead + 1), 431},
        {"an endless target", "GET /" + std::string(longestRequestHead, 'a'), 431},
        {"64 headers", headOf(64, 0), 200},
        {"8,192 bytes", headOf(1, longestRequestHead), 200},
        {"a length of 0", ok + "Content-Length: 0\r\n\r\n", 200},
        {"old and without Host", "GET /f HTTP/1.0\r\n\r\n", 200},
    };
    return all;
}

} // namespace

class HttpRequestHeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatDecides();
    void keepsTheConnectionAsAsked_data();
    void keepsTheConnectionAsAsked();
    void waitsForTheRestOfAHead();
    void refusesAmbiguousRequests_data() { addVectors(); }
    void refusesAmbiguousRequests();
    void closesAfterEachError_data() { addVectors(); }
    void closesAfterEachError();

private:
    static void addVectors();
};

void HttpRequestHeadTest::addVectors() {
    QTest::addColumn<std::size_t>("number");
    for (std::size_t i = 0; i < vectors().size(); ++i)
        QTest::newRow(vectors()[i].name) << i;
}

void HttpRequestHeadTest::readsWhatDecides() {
    const std::string text =
        "HEAD http://h/a%20b?c HTTP/1.1\r\nhost: h:80\r\nRANGE:bytes=1-2 \r\nIf-Match:\t\"a\"\r\n"
        "If-None-Match: \"b\", \"c\"\r\nIf-Range: \"d\"\r\nUser-Agent: \xC3\xA9\r\n\r\nGET ";
    const HttpHeadReading reading = readRequestHead(text);
    QCOMPARE(reading.refusal, 0U);
    QCOMPARE(reading.size, text.size() - 4);
    QVERIFY(!reading.head.isGet && reading.head.isKeptAlive);
    QCOMPARE(std::string(reading.head.target), std::string("http://h/a%20b?c"));
    QCOMPARE(std::string(reading.head.conditions.range), std::string("bytes=1-2"));
    QCOMPARE(std::string(reading.head.conditions.ifMatch), std::string("\"a\""));
    QCOMPARE(std::string(reading.head.conditions.ifNoneMatch), std::string("\"b\", \"c\""));
    QCOMPARE(std::string(reading.head.conditions.ifRange), std::string("\"d\""));
}

void HttpRequestHeadTest::keepsTheConnectionAsAsked_data() {
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("new") << QByteArray("1.1") << QByteArray() << true;
    QTest::newRow("new, closing") << QByteArray("1.1") << QByteArray("Connection: Close\r\n") << false;
    QTest::newRow("new, among others")
        << QByteArray("1.1") << QByteArray("Connection: TE, close\r\n") << false;
    QTest::newRow("new, both") << QByteArray("1.1") << QByteArray("Connection: keep-alive, close\r\n")
                               << false;
    QTest::newRow("old") << QByteArray("1.0") << QByteArray() << false;
    QTest::newRow("old, kept") << QByteArray("1.0") << QByteArray("Connection: Keep-Alive\r\n") << true;
    QTest::newRow("newer") << QByteArray("1.2") << QByteArray() << true;
}

void HttpRequestHeadTest::keepsTheConnectionAsAsked() {
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, header);
    QFETCH(bool, isKept);
    const std::string text = ("GET /f HTTP/" + version + "\r\nHost: x\r\n" + header + "\r\n").toStdString();
    const HttpHeadReading reading = readRequestHead(text);
    QCOMPARE(reading.size, text.size());
    QCOMPARE(reading.head.isKeptAlive, isKept);
}

void HttpRequestHeadTest::waitsForTheRestOfAHead() {
    const std::string text = headOf(20, 0);
    for (std::size_t size = 0; size < text.size(); ++size) {
        const HttpHeadReading reading = readRequestHead(std::string_view(text).substr(0, size));
        QCOMPARE(reading.refusal, 0U);
        QCOMPARE(reading.size, std::size_t(0));
    }
    QCOMPARE(readRequestHead(text).size, text.size());
}

void HttpRequestHeadTest::refusesAmbiguousRequests() {
    QFETCH(std::size_t, number);
    const Vector& vector = vectors()[number];
    const HttpHeadReading reading = readRequestHead(vector.bytes);
    if (vector.status == 200) {
        QCOMPARE(reading.refusal, 0U);
        QVERIFY(reading.size > 0);
    } else if (qstrcmp(vector.name, "encoded NUL") != 0) { // which the path decides
        QCOMPARE(reading.refusal, vector.status);
    }
}

// R38
void HttpRequestHeadTest::closesAfterEachError() {
    QVERIFY(vectors().size() >= 60);
    QFETCH(std::size_t, number);
    const Vector& vector = vectors()[number];
    tests::HttpFixture fixture;
    fixture.source->addText("f", "right");
    fixture.source->addText("g", "smuggled");
    QVERIFY(fixture.start());
    tests::HttpClient client = fixture.connect();
    QVERIFY(client.send(vector.bytes));
    const tests::HttpResponse response = client.receive();
    QCOMPARE(response.status, static_cast<int>(vector.status));
    QVERIFY(response.body.find("smuggled") == std::string::npos);
    if (vector.status == 200) {
        QCOMPARE(response.body, std::string("right"));
        return;
    }
    QCOMPARE(response.headers.at("Connection"), std::string("close"));
    QCOMPARE(client.receive().status, 0); // what followed was not taken for a request
    QVERIFY(client.isEnded());
    QCOMPARE(fixture.get("/f").body, std::string("right")); // alive
}

QTEST_GUILESS_MAIN(HttpRequestHeadTest)
#include "tst_HttpRequestHead.moc"
