#include "tests/support/Sanitizer.h"
#include "tests/unit/core/net/HttpFixture.h"

#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;
using tests::HttpClient;
using tests::HttpFixture;
using tests::HttpResponse;

namespace {

using Moment = std::chrono::steady_clock;

/// 127.0.1.1, 127.0.1.2, ...: every 62 of many clients share one, below the limit of an address.
Ipv4Address addressOf(int client) {
    return Ipv4Address(127, 0, 1, static_cast<std::uint8_t>(1 + client / 62));
}

std::vector<std::unique_ptr<HttpClient>> connectMany(const HttpFixture& fixture, int count,
                                                     int receiveBuffer = 0) {
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<HttpClient>(Ipv4Address(127, 0, 0, 1), fixture.port, addressOf(i),
                                                       receiveBuffer));
    return clients;
}

/// Bytes that this process holds in memory.
qint64 residentBytes() {
    std::ifstream file("/proc/self/statm");
    qint64 all = 0;
    qint64 resident = 0;
    file >> all >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

} // namespace

/// How long and how many clients may keep the server waiting.
class HttpLoopTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void closesSlowHeadsWhileOthersAreServed();
    void oneAddressGetsSixtyFourConnections();
    void thereAreAThousandConnectionsAtMost();
    void idleConnectionsLastAMinute();
    void aHeadOfALaterRequestHasTenSeconds();
    void slowReadersCostNoMemoryAndEnd();
    void aTrickleIsNoStall();
    void tellsHowFarEachClientIs();
    void answersPipelinedRequestsInTurn();
};

// R36
void HttpLoopTest::closesSlowHeadsWhileOthersAreServed() {
    constexpr int slowClients = 1000;
    HttpFixture fixture;
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    const auto start = Moment::now();
    auto clients = connectMany(fixture, slowClients);
    QVERIFY(std::ranges::all_of(clients, [](const auto& client) { return client->isConnected(); }));
    const std::string head = "GET /f HTTP/1.1\r\n";
    std::vector<std::chrono::nanoseconds> waits;
    std::size_t sent = 0;
    for (auto nextByte = start; Moment::now() - start < 10500ms;) {
        if (Moment::now() >= nextByte && sent < head.size()) { // one byte a second
            for (const auto& client : clients)
                (void)client->send(head.substr(sent, 1));
            ++sent;
            nextByte += 1s;
        }
        const auto asked = Moment::now();
        QCOMPARE(fixture.get("/f").body, std::string("right"));
        waits.push_back(Moment::now() - asked);
        QTest::qWait(1);
    }
    const auto nearly = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() * 99 / 100);
    std::nth_element(waits.begin(), nearly, waits.end());
    const auto p99 = std::chrono::duration_cast<std::chrono::microseconds>(*nearly);
    qInfo("%zu GETs beside %d slow clients, 99 %% within %lld us", waits.size(), slowClients,
          static_cast<long long>(p99.count()));
    QVERIFY(tests::isSanitized || p99 <= 50ms);
    for (const auto& client : clients)
        QVERIFY(client->isEnded());
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(Moment::now() - start);
    QVERIFY2(tests::isSanitized || taken <= 11s, std::to_string(taken.count()).c_str());
}

void HttpLoopTest::oneAddressGetsSixtyFourConnections() { // R36 (part)
    HttpFixture fixture;
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    std::vector<std::unique_ptr<HttpClient>> clients;
    int answered = 0;
    for (int i = 0; i < 70; ++i) {
        clients.push_back(std::make_unique<HttpClient>(Ipv4Address(127, 0, 0, 1), fixture.port));
        answered += clients.back()->get("/f").status == 200 ? 1 : 0;
    }
    QCOMPARE(answered, 64);
    QCOMPARE(HttpClient(Ipv4Address(127, 0, 0, 1), fixture.port, Ipv4Address(127, 0, 0, 2)).get("/f").status,
             200);
    QVERIFY(fixture.log.waitFor<Rejected>().at(0).reason.find("too many") != std::string::npos);
    clients.clear();
    QTRY_COMPARE(fixture.get("/f").status, 200); // there is room again
}

