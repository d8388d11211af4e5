#include "tests/media/Oracle.h"
#include "tests/media/RawParts.h"
#include "tests/media/Reading.h"
#include "tests/media/SmallImage.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

namespace rackmuster::tests {

namespace {

using Records = QList<RawRecord>;
using Maker = std::function<RawIso()>;

/// Directory records without "." and "..": many, packed into sectors.
class Sectors {
public:
    void add(const QByteArray& record) {
        const qsizetype inSector = m_bytes.size() % 2048;
        if (inSector + record.size() > 2048)
            m_bytes.append(2048 - inSector, '\0');
        m_bytes += record;
    }
    [[nodiscard]] QByteArray take() {
        m_bytes.append((2048 - m_bytes.size() % 2048) % 2048, '\0');
        return m_bytes;
    }

private:
    QByteArray m_bytes;
};

constexpr quint32 bombSize = 31U << 20U; // bytes of a root directory, near the limit of all
constexpr quint32 bombBlocks = bombSize / 2048 + 1000;
constexpr quint32 behindBomb = rootBlock + bombSize / 2048 + 10;

/// An image whose root is full of what `record` makes of a number.
RawIso bomb(const std::function<QByteArray(int)>& record, bool hasRockRidge = true) {
    Sectors root;
    root.add(RawIso::encode({QByteArray(1, '\0'), rootBlock, bombSize, directoryFlag,
                             hasRockRidge ? RawIso::rockRidgeRoot() : QByteArray()}));
    int number = 0;
    for (qint64 size = 2048; size < bombSize - 2048;) {
        const QByteArray encoded = record(++number);
        size += encoded.size() + 1; // and a share of the sectors' ends
        root.add(encoded);
    }
    RawIso iso(bombBlocks, bombSize);
    const QByteArray bytes = root.take();
    iso.put(rootBlock, bytes.left(bombSize));
    return iso;
}

} // namespace

/// No image, however it is made, takes more than 2 s and 256 MiB (R43).
class TestImageBombs final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_directory.reset(); }

    void boundsTimeAndMemory_data();
    void boundsTimeAndMemory();
    void anImageCutAnywhereIsRefused();
    void survives300Mutations();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestImageBombs::init() {
    m_directory = std::make_unique<QTemporaryDir>(scratchTemplate());
    QVERIFY(m_directory->isValid());
}

