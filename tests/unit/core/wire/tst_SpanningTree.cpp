#include "core/wire/SpanningTree.h"
#include "tests/unit/core/wire/HexBytes.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;
using tests::hexBytes;

namespace {

// IEEE 802.1D-2004 9.3.1 and 9.3.3, behind the LLC header: root, cost, bridge, port, times in 1/256 s.
constexpr auto fields = "6001001b54aabb00 00000004 8001001b54aabb80 800c 0100 1400 0200 0f00 ";
constexpr auto configuration = "424203 0000 00 00 01 ";
constexpr auto rapid = "424203 0000 02 02 3c "; // designated, learning, forwarding

std::vector<std::uint8_t> bytesOf(const std::string& head, const std::string& rest = fields) {
    return hexBytes(head + rest);
}

} // namespace

class TestSpanningTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheRapidKind() {
        const auto decoded = decodeBpdu(bytesOf(rapid, std::string(fields) + "00"));
        QVERIFY(decoded.has_value() && decoded->has_value());
        Bpdu expected;
        expected.version = Bpdu::Version::Rstp;
        expected.flags = 0x3C;
        expected.root = {0x6001, MacAddress({0x00, 0x1B, 0x54, 0xAA, 0xBB, 0x00})};
        expected.rootPathCost = 4;
        expected.bridge = {0x8001, MacAddress({0x00, 0x1B, 0x54, 0xAA, 0xBB, 0x80})};
        expected.portId = 0x800C;
        expected.maxAge = std::chrono::seconds(20);
        expected.helloTime = std::chrono::seconds(2);
        expected.forwardDelay = std::chrono::seconds(15);
        QVERIFY(**decoded == expected);
        QVERIFY((**decoded).isForwarding() == true);
        QVERIFY((**decodeBpdu(bytesOf("424203 0000 02 02 0e "))).isForwarding() == false);
    }

    void readsTheOldKindWhichHidesThePortsState() {
        const auto decoded = decodeBpdu(bytesOf(configuration));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QVERIFY((**decoded).version == Bpdu::Version::Stp);
        QVERIFY(!(**decoded).isForwarding());
    }

    void readsTheCommonPartOfAMultipleTree() {
        const auto decoded = decodeBpdu(bytesOf("424203 0000 03 02 0e ", std::string(fields) + "00 0040 00"));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QVERIFY((**decoded).version == Bpdu::Version::Mstp);
    }

    void passesOverTopologyChangesAndOtherProtocols() {
        for (const char* const other :
             {"424203 0000 00 80", "424203 0001 00 00", "e0e003 0000", "aaaa03 00000c 2000", ""}) {
            const auto decoded = decodeBpdu(hexBytes(other));
            QVERIFY(decoded.has_value() && !decoded->has_value());
        }
    }

    void refusesTimesThatNoBridgeMayUse() {
        const auto refusal = [](const char* times) {
            const auto decoded =
                decodeBpdu(hexBytes(std::string(configuration) +
                                    "6001001b54aabb00 00000004 8001001b54aabb80 800c 0100 " + times));
            return decoded ? ErrorCode::System : decoded.error().code;
        };
        QCOMPARE(refusal("1400 0200 1f00"), ErrorCode::Malformed); // 31 s
        QCOMPARE(refusal("2900 0200 0f00"), ErrorCode::Malformed); // 41 s
        QCOMPARE(refusal("2800 0200 1e00"), ErrorCode::System);
    }

    void refusesEveryTruncation() {
        const auto bytes = bytesOf(configuration);
        for (std::size_t size = 3; size < bytes.size(); ++size)
            QCOMPARE(decodeBpdu(Bytes(bytes).first(size)).error().code, ErrorCode::Truncated);
    }
};

QTEST_APPLESS_MAIN(TestSpanningTree)
#include "tst_SpanningTree.moc"
