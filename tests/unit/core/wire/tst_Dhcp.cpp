#include "core/base/ByteWriter.h"
#include "core/wire/Dhcp.h"

#include <QTest>

#include <random>

using namespace rackmuster;
using namespace rackmuster::wire;

namespace {

using Buffer = std::vector<std::uint8_t>;

constexpr std::size_t optionsAt = 240;
constexpr std::size_t snameAt = 44;
constexpr std::size_t fileAt = 108;

/// A header with the magic cookie and no options.
Buffer header() {
    ByteWriter writer;
    writer.u8(1);
    writer.u8(1);
    writer.u8(6);
    writer.u8(0);
    writer.u32be(0xDEADBEEF);
    writer.u16be(4);
    writer.u16be(0x8000);
    writer.fill(16);
    writer.bytes(Buffer{0x52, 0x54, 0x00, 0x12, 0x34, 0x56});
    writer.padTo(optionsAt - 4);
    writer.u32be(0x63825363);
    return std::move(writer).take();
}

Buffer withOptions(const Buffer& options) {
    Buffer bytes = header();
    bytes.insert(bytes.end(), options.begin(), options.end());
    return bytes;
}

void put(Buffer& bytes, std::size_t at, const Buffer& what) {
    std::copy(what.begin(), what.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// One option, split into fragments of `step` bytes.
Buffer fragments(std::uint8_t code, std::size_t total, std::size_t step) {
    Buffer out;
    for (std::size_t done = 0; done < total;) {
        const std::size_t count = std::min(step, total - done);
        out.push_back(code);
        out.push_back(static_cast<std::uint8_t>(count));
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(static_cast<std::uint8_t>((done + i) & 0xFF));
        done += count;
    }
    return out;
}

Buffer bytesOf(std::optional<Bytes> value) {
    return value ? Buffer(value->begin(), value->end()) : Buffer();
}

DhcpMessage sample() {
    DhcpMessage message;
    message.op = 2;
    message.xid = 0x01020304;
    message.secs = 7;
    message.flags = 0x8000;
    message.yiaddr = Ipv4Address(192, 168, 0, 100);
    message.siaddr = Ipv4Address(192, 168, 0, 251);
    message.chaddr = {0x52, 0x54, 0, 1, 2, 3};
    message.file = "m/525400010203/pxelinux.0";
    message.set(DhcpOption::MessageType, std::uint8_t{2});
    message.set(DhcpOption::ServerId, Ipv4Address(192, 168, 0, 251));
    message.set(DhcpOption::LeaseTime, 86400U);
    return message;
}

} // namespace

class TestDhcp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryHeaderField();
    void whatIsWrittenReadsTheSame();
    void refusesEveryTruncationOfTheHeader();
    void refusesForeignHardwareAndOperations_data();
    void refusesForeignHardwareAndOperations();
    void toleratesAMissingEnd();
    void ignoresWhatFollowsTheEnd();
    void refusesEveryOptionThatLeavesThePacket();
    void survivesEveryCodeWithEveryEdgeLength();
    void joinsFragmentsInOrder_data();
    void joinsFragmentsInOrder();
    void readsOverloadedFieldsInOrder();
    void overloadMatrix_data();
    void overloadMatrix();
    void ignoresOverloadInsideOverloadedFields();
    void joinsFragmentsAcrossAllThreeFields();
    void typeNeedsOneByteFromOneToEight();
    void textLosesTrailingNulsAndRefusesControlCharacters();
    void addressesNeedFourBytes();
    void setReplacesAndKeepsThePlace();
    void padsSmallRepliesTo300Bytes();
    void endsWithEndThenPad();
    void putsTheRelayOptionLast();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void neverExceedsTheSizeAsked();
    void randomBytesNeverDecodeToMoreThanTheyHold();
};

void TestDhcp::readsEveryHeaderField() {
    Buffer bytes = header();
    for (std::size_t i = 0; i < 16; ++i)
        bytes[12 + i] = static_cast<std::uint8_t>(i + 1);
    put(bytes, snameAt, {'l', 'a', 'p', 0, 'x'});
    put(bytes, fileAt, {'f', '.', '0'});
    const auto message = decodeDhcp(bytes);
    QVERIFY(message.has_value());
    QCOMPARE(message->op, std::uint8_t{1});
    QCOMPARE(message->xid, 0xDEADBEEFU);
    QCOMPARE(message->secs, std::uint16_t{4});
    QVERIFY(message->wantsBroadcast());
    QCOMPARE(message->ciaddr, Ipv4Address(1, 2, 3, 4));
    QCOMPARE(message->yiaddr, Ipv4Address(5, 6, 7, 8));
    QCOMPARE(message->siaddr, Ipv4Address(9, 10, 11, 12));
    QCOMPARE(message->giaddr, Ipv4Address(13, 14, 15, 16));
    QCOMPARE(message->mac().toString(), std::string("52:54:00:12:34:56"));
    QCOMPARE(message->sname, std::string("lap"));
    QCOMPARE(message->file, std::string("f.0"));
}

void TestDhcp::whatIsWrittenReadsTheSame() {
    const DhcpMessage message = sample();
    const auto bytes = encodeDhcp(message);
    QVERIFY(bytes.has_value());
    const auto read = decodeDhcp(*bytes);
    QVERIFY(read.has_value());
    QVERIFY(*read == message);
}

// R01
void TestDhcp::refusesEveryTruncationOfTheHeader() {
    const Buffer whole = header();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto message = decodeDhcp(Bytes(whole).first(size));
        QVERIFY(!message.has_value());
        QCOMPARE(message.error().code, ErrorCode::Truncated);
    }
    QVERIFY(decodeDhcp(whole).has_value());
}

