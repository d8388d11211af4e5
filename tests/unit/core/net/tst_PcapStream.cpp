#include "core/net/PcapStream.h"

#include <QTest>

#include <bit>

using namespace rackmuster;
using namespace rackmuster::net;

namespace {

using Buffer = std::vector<std::uint8_t>;

/// Writes numbers as a computer of the given byte order would.
class PcapWriter {
public:
    PcapWriter(std::endian order, std::uint32_t magic, std::uint32_t linkType = 1) : m_order(order) {
        for (const std::uint32_t number : {magic, 0x00040002U, 0U, 0U, 1600U, linkType})
            put(number);
    }
    void record(std::uint32_t seconds, std::uint32_t fraction, std::uint32_t length, const Buffer& bytes) {
        for (const std::uint32_t number :
             {seconds, fraction, static_cast<std::uint32_t>(bytes.size()), length})
            put(number);
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }
    void put(std::uint32_t number) {
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned shift = 8 * (m_order == std::endian::big ? 3 - i : i);
            m_bytes.push_back(static_cast<std::uint8_t>(number >> shift));
        }
    }
    [[nodiscard]] const Buffer& bytes() const { return m_bytes; }

private:
    std::endian m_order;
    Buffer m_bytes;
};

constexpr std::uint32_t microseconds = 0xA1B2C3D4;
constexpr std::uint32_t nanoseconds = 0xA1B23C4D;

} // namespace

class PcapStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBothOrdersAndResolutions_data();
    void readsBothOrdersAndResolutions();
    void givesRecordsOnlyWhenWhole();
    void refusesWhatIsNoPcap();
    void refusesOtherLinkTypes();
    void refusesHugeRecords();
};

void PcapStreamTest::readsBothOrdersAndResolutions_data() {
    QTest::addColumn<bool>("isBigEndian");
    QTest::addColumn<bool>("isNanoseconds");
    QTest::newRow("little, us") << false << false;
    QTest::newRow("little, ns") << false << true;
    QTest::newRow("big, us") << true << false;
    QTest::newRow("big, ns") << true << true;
}

void PcapStreamTest::readsBothOrdersAndResolutions() {
    QFETCH(bool, isBigEndian);
    QFETCH(bool, isNanoseconds);
    PcapWriter writer(isBigEndian ? std::endian::big : std::endian::little,
                      isNanoseconds ? nanoseconds : microseconds);
    writer.record(1767225600, isNanoseconds ? 123'456'789 : 123'456, 60, {1, 2, 3});
    PcapStream stream;
    stream.append(writer.bytes());
    const auto record = stream.next();
    QVERIFY(record.has_value() && *record);
    QCOMPARE((*record)->time.time_since_epoch().count(), std::int64_t(1767225600123));
    QCOMPARE((*record)->originalLength, 60U);
    QVERIFY((*record)->bytes == Buffer({1, 2, 3}));
}

void PcapStreamTest::givesRecordsOnlyWhenWhole() {
    PcapWriter writer(std::endian::native, microseconds);
    for (std::uint8_t i = 0; i < 5; ++i)
        writer.record(i, 0, 7, Buffer(std::size_t{i} * 100U, i));
    PcapStream stream;
    int found = 0;
    for (const std::uint8_t byte : writer.bytes()) {
        stream.append(Bytes(&byte, 1));
        const auto record = stream.next();
        QVERIFY(record.has_value());
        if (!*record)
            continue;
        QVERIFY((*record)->bytes == Buffer(std::size_t(found) * 100U, static_cast<std::uint8_t>(found)));
        ++found;
    }
    QCOMPARE(found, 5);
}

void PcapStreamTest::refusesWhatIsNoPcap() {
    PcapStream stream;
    stream.append(asBytes("GET / HTTP/1.1\r\nHost: somewhere\r\n"));
    QVERIFY(!stream.next());
}

void PcapStreamTest::refusesOtherLinkTypes() {
    PcapWriter writer(std::endian::native, microseconds, 101);
    PcapStream stream;
    stream.append(writer.bytes());
    QVERIFY(!stream.next());
}

void PcapStreamTest::refusesHugeRecords() {
    PcapWriter writer(std::endian::native, microseconds);
    for (const std::uint32_t number : {0U, 0U, 0xFFFFFFFFU, 0xFFFFFFFFU})
        writer.put(number);
    PcapStream stream;
    stream.append(writer.bytes());
    QVERIFY(!stream.next());
}

QTEST_APPLESS_MAIN(PcapStreamTest)
#include "tst_PcapStream.moc"
