#include "core/net/HttpServer.h"
#include "tests/support/CopyingCable.h"
#include "tests/support/HttpClient.h"
#include "tests/support/MapSource.h"
#include "tests/support/OldFile.h"
#include "tests/support/ServerEventLog.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>
#include <random>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::CopyingCable;
using tests::HttpClient;
using tests::HttpResponse;

namespace {

constexpr std::size_t fileSize = 3 << 20; // bytes; more than is sent by reading

/// Acknowledgements that this thread's namespace held back until a timer ended (40 to 200 ms).
std::optional<int> delayedAcknowledgements() {
    QFile file(QStringLiteral("/proc/thread-self/net/netstat"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> lines = file.readAll().split('\n'); // names and values of each group in turn
    const QList<QByteArray> names = lines.value(0).split(' ');
    bool isNumber = false;
    const int count = lines.value(1).split(' ').value(names.indexOf("DelayedACKs")).toInt(&isNumber);
    return isNumber ? std::optional(count) : std::nullopt;
}

} // namespace

/// R44 over a cable that copies, as a real one does: there large files of others leave by sendfile, and what
/// has been acknowledged can change no more.
class HttpOverCableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void whatWasSentStaysRight();
    void neverWrongAndWholeWhileSomebodyWrites();
    void theEndWaitsForNoDelayedAcknowledgement();
    void aFileChangedBeforeIsExcused();

private:
    void rewrite(char with) const;

    std::unique_ptr<tests::NetworkNamespace> m_network;
    std::unique_ptr<CopyingCable> m_cable;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::string m_content;
    std::shared_ptr<tests::MapSource> m_source;
    std::unique_ptr<tests::ServerEventLog> m_log;
    std::unique_ptr<HttpServer> m_server;
};

void HttpOverCableTest::initTestCase() {
    QString whyNot;
    m_network = tests::NetworkNamespace::create(whyNot);
    if (m_network)
        m_cable = CopyingCable::create(*m_network, whyNot);
    if (!m_cable)
        QSKIP(qPrintable(whyNot));
    m_content.resize(fileSize);
    for (std::size_t i = 0; i < fileSize; ++i)
        m_content[i] = static_cast<char>(i * 131 + i / 4099);
}

/// The image as it was, opened anew, and a server for it.
void HttpOverCableTest::init() {
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("image.iso"));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_content.data(), fileSize) == qint64(fileSize));
    file.close();
    QVERIFY(tests::makeOld(m_path.toStdString()));
    auto opened = FileDescriptor::openForReading(m_path.toStdString());
    QVERIFY(opened.has_value());
    m_source = std::make_shared<tests::MapSource>();
    m_source->addSlices("f", {{std::make_shared<const FileDescriptor>(std::move(*opened)), 0, fileSize}});
    m_log = std::make_unique<tests::ServerEventLog>();
    const auto visit = m_network->enterServer();
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int again = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &again, sizeof again);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(80);
    QVERIFY(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0 &&
            ::listen(socket.get(), 64) == 0);
    auto started =
        HttpServer::start({std::move(socket), [source = m_source] { return source; }, m_log->sink()});
    QVERIFY(started.has_value());
    m_server = std::move(*started);
}

void HttpOverCableTest::rewrite(char with) const {
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QCOMPARE(file.write(QByteArray(fileSize, with)), qint64(fileSize));
}

// R44 (part): the client has all in its kernel, unread, when the file is written to.
void HttpOverCableTest::whatWasSentStaysRight() {
    const auto visit = m_network->enterClient();
    HttpClient client(CopyingCable::serverAddress, 80, {}, 400'000);
    QVERIFY(client.send("GET /f HTTP/1.1\r\nHost: x\r\n\r\n"));
    QCOMPARE(client.receiveHead().status, 200);
    std::string got;
    while (got.size() < fileSize - 200'000)
        got += client.readText();
    QVERIFY(m_log->waitFor<FileServed>().at(0).isComplete);
    rewrite('x');
    while (got.size() < fileSize) {
        const std::string more = client.readText();
        QVERIFY(!more.empty());
        got += more;
    }
    QVERIFY(got == m_content);
}

// R44 (part)
void HttpOverCableTest::neverWrongAndWholeWhileSomebodyWrites() {
    const auto visit = m_network->enterClient();
    std::mt19937 random(44);
    int whole = 0;
    int broken = 0;
    for (int round = 0; round < 60; ++round) {
        init();
        HttpClient client(CopyingCable::serverAddress, 80);
        const std::size_t until = random() % (fileSize + fileSize / 4);
        QVERIFY(client.send("GET /f HTTP/1.1\r\nHost: x\r\n\r\n"));
        const HttpResponse head = client.receiveHead();
        QCOMPARE(head.status, 200);
        std::string got;
        bool isWritten = false;
        while (got.size() < fileSize) {
            if (!isWritten && got.size() >= until) {
                rewrite('x');
                isWritten = true;
            }
            const std::string more = client.readText();
            if (more.empty())
                break;
            got += more;
        }
        const bool isWhole = got.size() == fileSize;
        QVERIFY(!isWhole || got == m_content);
        QVERIFY(isWhole || isWritten);
        (isWhole ? whole : broken) += 1;
    }
    qInfo("%d downloads whole and right, %d broken off", whole, broken);
    QVERIFY(whole > 0 && broken > 0);
}

// A receiver may take its time to acknowledge a last segment that is not full.
void HttpOverCableTest::theEndWaitsForNoDelayedAcknowledgement() {
    const auto visit = m_network->enterClient();
    HttpClient client(CopyingCable::serverAddress, 80);
    const auto before = delayedAcknowledgements();
    QVERIFY(before.has_value());
    constexpr int downloads = 30;
    for (int i = 0; i < downloads; ++i) {
        const HttpResponse file = client.get("/f");
        QVERIFY(file.isWhole && file.body == m_content);
    }
    const auto after = delayedAcknowledgements();
    QVERIFY(after.has_value());
    qInfo("%d of %d", *after - *before, downloads);
    QVERIFY(*after - *before <= downloads / 10); // a busy computer may delay a few by itself
}

// R44 (part)
void HttpOverCableTest::aFileChangedBeforeIsExcused() {
    rewrite('x');
    const auto visit = m_network->enterClient();
    HttpClient client(CopyingCable::serverAddress, 80);
    const HttpResponse excuse = client.get("/f");
    QCOMPARE(excuse.status, 503);
    QVERIFY(excuse.isWhole);
    QVERIFY(client.isEnded());
}

QTEST_GUILESS_MAIN(HttpOverCableTest)
#include "tst_HttpOverCable.moc"