void TestDhcp::refusesForeignHardwareAndOperations_data() {
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("value");
    QTest::newRow("op 0") << 0 << 0;
    QTest::newRow("op 3") << 0 << 3;
    QTest::newRow("htype 0") << 1 << 0;
    QTest::newRow("htype 44") << 1 << 44;
    QTest::newRow("hlen 0") << 2 << 0;
    QTest::newRow("hlen 16") << 2 << 16;
    QTest::newRow("hlen 17") << 2 << 17;
    QTest::newRow("hlen 255") << 2 << 255;
    QTest::newRow("cookie") << 236 << 0;
}

// R01
void TestDhcp::refusesForeignHardwareAndOperations() {
    QFETCH(int, position);
    QFETCH(int, value);
    Buffer bytes = header();
    bytes[static_cast<std::size_t>(position)] = static_cast<std::uint8_t>(value);
    const auto message = decodeDhcp(bytes);
    QVERIFY(!message.has_value());
    QCOMPARE(message.error().code, ErrorCode::Malformed);
}

// R01
void TestDhcp::toleratesAMissingEnd() {
    const auto message = decodeDhcp(withOptions({53, 1, 1, 0, 0, 0}));
    QVERIFY(message.has_value());
    QCOMPARE(*message->type(), DhcpType::Discover);
    QCOMPARE(message->options.size(), std::size_t{1});
}

void TestDhcp::ignoresWhatFollowsTheEnd() {
    const auto message = decodeDhcp(withOptions({53, 1, 1, 255, 53, 200, 1}));
    QVERIFY(message.has_value());
    QCOMPARE(message->options.size(), std::size_t{1});
}

// R01
void TestDhcp::refusesEveryOptionThatLeavesThePacket() {
    QCOMPARE(decodeDhcp(withOptions({53})).error().code, ErrorCode::Truncated);
    QCOMPARE(decodeDhcp(withOptions({53, 1})).error().code, ErrorCode::Truncated);
    QCOMPARE(decodeDhcp(withOptions({53, 1, 1, 60, 9, 'P', 'X', 'E'})).error(),
             (Error{ErrorCode::Truncated, "DHCP option 60", {}}));
    QVERIFY(!decodeDhcp(withOptions({61, 255, 1})).has_value());
}

