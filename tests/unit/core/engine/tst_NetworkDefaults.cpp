#include "core/engine/NetworkDefaults.h"

#include <QTest>

using namespace rackmuster;

class NetworkDefaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesBothEndsOfASlash24Free() {
        const auto ranges = engine::defaultRanges(*Ipv4Network::parse("192.168.0.0/24"));
        QCOMPARE(ranges.range.toString(), std::string("192.168.0.101-192.168.0.176"));
        QCOMPARE(ranges.quarantine.toString(), std::string("192.168.0.177-192.168.0.241"));
    }

    void holdARackThatWaitsAsAWhole() {
        const auto ranges = engine::defaultRanges(*Ipv4Network::parse("192.168.0.0/24"));
        QVERIFY(ranges.range.count() >= 48);
        QVERIFY(ranges.quarantine.count() >= 48);
    }

    void neverLeavesTheNetwork() {
        for (unsigned prefix = 8; prefix <= 32; ++prefix) {
            const Ipv4Network network(Ipv4Address(10, 77, 3, 9), prefix);
            const auto ranges = engine::defaultRanges(network);
            for (const Ipv4Range& range : {ranges.range, ranges.quarantine})
                QVERIFY2(network.isHost(range.first()) && network.isHost(range.last()),
                         network.toString().c_str());
        }
    }

    void keepsWaitingMachinesApartFromApprovedOnes() {
        const auto ranges = engine::defaultRanges(*Ipv4Network::parse("10.0.0.0/27"));
        QVERIFY(ranges.range.last() < ranges.quarantine.first());
    }
};

QTEST_GUILESS_MAIN(NetworkDefaultsTest)
#include "tst_NetworkDefaults.moc"
