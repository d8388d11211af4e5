#include "core/wire/Cdp.h"
#include "tests/unit/core/wire/HexBytes.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;
using tests::hexBytes;

namespace {

// LLC, SNAP, version 2, 180 s, checksum; then elements: two bytes of type, two of length with these four.
constexpr auto head = "aaaa03 00000c 2000 02 b4 8c1d ";
constexpr auto device = "0001 000c 636f72652d737731 ";                   // "core-sw1"
constexpr auto addresses = "0002 0011 00000001 01 01 cc 0004 0a000002 "; // NLPID, IP
constexpr auto port = "0003 000c 4769312f302f3132 ";                     // "Gi1/0/12"
constexpr auto capabilities = "0004 0008 00000028 ";                     // switch, IGMP
constexpr auto platform = "0006 000e 636973636f2057532d43 ";             // "cisco WS-C"
constexpr auto nativeVlan = "000a 0006 0014 ";
constexpr auto duplex = "000b 0005 01 ";

std::vector<std::uint8_t> message(std::initializer_list<const char*> elements) {
    std::string digits;
    for (const char* const element : elements)
        digits += element;
    return hexBytes(digits);
}

ErrorCode refusal(std::initializer_list<const char*> elements) {
    const auto decoded = decodeCdp(message(elements));
    return decoded ? ErrorCode::System : decoded.error().code;
}

} // namespace

class TestCdp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatASwitchSays() {
        const auto decoded =
            decodeCdp(message({head, device, addresses, port, capabilities, platform, nativeVlan, duplex}));
        QVERIFY(decoded.has_value() && decoded->has_value());
        CdpMessage expected;
        expected.timeToLive = std::chrono::seconds(180);
        expected.deviceId = "core-sw1";
        expected.portId = "Gi1/0/12";
        expected.platform = "cisco WS-C";
        expected.capabilities = 0x28;
        expected.address = Ipv4Address(10, 0, 0, 2);
        expected.nativeVlan = 20;
        QVERIFY(**decoded == expected);
    }

    void readsVersionOneToo() {
        const auto decoded = decodeCdp(message({"aaaa03 00000c 2000 01 b4 0000 ", device}));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QCOMPARE((**decoded).deviceId, std::string("core-sw1"));
    }

    void takesTheFirstIpv4AddressOfSeveral() {
        const auto decoded = decodeCdp(message({head,
                                                "0016 0021 00000002 "
                                                "02 08 aaaa0300000086dd 0004 20010db8 " // IPv6's name
                                                "01 01 cc 0004 0a000003 ",
                                                device}));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QVERIFY((**decoded).address == Ipv4Address(10, 0, 0, 3));
    }

    void passesOverTheOtherProtocolsOfItsAddress() {
        for (const char* const other :
             {"aaaa03 00000c 2004 01", "aaaa03 00000c 2003 02", "424203 0000", ""}) {
            const auto decoded = decodeCdp(hexBytes(other));
            QVERIFY(decoded.has_value() && !decoded->has_value());
        }
    }

    // R57
    void textHasNoControlCharactersAndAnEnd() {
        std::string longName = "0001 0204 "; // 512 bytes
        for (int i = 0; i < 512; ++i)
            longName += "1b";
        longName += "0006 0006 0a41 ";
        const auto decoded =
            decodeCdp(message({head, "0001 0104 ", std::string(512, '4').c_str(), "0006 0006 0a41 "}));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QCOMPARE((**decoded).deviceId, std::string(CdpMessage::maximumText, 'D'));
        QCOMPARE((**decoded).platform, std::string(" A"));
        QVERIFY(decodeCdp(message({head, longName.c_str()})).value()->deviceId.empty());
    }

    void strangeValuesSayNothing() {
        const auto decoded = decodeCdp(
            message({head, "000a 0006 0fff ", "0004 0006 0028 ", "0002 000c 00000009 01 01 cc 00 "}));
        QVERIFY(decoded.has_value() && decoded->has_value());
        QVERIFY(!(**decoded).nativeVlan && !(**decoded).address);
        QCOMPARE((**decoded).capabilities, std::uint32_t(0));
    }

    void refusesLengthsThatCannotBe() {
        QCOMPARE(refusal({head, "0001 0003 "}), ErrorCode::Malformed);
        QCOMPARE(refusal({"aaaa03 00000c 2000 03 b4 0000 "}), ErrorCode::Malformed);
        QCOMPARE(refusal({head, "0001 00ff 41"}), ErrorCode::Truncated);
    }

    void refusesEveryTruncation() {
        const std::size_t whole = message({head}).size();
        const auto bytes = message({head, device});
        for (std::size_t size = 8; size < bytes.size(); ++size) {
            if (size != whole)
                QVERIFY(!decodeCdp(Bytes(bytes).first(size)).has_value());
        }
    }
};

QTEST_APPLESS_MAIN(TestCdp)
#include "tst_Cdp.moc"