// R01: each code with length 0, 1, 4 and 255.
void TestDhcp::survivesEveryCodeWithEveryEdgeLength() {
    for (unsigned code = 1; code < 255; ++code) {
        for (const std::size_t length : {0U, 1U, 2U, 4U, 254U, 255U}) {
            Buffer options{static_cast<std::uint8_t>(code), static_cast<std::uint8_t>(length)};
            options.resize(2 + length, 0x01);
            options.push_back(255);
            const auto message = decodeDhcp(withOptions(options));
            if (code == 52 && length != 1) {
                QVERIFY(!message.has_value());
                continue;
            }
            QVERIFY(message.has_value());
            static_cast<void>(message->type());
            static_cast<void>(message->textOption(static_cast<DhcpOption>(code)));
            static_cast<void>(message->addressOption(static_cast<DhcpOption>(code)));
            QCOMPARE(message->options.size(), std::size_t{code == 52 ? 0U : 1U});
        }
    }
}

void TestDhcp::joinsFragmentsInOrder_data() {
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("isAccepted");
    QTest::newRow("256 in two") << 256 << 255 << true;
    QTest::newRow("20 in twenty") << 20 << 1 << true;
    QTest::newRow("510") << 510 << 255 << true;
    QTest::newRow("511") << 511 << 255 << true;
    QTest::newRow("4096") << 4096 << 255 << true;
    QTest::newRow("4097") << 4097 << 255 << false;
    QTest::newRow("64000") << 64000 << 255 << false;
}

// R05
void TestDhcp::joinsFragmentsInOrder() {
    QFETCH(int, total);
    QFETCH(int, step);
    QFETCH(bool, isAccepted);
    const auto message = decodeDhcp(
        withOptions(fragments(61, static_cast<std::size_t>(total), static_cast<std::size_t>(step))));
    QCOMPARE(message.has_value(), isAccepted);
    if (!isAccepted)
        return;
    const Buffer value = bytesOf(message->option(DhcpOption::ClientId));
    QCOMPARE(value.size(), static_cast<std::size_t>(total));
    for (std::size_t i = 0; i < value.size(); ++i)
        QCOMPARE(value[i], static_cast<std::uint8_t>(i & 0xFF));
}

// R04
void TestDhcp::readsOverloadedFieldsInOrder() {
    Buffer bytes = withOptions({52, 1, 3, 53, 1, 1, 255});
    put(bytes, fileAt, {12, 2, 'f', '1', 255});
    put(bytes, snameAt, {15, 2, 's', '1', 255});
    const auto message = decodeDhcp(bytes);
    QVERIFY(message.has_value());
    QCOMPARE(*message->textOption(DhcpOption::HostName), std::string("f1"));
    QCOMPARE(*message->textOption(DhcpOption::DomainName), std::string("s1"));
    QVERIFY(message->file.empty());
    QVERIFY(message->sname.empty());
    QVERIFY(!message->option(DhcpOption::Overload).has_value());
}

void TestDhcp::overloadMatrix_data() {
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<bool>("isAccepted");
    QTest::addColumn<bool>("readsFile");
    QTest::addColumn<bool>("readsSname");
    QTest::newRow("1") << QByteArray("\x34\x01\x01\xFF", 4) << true << true << false;
    QTest::newRow("2") << QByteArray("\x34\x01\x02\xFF", 4) << true << false << true;
    QTest::newRow("3") << QByteArray("\x34\x01\x03\xFF", 4) << true << true << true;
    QTest::newRow("0") << QByteArray("\x34\x01\x00\xFF", 4) << false << false << false;
    QTest::newRow("4") << QByteArray("\x34\x01\x04\xFF", 4) << false << false << false;
    QTest::newRow("255") << QByteArray("\x34\x01\xFF\xFF", 4) << false << false << false;
    QTest::newRow("empty") << QByteArray("\x34\x00\xFF", 3) << false << false << false;
    QTest::newRow("two bytes") << QByteArray("\x34\x02\x01\x02\xFF", 5) << false << false << false;
    QTest::newRow("twice") << QByteArray("\x34\x01\x01\x34\x01\x01\xFF", 7) << false << false << false;
    QTest::newRow("absent") << QByteArray("\xFF", 1) << true << false << false;
}

