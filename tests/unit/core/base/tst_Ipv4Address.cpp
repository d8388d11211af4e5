#include "core/base/Ipv4Address.h"

#include <QTest>

using namespace rackmuster;

class TestIpv4Address : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesDottedQuads();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void sortsAsNumbersDo();
    void knowsItsNetwork();
    void networksOfEveryLengthKeepTheirMask();
    void refusesWhatIsNoNetwork();
    void countsHostsOnlyBetweenBaseAndBroadcast();
    void pointToPointNetworksHaveTwoHosts();
    void readsRanges();
    void refusesRangesThatRunBackwards();
    void countsTheWholeAddressSpace();
};

void TestIpv4Address::readsAndWritesDottedQuads() {
    for (const char* const text : {"0.0.0.0", "192.168.0.251", "255.255.255.255", "10.0.0.1"}) {
        const auto address = Ipv4Address::parse(text);
        QVERIFY2(address.has_value(), text);
        QCOMPARE(address->toString(), std::string(text));
    }
    QCOMPARE(Ipv4Address::parse(" 10.1.2.3\t")->value(), 0x0A010203U);
}

void TestIpv4Address::refusesWhatIsNoAddress_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* const text :
         {"", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-1", "1.2.3.+1", "01.2.3.4", "1..2.3",
          "1.2.3.4 5", "a.b.c.d", "1.2.3.4.", ".1.2.3.4", "1.2.3.0004", "0x1.2.3.4"})
        QTest::addRow("'%s'", text) << QByteArray(text);
}

void TestIpv4Address::refusesWhatIsNoAddress() {
    QFETCH(QByteArray, text);
    const auto address = Ipv4Address::parse(text.toStdString());
    QVERIFY(!address.has_value());
    QCOMPARE(address.error().code, ErrorCode::BadAddress);
}

void TestIpv4Address::sortsAsNumbersDo() {
    QVERIFY(Ipv4Address(9, 255, 255, 255) < Ipv4Address(10, 0, 0, 0));
    QVERIFY(Ipv4Address(10, 0, 0, 9) < Ipv4Address(10, 0, 0, 10));
    QVERIFY(Ipv4Address().isNull());
    QVERIFY(!Ipv4Address::broadcast().isNull());
}

void TestIpv4Address::knowsItsNetwork() {
    const auto network = Ipv4Network::parse("192.168.5.77/24");
    QVERIFY(network.has_value());
    QCOMPARE(network->toString(), std::string("192.168.5.0/24"));
    QCOMPARE(network->mask(), Ipv4Address(255, 255, 255, 0));
    QCOMPARE(network->broadcast(), Ipv4Address(192, 168, 5, 255));
    QVERIFY(network->contains(Ipv4Address(192, 168, 5, 0)));
    QVERIFY(!network->contains(Ipv4Address(192, 168, 6, 0)));
}

void TestIpv4Address::networksOfEveryLengthKeepTheirMask() {
    const Ipv4Address member(172, 16, 254, 3);
    for (unsigned length = 0; length <= 32; ++length) {
        const Ipv4Network network(member, length);
        QCOMPARE(static_cast<unsigned>(__builtin_popcount(network.mask().value())), length);
        QVERIFY(network.contains(member));
        QCOMPARE(network.broadcast().value() - network.base().value(), ~network.mask().value());
    }
    QCOMPARE(Ipv4Network(member, 99).prefixLength(), 32U);
}

void TestIpv4Address::refusesWhatIsNoNetwork() {
    for (const char* const text :
         {"", "192.168.0.0", "192.168.0.0/33", "192.168.0/24", "192.168.0.0/", "192.168.0.0/-1", "/24"})
        QVERIFY2(!Ipv4Network::parse(text).has_value(), text);
}

void TestIpv4Address::countsHostsOnlyBetweenBaseAndBroadcast() {
    const Ipv4Network network(Ipv4Address(10, 0, 0, 0), 30);
    QVERIFY(!network.isHost(Ipv4Address(10, 0, 0, 0)));
    QVERIFY(network.isHost(Ipv4Address(10, 0, 0, 1)));
    QVERIFY(network.isHost(Ipv4Address(10, 0, 0, 2)));
    QVERIFY(!network.isHost(Ipv4Address(10, 0, 0, 3)));
    QVERIFY(!network.isHost(Ipv4Address(10, 0, 0, 5)));
}

// RFC 3021
void TestIpv4Address::pointToPointNetworksHaveTwoHosts() {
    const Ipv4Network network(Ipv4Address(10, 0, 0, 0), 31);
    QVERIFY(network.isHost(Ipv4Address(10, 0, 0, 0)));
    QVERIFY(network.isHost(Ipv4Address(10, 0, 0, 1)));
    QVERIFY(!network.isHost(Ipv4Address(10, 0, 0, 2)));
}

void TestIpv4Address::readsRanges() {
    const auto range = Ipv4Range::parse("192.168.0.100 - 192.168.0.199");
    QVERIFY(range.has_value());
    QCOMPARE(range->toString(), std::string("192.168.0.100-192.168.0.199"));
    QCOMPARE(range->count(), std::uint64_t{100});
    QVERIFY(range->contains(Ipv4Address(192, 168, 0, 100)));
    QVERIFY(range->contains(Ipv4Address(192, 168, 0, 199)));
    QVERIFY(!range->contains(Ipv4Address(192, 168, 0, 200)));
    QCOMPARE(Ipv4Range::parse("10.0.0.7")->count(), std::uint64_t{1});
}

void TestIpv4Address::refusesRangesThatRunBackwards() {
    QVERIFY(!Ipv4Range::create(Ipv4Address(10, 0, 0, 2), Ipv4Address(10, 0, 0, 1)).has_value());
    for (const char* const text : {"10.0.0.2-10.0.0.1", "10.0.0.1-", "-10.0.0.1", "", "10.0.0.1-2"})
        QVERIFY2(!Ipv4Range::parse(text).has_value(), text);
}

void TestIpv4Address::countsTheWholeAddressSpace() {
    const auto all = Ipv4Range::create(Ipv4Address(), Ipv4Address::broadcast());
    QCOMPARE(all->count(), std::uint64_t{1} << 32U);
}

QTEST_APPLESS_MAIN(TestIpv4Address)
#include "tst_Ipv4Address.moc"
