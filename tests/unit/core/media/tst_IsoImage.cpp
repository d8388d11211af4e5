#include "core/media/IsoImage.h"
#include "core/media/IsoTree.h"
#include "core/media/TreePath.h"
#include "tests/unit/core/media/IsoFixture.h"
#include "tests/unit/core/media/RawIso.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <numeric>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::IsoFixture;
using rackmuster::tests::RawIso;
using rackmuster::tests::RawRecord;

namespace {

constexpr quint8 directoryFlag = 0x02;
constexpr quint8 moreExtents = 0x80;

const QString xorriso = QStringLiteral("xorriso");
const QString genisoimage = QStringLiteral("genisoimage");

QMap<QString, QByteArray> contentOf(const IsoImage& image) {
    QMap<QString, QByteArray> out;
    for (const auto& [path, slices] : image.files())
        out.insert(QString::fromStdString(path),
                   QByteArray::fromStdString(image.readText(path, 1U << 30U).value_or("unreadable")));
    return out;
}

bool hasSkipped(const IsoImage& image, const char* words) {
    return std::any_of(image.skipped().begin(), image.skipped().end(),
                       [words](const std::string& fact) { return fact.find(words) != std::string::npos; });
}

/// Processor time, which a busy machine does not stretch.
qint64 millisecondsSince(std::clock_t start) {
    return qint64{std::clock() - start} * 1000 / CLOCKS_PER_SEC;
}

/// A Rock Ridge image whose root holds `records`, in a file of 64 blocks.
class RawImage {
public:
    RawImage() : m_iso(64) {}
    RawIso& iso() { return m_iso; }
    Result<IsoImage> open(const QList<RawRecord>& root) {
        m_iso.addDirectory(RawIso::rootBlock, root, RawIso::rockRidgeRoot());
        return IsoImage::open(m_iso.write(m_directory.path()).toStdString());
    }

private:
    QTemporaryDir m_directory;
    RawIso m_iso;
};

QStringList words(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class TestIsoImage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsAndReadsWhatXorrisoExtracts_data() {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("xorriso") << xorriso << words("-R");
        QTest::newRow("xorriso, Joliet beside") << xorriso << words("-R -J");
        QTest::newRow("genisoimage") << genisoimage << words("-R");
        QTest::newRow("genisoimage, Joliet beside, short names")
            << genisoimage << words("-r -J -iso-level 1");
        QTest::newRow("genisoimage, a UDF bridge") << genisoimage << words("-R -udf");
    }
    void listsAndReadsWhatXorrisoExtracts() // R43
    {
        QFETCH(QString, tool);
        QFETCH(QStringList, arguments);
        if (!IsoFixture::hasTool(xorriso) || !IsoFixture::hasTool(tool))
            QSKIP("xorriso or genisoimage is not installed");
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), "[general]\n");
        fixture.add(QStringLiteral("empty"), {});
        fixture.add(QStringLiteral("Packages/n/") + QString(210, QLatin1Char('n')) + QStringLiteral(".rpm"),
                    "long");
        fixture.add(QStringLiteral("文档/安装.txt"), "Chinese");
        fixture.add(QStringLiteral("a/b/c/d/e/f/g/h/i/j/k/deep"), "deep"); // moved: CL, PL, RE
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"), QByteArray(70000, 'k'));
        fixture.addLink(QStringLiteral("images/kernel"), QStringLiteral("pxeboot/vmlinuz"));
        fixture.addLink(QStringLiteral("up/and/down"), QStringLiteral("../../.treeinfo"));
        for (int i = 0; i < 300; ++i)
            fixture.add(QStringLiteral("many/package-%1.x86_64.rpm").arg(i), QByteArray::number(i));
        const QString file = fixture.build(arguments, tool);
        QVERIFY(!file.isEmpty());
        const auto image = IsoImage::open(file.toStdString());
        QVERIFY2(image, image ? "" : message(image.error()).c_str());
        const auto expected = fixture.extract(file);
        QCOMPARE(expected.size(), 308);
        QCOMPARE(contentOf(*image), expected);
        QVERIFY(image->skipped().empty());
        QCOMPARE(image->volumeId(), std::string("TEST"));
        QVERIFY(!image->isUdfUnread());
    }

    void usesJolietNamesWithoutRockRidge() {
        if (!IsoFixture::hasTool(genisoimage))
            QSKIP("genisoimage is not installed");
        IsoFixture fixture;
        fixture.add(QStringLiteral("Mixed Case Name With Blanks.txt"), "one");
        fixture.add(QStringLiteral("文档/安装.txt"), "two");
        const auto image = IsoImage::open(
            fixture
                .build({QStringLiteral("-J"), QStringLiteral("-input-charset"), QStringLiteral("utf-8")},
                       genisoimage)
                .toStdString());
        QVERIFY(image);
        QCOMPARE(image->readText("Mixed Case Name With Blanks.txt").value_or(""), std::string("one"));
        QCOMPARE(image->readText("文档/安装.txt").value_or(""), std::string("two"));
        QCOMPARE(image->files().size(), std::size_t{2});
    }

    void usesLowerCasedNamesWithoutAnyExtension() {
        if (!IsoFixture::hasTool(genisoimage))
            QSKIP("genisoimage is not installed");
        IsoFixture fixture;
        fixture.add(QStringLiteral("isolinux/isolinux.cfg"), "menu");
        fixture.add(QStringLiteral("isolinux/vmlinuz"), "kernel");
        const auto image = IsoImage::open(fixture.build({}, genisoimage).toStdString());
        QVERIFY(image);
        QCOMPARE(image->readText("isolinux/isolinux.cfg").value_or(""), std::string("menu"));
        QCOMPARE(image->readText("isolinux/vmlinuz").value_or(""), std::string("kernel"));
    }

    void reads8000FilesFast() {
        if (!IsoFixture::hasTool(xorriso))
            QSKIP("xorriso is not installed");
        IsoFixture fixture;
        for (int i = 0; i < 8000; ++i)
            fixture.add(QStringLiteral("Packages/%1/package-with-a-usual-name-%2-1.2.3-4.el9.x86_64.rpm")
                            .arg(QChar(QLatin1Char(static_cast<char>('a' + i % 26))))
                            .arg(i));
        const std::string file = fixture.build().toStdString();
        const std::clock_t start = std::clock();
        const auto image = IsoImage::open(file);
        const qint64 elapsed = millisecondsSince(start);
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{8000});
        qInfo("8,000 files in %lld ms", elapsed);
        QVERIFY2(elapsed < 1000, qPrintable(QStringLiteral("%1 ms").arg(elapsed)));
    }

    void joinsTheExtentsOfAFileAbove4GiB() {
        constexpr quint32 firstPart = 0xFFFFF800U; // as xorriso writes them
        constexpr quint32 secondPart = 12345;
        constexpr quint32 nextBlock = 30 + firstPart / 2048;
        QTemporaryDir directory;
        RawIso iso(nextBlock + 100);
        const QByteArray name = RawIso::name("big.img");
        iso.addDirectory(RawIso::rootBlock,
                         {{"BIG.IMG;1", 30, firstPart, moreExtents, name},
                          {"BIG.IMG;1", nextBlock, secondPart, 0, name},
                          {"SPLIT.;1", 22, 2048, moreExtents, RawIso::name("split")},
                          {"SPLIT.;1", 24, 10, 0, RawIso::name("split")}},
                         RawIso::rockRidgeRoot());
        iso.put(22, QByteArray(2048, 'a'));
        iso.put(24, QByteArray(10, 'b'));
        iso.put(nextBlock + 6, "the tail");
        const auto image = IsoImage::open(iso.write(directory.path()).toStdString());
        QVERIFY2(image, image ? "" : message(image.error()).c_str());
        const auto& slices = image->files().at("big.img");
        QCOMPARE(slices.size(), std::size_t{1});
        QCOMPARE(slices[0].offset, std::uint64_t{30} * 2048);
        QCOMPARE(slices[0].length, std::uint64_t{firstPart} + secondPart);
        QCOMPARE(image->files().at("split").size(), std::size_t{2});
        QCOMPARE(image->readText("split").value_or(""), std::string(2048, 'a') + std::string(10, 'b'));
        QCOMPARE(image->readText("big.img").error().code, ErrorCode::NotAllowed);
    }

    // As genisoimage does with files above 4 GiB: the size in the ISO 9660 tree is cut, the one in UDF is
    // right.
    void believesUdfWhereSizesDiffer() {
        if (!IsoFixture::hasTool(genisoimage))
            QSKIP("genisoimage is not installed");
        const QByteArray content = QByteArray(99'992, 'b') + "THE TAIL";
        IsoFixture fixture;
        fixture.add(QStringLiteral("small"), "small");
        fixture.add(QStringLiteral("big.img"), content);
        const QString path = fixture.build(words("-R -udf"), genisoimage);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 name = file.readAll().indexOf("BIG.IMG;1");
        QVERIFY(name > 33 && file.seek(name - 33 + 10) && file.write("\x10\0\0\0\0\0\0\x10", 8) == 8);
        file.close();
        const auto image = IsoImage::open(path.toStdString());
        QVERIFY2(image, image ? "" : message(image.error()).c_str());
        QCOMPARE(sizeOfSlices(image->files().at("big.img")), std::uint64_t{100'000});
        QCOMPARE(QByteArray::fromStdString(image->readText("big.img").value_or("")), content);
        QCOMPARE(image->readText("small").value_or(""), std::string("small"));
    }

    void readsUdfAlone() {
        if (!IsoFixture::hasTool(genisoimage))
            QSKIP("genisoimage is not installed");
        IsoFixture fixture;
        fixture.add(QStringLiteral("sources/文档 with a long name.wim"), QByteArray(5000, 'w'));
        fixture.add(QStringLiteral("setup.exe"), "run me");
        const QString path = fixture.build(words("-udf"), genisoimage);
        // What an image without ISO 9660 has there: nothing of ECMA-119 in front of the recognition sequence.
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 sector = 16; file.seek(sector * 2048 + 1) && file.peek(5) == "CD001"; ++sector)
            QVERIFY(file.seek(sector * 2048) && file.write(QByteArray("\0BEA01\1", 7)) == 7);
        file.close();
        const auto image = IsoImage::open(path.toStdString());
        QVERIFY2(image, image ? "" : message(image.error()).c_str());
        QCOMPARE(image->files().size(), std::size_t{2});
        QCOMPARE(image->readText("setup.exe").value_or(""), std::string("run me"));
        QCOMPARE(image->readText("sources/文档 with a long name.wim").value_or(""), std::string(5000, 'w'));
    }

    void saysThatAUdfVolumeCannotBeRead() {
        if (!IsoFixture::hasTool(genisoimage))
            QSKIP("genisoimage is not installed");
        IsoFixture fixture;
        fixture.add(QStringLiteral("file"), "here");
        const QString path = fixture.build(words("-R -udf"), genisoimage);
        QFile file(path);
        // Both sequences of volume descriptors; what points at them stays.
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(32 * 2048));
        QVERIFY(file.write(QByteArray(32 * 2048, '\0')) == 32 * 2048);
        file.close();
        const auto image = IsoImage::open(path.toStdString());
        QVERIFY(image);
        QVERIFY(image->isUdfUnread());
        QCOMPARE(image->readText("file").value_or(""), std::string("here"));
    }

    void skipsExtendedAttributesBeforeTheData() {
        RawImage raw;
        raw.iso().put(33, "behind");
        const auto image = raw.open({{"F.;1", 30, 6, 0, RawIso::name("f"), 3}});
        QVERIFY(image);
        QCOMPARE(image->readText("f").value_or(""), std::string("behind"));
    }

    void joinsNamesOverContinuations() {
        RawImage raw;
        const QByteArray second = RawIso::name("two-", 1) + RawIso::continuation(41, 100, 8);
        raw.iso().put(40, second);
        raw.iso().put(41, QByteArray(100, '\0') + RawIso::name("end"));
        const auto image = raw.open(
            {{"F.;1", 30, 1, 0,
              RawIso::name("one-", 1) + RawIso::continuation(40, 0, static_cast<quint32>(second.size()))}});
        QVERIFY(image);
        QVERIFY(image->contains("one-two-end"));
    }

    void resolvesLinksToFilesOnly() {
        RawImage raw;
        raw.iso().put(30, "data");
        const auto link = [](const QByteArray& name, const QList<QByteArray>& target) {
            return RawRecord{name.toUpper() + ";1", 0, 0, 0, RawIso::name(name) + RawIso::link(target)};
        };
        const auto image = raw.open({{"F.;1", 30, 4, 0, RawIso::name("f")},
                                     link("a", {"f"}),
                                     link("b", {".", "a"}),
                                     link("c", {"..", "f"}),
                                     link("d", {"", "f"}),
                                     link("e", {"e"}),
                                     link("g", {"."}),
                                     link("h", {"nowhere"})});
        QVERIFY(image);
        QCOMPARE(image->readText("a").value_or(""), std::string("data"));
        QCOMPARE(image->readText("b").value_or(""), std::string("data"));
        QCOMPARE(image->files().size(),
                 std::size_t{3}); // above the root, absolute, to itself, a directory, nowhere
    }

    void refusesWhatIsNoIso_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short text") << QByteArray("#!/bin/sh\n");
        QTest::newRow("zeros") << QByteArray(100000, '\0');
        QTest::newRow("ends in the first descriptor")
            << QByteArray(16 * 2048, '\0') + QByteArray("\1CD001\1", 7);
    }
    void refusesWhatIsNoIso() {
        QFETCH(QByteArray, bytes);
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto image = IsoImage::open(file.fileName().toStdString());
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::NotAnIso);
        QCOMPARE(image.error().subject, file.fileName().toStdString());
    }

    void refusesWhatIsNoFile() {
        QTemporaryDir directory;
        QCOMPARE(IsoImage::open(directory.path().toStdString()).error().code, ErrorCode::NoSuchFile);
        QCOMPARE(IsoImage::open(directory.filePath(QStringLiteral("none")).toStdString()).error().code,
                 ErrorCode::NoSuchFile);
    }

    void saysBothSizesOfATruncatedImage() // R43
    {
        QTemporaryDir directory;
        RawIso iso(64);
        iso.addDirectory(RawIso::rootBlock, {});
        QFile file(iso.write(directory.path()));
        QVERIFY(file.resize(64 * 2048 - 1));
        const auto image = IsoImage::open(file.fileName().toStdString());
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::TruncatedIso);
        QVERIFY(image.error().detail.find("131071") != std::string::npos);
        QVERIFY(image.error().detail.find("131072") != std::string::npos);
    }

    void refusesDirectoriesThatCannotBeRead_data() // R43
    {
        QTest::addColumn<QByteArray>("root");
        const QByteArray self = RawIso::encode({QByteArray(1, '\0'), RawIso::rootBlock, 2048, directoryFlag});
        QTest::newRow("empty") << QByteArray();
        for (const int length : {1, 33})
            QTest::addRow("record of %d bytes", length)
                << self + static_cast<char>(length) + QByteArray(300, '\1');
        // Its length byte is good, its place is not.
        QByteArray crossing = self;
        while (crossing.size() + 250 < 2048)
            crossing += RawIso::encode({QByteArray(150, 'F'), 30, 1});
        QTest::newRow("record across the sector") << crossing + RawIso::encode({QByteArray(220, 'G'), 30, 1});
        QTest::newRow("name longer than its record")
            << self + RawIso::encode({"F", 30, 1}).replace(32, 1, QByteArray(1, '\x7F'));
        QTest::newRow("file outside") << self + RawIso::encode({"F", 64, 1});
        QTest::newRow("file begins inside, ends outside") << self + RawIso::encode({"F", 63, 2049});
        QTest::newRow("block number near 4 G")
            << self + RawIso::encode({"F", 0xFFFFFFFFU, 0xFFFFFFFFU, 0, {}, 255});
        QTest::newRow("directory outside") << self + RawIso::encode({"D", 63, 4096, directoryFlag});
        QTest::newRow("directory of zero-filled garbage")
            << self + RawIso::encode({"D", 0, 65536, directoryFlag}) + RawIso::encode({"F", 99, 1});
    }
    void refusesDirectoriesThatCannotBeRead() {
        QFETCH(QByteArray, root);
        QTemporaryDir directory;
        RawIso iso(64, 4096);
        iso.put(RawIso::rootBlock, root);
        const auto image = IsoImage::open(iso.write(directory.path()).toStdString());
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::BrokenIso);
        QVERIFY(!image.error().detail.empty());
    }

    void leavesDirectoryLoopsOut() // R43
    {
        RawImage raw;
        raw.iso().addDirectory(30, {{"BACK", RawIso::rootBlock, 2048, directoryFlag, RawIso::name("back")},
                                    {"SELF", 30, 2048, directoryFlag, RawIso::name("self")},
                                    {"F.;1", 40, 1, 0, RawIso::name("f")}});
        const auto image = raw.open({{"D", 30, 2048, directoryFlag, RawIso::name("d")}});
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{1});
        QVERIFY(image->contains("d/f"));
        QVERIFY(hasSkipped(*image, "d/back/: the directory is listed a second time"));
        QVERIFY(hasSkipped(*image, "d/self/: the directory is listed a second time"));
    }

    void leavesEndlessContinuationsOut() // R43
    {
        RawImage raw;
        raw.iso().put(40, RawIso::continuation(40, 0, 28));
        const auto image = raw.open({{"LOOP.;1", 30, 1, 0, RawIso::continuation(40, 0, 28)},
                                     {"OUT.;1", 30, 1, 0, RawIso::continuation(4000000, 0, 28)},
                                     {"CROSS.;1", 30, 1, 0, RawIso::continuation(40, 2047, 28)},
                                     {"HUGE.;1", 30, 1, 0, RawIso::continuation(40, 0, 0xFFFFFFFFU)},
                                     {"F.;1", 30, 1, 0, RawIso::name("f")}});
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{1});
        QCOMPARE(image->skipped().size(), std::size_t{4});
        QVERIFY(hasSkipped(*image, "loop: its Rock Ridge entries cannot be read"));
    }

    void leavesMovedDirectoriesOutThatAreNotThere() // R43
    {
        RawImage raw;
        raw.iso().put(40, QByteArray(2048, 'x'));
        const auto image = raw.open({{"A.;1", 0, 0, 0, RawIso::name("a") + RawIso::childLink(40)},
                                     {"B.;1", 0, 0, 0, RawIso::name("b") + RawIso::childLink(0xFFFFFFFFU)},
                                     {"C", 41, 2048, directoryFlag, RawIso::name("c") + RawIso::relocated()},
                                     {"F.;1", 30, 1, 0, RawIso::name("f")}});
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{1});
        QVERIFY(hasSkipped(*image, "a: there is no directory where it was moved to"));
        QVERIFY(hasSkipped(*image, "b: it was moved to outside of the image"));
    }

    void leavesHostileNamesOut_data() // R43
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("slash") << QByteArray("../../etc/passwd");
        QTest::newRow("absolute") << QByteArray("/etc/passwd");
        QTest::newRow("dot") << QByteArray(".");
        QTest::newRow("dots") << QByteArray("..");
        QTest::newRow("line break") << QByteArray("a\nb");
        QTest::newRow("escape") << QByteArray("\x1B[2J");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("delete") << QByteArray("a\x7F");
        QTest::newRow("empty") << QByteArray("");
    }
    void leavesHostileNamesOut() {
        QFETCH(QByteArray, name);
        RawImage raw;
        const auto image =
            raw.open({{"EVIL.;1", 30, 1, 0, RawIso::name(name)}, {"F.;1", 30, 1, 0, RawIso::name("f")}});
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{1});
        QVERIFY(image->contains("f"));
        QVERIFY(hasSkipped(*image, "its name cannot be used"));
        for (const char c : image->skipped().front())
            QVERIFY(static_cast<unsigned char>(c) >= 0x20);
    }

    void keepsTheFirstOfTwoFilesOfOneName() {
        RawImage raw;
        raw.iso().put(30, "1");
        raw.iso().put(31, "2");
        const auto image =
            raw.open({{"A.;1", 30, 1, 0, RawIso::name("f")}, {"B.;1", 31, 1, 0, RawIso::name("f")}});
        QVERIFY(image);
        QCOMPARE(image->readText("f").value_or(""), std::string("1"));
        QVERIFY(hasSkipped(*image, "a second file has this name"));
    }

    void leavesAFileOutWhoseLastPartIsMissing() {
        RawImage raw;
        const auto image = raw.open({{"A.;1", 30, 2048, moreExtents, RawIso::name("a")},
                                     {"B.;1", 31, 1, 0, RawIso::name("b")},
                                     {"C.;1", 30, 2048, moreExtents, RawIso::name("c")}});
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{1});
        QVERIFY(hasSkipped(*image, "a: its last part is missing"));
        QVERIFY(hasSkipped(*image, "c: its last part is missing"));
    }

    void keepsItsLimits() // R43
    {
        QTemporaryDir directory;
        RawIso iso(400);
        // A chain of directories deeper than 64, each with a file.
        for (quint32 i = 0; i < 100; ++i)
            iso.addDirectory(
                RawIso::rootBlock + i,
                {{"D", RawIso::rootBlock + i + 1, 2048, directoryFlag, RawIso::name(QByteArray(100, 'd'))},
                 {"F.;1", 300, 1, 0, RawIso::name("f")}},
                i == 0 ? RawIso::rockRidgeRoot() : QByteArray());
        iso.addDirectory(RawIso::rootBlock + 100, {});
        const std::string path = iso.write(directory.path()).toStdString();
        const auto image = IsoImage::open(path);
        QVERIFY(image);
        const auto longest = std::accumulate(
            image->files().begin(), image->files().end(), std::size_t{0},
            [](std::size_t most, const auto& file) { return std::max(most, file.first.size()); });
        QVERIFY(longest <= 4096);
        QCOMPARE(image->files().size(), std::size_t{41}); // 4096 / 101
        QVERIFY(hasSkipped(*image, "longer than 4096 bytes"));

        const auto volume = readIsoVolume(*image->file(), path);
        QVERIFY(volume);
        IsoLimits limits;
        limits.depth = 5;
        QCOMPARE(readIsoTree(image->file(), *volume, path, limits)->files.size(), std::size_t{6});
        limits = {};
        limits.entries = 10;
        QCOMPARE(readIsoTree(image->file(), *volume, path, limits).error().code, ErrorCode::BrokenIso);
        limits = {};
        limits.directoryBytes = 10000;
        QCOMPARE(readIsoTree(image->file(), *volume, path, limits).error().code, ErrorCode::BrokenIso);
        limits = {};
        limits.pathBytes = 10000;
        QCOMPARE(readIsoTree(image->file(), *volume, path, limits).error().code, ErrorCode::BrokenIso);
    }

    void survives300MutatedImages() // R43
    {
        if (!IsoFixture::hasTool(xorriso))
            QSKIP("xorriso is not installed");
        IsoFixture fixture;
        for (int i = 0; i < 60; ++i)
            fixture.add(QStringLiteral("d%1/e/f/g/a-name-of-some-length-%2").arg(i % 7).arg(i));
        fixture.addLink(QStringLiteral("link"), QStringLiteral("d1/e"));
        QFile original(fixture.build({QStringLiteral("-R"), QStringLiteral("-J")}));
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray good = original.readAll();
        QRandomGenerator random(20261122);
        for (int round = 0; round < 300; ++round) {
            QByteArray bad = good;
            for (int flips = random.bounded(1, 60); flips > 0; --flips)
                bad[random.bounded(16 * 2048, static_cast<int>(bad.size()))] =
                    static_cast<char>(random.bounded(256));
            QFile file(fixture.directory() + QStringLiteral("/bad.iso"));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(bad);
            file.close();
            const std::clock_t start = std::clock();
            const auto image = IsoImage::open(file.fileName().toStdString());
            QVERIFY(millisecondsSince(start) < 2000);
            if (!image)
                continue;
            for (const auto& [path, slices] : image->files()) {
                for (const boot::FileSlice& slice : slices)
                    QVERIFY(slice.offset + slice.length <= static_cast<std::uint64_t>(bad.size()));
            }
        }
    }

    void readsNoMoreTextThanItIsAllowed() {
        RawImage raw;
        raw.iso().put(30, "0123456789");
        const auto image =
            raw.open({{"F.;1", 30, 10, 0, RawIso::name("f")}, {"E.;1", 9999, 0, 0, RawIso::name("e")}});
        QVERIFY(image);
        QCOMPARE(image->readText("f", 10).value_or(""), std::string("0123456789"));
        QCOMPARE(image->readText("f", 9).error().code, ErrorCode::NotAllowed);
        QCOMPARE(image->readStart("f", 4).value_or(""), std::string("0123"));
        QCOMPARE(image->readText("e").value_or("?"), std::string());
        QCOMPARE(image->readText("none").error().code, ErrorCode::NoSuchFile);
    }
};

QTEST_GUILESS_MAIN(TestIsoImage)
#include "tst_IsoImage.moc"
