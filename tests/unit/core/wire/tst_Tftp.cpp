#include "core/wire/Tftp.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;

namespace {

using Buffer = std::vector<std::uint8_t>;

/// A request out of NUL-terminated strings.
Buffer request(const std::vector<std::string>& parts, std::uint8_t opcode = 1) {
    Buffer bytes{0, opcode};
    for (const std::string& part : parts) {
        bytes.insert(bytes.end(), part.begin(), part.end());
        bytes.push_back(0);
    }
    return bytes;
}

TftpRequest readRequest(const std::vector<std::string>& parts) {
    const auto packet = decodeTftp(request(parts));
    return packet && std::holds_alternative<TftpRequest>(*packet) ? std::get<TftpRequest>(*packet)
                                                                  : TftpRequest{.path = "(not a request)"};
}

std::string textOf(const TftpPacket& packet) {
    const Buffer bytes = encodeTftp(packet);
    return std::string(bytes.begin(), bytes.end());
}

std::string operator""_b(const char* text, std::size_t size) {
    return {text, size};
}

} // namespace

class TestTftp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsPlainRequests();
    void readsOptionsInAnyCase();
    void dropsOptionsThatAreNotValid_data();
    void dropsOptionsThatAreNotValid();
    void ofTwoOptionsTheFirstCounts();
    void keepsOptionsThatAreWhole();
    void survivesHundredsOfOptions();
    void refusesRequestsWithoutNameOrMode();
    void takesNamesOfAnyLength();
    void readsTheOtherPackets();
    void refusesEmptyAndUnknownPackets();
    void writesOnlyWhatWasAccepted();
    void writesSizesBeyond32Bits();
    void writesTheOtherPackets();
    void whatIsWrittenReadsTheSame();
    void refusesAcknowledgementsOfNonsense();
};

void TestTftp::readsPlainRequests() {
    const TftpRequest octet = readRequest({"m/aa/pxelinux.0", "octet"});
    QCOMPARE(octet.path, std::string("m/aa/pxelinux.0"));
    QVERIFY(!octet.isWrite && !octet.isNetascii && !octet.wantsSize);
    QVERIFY(!octet.blockSize && !octet.timeoutSeconds && !octet.windowSize);
    QVERIFY(readRequest({"f", "NetASCII"}).isNetascii);
    QVERIFY(std::get<TftpRequest>(*decodeTftp(request({"f", "octet"}, 2))).isWrite);
}

// P60
void TestTftp::readsOptionsInAnyCase() {
    const TftpRequest read = readRequest(
        {"f", "OCTET", "BLKSIZE", "1468", "TSize", "0", "timeout", "5", "WindowSize", "4", "x-unknown", "1"});
    QCOMPARE(*read.blockSize, std::uint16_t{1468});
    QVERIFY(read.wantsSize);
    QCOMPARE(*read.timeoutSeconds, std::uint8_t{5});
    QCOMPARE(*read.windowSize, std::uint16_t{4});
}

void TestTftp::dropsOptionsThatAreNotValid_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("expected"); // -1: dropped
    const auto row = [](const char* name, const char* value, int expected) {
        QTest::addRow("%s=%s", name, value) << QByteArray(name) << QByteArray(value) << expected;
    };
    for (const char* const value : {"", "0", "7", "65465", "-1", "+512", " 512", "512 ", "1468x", "0x200",
                                    "1e3", "100000000000000000000", "99999999999999999999999999"})
        row("blksize", value, -1);
    for (const int value : {8, 511, 512, 1468, 1469, 65464})
        row("blksize", QByteArray::number(value).constData(), value);
    row("blksize", "0512", 512);
    for (const char* const value : {"0", "65536", "-4", "four"})
        row("windowsize", value, -1);
    for (const int value : {1, 64, 65535})
        row("windowsize", QByteArray::number(value).constData(), value);
    for (const char* const value : {"0", "256", "-1"})
        row("timeout", value, -1);
    for (const int value : {1, 255})
        row("timeout", QByteArray::number(value).constData(), value);
    for (const char* const value : {"", "x", "-1", "18446744073709551616"})
        row("tsize", value, -1);
    for (const char* const value : {"0", "1234", "18446744073709551615"})
        row("tsize", value, 1);
}

// R23
void TestTftp::dropsOptionsThatAreNotValid() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, expected);
    const TftpRequest read = readRequest({"f", "octet", name.toStdString(), value.toStdString()});
    QCOMPARE(read.path, std::string("f"));
    int actual = -1;
    if (read.blockSize)
        actual = *read.blockSize;
    else if (read.windowSize)
        actual = *read.windowSize;
    else if (read.timeoutSeconds)
        actual = *read.timeoutSeconds;
    else if (read.wantsSize)
        actual = 1;
    QCOMPARE(actual, expected);
}

// R23
void TestTftp::ofTwoOptionsTheFirstCounts() {
    QCOMPARE(*readRequest({"f", "octet", "blksize", "1024", "BLKSIZE", "512"}).blockSize,
             std::uint16_t{1024});
    QVERIFY(!readRequest({"f", "octet", "blksize", "bad", "blksize", "512"}).blockSize.has_value());
}

// R23
void TestTftp::keepsOptionsThatAreWhole() {
    Buffer bytes = request({"f", "octet", "blksize", "1024", "tsize"});
    QCOMPARE(*std::get<TftpRequest>(*decodeTftp(bytes)).blockSize, std::uint16_t{1024});
    bytes.insert(bytes.end(), {'0'}); // no NUL behind it
    QVERIFY(!std::get<TftpRequest>(*decodeTftp(bytes)).wantsSize);
}