void HttpLoopTest::thereAreAThousandConnectionsAtMost() { // R36 (part)
    HttpFixture fixture;
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    auto clients = connectMany(fixture, 1030);
    int answered = 0;
    for (const auto& client : clients)
        answered += client->get("/f").status == 200 ? 1 : 0;
    QCOMPARE(answered, 1024);
}

void HttpLoopTest::idleConnectionsLastAMinute() { // R36 (part)
    HttpFixture fixture;
    const auto clock = std::make_shared<tests::ManualClock>();
    fixture.clock = clock;
    fixture.threads = 1; // so what is answered to one client before another has been dealt with before
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    HttpClient kept = fixture.connect();
    HttpClient silent = fixture.connect();
    QCOMPARE(kept.get("/f").body, std::string("right"));
    // The loop accepts after it has answered: one more answer, and the silent client has been let in.
    QCOMPARE(kept.get("/f").body, std::string("right"));
    clock->advance(11s);
    QVERIFY(silent.isEnded()); // it never asked for anything
    clock->advance(48s);
    QCOMPARE(kept.get("/f").body, std::string("right"));
    QCOMPARE(fixture.get("/f").status, 200);
    clock->advance(61s);
    QVERIFY(kept.isEnded());
}

void HttpLoopTest::aHeadOfALaterRequestHasTenSeconds() { // R36 (part)
    HttpFixture fixture;
    const auto clock = std::make_shared<tests::ManualClock>();
    fixture.clock = clock;
    fixture.threads = 1; // so what one client sent before another has been looked at before
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    HttpClient client = fixture.connect();
    QCOMPARE(client.get("/f").body, std::string("right"));
    clock->advance(50s);
    QVERIFY(client.send("GET /f HTTP/1.1\r\nHo"));
    QCOMPARE(fixture.get("/f").status, 200); // so it was received
    clock->advance(9s);
    QVERIFY(client.send("st: x\r\n\r\n"));
    QCOMPARE(client.receive().body, std::string("right"));
    QVERIFY(client.send("GET /f HTTP/1.1\r\nHo"));
    QCOMPARE(fixture.get("/f").status, 200);
    clock->advance(11s);
    QVERIFY(client.isEnded());
}

// R37
void HttpLoopTest::slowReadersCostNoMemoryAndEnd() {
    constexpr int slowClients = 500;
    constexpr qint64 allowance = 16 << 20;
    QTemporaryFile file;
    QVERIFY(file.open() && file.resize(1 << 30));
    HttpFixture fixture;
    const auto clock = std::make_shared<tests::ManualClock>();
    fixture.clock = clock;
    // One of others, copied to clients of this computer, and one of ours, by sendfile.
    auto opened = FileDescriptor::openForReading(file.fileName().toStdString());
    QVERIFY(opened.has_value());
    const auto foreign = std::make_shared<const FileDescriptor>(std::move(*opened));
    const auto own = std::make_shared<const FileDescriptor>(::dup(file.handle()));
    fixture.source->addSlices("foreign", {{foreign, 0, 1 << 30}});
    fixture.source->addSlices("own", {{own, 0, 1 << 30}});
    fixture.source->addText("f", "right");
    QVERIFY(fixture.start());
    QCOMPARE(fixture.get("/f").status, 200);
    auto clients = connectMany(fixture, slowClients, 4096);
    const qint64 before = residentBytes();
    for (std::size_t i = 0; i < clients.size(); ++i)
        QVERIFY(clients[i]->send(std::string(i % 2 == 0 ? "GET /foreign" : "GET /own") +
                                 " HTTP/1.1\r\nHost: x\r\n\r\n"));
    QTRY_COMPARE(fixture.server->activeTransfers(), slowClients);
    std::uint64_t sent = 0;
    QTRY_VERIFY(std::exchange(sent, fixture.server->bytesSent()) == fixture.server->bytesSent() && sent > 0);
    const qint64 grown = residentBytes() - before;
    qInfo("%d clients that do not read: %lld KiB more", slowClients, static_cast<long long>(grown / 1024));
    QVERIFY(grown <= allowance);
    QCOMPARE(fixture.get("/f").body, std::string("right"));

    clock->advance(119s); // P56: an old firmware may be as slow as that
    QTest::qWait(1100);
    QCOMPARE(fixture.server->activeTransfers(), slowClients);
    // The clients' kernels may take a little more when they are probed, which is progress, until they are
    // full.
    for (int i = 0; i < 20 && fixture.server->activeTransfers() > 0; ++i) {
        clock->advance(121s);
        QTest::qWait(600);
    }
    QCOMPARE(fixture.server->activeTransfers(), 0);
    const auto served = fixture.log.waitFor<FileServed>(slowClients);
    QVERIFY(std::ranges::none_of(served,
                                 [](const FileServed& each) { return each.isComplete && each.path != "f"; }));
}

