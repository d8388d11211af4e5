#include "core/base/Hex.h"
#include "core/wire/Arp.h"

#include <QTest>

#include <vector>

using namespace rackmuster;
using namespace rackmuster::wire;

namespace {

const MacAddress console({0x52, 0x54, 0, 0, 0, 0xFE});
const MacAddress machine({0x3C, 0xEC, 0xEF, 1, 2, 3});
constexpr Ipv4Address asked{192, 168, 77, 10};

} // namespace

class TestArp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void probeHasNoSenderAddress();
    void packetsComeBack();
    void paddingIsPassedOver();
    void shortOrForeignPacketsAreRefused();
    void claimsAreWhatTheSenderSaysItHas();
};

void TestArp::probeHasNoSenderAddress() // R12 (part): RFC 5227 2.1.1, byte for byte
{
    const ArpBytes bytes = encodeArp(arpProbe(console, asked));
    const std::array<std::uint8_t, 28> expected{0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0,   0,   0,  0xFE,
                                                0, 0, 0, 0, 0, 0, 0, 0, 0,    0,    192, 168, 77, 10};
    QVERIFY(bytes == expected);
}

void TestArp::packetsComeBack() {
    ArpPacket reply;
    reply.operation = 2;
    reply.sender = machine;
    reply.senderAddress = asked;
    reply.target = console;
    reply.targetAddress = Ipv4Address(192, 168, 77, 1);
    const ArpBytes bytes = encodeArp(reply);
    QVERIFY(decodeArp(bytes).value() == reply);
}

void TestArp::paddingIsPassedOver() {
    const ArpBytes bytes = encodeArp(arpProbe(console, asked));
    std::vector<std::uint8_t> padded(bytes.begin(), bytes.end());
    padded.resize(46, 0xAA);
    QVERIFY(decodeArp(padded).value() == arpProbe(console, asked));
}

void TestArp::shortOrForeignPacketsAreRefused() {
    const ArpBytes good = encodeArp(arpProbe(console, asked));
    for (std::size_t size = 0; size < good.size(); ++size)
        QVERIFY(!decodeArp(Bytes(good).first(size)));
    for (const std::size_t position : {0U, 2U, 4U, 5U}) { // hardware, protocol and their sizes
        ArpBytes bad = good;
        bad.at(position) ^= 0x20U;
        QVERIFY(!decodeArp(bad));
    }
}

void TestArp::claimsAreWhatTheSenderSaysItHas() {
    ArpPacket packet = arpProbe(machine, asked);
    QCOMPARE(packet.claimed(), asked);
    packet.senderAddress = Ipv4Address(192, 168, 77, 20);
    QCOMPARE(packet.claimed(), Ipv4Address(192, 168, 77, 20)); // it looks for somebody else
}

QTEST_APPLESS_MAIN(TestArp)
#include "tst_Arp.moc"