// R23
void TestTftp::survivesHundredsOfOptions() {
    std::vector<std::string> parts{"f", "octet"};
    for (int i = 0; i < 300; ++i) {
        parts.push_back("option" + std::to_string(i));
        parts.emplace_back("1");
    }
    parts.insert(parts.end(), {"windowsize", "16"});
    QCOMPARE(*readRequest(parts).windowSize, std::uint16_t{16});
}

// R22
void TestTftp::refusesRequestsWithoutNameOrMode() {
    QVERIFY(!decodeTftp(Buffer{0, 1}).has_value());
    QVERIFY(!decodeTftp(Buffer{0, 1, 'f'}).has_value());
    QVERIFY(!decodeTftp(Buffer{0, 1, 'f', 0}).has_value());
    QVERIFY(!decodeTftp(Buffer{0, 1, 'f', 0, 'o', 'c', 't', 'e', 't'}).has_value());
    QVERIFY(!decodeTftp(request({"f", "mail"})).has_value());
    QVERIFY(!decodeTftp(request({"f", ""})).has_value());
    // An embedded NUL makes the rest of the name the mode.
    QVERIFY(!decodeTftp(request({"pxelinux.0\0/../etc"_b, "octet"})).has_value());
}

// R22
void TestTftp::takesNamesOfAnyLength() {
    QCOMPARE(readRequest({std::string(65000, 'x'), "octet"}).path.size(), std::size_t{65000});
    QCOMPARE(readRequest({"", "octet"}).path, std::string());
}

void TestTftp::readsTheOtherPackets() {
    QCOMPARE(std::get<TftpAck>(*decodeTftp(Buffer{0, 4, 0xFF, 0xFE})).block, std::uint16_t{65534});
    const Buffer data{0, 3, 0, 7, 'a', 'b'};
    const TftpData read = std::get<TftpData>(*decodeTftp(data));
    QCOMPARE(read.block, std::uint16_t{7});
    QCOMPARE(asText(read.payload), std::string_view("ab"));
    const TftpError error = std::get<TftpError>(*decodeTftp(Buffer{0, 5, 0, 8, 'n', 'o', 0}));
    QCOMPARE(error, (TftpError{TftpErrorCode::OptionRefused, "no"}));
    QCOMPARE(std::get<TftpError>(*decodeTftp(Buffer{0, 5, 1, 0, 'n', 'o'})),
             (TftpError{TftpErrorCode::Undefined, "no"}));
    QCOMPARE(std::get<TftpError>(*decodeTftp(Buffer{0, 5, 0, 0})).message, std::string());
}

void TestTftp::refusesEmptyAndUnknownPackets() {
    for (const Buffer& bytes :
         {Buffer{}, Buffer{0}, Buffer{0, 0}, Buffer{0, 7}, Buffer{1, 1}, Buffer{0xFF, 0xFF}, Buffer{0, 4},
          Buffer{0, 4, 0}, Buffer{0, 3}, Buffer{0, 5, 0}})
        QVERIFY(!decodeTftp(bytes).has_value());
}

// P60
void TestTftp::writesOnlyWhatWasAccepted() {
    QCOMPARE(textOf(TftpOptionAck{}), "\0\6"_b);
    TftpOptionAck accepted;
    accepted.blockSize = 1468;
    accepted.size = 0;
    QCOMPARE(textOf(accepted), "\0\6blksize\0001468\0tsize\0000\0"_b);
    accepted.timeoutSeconds = 5;
    accepted.windowSize = 4;
    QCOMPARE(textOf(accepted), "\0\6blksize\0001468\0timeout\0005\0tsize\0000\0windowsize\0004\0"_b);
}

// R26
void TestTftp::writesSizesBeyond32Bits() {
    TftpOptionAck accepted;
    accepted.size = 5368709120;
    QCOMPARE(textOf(accepted), "\0\6tsize\0005368709120\0"_b);
}

void TestTftp::writesTheOtherPackets() {
    QCOMPARE(textOf(TftpAck{0x0102}), "\0\4\1\2"_b);
    QCOMPARE(textOf(TftpData{0xFFFF, asBytes("xy")}), "\0\3\xFF\xFFxy"_b);
    QCOMPARE(textOf(TftpError{TftpErrorCode::NotFound, "not found"}), "\0\5\0\1not found\0"_b);
    QCOMPARE(textOf(TftpError{TftpErrorCode::Undefined, "cut\0here"_b}), "\0\5\0\0cut\0"_b);
}

void TestTftp::whatIsWrittenReadsTheSame() {
    TftpRequest request;
    request.path = "m/525400123456/bootx64.efi";
    request.blockSize = 1024;
    request.timeoutSeconds = 2;
    request.wantsSize = true;
    request.windowSize = 16;
    QCOMPARE(std::get<TftpRequest>(*decodeTftp(encodeTftp(request))), request);
    const TftpOptionAck accepted{
        .blockSize = 8, .timeoutSeconds = 255, .size = UINT64_MAX, .windowSize = 65535};
    QCOMPARE(std::get<TftpOptionAck>(*decodeTftp(encodeTftp(accepted))), accepted);
}

// RFC 2347: only what was asked may be acknowledged, and we know what we may ask.
void TestTftp::refusesAcknowledgementsOfNonsense() {
    QVERIFY(!decodeTftp(request({"blksize", "7"}, 6)).has_value());
    QVERIFY(!decodeTftp(request({"speed", "9"}, 6)).has_value());
    QVERIFY(decodeTftp(Buffer{0, 6}).has_value());
}

QTEST_APPLESS_MAIN(TestTftp)
#include "tst_Tftp.moc"
