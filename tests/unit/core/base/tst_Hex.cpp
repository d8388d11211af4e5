#include "core/base/Hex.h"

#include <QTest>

#include <array>

using namespace rackmuster;

class TestHex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsTheDigitsAndNothingElse();
    void writesTwoDigitsPerByte();
};

void TestHex::knowsTheDigitsAndNothingElse() {
    int digits = 0;
    for (int c = 0; c < 256; ++c)
        digits += hexValue(static_cast<char>(c)).has_value() ? 1 : 0;
    QCOMPARE(digits, 22);
    QCOMPARE(*hexValue('9'), std::uint8_t{9});
    QCOMPARE(*hexValue('f'), std::uint8_t{15});
    QCOMPARE(*hexValue('A'), std::uint8_t{10});
}

void TestHex::writesTwoDigitsPerByte() {
    constexpr std::array<std::uint8_t, 3> bytes{0x00, 0x0F, 0xA5};
    QCOMPARE(toHexText(bytes), std::string("000fa5"));
    QCOMPARE(toHexText(bytes, ':'), std::string("00:0f:a5"));
    QCOMPARE(toHexText({}), std::string());
}

QTEST_APPLESS_MAIN(TestHex)
#include "tst_Hex.moc"
