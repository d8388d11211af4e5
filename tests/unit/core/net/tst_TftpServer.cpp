#include "core/base/ByteWriter.h"
#include "core/net/TftpServer.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/MapSource.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"
#include "tests/support/TftpClient.h"

#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QTest>

#include <atomic>
#include <random>
#include <thread>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::TftpOutcome;
using tests::TftpQuery;

namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

std::string randomBytes(std::size_t size) {
    std::mt19937 generator(4711);
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(generator());
    return bytes;
}

} // namespace

class TftpServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void servesEverySize_data();
    void servesEverySize();
    void acknowledgesOnlyValidOptions_data();
    void acknowledgesOnlyValidOptions();
    void withoutOptionsSendsDataAtOnce();
    void servesSlicesOfAFile();
    void blockNumbersWrap();
    void survivesLoss_data();
    void survivesLoss();
    void missingLastAckIsSuccess();
    void sizeProbeIsSilent();
    void clientThatClosesEndsTheTransfer();
    void repeatedRequestIsOneTransfer();
    void translatesNetascii();
    void netasciiSurvivesBlockBorders_data();
    void netasciiSurvivesBlockBorders();
    void missesAreNotFoundAndExpectedOnesSilent();
    void neverLeavesItsTree_data();
    void neverLeavesItsTree();
    void malformedRequestIsReported();
    void strayPacketsGetNoAnswer();
    void fullTableEvictsProbesThenSaysBusy();
    void fileThatBecameShortAborts();
    void secretsAreNotNamed();
    void whatNeedsItsCardIsNotFound();
    void reportsMachineAndBytes();
    void manyAtOnce();

private:
    [[nodiscard]] std::unique_ptr<TftpServer> makeServer(std::size_t maximumTransfers);
    void start(std::size_t maximumTransfers = 1024);
    [[nodiscard]] TftpOutcome get(const std::string& path, Options options = {}) const {
        TftpQuery query = ask(path);
        query.options = std::move(options);
        return tests::tftpGet(query);
    }
    [[nodiscard]] TftpQuery ask(const std::string& path) const {
        TftpQuery query;
        query.port = m_port;
        query.path = path;
        return query;
    }
    [[nodiscard]] std::optional<wire::TftpPacket> exchange(const std::vector<std::uint8_t>& packet,
                                                           int patience) const;

    std::shared_ptr<tests::MapSource> m_source;
    std::unique_ptr<tests::ServerEventLog> m_log;
    SystemClock m_clock;
    std::unique_ptr<TftpServer> m_server;
    std::unique_ptr<tests::RunningServer<TftpServer>> m_running;
    std::uint16_t m_port = 0;
    std::string m_content = randomBytes(100'000);
};

std::unique_ptr<TftpServer> TftpServerTest::makeServer(std::size_t maximumTransfers) {
    auto bound = tests::LoopbackSocket::udp();
    m_port = bound.port;
    TftpServer::Options options;
    options.socket = std::move(bound.socket);
    options.source = [this] {
        return m_source;
    };
    options.clock = &m_clock;
    options.events = m_log->sink();
    options.maximumTransfers = maximumTransfers;
    return std::make_unique<TftpServer>(std::move(options));
}

void TftpServerTest::start(std::size_t maximumTransfers) {
    m_running.reset();
    m_server = makeServer(maximumTransfers);
    m_running = std::make_unique<tests::RunningServer<TftpServer>>(*m_server);
}

void TftpServerTest::init() {
    m_source = std::make_shared<tests::MapSource>();
    m_source->addText("m/525400000001/file", m_content).machine =
        MacAddress(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1});
    m_log = std::make_unique<tests::ServerEventLog>();
    start();
}

void TftpServerTest::cleanup() {
    m_running.reset();
    m_server.reset();
    m_log.reset();
}

void TftpServerTest::servesEverySize_data() // R27
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 511, 512, 513, 1024, 1468, 2936, 65535})
        QTest::addRow("%d", size) << size;
}

