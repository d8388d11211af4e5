#include "core/net/HttpServer.h"
#include "core/net/TftpServer.h"
#include "tests/support/HttpClient.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/MapSource.h"
#include "tests/support/OldFile.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"
#include "tests/support/TftpClient.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <latch>
#include <thread>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;

namespace {

constexpr int clients = 10;
constexpr qsizetype fileSize = 24 << 20;    // bytes; more than the kernel holds of all HTTP transfers
constexpr std::uint64_t tftpSize = 2 << 20; // bytes at the file's start

QByteArray sha256(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// Something that happens to a file.
struct Change {
    const char* name;
    bool staysRight; ///< The bytes that the open file gives are still those that were imported.
    void (*make)(const QByteArray& path);
};

const std::array changes{
    Change{"untouched", true,
           [](const QByteArray& /*path*/) {
           }},
    Change{"truncated", false,
           [](const QByteArray& path) {
               QCOMPARE(::truncate(path.constData(), 1000), 0);
           }},
    Change{"written in place", false,
           [](const QByteArray& path) {
               QFile file(QFile::decodeName(path));
               QVERIFY(file.open(QIODevice::ReadWrite));
               QCOMPARE(file.write(QByteArray(fileSize, 'x')), fileSize);
           }},
    Change{"one byte written", false,
           [](const QByteArray& path) {
               QFile file(QFile::decodeName(path));
               QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(fileSize - 1));
               QVERIFY(file.putChar('x'));
           }},
    Change{"replaced as cp does", false,
           [](const QByteArray& path) {
               QFile file(QFile::decodeName(path));
               QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
               QCOMPARE(file.write(QByteArray(fileSize, 'y')), fileSize);
           }},
    Change{"unlinked", true,
           [](const QByteArray& path) {
               QCOMPARE(::unlink(path.constData()), 0);
           }},
    Change{"replaced by a rename", true,
           [](const QByteArray& path) {
               const QByteArray other = path + ".new";
               QFile file(QFile::decodeName(other));
               QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(fileSize, 'z')) == fileSize);
               file.close();
               QCOMPARE(::rename(other.constData(), path.constData()), 0);
           }},
};

/// What one client was told, and what it got.
struct Transfer {
    bool isSuccess = false;
    QByteArray sha256;
};

} // namespace

/// R44: what happens to a file while it is served. The clients stop in the middle, the file is changed, and
/// they go on.
class ChangedFileTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;
    QByteArray m_content;
    std::shared_ptr<tests::MapSource> m_source;

    [[nodiscard]] std::vector<Transfer>
    fetch(Change change, const std::function<Transfer(std::latch&, std::latch&)>& get) const {
        std::latch halfway(clients);
        std::latch changed(1);
        std::vector<Transfer> out(clients);
        std::vector<std::thread> threads;
        threads.reserve(clients);
        for (Transfer& transfer : out)
            threads.emplace_back([&] { transfer = get(halfway, changed); });
        halfway.wait();
        change.make(m_path);
        changed.count_down();
        for (std::thread& thread : threads)
            thread.join();
        return out;
    }
    [[nodiscard]] std::vector<Transfer> fetchByHttp(const Change& change) const;
    [[nodiscard]] std::vector<Transfer> fetchByTftp(const Change& change) const;

private Q_SLOTS:
    void init();
    void neverGivesWrongBytesWithSuccess_data();
    void neverGivesWrongBytesWithSuccess();
    void aChangedFileIsNotServedAnew();
};

void ChangedFileTest::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_content.resize(fileSize);
    for (qsizetype i = 0; i < fileSize; ++i)
        m_content[i] = static_cast<char>(i * 131 + i / 4099);
    QFile file(m_folder->filePath(QStringLiteral("image.iso")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_content) == fileSize);
    file.close();
    m_path = file.fileName().toLocal8Bit();
    QVERIFY(tests::makeOld(m_path.toStdString()));
    auto opened = FileDescriptor::openForReading(m_path.toStdString());
    QVERIFY(opened.has_value());
    const auto shared = std::make_shared<const FileDescriptor>(std::move(*opened));
    m_source = std::make_shared<tests::MapSource>();
    m_source->addSlices("i/x/big", {{shared, 0, static_cast<std::uint64_t>(fileSize)}});
    m_source->addSlices("i/x/small", {{shared, 0, tftpSize}});
}

