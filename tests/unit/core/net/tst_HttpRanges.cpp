#include "tests/support/OldFile.h"
#include "tests/support/Sanitizer.h"
#include "tests/unit/core/net/HttpFixture.h"

#include <QCryptographicHash>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <latch>
#include <numeric>
#include <random>
#include <thread>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::HttpClient;
using tests::HttpFixture;
using tests::HttpResponse;

namespace {

constexpr std::size_t fileSize = 12'345'678; // bytes

QByteArray sha256(const std::string& bytes) {
    return QCryptographicHash::hash(QByteArrayView(bytes.data(), qsizetype(bytes.size())),
                                    QCryptographicHash::Sha256);
}

std::string rangeHeader(std::size_t first, std::size_t last) {
    return "Range: bytes=" + std::to_string(first) + '-' + std::to_string(last) + "\r\n";
}

} // namespace

/// Parts of files: many of them, odd ones, and what is left after the server was started anew.
class HttpRangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void partsMakeTheWhole_data();
    void partsMakeTheWhole();
    void oneRangeCounts_data();
    void oneRangeCounts();
    void resumesAsFirmwareDoes_data();
    void resumesAsFirmwareDoes();
    void downloadsSurviveARestart();

private:
    std::unique_ptr<QTemporaryFile> m_file;
    std::string m_content;
    std::unique_ptr<HttpFixture> m_fixture;
};

void HttpRangesTest::init() {
    m_content.resize(fileSize);
    for (std::size_t i = 0; i < fileSize; ++i)
        m_content[i] = static_cast<char>(i * 131 + i / 4099);
    m_file = std::make_unique<QTemporaryFile>();
    QVERIFY(m_file->open());
    QCOMPARE(m_file->write(m_content.data(), fileSize), qint64(fileSize));
    QVERIFY(m_file->flush() && tests::makeOld(m_file->fileName().toStdString()));
    m_fixture = std::make_unique<HttpFixture>();
    auto opened = FileDescriptor::openForReading(m_file->fileName().toStdString());
    QVERIFY(opened.has_value());
    const auto foreign = std::make_shared<const FileDescriptor>(std::move(*opened));
    const auto own = std::make_shared<const FileDescriptor>(::dup(m_file->handle()));
    m_fixture->source->addSlices("i/x/foreign", {{foreign, 0, fileSize}}).etag = "abc";
    m_fixture->source->addSlices("i/x/own", {{own, 0, fileSize}}).etag = "abc";
    // The parts of one file as an image may hold them.
    m_fixture->source
        ->addSlices(
            "i/x/parts",
            {{own, 0, 3'000'001}, {own, 3'000'001, 2'000'000}, {foreign, 5'000'001, fileSize - 5'000'001}})
        .etag = "abc";
    QVERIFY(m_fixture->start());
}