void TftpServerTest::servesEverySize() {
    QFETCH(int, size);
    const std::string content = m_content.substr(0, static_cast<std::size_t>(size));
    m_source->addText("m/1/sized", content);
    for (const Options& options :
         {Options{}, Options{{"blksize", "1468"}}, Options{{"blksize", "8"}, {"windowsize", "64"}},
          Options{{"blksize", "1024"}, {"tsize", "0"}, {"windowsize", "4"}}}) {
        const TftpOutcome outcome = get("m/1/sized", options);
        QVERIFY(outcome.isComplete);
        QVERIFY(outcome.content == content);
    }
    const auto served = m_log->waitFor<FileServed>(4);
    QCOMPARE(served.size(), std::size_t(4));
    for (const FileServed& each : served)
        QVERIFY(each.isComplete && each.bytes == content.size());
}

void TftpServerTest::acknowledgesOnlyValidOptions_data() // R23 (part), P60, P61
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("accepted");
    const auto row = [](const char* name, const char* value, const char* accepted) {
        QTest::addRow("%s=%s", name, value)
            << QString::fromLatin1(name) << QString::fromLatin1(value) << QString::fromLatin1(accepted);
    };
    for (const char* bad : {"0", "7", "65465", "-1", "1468x", "100000000000000000000", ""})
        row("blksize", bad, "");
    row("blksize", "8", "8");
    row("blksize", "1468", "1468");
    row("blksize", "1469", "1468");
    row("blksize", "65464", "1468");
    for (const char* bad : {"0", "65536", "x"})
        row("windowsize", bad, "");
    row("windowsize", "1", "1");
    row("windowsize", "64", "64");
    row("windowsize", "65535", "64");
    for (const char* bad : {"0", "256"})
        row("timeout", bad, "");
    row("timeout", "1", "1");
    row("timeout", "255", "255");
    row("tsize", "0", "100000");
    row("BLKSIZE", "1024", "1024");
    row("unknown", "1", "");
}

void TftpServerTest::acknowledgesOnlyValidOptions() {
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, accepted);
    const TftpOutcome outcome = get("m/525400000001/file", {{name.toStdString(), value.toStdString()}});
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == m_content);
    QCOMPARE(outcome.options.has_value(), !accepted.isEmpty());
    if (!outcome.options)
        return;
    QString got;
    if (outcome.options->blockSize)
        got += QString::number(*outcome.options->blockSize);
    if (outcome.options->windowSize)
        got += QString::number(*outcome.options->windowSize);
    if (outcome.options->timeoutSeconds)
        got += QString::number(*outcome.options->timeoutSeconds);
    if (outcome.options->size)
        got += QString::number(*outcome.options->size);
    QCOMPARE(got, accepted);
}

void TftpServerTest::withoutOptionsSendsDataAtOnce() // P64
{
    const TftpOutcome outcome = get("m/525400000001/file");
    QVERIFY(outcome.isComplete && !outcome.options);
    QCOMPARE(outcome.dataPackets, 100'000 / 512 + 1);
    QCOMPARE(outcome.serverPorts.size(), std::size_t(1));
    QVERIFY(outcome.serverPorts[0] != m_port); // P63
}

void TftpServerTest::servesSlicesOfAFile() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(m_content.data(), static_cast<qint64>(m_content.size()));
    QVERIFY(file.flush());
    auto opened = FileDescriptor::openForReading(file.fileName().toStdString());
    QVERIFY(opened.has_value());
    const auto descriptor = std::make_shared<const FileDescriptor>(std::move(*opened));
    m_source->addSlices("i/x/sliced", {{descriptor, 777, 40'001}, {descriptor, 60'000, 333}});
    const TftpOutcome outcome = get("i/x/sliced", {{"blksize", "1000"}, {"windowsize", "16"}});
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == m_content.substr(777, 40'001) + m_content.substr(60'000, 333));
}

void TftpServerTest::blockNumbersWrap() // R26 (part)
{
    const std::string content = randomBytes(70'000 * 16 + 3);
    m_source->addText("m/1/long", content);
    const TftpOutcome outcome = get("m/1/long", {{"blksize", "16"}, {"windowsize", "32"}});
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == content);
}

void TftpServerTest::survivesLoss_data() // R25 (part): in lockstep as well
{
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("lost");
    for (const int window : {1, 4, 16, 64}) {
        QTest::addRow("first of %d", window) << window << window + 1;
        QTest::addRow("middle of %d", window) << window << window + 1 + window / 2;
        QTest::addRow("last of %d", window) << window << 2 * window;
    }
}

