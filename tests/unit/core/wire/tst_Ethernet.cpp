#include "core/wire/Ethernet.h"
#include "tests/unit/core/wire/HexBytes.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::wire;
using tests::hexBytes;

namespace {

constexpr auto addresses = "0180c200000e 001b54aabb8c ";

std::vector<std::uint8_t> frame(const char* rest) {
    return hexBytes(std::string(addresses) + rest);
}

} // namespace

class TestEthernet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTypeAndPayload() {
        const auto bytes = frame("88cc 0102");
        const auto decoded = decodeEthernet(bytes);
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->source.toString(), std::string("00:1b:54:aa:bb:8c"));
        QCOMPARE(decoded->destination.toString(), std::string("01:80:c2:00:00:0e"));
        QVERIFY(decoded->is(EtherType::Lldp) && !decoded->isLlc());
        QVERIFY(!decoded->vlan && !decoded->innerVlan);
        QCOMPARE(decoded->payload.size(), std::size_t(2));
    }

    void keepsTheIdsOfBothTags_data() {
        QTest::addColumn<QByteArray>("tags");
        QTest::addColumn<int>("outer");
        QTest::addColumn<int>("inner");
        QTest::newRow("802.1Q") << QByteArray("8100 6014") << 20 << 0;
        QTest::newRow("QinQ") << QByteArray("88a8 0064 8100 0014") << 100 << 20;
        QTest::newRow("QinQ before 802.1ad") << QByteArray("9100 0064 8100 0014") << 100 << 20;
        QTest::newRow("priority only") << QByteArray("8100 e000") << 0 << 0;
        QTest::newRow("priority, then a tag") << QByteArray("8100 e000 8100 0014") << 20 << 0;
    }

    void keepsTheIdsOfBothTags() {
        QFETCH(QByteArray, tags);
        QFETCH(int, outer);
        QFETCH(int, inner);
        const auto bytes = frame((tags + " 0806 aabb").constData());
        const auto decoded = decodeEthernet(bytes);
        QVERIFY(decoded.has_value());
        QVERIFY(decoded->is(EtherType::Arp));
        QCOMPARE(int(decoded->vlan.value_or(0)), outer);
        QCOMPARE(int(decoded->innerVlan.value_or(0)), inner);
        QCOMPARE(decoded->payload.size(), std::size_t(2));
    }

    void cutsThePaddingWhereTheLengthIsTold() {
        const auto bytes = frame("0003 424203 0000000000");
        const auto decoded = decodeEthernet(bytes);
        QVERIFY(decoded.has_value() && decoded->isLlc());
        QCOMPARE(decoded->payload.size(), std::size_t(3));
    }

    void refusesEveryTruncation() {
        const auto bytes = frame("8100 0014 0003 424203");
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto decoded = decodeEthernet(Bytes(bytes).first(size));
            QVERIFY(!decoded.has_value());
            QCOMPARE(decoded.error().code, ErrorCode::Truncated);
        }
    }
};

QTEST_APPLESS_MAIN(TestEthernet)
#include "tst_Ethernet.moc"
