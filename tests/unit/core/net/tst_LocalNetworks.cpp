#include "core/net/LocalNetworks.h"

#include <QTest>

#include <net/if.h>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;

class LocalNetworksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsItsNeighbours();
};

void LocalNetworksTest::knowsItsNeighbours() {
    const Instant now{std::chrono::hours(1)};
    const auto loopback = static_cast<int>(::if_nametoindex("lo"));
    LocalNetworks networks;
    QVERIFY(networks.isOnLink(Ipv4Address(127, 0, 0, 1), loopback, now));
    QVERIFY(networks.isOnLink(Ipv4Address(127, 200, 0, 9), loopback, now));
    QVERIFY(!networks.isOnLink(Ipv4Address(8, 8, 8, 8), loopback, now));
    QVERIFY(!networks.isOnLink(Ipv4Address(8, 8, 8, 8), loopback, now + 2s));
    QVERIFY(!networks.isOnLink(Ipv4Address(127, 0, 0, 1), loopback + 1000, now)); // by another way
}

QTEST_APPLESS_MAIN(LocalNetworksTest)
#include "tst_LocalNetworks.moc"
