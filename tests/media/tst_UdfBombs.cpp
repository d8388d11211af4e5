#include "tests/media/Oracle.h"
#include "tests/media/Reading.h"
#include "tests/media/SmallImage.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

namespace rackmuster::tests {

namespace {

constexpr qint64 firstSector = 257; // of what UDF has for itself
constexpr qint64 sectorSize = 2048;

} // namespace

/// UDF volumes that are small and cost much: bounded as all images are (R43).
class TestUdfBombs final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_directory.reset(); }

    void aUdfFileOf40GBInManyPiecesIsBounded();
    void aCircleOfFoldersIsBounded();
    void aFolderOfManyGigabytesIsBounded();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestUdfBombs::init() {
    if (!canMakeSmallImages())
        QSKIP("genisoimage or mtools is not installed");
    m_directory = std::make_unique<QTemporaryDir>(scratchTemplate());
    QVERIFY(m_directory->isValid());
}

/// The extents of a UDF file entry are looked up block by block.
void TestUdfBombs::aUdfFileOf40GBInManyPiecesIsBounded() {
    QFile image(makeSmallImage(m_directory->path(), "-udf"));
    QVERIFY(image.open(QIODevice::ReadWrite));
    constexpr qint64 size = 40'000'000'000;
    constexpr int pieces = 230; // as many as fit; most are one block, so the rest lies behind many
    constexpr int big = 38;
    QByteArray extents;
    for (int piece = 0; piece < pieces; ++piece) {
        QByteArray extent(8, '\0');
        qToLittleEndian<quint32>(piece < pieces - big ? 2048 : 0x3FFFF800U, extent.data());
        qToLittleEndian<quint32>(static_cast<quint32>(300 + 2 * piece), extent.data() + 4);
        extents += extent;
    }
    int changed = 0;
    for (qint64 sector = 257; sector * 2048 < image.size(); ++sector) {
        QVERIFY(image.seek(sector * 2048));
        QByteArray entry = image.read(2048);
        constexpr int fileType = 27; // of the ICB tag
        if (!entry.startsWith(QByteArray("\5\1", 2)) || entry[fileType] != 5)
            continue;
        qToLittleEndian<quint64>(size, entry.data() + 56);
        qToLittleEndian<quint32>(0, entry.data() + 168);
        qToLittleEndian<quint32>(pieces * 8, entry.data() + 172);
        entry.replace(176, extents.size(), extents);
        QVERIFY(image.seek(sector * 2048) && image.write(entry) == entry.size());
        ++changed;
    }
    QVERIFY(changed > 50 && image.resize(size + (1 << 20)));
    const Reading reading = readHostileImage(image.fileName());
    qInfo("%s", qPrintable(reading.story()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
}

/// Every folder is the root: 2^64 paths.
void TestUdfBombs::aCircleOfFoldersIsBounded() {
    QFile image(makeSmallImage(m_directory->path(), "-udf"));
    QVERIFY(image.open(QIODevice::ReadWrite));
    QByteArray all = image.readAll();
    int changed = 0;
    for (qsizetype at = firstSector * sectorSize; at + 40 < all.size(); at += 4) {
        constexpr int folder = 2; // of the characteristics
        constexpr int parent = 8;
        const bool isIdentifier = all[at] == 1 && all[at + 1] == 1 && all[at + 16] == 1 && all[at + 17] == 0;
        if (!isIdentifier || (all[at + 18] & (folder | parent)) != folder)
            continue;
        all.replace(at + 24, 4, QByteArray("\2\0\0\0", 4)); // where genisoimage puts the root
        ++changed;
    }
    QVERIFY(changed > 7 && image.seek(0) && image.write(all) == all.size());
    QVERIFY(image.resize(8'000'000'000));
    const Reading reading = readHostileImage(image.fileName());
    qInfo("%d folders: %s", changed, qPrintable(reading.story()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
}

void TestUdfBombs::aFolderOfManyGigabytesIsBounded() {
    QFile image(makeSmallImage(m_directory->path(), "-udf"));
    QVERIFY(image.open(QIODevice::ReadWrite));
    int changed = 0;
    for (qint64 sector = firstSector; sector * sectorSize < image.size(); ++sector) {
        QVERIFY(image.seek(sector * sectorSize));
        QByteArray entry = image.read(sectorSize);
        constexpr int fileType = 27; // of the ICB tag
        if (!entry.startsWith(QByteArray("\5\1", 2)) || entry[fileType] != 4)
            continue;
        constexpr quint32 extent = 0x3FFFF800U;
        qToLittleEndian<quint64>(extent, entry.data() + 56);
        qToLittleEndian<quint32>(extent, entry.data() + 176);
        QVERIFY(image.seek(sector * sectorSize) && image.write(entry) == entry.size());
        ++changed;
    }
    QVERIFY(changed > 7 && image.resize(8'000'000'000));
    const Reading reading = readHostileImage(image.fileName());
    qInfo("%d folders: %s", changed, qPrintable(reading.story()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
}

} // namespace rackmuster::tests

QTEST_GUILESS_MAIN(rackmuster::tests::TestUdfBombs)
#include "tst_UdfBombs.moc"