void TftpServerTest::survivesLoss() {
    QFETCH(int, window);
    QFETCH(int, lost);
    TftpQuery query = ask("m/525400000001/file");
    query.options = {{"blksize", "512"}, {"windowsize", std::to_string(window)}};
    query.losesData = [lost](int packet, std::uint16_t) {
        return packet == lost;
    };
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == m_content);
    const int blocks = 100'000 / 512 + 1;
    // How few of them are enough is TftpLossTest's to measure: this computer may be busy.
    QVERIFY2(outcome.dataPackets <= 2 * blocks, std::to_string(outcome.dataPackets).c_str());
    QCOMPARE(outcome.serverPorts.size(), std::size_t(1));
}

void TftpServerTest::missingLastAckIsSuccess() // R31, P72
{
    m_source->addText("m/1/two", std::string(700, 'x'));
    TftpQuery query = ask("m/1/two");
    query.keepsLastAck = true;
    QVERIFY(tests::tftpGet(query).isComplete);
    const auto served = m_log->waitFor<FileServed>();
    QCOMPARE(served.size(), std::size_t(1));
    QVERIFY(served[0].isComplete);
    QCOMPARE(served[0].bytes, std::uint64_t(700));
}

void TftpServerTest::sizeProbeIsSilent() // R30 (part), P65
{
    TftpQuery query = ask("m/525400000001/file");
    query.options = {{"tsize", "0"}, {"blksize", "1468"}};
    query.abortsAfterOptions = true;
    const TftpOutcome probe = tests::tftpGet(query);
    QVERIFY(probe.options && probe.options->size == 100'000U);
    QTRY_COMPARE(m_server->activeTransfers(), 0);
    QVERIFY(get("m/525400000001/file").isComplete);
    const auto served = m_log->waitFor<FileServed>();
    QCOMPARE(served.size(), std::size_t(1));
    QVERIFY(served[0].isComplete);
}

void TftpServerTest::clientThatClosesEndsTheTransfer() {
    TftpQuery query = ask("m/525400000001/file");
    query.closesAfterBlock = 10;
    QVERIFY(!tests::tftpGet(query).isComplete);
    // The next block meets a closed port; the kernel says so long before the repeats are used up.
    const auto served = m_log->waitFor<FileServed>();
    QCOMPARE(served.size(), std::size_t(1));
    QVERIFY(!served[0].isComplete);
    QVERIFY(served[0].bytes >= 9U * 512U && served[0].bytes <= 10U * 512U);
    QVERIFY(m_log->all<Rejected>().empty());
}

void TftpServerTest::repeatedRequestIsOneTransfer() // R29
{
    TftpQuery query = ask("m/525400000001/file");
    query.options = {{"blksize", "1024"}};
    query.requests = 5;
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == m_content);
    QCOMPARE(outcome.serverPorts.size(), std::size_t(1));
    QCOMPARE(m_log->waitFor<FileServed>().size(), std::size_t(1));
}

void TftpServerTest::translatesNetascii() // R32 (part)
{
    std::string text(511, 'x');
    text += "\r\n\rmore\n";
    m_source->addText("m/1/text", text);
    TftpQuery query = ask("m/1/text");
    query.mode = "NetASCII";
    query.options = {{"tsize", "0"}, {"windowsize", "8"}};
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete && !outcome.options);
    QCOMPARE(outcome.content, std::string(511, 'x') + std::string("\r\0\r\n\r\0more\r\n", 12));
}

void TftpServerTest::netasciiSurvivesBlockBorders_data() {
    QTest::addColumn<QByteArray>("text");
    const auto at = [](int position, const char* bytes) {
        return QByteArray(position, 'x') + bytes + QByteArray(1200, 'y');
    };
    for (const int position : {510, 511, 512, 1022, 1023, 1024}) {
        QTest::addRow("CR at %d", position) << at(position, "\r");
        QTest::addRow("LF at %d", position) << at(position, "\n");
        QTest::addRow("CR LF at %d", position) << at(position, "\r\n");
    }
    QTest::newRow("CR ends it") << QByteArray(511, 'x') + '\r';
    QTest::newRow("LF ends it") << QByteArray(511, 'x') + '\n';
    QTest::newRow("only CR") << QByteArray(1000, '\r');
    QTest::newRow("only LF") << QByteArray(1000, '\n');
}

