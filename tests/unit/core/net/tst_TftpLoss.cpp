#include "core/net/FileContent.h"
#include "tests/support/RunningTftp.h"
#include "tests/support/Sanitizer.h"

#include <QCryptographicHash>
#include <QTemporaryFile>
#include <QTest>

#include <random>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::RunningTftp;
using tests::TftpOutcome;
using tests::TftpQuery;

namespace {

constexpr qint64 mebibyte = 1024L * 1024;

std::string randomBytes(std::size_t size) {
    std::mt19937 generator(4711);
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(generator());
    return bytes;
}

bool isThorough() {
    return qEnvironmentVariableIsSet("RACKMUSTER_THOROUGH");
}

/// A file of `size` bytes that is nothing but a hole, apart from a mark every 64 MiB and at its end.
std::shared_ptr<const FileDescriptor> sparseFile(const QString& path, qint64 size) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.resize(size))
        return nullptr;
    for (qint64 place = 0; place < size; place += 64 * mebibyte) {
        file.seek(place);
        file.write(QByteArray::number(place));
    }
    file.seek(size - 3);
    file.write("end");
    file.close();
    auto opened = FileDescriptor::openForReading(path.toStdString());
    return opened ? std::make_shared<const FileDescriptor>(std::move(*opened)) : nullptr;
}

QByteArray sha256(const FileDescriptor& file, std::uint64_t size) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<std::uint8_t> buffer(mebibyte);
    for (std::uint64_t offset = 0; offset < size; offset += buffer.size()) {
        const std::size_t count = std::min<std::uint64_t>(buffer.size(), size - offset);
        if (!file.readExactly(offset, std::span(buffer).first(count)))
            return {};
        hash.addData(QByteArrayView(buffer.data(), static_cast<qsizetype>(count)));
    }
    return hash.result();
}

} // namespace

/// Large files, lost packets and doubled ones, over real sockets.
class TftpLossTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doubledAcksSendNothingTwice();
    void oneLostPacketCostsOneWindow_data();
    void oneLostPacketCostsOneWindow();
    void aStormOfAcksRestartsOnce_data();
    void aStormOfAcksRestartsOnce();
    void largeFilesArriveWhole_data();
    void largeFilesArriveWhole();
    void sizesBeyond32BitsAreTold();
};

