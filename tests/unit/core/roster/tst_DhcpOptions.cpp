#include "core/roster/DhcpOptions.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;

namespace {

using Value = std::vector<std::uint8_t>;

QString optionOfText(int code, int length) {
    return QStringLiteral("%1=\"%2\"").arg(code).arg(QString(length, QLatin1Char('x')));
}

} // namespace

class TestDhcpOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKindOfValue_data();
    void readsEveryKindOfValue();
    void readsSeveralInTheirOrder();
    void refuses_data();
    void refuses();
    void refusesWhatOnlyTheServerSays();
    void refusesMoreThanAReplyHolds();
};

void TestDhcpOptions::readsEveryKindOfValue_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<Value>("value");
    QTest::newRow("an address") << "42=192.168.0.1" << Value{192, 168, 0, 1};
    QTest::newRow("addresses") << "42=192.168.0.1,10.0.0.2" << Value{192, 168, 0, 1, 10, 0, 0, 2};
    QTest::newRow("a text") << "42=\"a;b=c\"" << Value{'a', ';', 'b', '=', 'c'};
    QTest::newRow("bytes") << "42=0x01fF" << Value{1, 255};
    QTest::newRow("one byte") << "42=u8:255" << Value{255};
    QTest::newRow("two bytes") << "42=u16:1500" << Value{5, 0xDC};
    QTest::newRow("four bytes") << "42=u32:4294967295" << Value{255, 255, 255, 255};
    QTest::newRow("nothing") << "42=" << Value{};
    QTest::newRow("an end") << "42=u8:7;" << Value{7};
    QTest::newRow("255 bytes") << optionOfText(42, 255) << Value(255, 'x');
}

void TestDhcpOptions::readsEveryKindOfValue() {
    QFETCH(QString, text);
    QFETCH(Value, value);
    const auto options = parseDhcpOptions(text.toStdString());
    QVERIFY2(options.has_value(), options ? "" : message(options.error()).c_str());
    QCOMPARE(options->size(), std::size_t{1});
    QCOMPARE(options->front(), (DhcpOption{42, value}));
}

void TestDhcpOptions::readsSeveralInTheirOrder() {
    const auto options = parseDhcpOptions("209=\"x\";3=;42=192.168.0.1");
    QCOMPARE(*options, (std::vector<DhcpOption>{{209, {'x'}}, {3, {}}, {42, {192, 168, 0, 1}}}));
    QVERIFY(parseDhcpOptions("")->empty());
}

void TestDhcpOptions::refuses_data() {
    QTest::addColumn<QString>("text");
    for (const char* const text : {"42",
                                   "=1",
                                   "x=u8:1",
                                   "256=u8:1",
                                   "-1=u8:1",
                                   "42=u8:256",
                                   "42=u16:65536",
                                   "42=u8:",
                                   "42=u8:-1",
                                   "42=0x",
                                   "42=0x1",
                                   "42=0xgg",
                                   "42=\"",
                                   "42=\"\"",
                                   "42=\"a\"b\"",
                                   "42=\"a\tb\"",
                                   "42=1.2.3",
                                   "42=1.2.3.4,",
                                   "42=text",
                                   "42=u8:1;42=u8:2",
                                   "42=u8:1;;43=u8:1",
                                   " 42=u8:1",
                                   "42 =u8:1"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("256 bytes") << optionOfText(42, 256);
    QTest::newRow("254 bytes of option 43") << optionOfText(43, 254); // P06
}

void TestDhcpOptions::refuses() {
    QFETCH(QString, text);
    const auto options = parseDhcpOptions(text.toStdString());
    QVERIFY(!options.has_value());
    QCOMPARE(options.error().code, ErrorCode::Malformed);
    QVERIFY(!options.error().detail.empty());
}

// P05, P25, P27
void TestDhcpOptions::refusesWhatOnlyTheServerSays() {
    for (const int code : {0, 1, 13, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 67, 82, 93, 94, 97, 255})
        QVERIFY2(!parseDhcpOptions(std::to_string(code) + "=u8:1"), qPrintable(QString::number(code)));
}

void TestDhcpOptions::refusesMoreThanAReplyHolds() {
    std::string many;
    for (int code = 100; code < 133; ++code)
        many += std::to_string(code) + "=u8:1;";
    QVERIFY(!parseDhcpOptions(many));
    std::string large;
    for (int code = 100; code < 105; ++code)
        large += std::to_string(code) + "=\"" + std::string(250, 'x') + "\";";
    QVERIFY(!parseDhcpOptions(large));
}

QTEST_APPLESS_MAIN(TestDhcpOptions)
#include "tst_DhcpOptions.moc"