// R04
void TestDhcp::overloadMatrix() {
    QFETCH(QByteArray, options);
    QFETCH(bool, isAccepted);
    QFETCH(bool, readsFile);
    QFETCH(bool, readsSname);
    Buffer bytes = withOptions(Buffer(options.begin(), options.end()));
    put(bytes, fileAt, {12, 1, 'f', 255});
    put(bytes, snameAt, {15, 1, 's', 255});
    const auto message = decodeDhcp(bytes);
    QCOMPARE(message.has_value(), isAccepted);
    if (!isAccepted)
        return;
    QCOMPARE(message->option(DhcpOption::HostName).has_value(), readsFile);
    QCOMPARE(message->option(DhcpOption::DomainName).has_value(), readsSname);
}

// R04
void TestDhcp::ignoresOverloadInsideOverloadedFields() {
    Buffer bytes = withOptions({52, 1, 1, 255});
    put(bytes, fileAt, {52, 1, 3, 12, 1, 'f', 255});
    put(bytes, snameAt, {15, 1, 's', 255});
    const auto message = decodeDhcp(bytes);
    QVERIFY(message.has_value());
    QCOMPARE(*message->textOption(DhcpOption::HostName), std::string("f"));
    QVERIFY(!message->option(DhcpOption::DomainName).has_value());
}

// R05: RFC 3396 5, options then file then sname.
void TestDhcp::joinsFragmentsAcrossAllThreeFields() {
    Buffer bytes = withOptions({52, 1, 3, 60, 3, 'P', 'X', 'E', 255});
    put(bytes, fileAt, {60, 0, 60, 3, 'C', 'l', 'i', 255});
    put(bytes, snameAt, {60, 3, 'e', 'n', 't', 255});
    QCOMPARE(*decodeDhcp(bytes)->textOption(DhcpOption::VendorClass), std::string("PXEClient"));
}

// R21
void TestDhcp::typeNeedsOneByteFromOneToEight() {
    for (unsigned value = 0; value < 256; ++value) {
        const auto message = decodeDhcp(withOptions({53, 1, static_cast<std::uint8_t>(value)}));
        QCOMPARE(message->type().has_value(), value >= 1 && value <= 8);
    }
    QVERIFY(!decodeDhcp(withOptions({53, 0}))->type().has_value());
    QVERIFY(!decodeDhcp(withOptions({53, 2, 1, 1}))->type().has_value());
    QVERIFY(!decodeDhcp(header())->type().has_value());
}

// P15
void TestDhcp::textLosesTrailingNulsAndRefusesControlCharacters() {
    DhcpMessage message;
    message.set(DhcpOption::HostName, std::string_view("node\0\0", 6));
    QCOMPARE(*message.textOption(DhcpOption::HostName), std::string("node"));
    message.set(DhcpOption::HostName, std::string_view("\0\0", 2));
    QCOMPARE(*message.textOption(DhcpOption::HostName), std::string());
    for (const std::string_view bad : {std::string_view("a\0b", 3), std::string_view("a\nb"),
                                       std::string_view("a\x1B[1m"), std::string_view("a\x7F")}) {
        message.set(DhcpOption::HostName, bad);
        QVERIFY(!message.textOption(DhcpOption::HostName).has_value());
    }
    QVERIFY(!message.textOption(DhcpOption::DomainName).has_value());
}

void TestDhcp::addressesNeedFourBytes() {
    DhcpMessage message;
    message.set(DhcpOption::RequestedAddress, Bytes(Buffer{10, 0, 0, 1}));
    QCOMPARE(*message.addressOption(DhcpOption::RequestedAddress), Ipv4Address(10, 0, 0, 1));
    message.set(DhcpOption::RequestedAddress, Bytes(Buffer{10, 0, 0}));
    QVERIFY(!message.addressOption(DhcpOption::RequestedAddress).has_value());
    message.set(DhcpOption::RequestedAddress, Bytes(Buffer{10, 0, 0, 1, 2}));
    QVERIFY(!message.addressOption(DhcpOption::RequestedAddress).has_value());
}

