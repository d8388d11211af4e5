#include "core/net/HttpDelivery.h"
#include "tests/support/HttpClient.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/OldFile.h"

#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::net;
using Step = HttpDelivery::Step;

namespace {

constexpr std::size_t fileSize = 4 << 20;       // bytes
constexpr std::size_t copiedEndSize = 64 << 10; // bytes
constexpr std::size_t heldBackSize = 4 << 10;   // bytes

std::string contentOf(std::size_t size) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        content[i] = static_cast<char>(i * 131 + i / 4099);
    return content;
}

/// Both ends of a connection, the server's as HttpLoop makes it.
struct Connection {
    explicit Connection(int receiveBuffer = 0) {
        const auto listening = tests::LoopbackSocket::listening();
        client = std::make_unique<tests::HttpClient>(Ipv4Address(127, 0, 0, 1), listening.port, Ipv4Address(),
                                                     receiveBuffer);
        server =
            FileDescriptor(::accept4(listening.socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    }
    std::unique_ptr<tests::HttpClient> client;
    FileDescriptor server;
};

} // namespace

/// The order in which a body goes out, on which the promise of R44 rests.
class HttpDeliveryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void holdsTheEndBackUntilTheRestIsAcknowledged();
    void changedBeforeTheEnd_data();
    void changedBeforeTheEnd();
    void changedBetweenSlices();
    void copiesToClientsOfThisComputer();
    void sendsOwnFilesWithoutWaiting();
    void holdsBackOneEndOfSeveralFiles();
    void sendsLongText();

private:
    [[nodiscard]] HttpReply replyOf(std::vector<boot::FileSlice> slices) const;
    /// Steps until something but bytes is waited for, while the client reads `readBy` bytes when nothing
    /// moves.
    [[nodiscard]] Result<Step> stepOn(HttpDelivery& delivery, const Connection& connection, std::string* got);

    std::unique_ptr<QTemporaryFile> m_file;
    std::string m_content;
    std::shared_ptr<const FileDescriptor> m_foreign;
    std::vector<std::uint8_t> m_buffer = std::vector<std::uint8_t>(HttpDelivery::bufferSize);
};

void HttpDeliveryTest::init() {
    m_content = contentOf(fileSize);
    m_file = std::make_unique<QTemporaryFile>();
    QVERIFY(m_file->open());
    QCOMPARE(m_file->write(m_content.data(), fileSize), qint64(fileSize));
    QVERIFY(m_file->flush() && tests::makeOld(m_file->fileName().toStdString()));
    auto opened = FileDescriptor::openForReading(m_file->fileName().toStdString());
    QVERIFY(opened.has_value());
    m_foreign = std::make_shared<const FileDescriptor>(std::move(*opened));
}

HttpReply HttpDeliveryTest::replyOf(std::vector<boot::FileSlice> slices) const {
    boot::BootFile file;
    file.content = std::move(slices);
    const HttpAnswer whole{200, 0, file.size()};
    return fileReply({}, std::move(file), whole, WallTime{});
}

Result<Step> HttpDeliveryTest::stepOn(HttpDelivery& delivery, const Connection& connection,
                                      std::string* got) {
    while (true) {
        const Result<Step> step = delivery.step(connection.server.get(), m_buffer);
        if (!step || (*step != Step::Moved && *step != Step::Blocked))
            return step;
        if (*step == Step::Blocked && got != nullptr)
            *got += connection.client->readText();
        else if (*step == Step::Blocked)
            return step;
    }
}

// R44 (part)
void HttpDeliveryTest::holdsTheEndBackUntilTheRestIsAcknowledged() {
    const Connection connection(4096);
    HttpReply reply = replyOf({{m_foreign, 0, fileSize}});
    const std::string expected = reply.head + m_content;
    HttpDelivery delivery(std::move(reply), false);
    std::string got;
    Result<Step> step = stepOn(delivery, connection, &got);
    QVERIFY(step && *step == Step::Awaits);
    // All but the end is with the kernel, and stays all while the client does not read.
    QCOMPARE(delivery.sent(), fileSize - heldBackSize);
    constexpr std::uint64_t copied = copiedEndSize - heldBackSize;
    QVERIFY(unacknowledged(connection.server.get()) > copied);
    for (int i = 0; i < 10; ++i)
        QVERIFY(*delivery.step(connection.server.get(), m_buffer) == Step::Awaits);
    QCOMPARE(delivery.sent(), fileSize - heldBackSize);
    // The client reads a little at a time: until the last byte of a page is there, and no longer.
    std::uint64_t before = 0;
    do {
        got += connection.client->readText();
        before = unacknowledged(connection.server.get());
        step = delivery.step(connection.server.get(), m_buffer);
        QVERIFY(step && (*step == Step::Awaits || unacknowledged(connection.server.get()) <= copiedEndSize));
    } while (*step == Step::Awaits && before > copied);
    QVERIFY(*step != Step::Awaits);
    if (*step != Step::Finished)
        step = stepOn(delivery, connection, &got);
    QVERIFY(step && *step == Step::Finished);
    while (got.size() < expected.size())
        got += connection.client->readText();
    QVERIFY(got == expected);
}

