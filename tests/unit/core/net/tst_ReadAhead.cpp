#include "core/net/ReadAhead.h"
#include "tests/support/OldFile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;

class ReadAheadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void givesAnyPieceInAnyOrder();
    void whatIsAtHandStaysRight();
    void staysSmall();

private:
    static constexpr std::size_t size = 100'000;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_content;
    QString m_path;
    boot::BootFile m_file;
};

void ReadAheadTest::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("file"));
    m_content.resize(size);
    for (qsizetype i = 0; i < m_content.size(); ++i)
        m_content[i] = static_cast<char>(i * 131 + i / 4099);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_content) == m_content.size());
    file.close();
    QVERIFY(tests::makeOld(m_path.toStdString()));
    auto opened = FileDescriptor::openForReading(m_path.toStdString());
    QVERIFY(opened.has_value());
    m_file.content =
        std::vector<boot::FileSlice>{{std::make_shared<const FileDescriptor>(std::move(*opened)), 0, size}};
}

void ReadAheadTest::givesAnyPieceInAnyOrder() {
    ReadAhead ahead;
    for (const std::size_t offset :
         {0UL, 512UL, 16'000UL, 15'999UL, 16'384UL, 99'000UL, 3UL, 100'000UL - 1468}) {
        for (const std::size_t count : {0UL, 1UL, 512UL, 1468UL}) {
            const std::size_t piece = std::min(count, size - offset);
            const auto bytes = ahead.at(m_file, offset, piece);
            QVERIFY(bytes.has_value());
            QCOMPARE(asText(*bytes), std::string_view(m_content.constData() + offset, piece));
        }
    }
    QVERIFY(ahead.at(m_file, size, 0).has_value());
}

// R44 (part): old bytes and new ones are never mixed
void ReadAheadTest::whatIsAtHandStaysRight() {
    ReadAhead ahead;
    QVERIFY(ahead.at(m_file, 0, 1000).has_value());
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.write(QByteArray(static_cast<qsizetype>(size), 'n')) > 0);
    file.close();
    const auto atHand = ahead.at(m_file, 1000, 1000);
    QVERIFY(atHand.has_value());
    QCOMPARE(asText(*atHand), std::string_view(m_content.constData() + 1000, 1000));
    QVERIFY(!ahead.at(m_file, ReadAhead::capacity, 1000).has_value());
    QVERIFY(!ahead.at(m_file, 0, 1000).has_value()); // nor anything that was at hand before
}

// B10 (part)
void ReadAheadTest::staysSmall() {
    static_assert(ReadAhead::capacity <= 24UL * 1024);
    ReadAhead ahead;
    QVERIFY(ahead.at(m_file, 0, ReadAhead::capacity).has_value());
    boot::BootFile text;
    text.content = std::make_shared<const std::string>("short");
    ReadAhead small;
    QCOMPARE(asText(*small.at(text, 1, 3)), std::string_view("hor"));
}

QTEST_APPLESS_MAIN(ReadAheadTest)
#include "tst_ReadAhead.moc"
