#include "core/base/ByteWriter.h"
#include "core/wire/Frame.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;

namespace {

using Buffer = std::vector<std::uint8_t>;

const Buffer payload{'h', 'e', 'l', 'l', 'o'};

Buffer packet() {
    return encodeIpv4Udp(Ipv4Address(192, 168, 0, 251), 67, Ipv4Address(192, 168, 0, 100), 68, payload);
}

/// Ethernet header with the given tags (EtherType and control each), then `content`.
Buffer frame(const Buffer& content, std::uint16_t etherType = 0x0800,
             const std::vector<std::pair<std::uint16_t, std::uint16_t>>& tags = {}) {
    ByteWriter writer;
    writer.bytes(Buffer{0x52, 0x54, 0, 0, 0, 2});
    writer.bytes(Buffer{0x52, 0x54, 0, 0, 0, 1});
    for (const auto& [type, control] : tags) {
        writer.u16be(type);
        writer.u16be(control);
    }
    writer.u16be(etherType);
    writer.bytes(content);
    return std::move(writer).take();
}

std::uint16_t wordAt(const Buffer& bytes, std::size_t at) {
    return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]);
}

/// RFC 1071 over [from, to), with a start value; 0 when the checksum inside is right.
std::uint16_t verify(const Buffer& bytes, std::size_t from, std::size_t to, std::uint32_t sum) {
    for (std::size_t i = from; i < to; i += 2)
        sum += i + 1 < to ? wordAt(bytes, i) : std::uint32_t{bytes[i]} << 8U;
    while (sum > 0xFFFF)
        sum = (sum & 0xFFFF) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum & 0xFFFF);
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites();
    void writesValidChecksums();
    void neverSetsDontFragment();
    void ignoresTheFillOfShortFrames();
    void looksThroughVlanTags_data();
    void looksThroughVlanTags();
    void passesOverOtherTraffic();
    void passesOverFragments();
    void readsBehindIpOptions();
    void refusesEveryTruncation();
    void refusesLengthsThatContradictEachOther();
};

void TestFrame::readsWhatItWrites() {
    const Buffer bytes = frame(packet());
    const auto decoded = decodeUdpFrame(bytes);
    QVERIFY(decoded.has_value());
    QVERIFY(decoded->has_value());
    const UdpFrame& udp = **decoded;
    QCOMPARE(udp.source.toString(), std::string("52:54:00:00:00:01"));
    QCOMPARE(udp.destination.toString(), std::string("52:54:00:00:00:02"));
    QCOMPARE(udp.sourceAddress, Ipv4Address(192, 168, 0, 251));
    QCOMPARE(udp.destinationAddress, Ipv4Address(192, 168, 0, 100));
    QCOMPARE(udp.sourcePort, std::uint16_t{67});
    QCOMPARE(udp.destinationPort, std::uint16_t{68});
    QVERIFY(!udp.vlan.has_value());
    QCOMPARE(Buffer(udp.payload.begin(), udp.payload.end()), payload);
}

void TestFrame::writesValidChecksums() {
    for (std::size_t size = 0; size < 64; ++size) {
        const Buffer content(size, static_cast<std::uint8_t>(size * 37));
        const Buffer bytes =
            encodeIpv4Udp(Ipv4Address(10, 0, 0, 1), 67, Ipv4Address::broadcast(), 68, content);
        QCOMPARE(bytes.size(), 28 + size);
        QCOMPARE(verify(bytes, 0, 20, 0), std::uint16_t{0});
        std::uint32_t pseudo = 17 + wordAt(bytes, 24);
        for (std::size_t i = 12; i < 20; i += 2)
            pseudo += wordAt(bytes, i);
        QCOMPARE(verify(bytes, 20, bytes.size(), pseudo), std::uint16_t{0});
        QVERIFY(wordAt(bytes, 26) != 0); // RFC 768: 0 would mean "no checksum"
    }
}

// P62
void TestFrame::neverSetsDontFragment() {
    QCOMPARE(wordAt(packet(), 6), std::uint16_t{0});
}

void TestFrame::ignoresTheFillOfShortFrames() {
    Buffer bytes = frame(packet());
    bytes.resize(bytes.size() + 18, 0xEE);
    QCOMPARE((**decodeUdpFrame(bytes)).payload.size(), payload.size());
}