void TftpServerTest::netasciiSurvivesBlockBorders() // R32
{
    QFETCH(QByteArray, text);
    m_source->addText("m/1/text", text.toStdString());
    TftpQuery query = ask("m/1/text");
    query.mode = "netascii";
    query.options = {{"windowsize", "8"}, {"tsize", "0"}};
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete && !outcome.options);
    // Back to what it was, as RFC 764 says.
    QByteArray back;
    for (std::size_t i = 0; i < outcome.content.size(); ++i) {
        if (outcome.content[i] != '\r') {
            back += outcome.content[i];
            continue;
        }
        ++i;
        QVERIFY(i < outcome.content.size() && (outcome.content[i] == '\n' || outcome.content[i] == '\0'));
        back += outcome.content[i] == '\n' ? '\n' : '\r';
    }
    QCOMPARE(back, text);
}

/// Sends one packet from a new port and gives the answer.
std::optional<wire::TftpPacket> TftpServerTest::exchange(const std::vector<std::uint8_t>& packet,
                                                         int patience) const {
    const auto client = tests::LoopbackSocket::udp();
    if (!sendDatagram(client.socket.get(), {Ipv4Address(127, 0, 0, 1), m_port}, Ipv4Address(127, 0, 0, 1), 0,
                      packet))
        return std::nullopt;
    QElapsedTimer timer;
    timer.start();
    std::array<std::uint8_t, 2048> buffer{};
    std::optional<wire::TftpPacket> answer;
    const auto received = [&] {
        const auto datagram = receiveDatagram(client.socket.get(), buffer);
        if (!datagram || !*datagram)
            return false;
        const auto decoded = wire::decodeTftp((*datagram)->payload);
        if (decoded)
            answer = *decoded;
        return true;
    };
    (void)QTest::qWaitFor(received, patience);
    return answer;
}

void TftpServerTest::missesAreNotFoundAndExpectedOnesSilent() // P66, P68, R22 (part)
{
    for (const char* path :
         {"m/525400000001/pxelinux.cfg/C0A8", "grub.cfg-01-52-54-00-00-00-01", "somewhere/else"}) {
        const TftpOutcome outcome = get(path);
        QVERIFY(outcome.error && outcome.error->code == wire::TftpErrorCode::NotFound);
    }
    const auto rejected = m_log->waitFor<Rejected>();
    QCOMPARE(rejected.size(), std::size_t(1));
    QVERIFY(rejected[0].reason.find("somewhere/else") != std::string::npos);
    QVERIFY(m_log->all<FileServed>().empty());
}

void TftpServerTest::neverLeavesItsTree_data() // R22 (part)
{
    QTest::addColumn<QByteArray>("path");
    for (const char* path :
         {"../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "m/../../etc/passwd", "", "/", ".",
          "%2e%2e/etc/passwd", "m/525400000001", "m/525400000001/", "CON", "m/525400000001/file/x"})
        QTest::newRow(path) << QByteArray(path);
    QTest::newRow("long") << QByteArray(1500, 'a');
    QTest::newRow("eight bits") << QByteArray("\xE4\xF6\xFC");
}

void TftpServerTest::neverLeavesItsTree() {
    QFETCH(QByteArray, path);
    const TftpOutcome outcome = get(path.toStdString());
    QVERIFY(outcome.error && outcome.error->code == wire::TftpErrorCode::NotFound);
}

void TftpServerTest::malformedRequestIsReported() {
    const auto answer = exchange({0, 1, 'x'}, 2000); // no NUL, no mode
    QVERIFY(answer && std::holds_alternative<wire::TftpError>(*answer));
    QVERIFY(std::get<wire::TftpError>(*answer).code == wire::TftpErrorCode::IllegalOperation);
    QCOMPARE(m_log->waitFor<Rejected>().at(0).source, std::string("127.0.0.1"));
}

void TftpServerTest::strayPacketsGetNoAnswer() // RFC 1350 7: no answer to an ERROR
{
    QVERIFY(!exchange(wire::encodeTftp(wire::TftpError{wire::TftpErrorCode::Undefined, "x"}), 100));
    QVERIFY(!exchange(wire::encodeTftp(wire::TftpAck{1}), 100));
    QVERIFY(!exchange(wire::encodeTftp(wire::TftpData{1, {}}), 100));
    QVERIFY(get("m/525400000001/file").isComplete);
}

