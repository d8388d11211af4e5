#include "tests/media/Oracle.h"
#include "tests/media/RawParts.h"
#include "tests/media/Reading.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace rackmuster::tests {

namespace {

using Records = QList<RawRecord>;
using Maker = std::function<RawIso()>;

/// An entry with only the given system use.
RawRecord bare(const QByteArray& identifier, const QByteArray& systemUse) {
    return {identifier, 40, 1, 0, systemUse};
}

/// A small image with a Rock Ridge root.
RawIso small(const Records& root) {
    RawIso iso(smallImage);
    iso.addDirectory(rootBlock, root, RawIso::rockRidgeRoot());
    return iso;
}

/// A small image with a root of these bytes behind its "." record.
RawIso withRoot(const QByteArray& behindSelf) {
    RawIso iso(smallImage);
    iso.put(rootBlock, RawIso::encode({QByteArray(1, '\0'), rootBlock, 2048, directoryFlag}) + behindSelf);
    return iso;
}

} // namespace

/// What a broken stick, a broken tool or an enemy makes of an image (R43): each is read as far as it is
/// good, or refused with one sentence.
class TestHostileImages final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TestHostileImages::saysWhatIsWrong_data() {
    QTest::addColumn<Maker>("make");
    QTest::addColumn<int>("files"); // -1: refused
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, int files, const char* words, const Maker& make) {
        QTest::newRow(name) << make << files << QString::fromUtf8(words);
    };
    constexpr int refused = -1;

    row("root in itself", 1, "the directory is listed a second time", [] {
        return small({folder("d", rootBlock), file("f")});
    });
    row("folder in itself", 1, "the directory is listed a second time", [] {
        RawIso iso = small({folder("d", 30), file("f")});
        iso.addDirectory(30, {folder("d", 30)});
        return iso;
    });
    row("two folders in each other", 2, "the directory is listed a second time", [] {
        RawIso iso = small({folder("a", 30), folder("b", 31)});
        iso.addDirectory(30, {folder("b", 31), file("f")});
        iso.addDirectory(31, {folder("a", 30), file("f")});
        return iso;
    });
    row("the same folder twice", 1, "the directory is listed a second time", [] {
        RawIso iso = small({folder("a", 30), folder("b", 30)});
        iso.addDirectory(30, {file("f")});
        return iso;
    });
    row("files that overlap", 1, "overlaps", [] {
        return small({file("a", 40, 5000), file("b", 41, 5000)});
    });
    row("a file in another one", 1, "overlaps", [] {
        return small({file("a", 40, 8192), file("b", 41, 100)});
    });
    row("files that share all their bytes", 2, "", [] {
        return small({file("a", 40, 5000), file("b", 40, 5000)});
    });
    row("an empty file in another one", 2, "", [] { return small({file("a", 40, 5000), file("b", 41, 0)}); });
    row("pieces of one file that overlap", 0, "overlaps", [] {
        return small(
            {{"A;1", 40, 4096, moreExtents, RawIso::name("a")}, {"A;1", 41, 100, 0, RawIso::name("a")}});
    });

    for (const int length : {1, 2, 33})
        row(qPrintable(QStringLiteral("record of %1 bytes").arg(length)), refused, "cannot be read",
            [length] { return withRoot(static_cast<char>(length) + QByteArray(300, '\1')); });
    row("record of 255 bytes without a name", refused, "cannot be read",
        [] { return withRoot(QByteArray(1, '\xFF') + QByteArray(300, '\0')); });
    row("record of 255 bytes behind the sector", refused, "cannot be read", [] {
        RawIso iso(smallImage);
        QByteArray bytes = RawIso::encode({QByteArray(1, '\0'), rootBlock, 2048, directoryFlag});
        while (bytes.size() < 1900)
            bytes += RawIso::encode({"F;1", 40, 1});
        iso.put(rootBlock, bytes + QByteArray(1, '\xFF') + QByteArray(30, '\1'));
        return iso;
    });
    row("nothing behind a record of 0 bytes", 0, "", [] { return withRoot(QByteArray(1, '\0')); });
    row("no root", refused, "its root directory cannot be read", [] { return RawIso(smallImage); });

    row("a file behind the end", refused, "the file f lies outside of it",
        [] { return small({file("f", smallImage)}); });
    row("a file over the end", refused, "the file f lies outside of it",
        [] { return small({file("f", smallImage - 1, 2049)}); });
    row("a file of 4 GiB", refused, "the file f lies outside of it",
        [] { return small({file("f", 40, 0xFFFFFFFFU)}); });
    row("a folder of 4 GiB", refused, "lies outside of it",
        [] { return small({folder("d", 40, 0xFFFFFFFFU)}); });
    row("a folder at the end of the address space", refused, "lies outside of it",
        [] { return small({folder("d", 0xFFFFFFFFU, 0xFFFFF800U)}); });
    row("a file interleaved", 1, "it is stored interleaved", [] {
        RawIso iso = small({file("f"), file("g")});
        QByteArray record = RawIso::encode(file("f"));
        record[26] = 2;
        iso.put(rootBlock, RawIso::encode({QByteArray(1, '\0'), rootBlock, 2048, directoryFlag,
                                           RawIso::rockRidgeRoot()}) +
                               record + RawIso::encode(file("g")));
        return iso;
    });

    row("continuation of itself", 1, "its Rock Ridge entries cannot be read", [] {
        RawIso iso = small({bare("L;1", RawIso::continuation(30, 0, 28)), file("f")});
        iso.put(30, RawIso::continuation(30, 0, 28));
        return iso;
    });
    row("two continuations of each other", 1, "its Rock Ridge entries cannot be read", [] {
        RawIso iso = small({bare("L;1", RawIso::continuation(30, 0, 28)), file("f")});
        iso.put(30, RawIso::continuation(31, 0, 28));
        iso.put(31, RawIso::continuation(30, 0, 28));
        return iso;
    });
    row("33 continuations", 1, "its Rock Ridge entries cannot be read", [] {
        RawIso iso = small({bare("L;1", RawIso::continuation(30, 0, 28)), file("f")});
        QByteArray chain;
        for (quint32 hop = 1; hop <= 33; ++hop)
            chain += RawIso::continuation(30, hop * 28, 28);
        iso.put(30, chain);
        return iso;
    });
    row("32 continuations", 2, "", [] {
        RawIso iso = small({bare("L;1", RawIso::continuation(30, 0, 28)), file("f")});
        QByteArray chain;
        for (quint32 hop = 1; hop < 32; ++hop)
            chain += RawIso::continuation(30, hop * 28, 28);
        iso.put(30, chain + RawIso::name("the name in the last one"));
        return iso;
    });
    row("continuation outside", 1, "its Rock Ridge entries cannot be read", [] {
        return small({bare("L;1", RawIso::continuation(0xFFFFFFFFU, 0, 28)), file("f")});
    });
    row("continuation over its sector", 1, "its Rock Ridge entries cannot be read", [] {
        return small({bare("L;1", RawIso::continuation(30, 2047, 28)), file("f")});
    });
    row("entries of length 0 and 3", 3, "", [] {
        return small({bare("A;1", QByteArray("NM\0\1", 4) + RawIso::name("x")),
                      bare("B;1", QByteArray("NM\3\1", 4)), bare("C;1", QByteArray("NM\xFF\1\0", 5))});
    });
    row("name of 4097 bytes", 1, "its Rock Ridge entries cannot be read", [] {
        QByteArray area;
        while (area.size() + 205 + 28 < 2048)
            area += RawIso::name(QByteArray(200, 'n'), 1);
        const auto areaSize = static_cast<quint32>(area.size() + 28);
        RawIso iso = small({bare("L;1", RawIso::continuation(30, 0, areaSize)), file("f")});
        for (quint32 block = 30; block < 33; ++block)
            iso.put(block, area + RawIso::continuation(block + 1, 0, areaSize));
        return iso;
    });

    row("moved into itself", 1, "a second time", [] {
        return small({bare("D;1", RawIso::name("d") + RawIso::childLink(rootBlock)), file("f")});
    });
    row("moved to each other", 1, "a second time", [] {
        RawIso iso = small({bare("A;1", RawIso::name("a") + RawIso::childLink(30)), file("f")});
        iso.addDirectory(30, {bare("B;1", RawIso::name("b") + RawIso::childLink(31))});
        iso.addDirectory(31, {bare("C;1", RawIso::name("c") + RawIso::childLink(30))});
        return iso;
    });
    row("moved to a file", 1, "there is no directory where it was moved to", [] {
        return small({bare("D;1", RawIso::name("d") + RawIso::childLink(40)), file("f")});
    });
    row("moved outside", 1, "it was moved to outside of the image", [] {
        return small({bare("D;1", RawIso::name("d") + RawIso::childLink(0xFFFFFFFFU)), file("f")});
    });
    row("moved, and called moved", 1, "", [] {
        return small(
            {bare("D;1", RawIso::name("d") + RawIso::childLink(30) + RawIso::relocated()), file("f")});
    });

    row("Joliet of another tree", 1, "", [] { // Rock Ridge goes first
        RawIso iso = small({file("f")});
        iso.put(17, jolietDescriptor(30, 2048));
        iso.put(18, QByteArray("\xFF"
                               "CD001\1",
                               7));
        iso.addDirectory(30, {{QByteArray("\0x\0y", 4), 40, 1}});
        return iso;
    });
    row("Joliet outside", refused, "lies outside of it", [] {
        RawIso iso = withRoot({});
        iso.put(17, jolietDescriptor(smallImage, 2048));
        iso.put(18, QByteArray("\xFF"
                               "CD001\1",
                               7));
        return iso;
    });
    row("Joliet names of half a letter and half a pair", 2, "", [] {
        RawIso iso = withRoot({});
        iso.put(17, jolietDescriptor(30, 2048));
        iso.put(18, QByteArray("\xFF"
                               "CD001\1",
                               7));
        iso.addDirectory(30, {{QByteArray("\0a\0b\0", 5), 40, 1}, {QByteArray("\xD8\x00\0c", 4), 40, 1}});
        return iso;
    });

    for (const char* const name :
         {"..", ".", "/", "/etc/passwd", "../../etc/passwd", "a/../b", "a\nb", "a\x1B[31m", "a\x7F", "\r"})
        row(qPrintable(
                QStringLiteral("name %1").arg(QString::fromLatin1(QByteArray(name).toPercentEncoding()))),
            1, "its name cannot be used", [name] {
                return small({file(name), file("f")});
            });
    row("plain name ..", 1, "its name cannot be used", [] {
        return withRoot(RawIso::encode({"..;1", 40, 1}) + RawIso::encode({"F;1", 40, 1}));
    });
    row("plain name with a slash", 1, "its name cannot be used", [] {
        return withRoot(RawIso::encode({"A/../B;1", 40, 1}) + RawIso::encode({"F;1", 40, 1}));
    });
    row("links out of the tree", 1, "", [] {
        return small({file("f"), bare("A;1", RawIso::name("a") + RawIso::link({"..", "..", "etc"})),
                      bare("B;1", RawIso::name("b") + RawIso::link({"", "etc", "shadow"})),
                      bare("C;1", RawIso::name("c") + RawIso::link({"c"})),
                      bare("D;1", RawIso::name("d") + RawIso::link({"e", "x"})),
                      bare("E;1", RawIso::name("e") + RawIso::link({"d", "y"}))});
    });

    row("El Torito catalogue outside", 1, "", [] {
        RawIso iso = withFat({});
        iso.put(17, bootDescriptor(0xFFFFFFFFU));
        return iso;
    });
    row("El Torito catalogue of garbage", 1, "", [] {
        RawIso iso = withFat({});
        iso.put(21, QByteArray(2048, '\x91'));
        return iso;
    });
    row("El Torito image outside", 1, "", [] {
        RawIso iso = withFat({});
        iso.put(21, efiCatalog(0xFFFFFFFFU));
        return iso;
    });
    row("El Torito image that is the catalogue", 1, "", [] {
        RawIso iso = withFat({});
        iso.put(21, efiCatalog(21));
        return iso;
    });
    row("FAT of ones", 1, "", [] { return withFat(QByteArray(4096, '\xFF')); });
    row("FAT larger than its place", 1, "",
        [] { return withFat(fatSector(0xFFFF, 16, 0xFFFFFFFFU, 0xFFFF)); });
    row("FAT folder in itself", 1, "it shares its place with another file", [] {
        // One table sector at 512, the root at 1024, cluster 2 at 1536.
        QByteArray volume =
            fatSector(1, 16, 64, 1) + QByteArray("\xF8\xFF\xFF\xFF\xFF\xFF", 6).leftJustified(512, '\0');
        volume += fatRecord("D", 0x10, 2, 0).leftJustified(512, '\0');
        volume += fatRecord("D", 0x10, 2, 0).leftJustified(512, '\0');
        return withFat(volume);
    });
    row("FAT chain in a circle", 1, "it shares its place with another file", [] {
        QByteArray volume =
            fatSector(1, 16, 64, 1) + QByteArray("\xF8\xFF\xFF\x02\x00\x00", 6).leftJustified(512, '\0');
        volume += fatRecord("F", 0, 2, 5000).leftJustified(1024, '\0');
        return withFat(volume);
    });
}

void TestHostileImages::saysWhatIsWrong() {
    QFETCH(Maker, make);
    QFETCH(int, files);
    QFETCH(QString, words);
    const QTemporaryDir directory(scratchTemplate());
    const Reading reading = readHostileImage(make().write(directory.path()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
    QVERIFY2(reading.isRead() == (files >= 0), qPrintable(reading.story()));
    if (files >= 0)
        QVERIFY2(reading.files == files, qPrintable(reading.story() + reading.names.join(QLatin1Char(' '))));
    QVERIFY2(words.isEmpty() ? reading.skipped.isEmpty() : reading.says(words), qPrintable(reading.story()));
}

} // namespace rackmuster::tests

QTEST_GUILESS_MAIN(rackmuster::tests::TestHostileImages)
#include "tst_HostileImages.moc"
