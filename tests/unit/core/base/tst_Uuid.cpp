#include "core/base/Uuid.h"

#include <QTest>

using namespace rackmuster;

class TestUuid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void printsTheFirstThreeGroupsSwapped();
    void parsesWhatItPrints();
    void refusesOtherSpellings_data();
    void refusesOtherSpellings();
    void distrustsDummiesInBothByteOrders();
};

// R17
void TestUuid::printsTheFirstThreeGroupsSwapped() {
    const Uuid uuid(
        {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF});
    QCOMPARE(uuid.toString(), std::string("33221100-5544-7766-8899-aabbccddeeff"));
}

void TestUuid::parsesWhatItPrints() {
    const std::string text = "4c4c4544-0037-3810-8051-b7c04f594c32";
    const auto uuid = Uuid::parse(text);
    QVERIFY(uuid.has_value());
    QCOMPARE(uuid->octets()[0], std::uint8_t{0x44});
    QCOMPARE(uuid->octets()[15], std::uint8_t{0x32});
    QCOMPARE(uuid->toString(), text);
    QCOMPARE(*Uuid::parse("4C4C4544-0037-3810-8051-B7C04F594C32"), *uuid);
}

void TestUuid::refusesOtherSpellings_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no dashes") << QByteArray("4c4c45440037381080510b7c04f594c32");
    QTest::newRow("too short") << QByteArray("4c4c4544-0037-3810-8051-b7c04f594c3");
    QTest::newRow("braces") << QByteArray("{4c4c4544-0037-3810-8051-b7c04f594c32}");
    QTest::newRow("not hex") << QByteArray("4c4c4544-0037-3810-8051-b7c04f594c3x");
    QTest::newRow("dash moved") << QByteArray("4c4c454-40037-3810-8051-b7c04f594c32");
}

void TestUuid::refusesOtherSpellings() {
    QFETCH(QByteArray, text);
    QVERIFY(!Uuid::parse(text.toStdString()).has_value());
}

// R17
void TestUuid::distrustsDummiesInBothByteOrders() {
    Uuid::Octets zeros{};
    Uuid::Octets ones{};
    ones.fill(0xFF);
    QVERIFY(!Uuid(zeros).isTrustworthy());
    QVERIFY(!Uuid(ones).isTrustworthy());
    const auto dummy = Uuid::parse("03000200-0400-0500-0006-000700080009");
    QVERIFY(!dummy->isTrustworthy());
    QVERIFY(!Uuid::parse("00020003-0004-0005-0006-000700080009")->isTrustworthy());
    zeros[15] = 1;
    QVERIFY(Uuid(zeros).isTrustworthy());
}

QTEST_APPLESS_MAIN(TestUuid)
#include "tst_Uuid.moc"