void HttpRangesTest::partsMakeTheWhole_data() {
    QTest::addColumn<QString>("path");
    for (const char* path : {"/i/x/foreign", "/i/x/own", "/i/x/parts"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

// R39, P55
void HttpRangesTest::partsMakeTheWhole() {
    QFETCH(QString, path);
    constexpr std::size_t parts = 1000;
    std::mt19937 random(39); // the same each time
    std::vector<std::size_t> cuts{0, fileSize};
    while (cuts.size() < parts + 1)
        cuts.push_back(random() % fileSize);
    std::ranges::sort(cuts);
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    std::vector<std::size_t> order(cuts.size() - 1);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::shuffle(order, random);
    std::string whole(fileSize, '\0');
    HttpClient client = m_fixture->connect();
    for (const std::size_t part : order) {
        const std::size_t first = cuts[part];
        const std::size_t last = cuts[part + 1] - 1;
        const HttpResponse response = client.get(path.toStdString(), rangeHeader(first, last));
        QCOMPARE(response.status, 206);
        QCOMPARE(response.headers.at("Content-Range"), "bytes " + std::to_string(first) + '-' +
                                                           std::to_string(last) + '/' +
                                                           std::to_string(fileSize));
        whole.replace(first, response.body.size(), response.body);
    }
    QCOMPARE(whole.size(), fileSize);
    QCOMPARE(sha256(whole), sha256(m_content));
}

void HttpRangesTest::oneRangeCounts_data() {
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<qulonglong>("length");
    const auto row = [](const char* range, int status, qulonglong length) {
        QTest::newRow(range) << QByteArray(range) << status << length;
    };
    row("0-18446744073709551615", 206, fileSize);
    row("-9223372036854775608", 206, fileSize);
    row("5-4", 200, fileSize);
    row("-0", 416, 0);
    row("12345678-", 416, 0);
    row("18446744073709551615-18446744073709551615", 416, 0);
    row("0-0,2-2", 200, fileSize);
    row("-1", 206, 1);
    QByteArray many;
    while (many.size() < 7900)
        many += "0-0,";
    QTest::newRow("as many ranges as a head can hold") << many + "1-1" << 200 << qulonglong(fileSize);
    QTest::newRow("10,000 ranges") << QByteArray("0-0,").repeated(9999) + "1-1" << 431 << qulonglong(0);
}

// R39
void HttpRangesTest::oneRangeCounts() {
    QFETCH(QByteArray, range);
    QFETCH(int, status);
    QFETCH(qulonglong, length);
    HttpClient client = m_fixture->connect();
    const HttpResponse response = client.get("/i/x/own", "Range: bytes=" + range.toStdString() + "\r\n");
    QCOMPARE(response.status, status);
    if (status == 431) {
        QVERIFY(client.isEnded());
    } else {
        QCOMPARE(qulonglong(response.body.size()), length);
        QVERIFY(response.isWhole);
    }
    if (status == 416)
        QCOMPARE(response.headers.at("Content-Range"), "bytes */" + std::to_string(fileSize));
    QCOMPARE(m_fixture->get("/i/x/own", rangeHeader(5, 6)).body, m_content.substr(5, 2)); // alive
}

void HttpRangesTest::resumesAsFirmwareDoes_data() {
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<int>("status");
    QTest::newRow("If-Match") << QByteArray("If-Match: \"abc\"\r\n") << 206;
    QTest::newRow("If-Match of another file") << QByteArray("If-Match: \"abd\"\r\n") << 412;
    // We give no Last-Modified, so no date can be one of ours, and RFC 9110 13.1.4 has it ignored.
    QTest::newRow("If-Unmodified-Since")
        << QByteArray("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n") << 206;
    QTest::newRow("If-Unmodified-Since and nonsense") << QByteArray("If-Unmodified-Since: x\r\n") << 206;
    QTest::newRow("If-Unmodified-Since beside a tag that fails")
        << QByteArray("If-Unmodified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\nIf-Match: \"abd\"\r\n") << 412;
}

// P55
void HttpRangesTest::resumesAsFirmwareDoes() {
    QFETCH(QByteArray, condition);
    QFETCH(int, status);
    const HttpResponse response =
        m_fixture->get("/i/x/foreign", condition.toStdString() + "Range: bytes=12345670-\r\n");
    QCOMPARE(response.status, status);
    if (status == 206)
        QCOMPARE(response.body, m_content.substr(12'345'670));
    QVERIFY(!response.headers.contains("Last-Modified"));
}

// R55 (part): what is HTTP's
void HttpRangesTest::downloadsSurviveARestart() {
    constexpr std::size_t clients = 48;
    using Moment = std::chrono::steady_clock;
    std::latch halfway(clients);
    std::atomic<std::uint64_t> received{0};
    std::array<QByteArray, clients> sums;
    std::array<std::chrono::nanoseconds, clients> gaps{};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < clients; ++i) {
        threads.emplace_back([&, i] {
            std::string got;
            HttpResponse head;
            HttpClient client = m_fixture->connect();
            (void)client.send("GET /i/x/foreign HTTP/1.1\r\nHost: x\r\n\r\n");
            head = client.receiveHead();
            while (got.size() < fileSize / 2)
                got += client.readText();
            halfway.count_down();
            for (std::string more; !(more = client.readText()).empty();)
                got += more;
            const auto broken = Moment::now();
            received += got.size();
            for (HttpResponse rest; rest.status == 0 && Moment::now() - broken < std::chrono::seconds(10);) {
                HttpClient again = m_fixture->connect();
                (void)again.send(
                    "GET /i/x/foreign HTTP/1.1\r\nHost: x\r\nRange: bytes=" + std::to_string(got.size()) +
                    "-\r\nIf-Match: " + head.headers["ETag"] + "\r\n\r\n");
                rest = again.receiveHead();
                if (rest.status != 206)
                    continue;
                gaps.at(i) = Moment::now() - broken;
                const std::size_t before = got.size();
                for (std::string more; got.size() < fileSize && !(more = again.readText()).empty();)
                    got += more;
                received += got.size() - before;
            }
            sums.at(i) = sha256(got);
        });
    }
    halfway.wait();
    m_fixture->server.reset();
    QVERIFY(m_fixture->start());
    for (std::thread& thread : threads)
        thread.join();
    for (const QByteArray& sum : sums)
        QCOMPARE(sum, sha256(m_content));
    const double repeated = double(received) / double(clients * fileSize) - 1;
    const auto gap = std::chrono::duration_cast<std::chrono::milliseconds>(*std::ranges::max_element(gaps));
    qInfo("%.2f %% sent twice, %lld ms at most until a download went on", repeated * 100,
          static_cast<long long>(gap.count()));
    QVERIFY(repeated <= 0.05);
    QVERIFY(tests::isSanitized || gap <= std::chrono::seconds(2));
}

QTEST_GUILESS_MAIN(HttpRangesTest)
#include "tst_HttpRanges.moc"
