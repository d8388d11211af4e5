#include "core/wire/Lldp.h"
#include "tests/unit/core/wire/HexBytes.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;
using tests::hexBytes;

namespace {

// Written out from IEEE 802.1AB-2016 8.5; two bytes of type and length, then the value.
constexpr auto chassis = "0207 04 001b54aabb00 ";                  // a hardware address
constexpr auto port = "0409 05 4769312f302f3132 ";                 // interface name "Gi1/0/12"
constexpr auto life = "0602 0078 ";                                // 120 s
constexpr auto description = "080d 7261636b2033206c6170746f70 ";   // "rack 3 laptop"
constexpr auto name = "0a08 636f72652d737731 ";                    // "core-sw1"
constexpr auto systemWords = "0c0b 43697363 6f0d0a 494f5320 ";     // "Cisco\r\nIOS "
constexpr auto capabilities = "0e04 0014 0004 ";                   // bridge and router; bridge
constexpr auto management = "100c 05 01 0a000002 02 00000064 00 "; // 10.0.0.2, by interface index 100
constexpr auto portVlan = "fe06 0080c2 01 0014 ";                  // IEEE 802.1Q D.2.1: 20
constexpr auto end = "0000";

std::vector<std::uint8_t> message(std::initializer_list<const char*> elements) {
    std::string digits;
    for (const char* const element : elements)
        digits += element;
    return hexBytes(digits);
}

ErrorCode refusal(const std::vector<std::uint8_t>& bytes) {
    const auto decoded = decodeLldp(bytes);
    return decoded ? ErrorCode::System : decoded.error().code;
}

} // namespace

class TestLldp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatASwitchSays() {
        const auto bytes = message(
            {chassis, port, life, description, name, systemWords, capabilities, management, portVlan, end});
        const auto decoded = decodeLldp(bytes);
        QVERIFY(decoded.has_value());
        LldpMessage expected;
        expected.chassisId = "00:1b:54:aa:bb:00";
        expected.portIdKind = LldpMessage::PortIdKind::InterfaceName;
        expected.portId = "Gi1/0/12";
        expected.timeToLive = std::chrono::seconds(120);
        expected.portDescription = "rack 3 laptop";
        expected.systemName = "core-sw1";
        expected.systemDescription = "Cisco  IOS";
        expected.capabilities = LldpMessage::Bridge;
        expected.managementAddress = Ipv4Address(10, 0, 0, 2);
        expected.vlan = 20;
        QVERIFY(*decoded == expected);
    }

    void threeElementsAreEnough() {
        for (const char* const rest : {end, "", "0000 000000000000"}) { // without end; padded
            const auto decoded = decodeLldp(message({chassis, port, life, rest}));
            QVERIFY(decoded.has_value());
            QVERIFY(decoded->systemName.empty() && !decoded->vlan && !decoded->managementAddress);
        }
    }

    void readsEveryKindOfId_data() {
        QTest::addColumn<QByteArray>("element");
        QTest::addColumn<QString>("text");
        QTest::newRow("hardware address") << QByteArray("0407 03 a0369f000102") << "a0:36:9f:00:01:02";
        QTest::newRow("IPv4 address") << QByteArray("0406 04 01 0a000032") << "10.0.0.50";
        QTest::newRow("local") << QByteArray("0404 07 353132") << "512";
        QTest::newRow("short hardware address") << QByteArray("0403 03 4142") << "AB";
        QTest::newRow("IPv6 address") << QByteArray("0412 04 02 41414141414141414141414141414141")
                                      << QString(QLatin1String(" ") + QString(16, QLatin1Char('A')));
    }

    void readsEveryKindOfId() {
        QFETCH(QByteArray, element);
        QFETCH(QString, text);
        const auto decoded = decodeLldp(message({chassis, element.constData(), life, end}));
        QVERIFY(decoded.has_value());
        QCOMPARE(QString::fromStdString(decoded->portId), text);
    }

    // R57
    void textHasNoControlCharactersAndAnEnd() {
        const auto decoded = decodeLldp(message({chassis, port, life, "0a06 1b5b324a 0741 ", end}));
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->systemName, std::string(" [2J A"));
        std::string longest = "0bff "; // 511 bytes: the length's highest bit is in the first byte
        for (int i = 0; i < 511; ++i)
            longest += "41";
        const auto cut = decodeLldp(message({chassis, port, life, longest.c_str(), end}));
        QVERIFY(cut.has_value());
        QCOMPARE(cut->systemName.size(), LldpMessage::maximumText);
    }

    void passesOverOptionalElementsThatAreTooShort() {
        const auto decoded =
            decodeLldp(message({chassis, port, life, "0e03 001400 ", "1001 05 ", "fe05 0080c2 01 00 ",
                                "fe03 0080c2 ", "fe06 0080c2 01 0000 ", "fe06 0012bb 01 0033 ", name, end}));
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->capabilities, std::uint16_t(0));
        QVERIFY(!decoded->managementAddress && !decoded->vlan);
        QCOMPARE(decoded->systemName, std::string("core-sw1"));
    }

    void aGoodbyeHasNoTimeToLive() {
        const auto decoded = decodeLldp(message({chassis, port, "0602 0000 ", end}));
        QVERIFY(decoded.has_value());
        QVERIFY(decoded->timeToLive == std::chrono::seconds(0));
    }

    void refusesWhatDoesNotBeginAsItMust() {
        QCOMPARE(refusal(message({port, chassis, life, end})), ErrorCode::Malformed);
        QCOMPARE(refusal(message({chassis, life, port, end})), ErrorCode::Malformed);
        QCOMPARE(refusal(message({chassis, port, end})), ErrorCode::Malformed);
        QCOMPARE(refusal(message({chassis, port, life, port, end})), ErrorCode::Malformed);
        QCOMPARE(refusal(message({"0201 04 ", port, life, end})), ErrorCode::Malformed); // no id
        QCOMPARE(refusal(message({chassis, port, "0601 78 ", end})), ErrorCode::Truncated);
        QCOMPARE(refusal({}), ErrorCode::Truncated);
    }

    void refusesEveryTruncation() {
        const auto head = message({chassis, port, life});
        const auto bytes = message({chassis, port, life, name});
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            if (size != head.size()) // that is whole
                QVERIFY(!decodeLldp(Bytes(bytes).first(size)).has_value());
        }
    }
};

QTEST_APPLESS_MAIN(TestLldp)
#include "tst_Lldp.moc"