void TestDhcp::setReplacesAndKeepsThePlace() {
    DhcpMessage message = sample();
    message.set(DhcpOption::ServerId, Ipv4Address(10, 0, 0, 1));
    QCOMPARE(message.options.size(), std::size_t{3});
    QCOMPARE(message.options[1].code, std::uint8_t{54});
    QCOMPARE(*message.addressOption(DhcpOption::ServerId), Ipv4Address(10, 0, 0, 1));
}

// P02
void TestDhcp::padsSmallRepliesTo300Bytes() {
    QCOMPARE(encodeDhcp(sample())->size(), std::size_t{300});
}

// P04
void TestDhcp::endsWithEndThenPad() {
    const Buffer bytes = *encodeDhcp(sample());
    const std::size_t end = optionsAt + 3 + 6 + 6;
    QCOMPARE(bytes[end], std::uint8_t{255});
    for (std::size_t i = end + 1; i < bytes.size(); ++i)
        QCOMPARE(bytes[i], std::uint8_t{0});

    DhcpMessage large = sample();
    large.set(DhcpOption::ClientId, std::string_view(std::string(200, 'x')));
    QCOMPARE(encodeDhcp(large)->back(), std::uint8_t{255});
}

// P07
void TestDhcp::putsTheRelayOptionLast() {
    DhcpMessage message = sample();
    message.set(DhcpOption::RelayAgent, std::string_view("relay"));
    message.set(DhcpOption::HostName, std::string_view("node"));
    const auto read = decodeDhcp(*encodeDhcp(message));
    QCOMPARE(read->options.back().code, std::uint8_t{82});
    QCOMPARE(read->options[0].code, std::uint8_t{53});
    QCOMPARE(read->options[3].code, std::uint8_t{12});
}

void TestDhcp::refusesWhatCannotBeSent_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("isSent");
    QTest::newRow("P06 longest") << 61 << 255 << true;
    QTest::newRow("P06 too long") << 61 << 256 << false;
    QTest::newRow("P06 vendor") << 43 << 253 << true;
    QTest::newRow("P06 vendor too long") << 43 << 254 << false;
    QTest::newRow("P05 overload") << 52 << 1 << false;
    QTest::newRow("pad") << 0 << 1 << false;
    QTest::newRow("end") << 255 << 1 << false;
}

void TestDhcp::refusesWhatCannotBeSent() {
    QFETCH(int, code);
    QFETCH(int, length);
    QFETCH(bool, isSent);
    DhcpMessage message = sample();
    message.options.push_back({static_cast<std::uint8_t>(code), Buffer(static_cast<std::size_t>(length), 1)});
    const auto bytes = encodeDhcp(message);
    QCOMPARE(bytes.has_value(), isSent);
    if (!isSent)
        QCOMPARE(bytes.error().code, ErrorCode::Malformed);
}

// R03, R06
void TestDhcp::neverExceedsTheSizeAsked() {
    DhcpMessage message = sample();
    message.set(DhcpOption::RelayAgent, std::string_view(std::string(255, 'r')));
    const std::size_t size = encodeDhcp(message)->size();
    QVERIFY(encodeDhcp(message, size).has_value());
    QVERIFY(!encodeDhcp(message, size - 1).has_value());
    message.file = std::string(128, 'f');
    QVERIFY(!encodeDhcp(message).has_value());
    message.file = std::string(127, 'f');
    QVERIFY(encodeDhcp(message).has_value());
    message.sname = std::string(64, 's');
    QVERIFY(!encodeDhcp(message).has_value());
}

// R01
void TestDhcp::randomBytesNeverDecodeToMoreThanTheyHold() {
    std::mt19937 random(20260101);
    std::uniform_int_distribution<unsigned> byte(0, 255);
    for (int round = 0; round < 5000; ++round) {
        Buffer options(byte(random));
        for (std::uint8_t& value : options)
            value = static_cast<std::uint8_t>(byte(random));
        const auto message = decodeDhcp(withOptions(options));
        if (!message)
            continue;
        std::size_t sum = 0;
        for (const DhcpMessage::Option& option : message->options)
            sum += 2 + option.value.size();
        QVERIFY(sum <= options.size() + 192);
    }
}

QTEST_APPLESS_MAIN(TestDhcp)
#include "tst_Dhcp.moc"