void TestFrame::looksThroughVlanTags_data() {
    QTest::addColumn<int>("outerType");
    QTest::addColumn<int>("outer");
    QTest::addColumn<int>("inner");
    QTest::addColumn<int>("vlan");
    QTest::newRow("one") << 0x8100 << 0x6007 << -1 << 7;
    QTest::newRow("service and customer") << 0x88A8 << 100 << 7 << 100;
    QTest::newRow("priority only") << 0x8100 << 0xE000 << -1 << 0;
    QTest::newRow("reserved id") << 0x8100 << 0x0FFF << -1 << 0;
    QTest::newRow("highest id") << 0x8100 << 0x0FFE << -1 << 4094;
}

void TestFrame::looksThroughVlanTags() {
    QFETCH(int, outerType);
    QFETCH(int, outer);
    QFETCH(int, inner);
    QFETCH(int, vlan);
    std::vector<std::pair<std::uint16_t, std::uint16_t>> tags{
        {static_cast<std::uint16_t>(outerType), static_cast<std::uint16_t>(outer)}};
    if (inner >= 0)
        tags.emplace_back(std::uint16_t{0x8100}, static_cast<std::uint16_t>(inner));
    const Buffer bytes = frame(packet(), 0x0800, tags);
    const auto decoded = decodeUdpFrame(bytes);
    QVERIFY(decoded.has_value() && decoded->has_value());
    QCOMPARE(static_cast<int>((**decoded).vlan.value_or(0)), vlan);
    QCOMPARE((**decoded).payload.size(), payload.size());
}

void TestFrame::passesOverOtherTraffic() {
    const auto isPassedOver = [](const Buffer& bytes) {
        const auto decoded = decodeUdpFrame(bytes);
        return decoded.has_value() && !decoded->has_value();
    };
    QVERIFY(isPassedOver(frame({}, 0x0806)));
    QVERIFY(isPassedOver(frame(packet(), 0x86DD)));
    QVERIFY(isPassedOver(frame(packet(), 0x0800, {{0x8100, 1}, {0x8100, 2}, {0x8100, 3}})));
    Buffer tcp = packet();
    tcp[9] = 6;
    QVERIFY(isPassedOver(frame(tcp)));
}

void TestFrame::passesOverFragments() {
    for (const std::uint8_t flags : {std::uint8_t{0x20}, std::uint8_t{0x01}}) {
        Buffer bytes = packet();
        bytes[6] = flags;
        const auto decoded = decodeUdpFrame(frame(bytes));
        QVERIFY(decoded.has_value() && !decoded->has_value());
    }
    Buffer whole = packet();
    whole[6] = 0x40; // don't fragment is not a fragment
    QVERIFY(decodeUdpFrame(frame(whole))->has_value());
}

void TestFrame::readsBehindIpOptions() {
    Buffer bytes = packet();
    bytes.insert(bytes.begin() + 20, {1, 1, 1, 0});
    bytes[0] = 0x46;
    bytes[3] = static_cast<std::uint8_t>(bytes[3] + 4);
    const Buffer whole = frame(bytes);
    const auto decoded = decodeUdpFrame(whole);
    QVERIFY(decoded.has_value() && decoded->has_value());
    QCOMPARE((**decoded).destinationPort, std::uint16_t{68});
}

void TestFrame::refusesEveryTruncation() {
    const Buffer bytes = frame(packet(), 0x0800, {{0x8100, 5}});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto decoded = decodeUdpFrame(Bytes(bytes).first(size));
        QVERIFY(!decoded.has_value());
        QCOMPARE(decoded.error().code, ErrorCode::Truncated);
    }
}

void TestFrame::refusesLengthsThatContradictEachOther() {
    const auto refuses = [](std::size_t at, std::uint8_t value) {
        Buffer bytes = packet();
        bytes[at] = value;
        return !decodeUdpFrame(frame(bytes)).has_value();
    };
    QVERIFY(refuses(0, 0x65)); // version 6
    QVERIFY(refuses(0, 0x44)); // header of 16 bytes
    QVERIFY(refuses(0, 0x4F)); // header longer than the packet
    QVERIFY(refuses(3, 19));   // total shorter than the header
    QVERIFY(refuses(2, 0x10)); // total longer than the frame
    QVERIFY(refuses(25, 7));   // UDP shorter than its header
    QVERIFY(refuses(25, 14));  // UDP longer than the packet
}

QTEST_APPLESS_MAIN(TestFrame)
#include "tst_Frame.moc"