void HttpDeliveryTest::changedBeforeTheEnd_data() {
    QTest::addColumn<int>("place");
    QTest::newRow("in what was acknowledged") << 1000;
    QTest::newRow("in the pages in flight") << int(fileSize - copiedEndSize - 1);
    QTest::newRow("in what was copied") << int(fileSize - heldBackSize - 1);
    QTest::newRow("in the end") << int(fileSize - 1);
    QTest::newRow("by a cut") << -1;
}

// R44 (part)
void HttpDeliveryTest::changedBeforeTheEnd() {
    QFETCH(int, place);
    const Connection connection(4096);
    HttpDelivery delivery(replyOf({{m_foreign, 0, fileSize}}), false);
    std::string got;
    QVERIFY(*stepOn(delivery, connection, &got) == Step::Awaits);
    if (place < 0)
        QVERIFY(m_file->resize(fileSize - 1));
    else
        QVERIFY(m_file->seek(place) && m_file->putChar('x') && m_file->flush());
    while (unacknowledged(connection.server.get()) > 0)
        got += connection.client->readText();
    const Result<Step> step = delivery.step(connection.server.get(), m_buffer);
    QVERIFY(!step);
    QCOMPARE(step.error().code, ErrorCode::FileChanged);
    QCOMPARE(delivery.sent(), fileSize - heldBackSize);
}

void HttpDeliveryTest::changedBetweenSlices() { // R44 (part)
    const Connection connection(4096);
    HttpDelivery delivery(replyOf({{m_foreign, 0, fileSize}}), false);
    QVERIFY(*stepOn(delivery, connection, nullptr) == Step::Blocked);
    QVERIFY(m_file->seek(fileSize - 1) && m_file->putChar('x') && m_file->flush());
    (void)connection.client->readText();
    std::string got;
    const Result<Step> step = stepOn(delivery, connection, &got);
    QVERIFY(!step);
    QVERIFY(delivery.sent() < fileSize - heldBackSize);
}

// R44 (part): over the loopback device the client would hold the pages themselves.
void HttpDeliveryTest::copiesToClientsOfThisComputer() {
    const Connection connection;
    HttpReply reply = replyOf({{m_foreign, 0, fileSize}});
    const std::size_t headSize = reply.head.size();
    HttpDelivery delivery(std::move(reply), true);
    QVERIFY(*stepOn(delivery, connection, nullptr) == Step::Blocked);
    const auto sent = delivery.sent();
    QVERIFY(m_file->seek(0));
    QCOMPARE(m_file->write(std::string(fileSize, 'x').data(), fileSize), qint64(fileSize));
    QVERIFY(m_file->flush());
    std::string got;
    while (got.size() < headSize + sent)
        got += connection.client->readText();
    QVERIFY(got.substr(headSize) == m_content.substr(0, sent));
    QVERIFY(!delivery.step(connection.server.get(), m_buffer));
}

void HttpDeliveryTest::sendsOwnFilesWithoutWaiting() {
    const auto own = std::make_shared<const FileDescriptor>(::dup(m_file->handle()));
    const Connection connection;
    HttpDelivery delivery(replyOf({{own, 0, fileSize}}), false);
    std::string got;
    QVERIFY(*stepOn(delivery, connection, &got) == Step::Finished);
    while (!got.ends_with(m_content))
        got += connection.client->readText();
}

// R44 (part): an initrd with the operator's own archive behind it.
void HttpDeliveryTest::holdsBackOneEndOfSeveralFiles() {
    QTemporaryFile other;
    const std::string tail = contentOf(1000);
    QVERIFY(other.open() && other.write(tail.data(), 1000) == 1000 && other.flush() &&
            tests::makeOld(other.fileName().toStdString()));
    auto opened = FileDescriptor::openForReading(other.fileName().toStdString());
    QVERIFY(opened.has_value());
    const auto appended = std::make_shared<const FileDescriptor>(std::move(*opened));
    const std::vector<boot::FileSlice> slices{
        {m_foreign, 0, fileSize - 1}, {nullptr, 0, 3}, {appended, 0, 1000}};
    const std::string expected = m_content.substr(0, fileSize - 1) + std::string(3, '\0') + tail;
    for (const bool isChanged : {false, true}) {
        const Connection connection;
        HttpDelivery delivery(replyOf(slices), false);
        std::string got;
        QVERIFY(*stepOn(delivery, connection, &got) == Step::Awaits);
        QCOMPARE(delivery.sent(), expected.size() - heldBackSize);
        while (unacknowledged(connection.server.get()) > 0)
            got += connection.client->readText();
        if (isChanged) // where only the middle of the body lies
            QVERIFY(m_file->seek(0) && m_file->putChar('x') && m_file->flush());
        const Result<Step> step = stepOn(delivery, connection, &got);
        QCOMPARE(step.has_value(), !isChanged);
        while (!isChanged && !got.ends_with(tail))
            got += connection.client->readText();
        QVERIFY(isChanged || got.ends_with(expected));
    }
}

void HttpDeliveryTest::sendsLongText() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>(m_content);
    const Connection connection;
    HttpDelivery delivery(fileReply({}, file, {200, 0, fileSize}, WallTime{}), false);
    std::string got;
    QVERIFY(*stepOn(delivery, connection, &got) == Step::Finished);
    while (!got.ends_with(m_content))
        got += connection.client->readText();
}

QTEST_GUILESS_MAIN(HttpDeliveryTest)
#include "tst_HttpDelivery.moc"