std::vector<Transfer> ChangedFileTest::fetchByHttp(const Change& change) const {
    auto listening = tests::LoopbackSocket::listening();
    tests::ServerEventLog log;
    const auto server =
        HttpServer::start({std::move(listening.socket), [this] { return m_source; }, log.sink()});
    return fetch(change, [&](std::latch& halfway, std::latch& changed) {
        tests::HttpClient client(Ipv4Address(127, 0, 0, 1), listening.port);
        const bool isAsked = client.send("GET /i/x/big HTTP/1.1\r\nHost: x\r\n\r\n");
        halfway.count_down();
        changed.wait();
        const tests::HttpResponse response = isAsked ? client.receive() : tests::HttpResponse();
        return Transfer{response.status == 200 && response.isWhole,
                        sha256(QByteArray::fromStdString(response.body))};
    });
}

std::vector<Transfer> ChangedFileTest::fetchByTftp(const Change& change) const {
    auto bound = tests::LoopbackSocket::udp();
    tests::ServerEventLog log;
    const SystemClock clock;
    TftpServer server(
        TftpServer::Options{std::move(bound.socket), "", [this] { return m_source; }, &clock, log.sink()});
    const tests::RunningServer running(server);
    return fetch(change, [&](std::latch& halfway, std::latch& changed) {
        tests::TftpQuery query;
        query.port = bound.port;
        query.path = "i/x/small";
        query.options = {{"blksize", "1468"}};
        query.losesData = [&](int number, std::uint16_t /*block*/) {
            if (number == 100) {
                halfway.count_down();
                changed.wait();
            }
            return false;
        };
        const tests::TftpOutcome outcome = tests::tftpGet(query);
        return Transfer{outcome.isComplete, sha256(QByteArray::fromStdString(outcome.content))};
    });
}

void ChangedFileTest::neverGivesWrongBytesWithSuccess_data() {
    QTest::addColumn<std::size_t>("number");
    for (std::size_t number = 0; number < changes.size(); ++number)
        QTest::newRow(changes[number].name) << number;
}

void ChangedFileTest::neverGivesWrongBytesWithSuccess() {
    QFETCH(const std::size_t, number);
    const Change& change = changes.at(number);
    for (const bool isHttp : {false, true}) {
        if (isHttp)
            init();
        const QByteArray right = sha256(isHttp ? m_content : m_content.left(tftpSize));
        const auto transfers = isHttp ? fetchByHttp(change) : fetchByTftp(change);
        for (const Transfer& transfer : transfers) {
            QVERIFY2(!transfer.isSuccess || transfer.sha256 == right, isHttp ? "HTTP" : "TFTP");
            // A pinned file that nobody wrote to is still right; every other ends loudly.
            QVERIFY2(transfer.isSuccess == change.staysRight, isHttp ? "HTTP" : "TFTP");
        }
    }
}

void ChangedFileTest::aChangedFileIsNotServedAnew() {
    QFile file(QFile::decodeName(m_path));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.putChar('x'));
    file.close();
    tests::ServerEventLog log;
    auto listening = tests::LoopbackSocket::listening();
    const auto http =
        HttpServer::start({std::move(listening.socket), [this] { return m_source; }, log.sink()});
    tests::HttpClient client(Ipv4Address(127, 0, 0, 1), listening.port);
    QCOMPARE(client.get("/i/x/big").status, 503);

    auto bound = tests::LoopbackSocket::udp();
    const SystemClock clock;
    TftpServer tftp(
        TftpServer::Options{std::move(bound.socket), "", [this] { return m_source; }, &clock, log.sink()});
    const tests::RunningServer running(tftp);
    tests::TftpQuery query;
    query.port = bound.port;
    query.path = "i/x/small";
    const tests::TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.error && outcome.error->code == wire::TftpErrorCode::Undefined);
    const auto rejections = log.waitFor<Rejected>(2);
    QCOMPARE(rejections.size(), std::size_t{2});
    for (const Rejected& rejected : rejections)
        QVERIFY(rejected.reason.find("changed after it was imported") != std::string::npos);
}

QTEST_GUILESS_MAIN(ChangedFileTest)
#include "tst_ChangedFile.moc"