void HttpLoopTest::aTrickleIsNoStall() { // P56
    QTemporaryFile file;
    QVERIFY(file.open() && file.resize(64 << 20));
    HttpFixture fixture;
    const auto clock = std::make_shared<tests::ManualClock>();
    fixture.clock = clock;
    fixture.source->addSlices("own",
                              {{std::make_shared<const FileDescriptor>(::dup(file.handle())), 0, 64 << 20}});
    QVERIFY(fixture.start());
    HttpClient client = fixture.connect({}, 64 << 10);
    QVERIFY(client.send("GET /own HTTP/1.1\r\nHost: x\r\n\r\n"));
    for (int i = 0; i < 3; ++i) { // six minutes in all
        QCOMPARE(client.readSome(300'000), std::size_t(300'000));
        QTest::qWait(1100); // what was acknowledged has been seen
        clock->advance(119s);
        QTest::qWait(600);
        QCOMPARE(fixture.server->activeTransfers(), 1);
    }
}

void HttpLoopTest::tellsHowFarEachClientIs() {
    QTemporaryFile file;
    QVERIFY(file.open() && file.resize(1 << 30));
    HttpFixture fixture;
    boot::BootFile& served = fixture.source->addSlices(
        "i/own", {{std::make_shared<const FileDescriptor>(::dup(file.handle())), 0, 1 << 30}});
    served.machine = MacAddress(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1});
    QVERIFY(fixture.start());
    HttpClient first = fixture.connect({}, 4096);
    HttpClient second = fixture.connect({}, 4096);
    QVERIFY(first.send("GET /i/own HTTP/1.1\r\nHost: x\r\n\r\n"));
    QVERIFY(second.send("GET /i/own HTTP/1.1\r\nHost: x\r\nRange: bytes=10-\r\n\r\n"));
    QCOMPARE(second.readSome(40'000'000), std::size_t(40'000'000));
    const auto inOrder = [&fixture] {
        std::vector<HttpProgress> transfers = fixture.server->transfers();
        std::ranges::sort(transfers, {}, &HttpProgress::sent);
        return transfers;
    };
    QTRY_COMPARE(inOrder().size(), std::size_t(2));
    QTRY_VERIFY(inOrder()[1].sent >=
                39'999'000); // told when a slice has gone, which the client may have by then
    const std::vector<HttpProgress> transfers = inOrder();
    QVERIFY(transfers[0].sent < 20'000'000);
    QCOMPARE(transfers[0].length, std::uint64_t(1) << 30);
    QCOMPARE(transfers[1].length, (std::uint64_t(1) << 30) - 10);
    QCOMPARE(transfers[1].path, std::string("i/own"));
    QCOMPARE(transfers[1].peer.toString(), std::string("127.0.0.1"));
    QVERIFY(transfers[1].machine == served.machine);
}

void HttpLoopTest::answersPipelinedRequestsInTurn() {
    HttpFixture fixture;
    fixture.source->addText("f", "right");
    fixture.source->addText("big", std::string(3'000'000, 'b'));
    QVERIFY(fixture.start());
    HttpClient client = fixture.connect();
    std::string requests;
    for (int i = 0; i < 100; ++i)
        requests +=
            i % 10 == 0 ? "GET /big HTTP/1.1\r\nHost: x\r\n\r\n" : "GET /f HTTP/1.1\r\nHost: x\r\n\r\n";
    QVERIFY(client.send(requests + "GET /f HTTP/1.1\r\nHo"));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(client.receive().body.size(), std::size_t(i % 10 == 0 ? 3'000'000 : 5));
    QVERIFY(client.send("st: x\r\n\r\n"));
    QCOMPARE(client.receive().body, std::string("right"));
}

QTEST_GUILESS_MAIN(HttpLoopTest)
#include "tst_HttpLoop.moc"