void TestImageBombs::boundsTimeAndMemory_data() {
    QTest::addColumn<Maker>("make");
    const auto row = [](const char* name, const Maker& make) {
        QTest::newRow(name) << make;
    };

    row("very many files in one folder", [] {
        return bomb(
            [](int number) {
                return RawIso::encode({QByteArray::number(number, 36), 40, 1});
            },
            false);
    });
    row("very many long paths", [] {
        return bomb(
            [](int number) {
                return RawIso::encode({QByteArray::number(number, 36) + QByteArray(60, 'n'), 40, 1});
            },
            false);
    });
    row("very many folders", [] {
        return bomb(
            [](int number) {
                return RawIso::encode({QByteArray::number(number, 36), static_cast<quint32>(number % 30'000),
                                       2048, directoryFlag});
            },
            false);
    });
    row("a file of many pieces", [] {
        return bomb(
            [](int number) {
                return RawIso::encode({"F", 100 + static_cast<quint32>(number % 7000) * 2, 1, moreExtents});
            },
            false);
    });
    row("files that all overlap", [] {
        return bomb(
            [](int number) {
                return RawIso::encode(
                    {QByteArray::number(number, 36), static_cast<quint32>(number % 10'000), 10'000'000});
            },
            false);
    });
    row("names out of one long continuation", [] {
        QByteArray area;
        while (area.size() + 255 < 2048)
            area += RawIso::name(QByteArray(250, 'n'), 1);
        const auto size = static_cast<quint32>(area.size());
        RawIso iso = bomb([size](int number) {
            return RawIso::encode({"F", 40, 1, 0,
                                   RawIso::name(QByteArray::number(number, 36), 1) +
                                       RawIso::continuation(behindBomb, 0, size)});
        });
        iso.put(behindBomb, area);
        return iso;
    });
    row("entries without meaning, 32 continuations a record", [] {
        QByteArray area;
        while (area.size() + 28 + 4 <= 2048)
            area += QByteArray("XX\4\1", 4);
        const auto size = static_cast<quint32>(area.size() + 28);
        RawIso iso = bomb([size](int number) {
            return RawIso::encode(
                {QByteArray::number(number, 36), 40, 1, 0, RawIso::continuation(behindBomb, 0, size)});
        });
        for (quint32 hop = 0; hop < 31; ++hop)
            iso.put(behindBomb + hop, area + RawIso::continuation(behindBomb + hop + 1, 0, size));
        return iso;
    });
    row("links with targets of 4 KiB", [] {
        const QByteArray link = RawIso::link({QByteArray(200, 't')});
        QByteArray area;
        while (area.size() + link.size() < 2048)
            area += link;
        const auto size = static_cast<quint32>(area.size());
        RawIso iso = bomb([size](int number) {
            return RawIso::encode(
                {"L", 40, 1, 0,
                 RawIso::name(QByteArray::number(number, 36)) + RawIso::continuation(behindBomb, 0, size)});
        });
        iso.put(behindBomb, area);
        return iso;
    });
    row("very many links to a file", [] {
        return bomb([](int number) {
            return RawIso::encode(
                {"L", 40, 1, 0,
                 number == 1 ? RawIso::name("file")
                             : RawIso::name(QByteArray::number(number, 36)) + RawIso::link({"file"})});
        });
    });
    row("links of many parts", [] {
        QList<QByteArray> parts;
        for (int i = 0; i < 40; ++i)
            parts << "a"
                  << "..";
        const QByteArray link = RawIso::link(parts);
        return bomb([link](int number) {
            return RawIso::encode({"L", 40, 1, 0, RawIso::name(QByteArray::number(number, 36)) + link});
        });
    });
    row("moved folders, each a read of its own", [] {
        return bomb([](int number) {
            return RawIso::encode({"D", 40, 1, 0,
                                   RawIso::name(QByteArray::number(number, 36)) +
                                       RawIso::childLink(static_cast<quint32>(number % 30'000))});
        });
    });
    row("folders nested to the limit", [] {
        RawIso iso(400);
        for (quint32 i = 0; i < 300; ++i)
            iso.addDirectory(rootBlock + i, {folder("d", rootBlock + i + 1), file("f", 380)},
                             i == 0 ? RawIso::rockRidgeRoot() : QByteArray());
        iso.addDirectory(rootBlock + 300, {});
        return iso;
    });
    row("40 GB of nothing", [] {
        constexpr quint32 many = 20'000'000; // blocks
        RawIso iso(many);
        Records records;
        for (quint32 i = 0; i < 9; ++i)
            records += file("f" + QByteArray::number(i), 100 + i * 2'000'000, 0xF0000000U);
        for (quint32 i = 0; i < 100; ++i)
            records += folder("d" + QByteArray::number(i), 19'000'000 + i * 1000, 600'000);
        iso.addDirectory(rootBlock, records, RawIso::rockRidgeRoot());
        return iso;
    });
    row("FAT with one long name of 60 MiB", [] {
        QByteArray part = fatRecord("n", 0x0F, 0, 0);
        part.fill('n', 11);
        part = "\1nnnnnnnnnn\x0F"
               "nnnnnnnnnnnnnnnnnnnn";
        part = part.leftJustified(32, 'n');
        part[11] = 0x0F;
        // FAT32: one table, a root chain over all clusters of 64 KiB.
        constexpr quint32 clusters = 66'000;
        QByteArray volume = fatSector(1, 0, clusters * 128, 0, 128);
        const quint32 tableSectors = clusters * 4 / 512 + 1;
        for (int i = 0; i < 4; ++i)
            volume[36 + i] = static_cast<char>(tableSectors >> (8 * i));
        volume[44] = 2;
        QByteArray table(qsizetype{tableSectors} * 512, '\0');
        for (quint32 i = 2; i < clusters; ++i) {
            for (quint32 byte = 0; byte < 4; ++byte)
                table[i * 4 + byte] = static_cast<char>((i + 1) >> (8 * byte));
        }
        return withFat(volume + table + part.repeated(60 << 15), 2'200'000);
    });
    row("FAT with folders of 64 MiB each", [] {
        constexpr quint32 clusters = 66'000;
        QByteArray volume = fatSector(1, 0, clusters * 128, 0, 128);
        const quint32 tableSectors = clusters * 4 / 512 + 1;
        for (int i = 0; i < 4; ++i)
            volume[36 + i] = static_cast<char>(tableSectors >> (8 * i));
        volume[44] = 2;
        QByteArray table(qsizetype{tableSectors} * 512, '\0');
        for (quint32 i = 3; i < clusters; ++i) {
            for (quint32 byte = 0; byte < 4; ++byte)
                table[i * 4 + byte] = static_cast<char>((i + 1) >> (8 * byte));
        }
        QByteArray root;
        for (quint32 i = 0; i < 60; ++i)
            root += fatRecord("D" + QByteArray::number(i), 0x10, static_cast<quint16>(3 + i * 1024), 0);
        return withFat(volume + table + root, 2'200'000);
    });
}

void TestImageBombs::boundsTimeAndMemory() {
    QFETCH(Maker, make);
    const Reading reading = readHostileImage(make().write(m_directory->path()));
    qInfo("%s", qPrintable(reading.story()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
}

void TestImageBombs::anImageCutAnywhereIsRefused() {
    if (!canMakeSmallImages())
        QSKIP("genisoimage or mtools is not installed");
    const QString path = makeSmallImage(m_directory->path(), "-R -J -udf -input-charset utf-8 "
                                                             "-e efi.img -no-emul-boot");
    QVERIFY(!path.isEmpty());
    QFile image(path);
    const qint64 whole = image.size();
    QVERIFY(readHostileImage(path).isRead());
    QList<qint64> cuts{whole - 1, whole - 2048};
    for (qint64 sector = 60; sector >= 16; --sector)
        cuts << sector * 2048 + 1 << sector * 2048;
    cuts << 32767 << 2048 << 1 << 0;
    std::sort(cuts.begin(), cuts.end(), std::greater<>());
    for (const qint64 cut : cuts) {
        QVERIFY(image.resize(cut));
        const Reading reading = readHostileImage(path);
        QVERIFY2(reading.problem.isEmpty() && !reading.isRead(), qPrintable(reading.story()));
        const bool isNamed = reading.says(QStringLiteral("is incomplete")) ||
                             (cut < 17 * 2048 && reading.says(QStringLiteral("is not an ISO image")));
        QVERIFY2(isNamed, qPrintable(reading.story()));
    }
}

void TestImageBombs::survives300Mutations() {
    if (!canMakeSmallImages())
        QSKIP("genisoimage or mtools is not installed");
    constexpr int rounds = 100;
    constexpr int firstSector = 16;
    constexpr int metadataSectors = 420; // descriptors, UDF's structures, directories
    QRandomGenerator random(20261122);
    qint64 slowest = 0;
    qint64 largest = 0;
    int read = 0;
    for (const char* const arguments :
         {"-R -J -input-charset utf-8 -e efi.img -no-emul-boot", "-R -udf", "-J -udf -input-charset utf-8"}) {
        QFile original(makeSmallImage(m_directory->path(), arguments));
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray good = original.readAll();
        const auto end = std::min<qsizetype>(good.size(), (firstSector + metadataSectors) * 2048);
        for (int round = 0; round < rounds; ++round) {
            QByteArray bad = good;
            for (int flips = random.bounded(1, 60); flips > 0; --flips) {
                qsizetype at = random.bounded(firstSector * 2048, static_cast<int>(end));
                while (good[at] == 0 && random.bounded(100) != 0) // mostly where something is
                    at = random.bounded(firstSector * 2048, static_cast<int>(end));
                bad[at] = static_cast<char>(random.bounded(256));
            }
            QFile file(m_directory->filePath(QStringLiteral("bad.iso")));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bad) == bad.size());
            file.close();
            const Reading reading = readHostileImage(file.fileName());
            QVERIFY2(reading.problem.isEmpty(),
                     qPrintable(QStringLiteral("round %1 of %2: %3 %4")
                                    .arg(round)
                                    .arg(QLatin1String(arguments), reading.problem, reading.story())));
            slowest = std::max(slowest, reading.cpuMilliseconds);
            largest = std::max(largest, reading.peakKibibytes);
            read += reading.isRead() ? 1 : 0;
        }
    }
    qInfo("300 images: %d read, %d refused; at most %lld ms and %lld MiB", read, 300 - read, slowest,
          largest >> 10);
}

} // namespace rackmuster::tests

QTEST_GUILESS_MAIN(rackmuster::tests::TestImageBombs)
#include "tst_ImageBombs.moc"
