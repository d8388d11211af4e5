#include "core/base/ByteWriter.h"
#include "core/engine/Vendors.h"

#include <QTest>

using namespace rackmuster;
using engine::Vendors;

namespace {

MacAddress mac(std::string_view text) {
    return MacAddress::parse(text).value();
}

struct Line {
    std::uint64_t prefix; ///< 40 bits
    std::uint16_t name;
};

/// A table with the names "Long", "Middle", "Short" and one section for each of 24, 28 and 36 bits.
std::vector<std::uint8_t> makeTable(const std::vector<std::vector<Line>>& sections) {
    ByteWriter writer;
    writer.u32be(3);
    for (const std::string_view name : {"Long", "Middle", "Short"}) {
        writer.text(name);
        writer.u8(0);
    }
    for (const auto& section : sections) {
        writer.u32be(static_cast<std::uint32_t>(section.size()));
        for (const Line& line : section) {
            writer.u8(static_cast<std::uint8_t>(line.prefix >> 32U));
            writer.u32be(static_cast<std::uint32_t>(line.prefix & 0xFFFFFFFFU));
            writer.u16be(line.name);
        }
    }
    return std::move(writer).take();
}

std::vector<std::uint8_t> nestedTable() {
    return makeTable({{{0x0050C20000, 2}}, {{0x0050C21000, 1}}, {{0x0050C21230, 0}}});
}

} // namespace

class TestVendors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void longestPrefixWins();
    void everyTruncationIsAnError();
    void unsortedTableIsAnError();
    void nameOutOfRangeIsAnError();
    void virtualMachinesAreKnownWithoutRegistries();
    void locallyAdministeredAddressesHaveNoVendor();
    void serverMakersHaveTheirShortNames_data();
    void serverMakersHaveTheirShortNames();
};

void TestVendors::longestPrefixWins() {
    const auto table = nestedTable();
    const Vendors vendors = Vendors::parse(table).value();
    QCOMPARE(vendors.size(), std::size_t{3});
    QCOMPARE(vendors.nameOf(mac("00:50:c2:12:3f:ff")), QStringLiteral("Long"));
    QCOMPARE(vendors.nameOf(mac("00:50:c2:12:40:00")), QStringLiteral("Middle"));
    QCOMPARE(vendors.nameOf(mac("00:50:c2:20:00:00")), QStringLiteral("Short"));
    QCOMPARE(vendors.nameOf(mac("00:50:c3:12:30:00")), QString());
}

void TestVendors::everyTruncationIsAnError() {
    const auto table = nestedTable();
    for (std::size_t size = 0; size < table.size(); ++size)
        QVERIFY2(!Vendors::parse(Bytes(table).first(size)), qPrintable(QString::number(size)));
}

void TestVendors::unsortedTableIsAnError() {
    const auto table = makeTable({{{0x0050C20000, 0}, {0x0050C10000, 1}}, {}, {}});
    const auto vendors = Vendors::parse(table);
    QVERIFY(!vendors);
    QCOMPARE(vendors.error().code, ErrorCode::Malformed);
}

void TestVendors::nameOutOfRangeIsAnError() {
    const auto table = makeTable({{{0x0050C20000, 3}}, {}, {}});
    QVERIFY(!Vendors::parse(table));
}

void TestVendors::virtualMachinesAreKnownWithoutRegistries() {
    QCOMPARE(Vendors().nameOf(mac("52:54:00:12:34:56")), QStringLiteral("QEMU"));
}

void TestVendors::locallyAdministeredAddressesHaveNoVendor() {
    const Vendors vendors;
    QCOMPARE(vendors.nameOf(mac("02:07:01:00:00:01")), QString()); // an old registered block
    QCOMPARE(vendors.nameOf(mac("3e:ec:ef:4a:10:02")), QString());
}

void TestVendors::serverMakersHaveTheirShortNames_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("name");
    QTest::newRow("Super Micro Computer, Inc.") << "3c:ec:ef:4a:10:02"
                                                << "Supermicro";
    QTest::newRow("Dell Inc.") << "b8:2a:72:00:00:01"
                               << "Dell";
    QTest::newRow("Hewlett Packard Enterprise") << "94:18:82:00:00:01"
                                                << "HPE";
    QTest::newRow("HUAWEI TECHNOLOGIES CO.,LTD") << "00:e0:fc:00:00:01"
                                                 << "Huawei";
    QTest::newRow("Intel Corporate") << "b4:96:91:d0:22:14"
                                     << "Intel";
    QTest::newRow("IEEE Registration Authority: nobody's") << "00:50:c2:00:00:00"
                                                           << "";
    QTest::newRow("never registered") << "00:00:00:00:00:01"
                                      << "XEROX";
}

void TestVendors::serverMakersHaveTheirShortNames() {
    const Vendors vendors;
    if (vendors.size() < 1000)
        QSKIP("built without the IEEE registries (package ieee-data)");
    QFETCH(QString, address);
    QTEST(vendors.nameOf(mac(address.toStdString())), "name");
}

QTEST_GUILESS_MAIN(TestVendors)
#include "tst_Vendors.moc"
