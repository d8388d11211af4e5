#include "core/switchport/CircuitId.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::switchport;

class TestCircuitId : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReadableIdIsText();
    void otherBytesAreHexadecimal();
    void otherSubOptionsAreNoCircuit();
    void aCutOptionIsAnError();
};

void TestCircuitId::aReadableIdIsText() {
    const auto id = circuitIdOf(asBytes("\x02\x02sw\x01\x07Gi1/0/7"));
    QVERIFY(id.has_value());
    QCOMPARE(*id, std::optional<std::string>("Gi1/0/7"));
}

// What a Cisco switch writes: type 0, length 4, VLAN 1, module 0, port 7.
void TestCircuitId::otherBytesAreHexadecimal() {
    const auto id = circuitIdOf(asBytes(std::string_view("\x01\x06\x00\x04\x00\x01\x00\x07", 8)));
    QVERIFY(id.has_value());
    QCOMPARE(*id, std::optional<std::string>("00:04:00:01:00:07"));
}

void TestCircuitId::otherSubOptionsAreNoCircuit() {
    QCOMPARE(*circuitIdOf(asBytes("\x02\x02sw")), std::nullopt);
    QCOMPARE(*circuitIdOf({}), std::nullopt);
    QCOMPARE(*circuitIdOf(asBytes(std::string_view("\x01\x00", 2))), std::nullopt);
}

void TestCircuitId::aCutOptionIsAnError() {
    QCOMPARE(circuitIdOf(asBytes("\x01\x07Gi1")).error().code, ErrorCode::Truncated);
    QCOMPARE(circuitIdOf(asBytes("\x01")).error().code, ErrorCode::Truncated);
}

QTEST_APPLESS_MAIN(TestCircuitId)
#include "tst_CircuitId.moc"
