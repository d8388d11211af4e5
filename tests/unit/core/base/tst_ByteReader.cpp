#include "core/base/ByteReader.h"

#include <QTest>

#include <array>

using namespace rackmuster;

class TestByteReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsNumbersInBothOrders();
    void aFailedReadNamesTheFieldAndMovesNothing();
    void takeNeverGoesPastTheEnd();
    void hugeCountsDoNotWrapAround();
    void seeksUpToTheEndAndNotBeyond();
    void readsStringsUpToTheirNul();
    void refusesAStringWithoutNul();
};

void TestByteReader::readsNumbersInBothOrders() {
    constexpr std::array<std::uint8_t, 21> bytes{1,    2,    3, 4, 5, 6, 7, 0xF8, 0xF9, 0xFA, 0xFB,
                                                 0xFC, 0xFD, 8, 7, 6, 5, 4, 3,    2,    0x81};
    ByteReader reader(bytes);
    QCOMPARE(*reader.u8("a"), std::uint8_t{1});
    QCOMPARE(*reader.u16be("b"), std::uint16_t{0x0203});
    QCOMPARE(*reader.u32be("c"), 0x04050607U);
    QCOMPARE(*reader.u16le("d"), std::uint16_t{0xF9F8});
    QCOMPARE(*reader.u32le("e"), 0xFDFCFBFAU);
    QCOMPARE(*reader.u64le("f"), std::uint64_t{0x8102030405060708});
    QVERIFY(reader.atEnd());
}

void TestByteReader::aFailedReadNamesTheFieldAndMovesNothing() {
    constexpr std::array<std::uint8_t, 3> bytes{1, 2, 3};
    ByteReader reader(bytes);
    const auto number = reader.u32be("the transaction id");
    QVERIFY(!number.has_value());
    QCOMPARE(number.error(), (Error{ErrorCode::Truncated, "the transaction id", {}}));
    QCOMPARE(reader.position(), std::size_t{0});
    QCOMPARE(*reader.u16be("rest"), std::uint16_t{0x0102});
}

void TestByteReader::takeNeverGoesPastTheEnd() {
    constexpr std::array<std::uint8_t, 3> bytes{1, 2, 3};
    ByteReader reader(bytes);
    QVERIFY(!reader.take(4, "four").has_value());
    const auto all = reader.take(3, "three");
    QVERIFY(all.has_value());
    QCOMPARE(all->size(), std::size_t{3});
    QVERIFY(reader.take(0, "nothing").has_value());
    QVERIFY(!reader.u8("one more").has_value());
    QVERIFY(!reader.skip(1, "one more").has_value());
    QVERIFY(reader.rest().empty());
}

void TestByteReader::hugeCountsDoNotWrapAround() {
    constexpr std::array<std::uint8_t, 3> bytes{1, 2, 3};
    ByteReader reader(bytes);
    QVERIFY(reader.skip(1, "one").has_value());
    QVERIFY(!reader.take(SIZE_MAX, "all").has_value());
    QVERIFY(!reader.skip(SIZE_MAX - 1, "nearly all").has_value());
    QCOMPARE(reader.position(), std::size_t{1});
}

void TestByteReader::seeksUpToTheEndAndNotBeyond() {
    constexpr std::array<std::uint8_t, 3> bytes{1, 2, 3};
    ByteReader reader(bytes);
    QVERIFY(reader.seek(3, "end").has_value());
    QCOMPARE(reader.remaining(), std::size_t{0});
    QVERIFY(!reader.seek(4, "beyond").has_value());
    QVERIFY(reader.seek(1, "back").has_value());
    QCOMPARE(*reader.u8("second"), std::uint8_t{2});
}

void TestByteReader::readsStringsUpToTheirNul() {
    const std::string text("octet\0\0rest", 11);
    ByteReader reader(asBytes(text));
    QCOMPARE(*reader.cString("mode"), std::string_view("octet"));
    QCOMPARE(*reader.cString("empty"), std::string_view());
    QCOMPARE(asText(reader.rest()), std::string_view("rest"));
}

void TestByteReader::refusesAStringWithoutNul() {
    ByteReader reader(asBytes("octet"));
    QCOMPARE(reader.cString("mode").error().code, ErrorCode::Truncated);
    QCOMPARE(reader.position(), std::size_t{0});
}

QTEST_APPLESS_MAIN(TestByteReader)
#include "tst_ByteReader.moc"