void TftpLossTest::doubledAcksSendNothingTwice() // R24
{
    const auto source = std::make_shared<tests::MapSource>();
    const std::string content = randomBytes(9'999 * 512 + 100);
    source->addText("m/1/file", content);
    RunningTftp tftp(source);
    TftpQuery query = tftp.ask("m/1/file");
    query.copiesOfAcks = 2;
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == content);
    QCOMPARE(outcome.dataPackets, 10'000);
}

void TftpLossTest::oneLostPacketCostsOneWindow_data() {
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("lost");
    QTest::addColumn<bool>("isData");
    for (const int window : {4, 16, 64}) {
        QTest::addRow("DATA, first of %d", window) << window << 2 * window + 1 << true;
        QTest::addRow("DATA, middle of %d", window) << window << 2 * window + 1 + window / 2 << true;
        QTest::addRow("DATA, last of %d", window) << window << 3 * window << true;
        // The first ACK is that of the options.
        const int windows = 1024 / window;
        QTest::addRow("ACK, first of %d", window) << window << 2 << false;
        QTest::addRow("ACK, middle of %d", window) << window << 1 + windows / 2 << false;
        QTest::addRow("ACK, last of %d", window) << window << windows << false;
    }
}

void TftpLossTest::oneLostPacketCostsOneWindow() // R25
{
    QFETCH(int, window);
    QFETCH(int, lost);
    QFETCH(bool, isData);
    constexpr int blocks = 1024;
    const auto source = std::make_shared<tests::MapSource>();
    const std::string content = randomBytes((blocks - 1) * 1024 + 1);
    source->addText("m/1/file", content);
    RunningTftp tftp(source);
    TftpQuery query = tftp.ask("m/1/file");
    query.options = {{"blksize", "1024"}, {"windowsize", std::to_string(window)}};
    if (isData)
        query.losesData = [lost](int packet, std::uint16_t) {
            return packet == lost;
        };
    else
        query.losesAck = [lost](int ack) {
            return ack == lost;
        };
    // On loopback a round trip takes nothing. What else runs on the computer may take the time of a try.
    constexpr auto added = std::chrono::milliseconds(5);
    std::chrono::nanoseconds shortest = std::chrono::hours(1);
    int fewest = INT_MAX;
    for (int attempt = 0; attempt < 10 && (shortest > added || fewest > blocks + window); ++attempt) {
        const TftpOutcome outcome = tests::tftpGet(query);
        QVERIFY(outcome.isComplete);
        QVERIFY(outcome.content == content);
        shortest = std::min(shortest, outcome.longestSilence);
        fewest = std::min(fewest, outcome.dataPackets);
        if (tests::isSanitized)
            return; // a round trip takes as long as it likes, and a server that waits for none sends again
    }
    QVERIFY2(shortest <= added, std::to_string(shortest.count()).c_str());
    QVERIFY2(fewest <= blocks + window, std::to_string(fewest).c_str());
}

void TftpLossTest::aStormOfAcksRestartsOnce_data() {
    QTest::addColumn<int>("window");
    for (const int window : {4, 16, 64})
        QTest::addRow("%d", window) << window;
}

void TftpLossTest::aStormOfAcksRestartsOnce() // R25
{
    QFETCH(int, window);
    constexpr int blocks = 1024;
    const auto source = std::make_shared<tests::MapSource>();
    const std::string content = randomBytes((blocks - 1) * 1024 + 1);
    source->addText("m/1/file", content);
    RunningTftp tftp(source);
    TftpQuery query = tftp.ask("m/1/file");
    query.options = {{"blksize", "1024"}, {"windowsize", std::to_string(window)}};
    query.copiesOfGapAcks = 64;
    query.losesData = [window](int packet, std::uint16_t) {
        return packet == 2 * window + 2;
    };
    int fewest = INT_MAX;
    for (int attempt = 0; attempt < 10 && fewest > blocks + window; ++attempt) {
        const TftpOutcome outcome = tests::tftpGet(query);
        QVERIFY(outcome.isComplete);
        QVERIFY(outcome.content == content);
        fewest = std::min(fewest, outcome.dataPackets);
        if (tests::isSanitized)
            return; // a round trip takes as long as it likes, and a server that waits for none sends again
    }
    QVERIFY2(fewest <= blocks + window, std::to_string(fewest).c_str());
}

void TftpLossTest::largeFilesArriveWhole_data() {
    QTest::addColumn<qint64>("size");
    QTest::addColumn<int>("blockSize");
    QTest::addColumn<int>("window");
    QTest::newRow("33 MiB in 512") << 33 * mebibyte << 512 << 1;
    QTest::newRow("100 MiB in 1468") << 100 * mebibyte << 1468 << 16;
    QTest::newRow("5 GiB in 1468, window 32") << 5 * 1024 * mebibyte << 1468 << 32;
}

void TftpLossTest::largeFilesArriveWhole() // R26
{
    QFETCH(qint64, size);
    QFETCH(int, blockSize);
    QFETCH(int, window);
    if (size > 1024 * mebibyte && !isThorough())
        QSKIP("takes a minute: set RACKMUSTER_THOROUGH");
    QTemporaryDir folder;
    const auto file = sparseFile(folder.filePath(QStringLiteral("file")), size);
    QVERIFY(file);
    const auto bytes = static_cast<std::uint64_t>(size);
    const auto source = std::make_shared<tests::MapSource>();
    source->addSlices("i/x/file", {{file, 0, bytes}});
    RunningTftp tftp(source);
    TftpQuery query = tftp.ask("i/x/file");
    query.options = {{"blksize", std::to_string(blockSize)}, {"tsize", "0"}};
    if (window > 1)
        query.options.emplace_back("windowsize", std::to_string(window));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    query.takes = [&](std::string_view block) {
        hash.addData(QByteArrayView(block.data(), static_cast<qsizetype>(block.size())));
    };
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.options->size == bytes);
    QVERIFY(hash.result() == sha256(*file, bytes));
    QCOMPARE(tftp.log().waitFor<FileServed>().at(0).bytes, bytes);
}

void TftpLossTest::sizesBeyond32BitsAreTold() // R26 (part): what dnsmasq cuts
{
    QTemporaryDir folder;
    const qint64 size = 5 * 1024 * mebibyte;
    const auto file = sparseFile(folder.filePath(QStringLiteral("file")), size);
    QVERIFY(file);
    const auto source = std::make_shared<tests::MapSource>();
    source->addSlices("i/x/file", {{file, 0, static_cast<std::uint64_t>(size)}});
    RunningTftp tftp(source);
    TftpQuery query = tftp.ask("i/x/file");
    query.options = {{"tsize", "0"}};
    query.abortsAfterOptions = true;
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.options && outcome.options->size == 5'368'709'120U);
}

QTEST_GUILESS_MAIN(TftpLossTest)
#include "tst_TftpLoss.moc"
