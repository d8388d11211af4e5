#include "core/base/ByteWriter.h"

#include <QTest>

#include <stdexcept>

using namespace rackmuster;

class TestByteWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesNetworkOrder();
    void writesLittleEndian();
    void padsUpToASizeAndNeverCuts();
    void overwritesOnlyWhatIsWritten();
};

void TestByteWriter::writesNetworkOrder() {
    ByteWriter writer;
    writer.u8(0x01);
    writer.u16be(0x0203);
    writer.u32be(0x04050607);
    writer.text("ab");
    writer.fill(2, 0xEE);
    const std::vector<std::uint8_t> expected{1, 2, 3, 4, 5, 6, 7, 'a', 'b', 0xEE, 0xEE};
    QCOMPARE(std::move(writer).take(), expected);
}

void TestByteWriter::writesLittleEndian() {
    ByteWriter writer;
    writer.u16le(0x0102);
    writer.u32le(0x03040506);
    writer.u64le(0x0708090A0B0C0D0E);
    const std::vector<std::uint8_t> expected{2,    1,    6,    5,    4,    3,    0x0E,
                                             0x0D, 0x0C, 0x0B, 0x0A, 0x09, 0x08, 0x07};
    QCOMPARE(std::move(writer).take(), expected);
}

void TestByteWriter::padsUpToASizeAndNeverCuts() {
    ByteWriter writer;
    writer.text("abc");
    writer.padTo(2);
    QCOMPARE(writer.size(), std::size_t{3});
    writer.padTo(5);
    QCOMPARE(asText(writer.view()), std::string_view("abc\0\0", 5));
}

void TestByteWriter::overwritesOnlyWhatIsWritten() {
    ByteWriter writer;
    writer.u32be(0);
    writer.putU16be(1, 0xABCD);
    QCOMPARE(asText(writer.view()), std::string_view("\0\xAB\xCD\0", 4));
    QVERIFY_EXCEPTION_THROWN(writer.putU16be(3, 1), std::out_of_range);
}

QTEST_APPLESS_MAIN(TestByteWriter)
#include "tst_ByteWriter.moc"
