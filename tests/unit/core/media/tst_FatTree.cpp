#include "core/media/FatTree.h"
#include "core/media/TreePath.h"
#include "tests/unit/core/media/FatVolume.h"
#include "tests/unit/core/media/IsoFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::FatVolume;
using rackmuster::tests::IsoFixture;

namespace {

QByteArray contentOf(const std::vector<boot::FileSlice>& slices) {
    QByteArray out;
    for (const boot::FileSlice& slice : slices) {
        std::vector<std::uint8_t> bytes(slice.length);
        if (!slice.file->readExactly(slice.offset, bytes))
            qFatal("A slice lies outside of its file.");
        out += QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }
    return out;
}

/// No two neighbouring bytes alike, so that a cluster in the wrong place shows.
QByteArray pattern(int size) {
    QByteArray out(size, '\0');
    for (int i = 0; i < size; ++i)
        out[i] = static_cast<char>(i * 7 + i / 251);
    return out;
}

constexpr qint64 before = 5 * 2048; // as in an image, where something else comes first

Result<IsoTree> read(const FatVolume& volume) {
    auto file = FileDescriptor::openForReading(volume.path().toStdString());
    if (!file)
        return tl::unexpected(file.error());
    const auto length = static_cast<std::uint64_t>(QFile(volume.path()).size() - before);
    return readFatTree({std::make_shared<const FileDescriptor>(std::move(*file)),
                        static_cast<std::uint64_t>(before), length},
                       "fat/");
}

} // namespace

class TestFatTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(QStringLiteral("mformat")))
            QSKIP("mtools is not installed");
    }

    void readsWhatMtoolsWrites_data() {
        QTest::addColumn<int>("sectors");
        QTest::addColumn<int>("perCluster");
        QTest::newRow("FAT12, a floppy disk") << 2880 << 1;
        QTest::newRow("FAT16") << 20480 << 1;
        QTest::newRow("FAT32") << 80000 << 1;
    }
    void readsWhatMtoolsWrites() {
        QFETCH(int, sectors);
        QFETCH(int, perCluster);
        FatVolume volume(before);
        const QByteArray shim = pattern(200'001);
        QVERIFY(volume.format(sectors, perCluster));
        QVERIFY(volume.mkdir(QStringLiteral("EFI")) && volume.mkdir(QStringLiteral("EFI/BOOT")));
        QVERIFY(volume.add(QStringLiteral("EFI/BOOT/first"), pattern(3000)));
        QVERIFY(volume.add(QStringLiteral("EFI/BOOT/BOOTX64.EFI"), shim));
        QVERIFY(volume.add(QStringLiteral("EFI/BOOT/a name longer than eight.conf"), "long"));
        QVERIFY(volume.add(QStringLiteral("empty"), {}));
        for (int i = 0; i < 60; ++i) // more than one cluster of records
            QVERIFY(volume.add(QStringLiteral("EFI/file%1").arg(i), QByteArray::number(i)));
        const auto tree = read(volume);
        QVERIFY2(tree, tree ? "" : message(tree.error()).c_str());
        QCOMPARE(tree->files.size(), std::size_t{64});
        QVERIFY(tree->skipped.empty());
        QCOMPARE(contentOf(tree->files.at("fat/EFI/BOOT/BOOTX64.EFI")), shim);
        QCOMPARE(contentOf(tree->files.at("fat/EFI/BOOT/a name longer than eight.conf")), QByteArray("long"));
        QCOMPARE(sizeOfSlices(tree->files.at("fat/empty")), std::uint64_t{0});
        QCOMPARE(contentOf(tree->files.at("fat/EFI/file59")), QByteArray("59"));
    }

    void refusesWhatIsNoVolume_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("sector size 0") << 11 << QByteArray(2, '\0');
        QTest::newRow("sector size 8192") << 11 << QByteArray("\x00\x20", 2);
        QTest::newRow("no sectors a cluster") << 13 << QByteArray(1, '\0');
        QTest::newRow("three sectors a cluster") << 13 << QByteArray(1, 3);
        QTest::newRow("no tables") << 16 << QByteArray(1, '\0');
        QTest::newRow("tables beyond the end") << 22 << QByteArray("\xFF\xFF", 2);
    }
    void refusesWhatIsNoVolume() {
        QFETCH(int, at);
        QFETCH(QByteArray, bytes);
        FatVolume volume(before);
        QVERIFY(volume.format(2880, 1) && volume.poke(at, bytes));
        const auto tree = read(volume);
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, ErrorCode::BrokenIso);
    }

    void leavesAChainOutThatEndsTooEarly() {
        FatVolume volume(before);
        QVERIFY(volume.format(2880, 1) && volume.add(QStringLiteral("good"), "x"));
        QVERIFY(volume.add(QStringLiteral("cut"), pattern(5000)));
        QVERIFY(volume.poke(512, QByteArray("\xF0\xFF\xFF\xFF\xFF\xFF", 6))); // clusters 2 and 3 are ends
        const auto tree = read(volume);
        QVERIFY(tree);
        QCOMPARE(tree->files.size(), std::size_t{1});
        QCOMPARE(tree->skipped, std::vector<std::string>{"fat/cut: its last part is missing"});
    }

    void leavesAChainOutThatLoops() {
        FatVolume volume(before);
        QVERIFY(volume.format(2880, 1) && volume.add(QStringLiteral("loop"), pattern(5000)));
        QVERIFY(volume.poke(512 + 3, QByteArray("\x02\x20\x00", 3))); // 2 -> 2
        const auto tree = read(volume);
        QVERIFY(tree);
        QVERIFY(tree->files.empty());
        QCOMPARE(tree->skipped, std::vector<std::string>{"fat/loop: it shares its place with another file"});
    }
};

QTEST_GUILESS_MAIN(TestFatTree)
#include "tst_FatTree.moc"
