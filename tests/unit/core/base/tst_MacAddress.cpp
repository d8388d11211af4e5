#include "core/base/MacAddress.h"

#include <QTest>

#include <unordered_set>

using namespace rackmuster;

class TestMacAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryUsualSpelling_data();
    void readsEveryUsualSpelling();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void writesItsThreeSpellings();
    void knowsWhatNoMachineCanHave();
    void sortsAndHashesByValue();
};

void TestMacAddress::readsEveryUsualSpelling_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("colons") << QByteArray("52:54:00:ab:cd:ef");
    QTest::newRow("dashes") << QByteArray("52-54-00-AB-CD-EF");
    QTest::newRow("cisco") << QByteArray("5254.00ab.cdef");
    QTest::newRow("hp") << QByteArray("525400-abcdef");
    QTest::newRow("bare") << QByteArray("525400ABcdef");
    QTest::newRow("blanks") << QByteArray(" \t52:54:00:ab:cd:ef ");
}

void TestMacAddress::readsEveryUsualSpelling() {
    QFETCH(QByteArray, text);
    const auto mac = MacAddress::parse(text.toStdString());
    QVERIFY(mac.has_value());
    QCOMPARE(mac->toString(), std::string("52:54:00:ab:cd:ef"));
}

void TestMacAddress::refusesEverythingElse_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray("  ");
    QTest::newRow("five octets") << QByteArray("52:54:00:ab:cd");
    QTest::newRow("seven octets") << QByteArray("52:54:00:ab:cd:ef:01");
    QTest::newRow("eleven digits") << QByteArray("525400abcde");
    QTest::newRow("thirteen digits") << QByteArray("525400abcdef0");
    QTest::newRow("not hex") << QByteArray("52:54:00:ab:cd:eg");
    QTest::newRow("mixed separators") << QByteArray("52:54-00:ab:cd:ef");
    QTest::newRow("separator at the end") << QByteArray("52:54:00:ab:cd:ef:");
    QTest::newRow("single digits") << QByteArray("2:4:0:b:d:f");
    QTest::newRow("inner blank") << QByteArray("52:54:00: ab:cd:ef");
    QTest::newRow("NUL") << QByteArray("52:54:00:ab:cd:e\0", 17);
}

void TestMacAddress::refusesEverythingElse() {
    QFETCH(QByteArray, text);
    const auto mac = MacAddress::parse(text.toStdString());
    QVERIFY(!mac.has_value());
    QCOMPARE(mac.error().code, ErrorCode::BadAddress);
    QCOMPARE(mac.error().detail, text.toStdString());
}

void TestMacAddress::writesItsThreeSpellings() {
    const MacAddress mac({0x0A, 0x00, 0x01, 0xFF, 0x10, 0x09});
    QCOMPARE(mac.toString(), std::string("0a:00:01:ff:10:09"));
    QCOMPARE(mac.toHex(), std::string("0a0001ff1009"));
    QCOMPARE(mac.toBootif(), std::string("01-0a-00-01-ff-10-09"));
}

void TestMacAddress::knowsWhatNoMachineCanHave() {
    QVERIFY(MacAddress({0x52, 0x54, 0, 0, 0, 1}).isUsable());
    QVERIFY(MacAddress({0x00, 0, 0, 0, 0, 1}).isUsable());
    QVERIFY(!MacAddress(MacAddress::Octets{}).isUsable());
    QVERIFY(!MacAddress({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}).isUsable());
    QVERIFY(!MacAddress({0x01, 0x00, 0x5E, 0, 0, 1}).isUsable());
}

void TestMacAddress::sortsAndHashesByValue() {
    const MacAddress low({0, 0, 0, 0, 1, 0xFF});
    const MacAddress high({0, 0, 0, 0, 2, 0});
    QVERIFY(low < high);
    const std::unordered_set<MacAddress> set{low, high, low};
    QCOMPARE(set.size(), std::size_t{2});
}

QTEST_APPLESS_MAIN(TestMacAddress)
#include "tst_MacAddress.moc"
