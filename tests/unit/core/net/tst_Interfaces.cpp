#include "core/net/Interfaces.h"

#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::net;

class InterfacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void leavesOutLoopback();
    void wiredWithLinkAndAddressComesFirst();
    void findsAddressAndPrefix();
    void namesInterfaceThatIsNotThere();
};

void InterfacesTest::leavesOutLoopback() {
    const auto interfaces = listInterfaces();
    QVERIFY(std::ranges::none_of(interfaces, [](const Interface& each) { return each.name == "lo"; }));
}

void InterfacesTest::wiredWithLinkAndAddressComesFirst() {
    const auto isGood = [](const Interface& each) {
        return !each.isWireless && each.hasLink && !each.addresses.empty();
    };
    const auto interfaces = listInterfaces();
    QVERIFY(std::ranges::is_partitioned(interfaces, isGood));
}

void InterfacesTest::findsAddressAndPrefix() {
    const auto address = addressOf("lo");
    QVERIFY(address.has_value());
    QCOMPARE(address->address.toString(), std::string("127.0.0.1"));
    QCOMPARE(address->prefixLength, 8U);
}

void InterfacesTest::namesInterfaceThatIsNotThere() {
    const auto address = addressOf("nosuchif0");
    QVERIFY(!address && address.error().code == ErrorCode::NoSuchInterface);
    QCOMPARE(address.error().subject, std::string("nosuchif0"));
}

QTEST_GUILESS_MAIN(InterfacesTest)
#include "tst_Interfaces.moc"