void TftpServerTest::fullTableEvictsProbesThenSaysBusy() // R34 (part)
{
    start(2);
    const auto probe = [this] {
        wire::TftpRequest request;
        request.path = "m/525400000001/file";
        request.wantsSize = true;
        return exchange(wire::encodeTftp(request), 2000);
    };
    for (int i = 0; i < 5; ++i) {
        const auto answer = probe();
        QVERIFY(answer && std::holds_alternative<wire::TftpOptionAck>(*answer));
        QVERIFY(m_server->activeTransfers() <= 2);
    }
    // Transfers that have begun are not ended for a new one.
    std::vector<std::thread> clients;
    std::atomic<int> halfway = 0;
    std::atomic<bool> mayGoOn = false;
    std::atomic<int> complete = 0;
    for (int i = 0; i < 2; ++i) {
        clients.emplace_back([&] {
            TftpQuery query = ask("m/525400000001/file");
            query.losesData = [&](int packet, std::uint16_t) {
                if (packet == 5) {
                    ++halfway;
                    mayGoOn.wait(false);
                }
                return false;
            };
            complete += tests::tftpGet(query).isComplete ? 1 : 0;
        });
    }
    const bool areHalfway = QTest::qWaitFor([&] { return halfway == 2; });
    const TftpOutcome busy = get("m/525400000001/file");
    mayGoOn = true;
    mayGoOn.notify_all();
    for (std::thread& client : clients)
        client.join();
    QVERIFY(areHalfway);
    QVERIFY(busy.error && busy.error->code == wire::TftpErrorCode::Undefined);
    QCOMPARE(complete.load(), 2);
}

void TftpServerTest::fileThatBecameShortAborts() // R44
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(QByteArray(5000, 'x'));
    QVERIFY(file.flush());
    auto opened = FileDescriptor::openForReading(file.fileName().toStdString());
    QVERIFY(opened.has_value());
    m_source->addSlices("i/x/short", {{std::make_shared<const FileDescriptor>(std::move(*opened)), 0, 6000}});
    const TftpOutcome outcome = get("i/x/short");
    QVERIFY(!outcome.isComplete && outcome.error);
    QVERIFY(!m_log->waitFor<FileServed>().at(0).isComplete);
    QCOMPARE(m_log->waitFor<Rejected>().size(), std::size_t(1));
}

void TftpServerTest::secretsAreNotNamed() // R41
{
    m_source->addText("t/00112233445566778899aabbccddeeff/answer", "x").isSecret = true;
    QVERIFY(get("t/00112233445566778899aabbccddeeff/answer").isComplete);
    QCOMPARE(m_log->waitFor<FileServed>().at(0).path, std::string("(secret)"));
}

void TftpServerTest::whatNeedsItsCardIsNotFound() // R41
{
    m_source->addText("t/00112233445566778899aabbccddeeff/answer", "x").needsItsCard = true;
    const TftpOutcome outcome = get("t/00112233445566778899aabbccddeeff/answer");
    QVERIFY(!outcome.isComplete && outcome.error);
    QVERIFY(outcome.content.empty());
}

void TftpServerTest::reportsMachineAndBytes() {
    QVERIFY(get("//m\\525400000001/file", {{"blksize", "1468"}}).isComplete);
    const auto served = m_log->waitFor<FileServed>();
    QCOMPARE(served.at(0).path, std::string("m/525400000001/file"));
    QVERIFY(served[0].machine && served[0].machine->toHex() == "525400000001");
    QCOMPARE(served[0].peer.toString(), std::string("127.0.0.1"));
    QVERIFY(served[0].protocol == Protocol::Tftp);
    QCOMPARE(m_server->bytesSent(), std::uint64_t(100'000));
    QCOMPARE(m_server->activeTransfers(), 0);
}

void TftpServerTest::manyAtOnce() {
    std::vector<std::thread> clients;
    std::atomic<int> whole = 0;
    for (int i = 0; i < 48; ++i) {
        clients.emplace_back([&, i] {
            const TftpOutcome outcome = get(
                "m/525400000001/file", {{"blksize", "1468"}, {"windowsize", std::to_string(1 << (i % 5))}});
            whole += outcome.isComplete && outcome.content == m_content ? 1 : 0;
        });
    }
    for (std::thread& client : clients)
        client.join();
    QCOMPARE(whole.load(), 48);
    QCOMPARE(m_log->waitFor<FileServed>(48).size(), std::size_t(48));
}

QTEST_GUILESS_MAIN(TftpServerTest)
#include "tst_TftpServer.moc"
