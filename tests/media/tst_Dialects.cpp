#include "tests/media/Listing.h"
#include "tests/media/Oracle.h"
#include "tests/media/SourceTree.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using media::IsoImage;

namespace rackmuster::tests {

namespace {

const QString xorriso = QStringLiteral("xorriso");
const QString genisoimage = QStringLiteral("genisoimage");
constexpr quint64 pieceSize = 4096;
constexpr quint64 aboveFourGibibytes = (1ULL << 32U) + (100U << 20U) + 12345;

QStringList words(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool hasSkipped(const IsoImage& image, const char* reason) {
    return std::any_of(image.skipped().begin(), image.skipped().end(),
                       [reason](const std::string& fact) { return fact.find(reason) != std::string::npos; });
}

} // namespace

/// Images of every kind, made by the tools that make real ones, against what xorriso finds in them.
class TestDialects final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_directory.reset(); }

    void everyFileIsAsXorrisoExtractsIt_data();
    void everyFileIsAsXorrisoExtractsIt();
    void realImagesAreAsXorrisoExtractsThem_data();
    void realImagesAreAsXorrisoExtractsThem();
    void theEfiBootImageIsAsMtoolsExtractsIt();
    void sixtyFiveThousandFilesAreAllThere();
    void aFileAbove4GiBIsJoinedFromItsExtents();
    void aFileAbove4GiBHasItsSizeFromUdf();
    void readsUdfAlone();
    void readsTheVolumesOfMkudffs_data();
    void readsTheVolumesOfMkudffs();
    void leavesCompressedFilesOutWithAReason();
    void readsTheLastSessionOfAnImageThatGrew();

private:
    [[nodiscard]] QString place(const char* name) const {
        return m_directory->filePath(QString::fromLatin1(name));
    }
    /// Makes m_image out of m_tree.
    bool make(const QString& tool, const QStringList& arguments) const;
    bool makeGrubRescue() const;
    bool makeDebianCd() const;
    void compareWithXorriso(const QStringList& loading = {}) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_tree;
    QString m_image;
};

void TestDialects::initTestCase() {
    for (const QString& program : {xorriso, genisoimage}) {
        if (!isInstalled(program))
            QSKIP(qPrintable(program + QStringLiteral(" is not installed")));
    }
}

void TestDialects::init() {
    m_directory = std::make_unique<QTemporaryDir>(scratchTemplate());
    QVERIFY(m_directory->isValid());
    m_tree = place("tree");
    m_image = place("image.iso");
}

bool TestDialects::make(const QString& tool, const QStringList& arguments) const {
    const QStringList before = tool == xorriso ? words("-report_about SORRY -as mkisofs") : QStringList();
    return runProgram(tool, before + words("-quiet -V TEST") + arguments +
                                QStringList{QStringLiteral("-o"), m_image, m_tree});
}

void TestDialects::compareWithXorriso(const QStringList& loading) const {
    const QString extracted = place("extracted");
    QVERIFY(extractByXorriso(m_image, extracted, loading));
    const Listing expected = listingOf(extracted);
    QVERIFY(!expected.isEmpty());
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY2(image, image ? "" : message(image.error()).c_str());
    QCOMPARE(differences(expected, listingOf(*image)), QString());
    QVERIFY2(image->skipped().empty(), image->skipped().empty() ? "" : image->skipped().front().c_str());
    QVERIFY(!image->isUdfUnread());
}

void TestDialects::everyFileIsAsXorrisoExtractsIt_data() {
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("loading");
    const auto row = [](const char* name, const QString& tool, const char* arguments, const char* loading) {
        QTest::newRow(name) << tool << words(arguments) << words(loading);
    };
    row("Rock Ridge", genisoimage, "-R", "");
    row("Rock Ridge, nothing moved", genisoimage, "-R -D", "");
    row("Rock Ridge, moved out of sight", genisoimage, "-r -hide-rr-moved", "");
    row("Rock Ridge, xorriso", xorriso, "-R", "");
    row("Rock Ridge, xorriso, moved", xorriso, "-R -rr_reloc_dir rr_moved", "");
    row("Rock Ridge, xorriso, hard links", xorriso, "-R --hardlinks", "");
    row("Rock Ridge and Joliet", genisoimage, "-r -J -input-charset utf-8", "");
    row("Rock Ridge and Joliet, xorriso", xorriso, "-r -J", "");
    row("Rock Ridge, long Joliet, ISO 9660:1999", xorriso, "-r -J -joliet-long -iso-level 4", "");
    row("Rock Ridge and Apple's extensions", genisoimage, "-R -apple", "");
    row("Joliet alone", genisoimage, "-J -input-charset utf-8", "");
    row("Joliet alone, long names", genisoimage, "-J -joliet-long -input-charset utf-8", "");
    row("plain, level 1", genisoimage, "-iso-level 1 -input-charset utf-8", "-ecma119_map lowercase");
    row("plain, level 2", genisoimage, "-iso-level 2 -input-charset utf-8", "-ecma119_map lowercase");
    row("plain, level 3", genisoimage, "-iso-level 3 -input-charset utf-8", "-ecma119_map lowercase");
    row("plain, no versions", genisoimage, "-N -d -input-charset utf-8", "-ecma119_map lowercase");
    row("plain, lower case", genisoimage, "-allow-lowercase -l -allow-multidot -input-charset utf-8",
        "-ecma119_map lowercase");
    row("plain, whatever Unix has", genisoimage, "-U -input-charset utf-8", "-ecma119_map lowercase");
    row("ISO 9660:1999", genisoimage, "-iso-level 4", "-ecma119_map stripped");
    row("ISO 9660:1999 and Rock Ridge", genisoimage, "-R -iso-level 4", "");
    row("ISO 9660:1999 and Joliet", genisoimage, "-J -iso-level 4", "");
    row("UDF bridge", genisoimage, "-R -udf", "");
    row("UDF bridge and Joliet", genisoimage, "-r -J -udf -input-charset utf-8", "");
}

void TestDialects::everyFileIsAsXorrisoExtractsIt() {
    QFETCH(QString, tool);
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, loading);
    SourceTree tree(m_tree);
    tree.addEverything();
    if (loading.isEmpty() || loading.contains(QStringLiteral("stripped"))) // where case counts
        tree.addTwins();
    if (loading.contains(QStringLiteral("stripped"))) // ISO 9660:1999 names no alphabet; xorriso takes ASCII
        QVERIFY(QDir(m_tree + QStringLiteral("/文档")).removeRecursively());
    QVERIFY(make(tool, arguments));
    compareWithXorriso(loading);
}

bool TestDialects::makeGrubRescue() const {
    return runProgram(QStringLiteral("grub-mkrescue"),
                      {QStringLiteral("--output=") + m_image, QStringLiteral("/usr/share/grub")});
}

/// Debian's installer as its own CDs have it: isolinux, a UEFI boot image, and the shape for hard disks.
bool TestDialects::makeDebianCd() const {
    const QString netboot =
        QStringLiteral("/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64");
    const QString prepare =
        QStringLiteral(
            "mkdir -p tree/isolinux tree/boot/grub; cp -rL %1/. tree/; "
            "cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 tree/isolinux/; "
            "mformat -C -i tree/boot/grub/efi.img -f 2880 ::; mmd -i tree/boot/grub/efi.img ::/efi "
            "::/efi/boot; "
            "mcopy -i tree/boot/grub/efi.img %1/bootnetx64.efi ::/efi/boot/bootx64.efi")
            .arg(netboot);
    return runShell(prepare, m_directory->path()) &&
           make(xorriso, words("-r -J -b isolinux/isolinux.bin -c isolinux/boot.cat -no-emul-boot "
                               "-boot-load-size 4 -boot-info-table -eltorito-alt-boot -e boot/grub/efi.img "
                               "-no-emul-boot -isohybrid-gpt-basdat -isohybrid-apm-hfsplus"));
}

void TestDialects::realImagesAreAsXorrisoExtractsThem_data() {
    QTest::addColumn<QString>("source");
    QTest::newRow("ipxe") << QStringLiteral("/usr/lib/ipxe/ipxe.iso");
    QTest::newRow("grub-rescue") << QStringLiteral("/usr/lib/grub-rescue/grub-rescue-cdrom.iso");
    QTest::newRow("memtest86+") << QStringLiteral("/usr/lib/memtest86+/memtest86+x64.iso");
    QTest::newRow("memtest86+, 32 bits") << QStringLiteral("/usr/lib/memtest86+/memtest86+ia32.iso");
    QTest::newRow("grub-mkrescue") << QStringLiteral("/usr/bin/grub-mkrescue");
    QTest::newRow("debian-installer") << QStringLiteral("/usr/lib/debian-installer/images/12");
}

void TestDialects::realImagesAreAsXorrisoExtractsThem() // R43
{
    QFETCH(QString, source);
    if (!QFile::exists(source))
        QSKIP(qPrintable(source + QStringLiteral(" is not installed")));
    if (source.endsWith(QStringLiteral(".iso")))
        QVERIFY(QFile::copy(source, m_image));
    else
        QVERIFY(source.endsWith(QStringLiteral("mkrescue")) ? makeGrubRescue() : makeDebianCd());
    // Without Rock Ridge or Joliet, as the smallest of them are, names are what a mount shows.
    compareWithXorriso(words("-ecma119_map lowercase"));
}

void TestDialects::theEfiBootImageIsAsMtoolsExtractsIt() {
    if (!isInstalled(QStringLiteral("mcopy")))
        QSKIP("mtools is not installed");
    SourceTree loaders(place("loaders"));
    loaders.add(QStringLiteral("EFI/BOOT/BOOTX64.EFI"), SourceTree::bytes(900'001, 1));
    loaders.add(QStringLiteral("EFI/BOOT/grubx64.efi"), SourceTree::bytes(1'000'000, 2));
    loaders.add(QStringLiteral("EFI/debian/a long name with 中文.cfg"), SourceTree::bytes(513, 3));
    loaders.add(QStringLiteral("EFI/empty"), {});
    for (int i = 0; i < 100; ++i)
        loaders.add(QStringLiteral("EFI/fonts/font-%1.pf2").arg(i), SourceTree::bytes(i * 37, 100));
    SourceTree(m_tree).add(QStringLiteral("file"), "beside");
    for (const char* const size : {"2880", "65536", "300000"}) { // FAT12, FAT16, FAT32
        const QString format =
            QStringLiteral("rm -rf image.iso fat; truncate -s 0 tree/efi.img; truncate -s %1K tree/efi.img; "
                           "PATH=$PATH:/usr/sbin:/sbin mkfs.vfat tree/efi.img >/dev/null; "
                           "mcopy -s -i tree/efi.img loaders/* ::/; "
                           "mkdir fat")
                .arg(QLatin1String(size));
        QVERIFY(runShell(format, m_directory->path()));
        QVERIFY(make(xorriso, words("-r -e efi.img -no-emul-boot")));
        const auto begin = efiImageByXorriso(m_image);
        QVERIFY(begin);
        QVERIFY(runShell(QStringLiteral("mcopy -s -i image.iso@@%1 '::/*' fat/").arg(*begin),
                         m_directory->path()));
        const auto image = IsoImage::open(m_image.toStdString());
        QVERIFY2(image, image ? "" : message(image.error()).c_str());
        const Listing expected = listingOf(place("fat"));
        QCOMPARE(expected.size(), 104);
        QCOMPARE(differences(expected, listingBelow(*image, QStringLiteral("[efiboot]/"))), QString());
        QVERIFY(image->skipped().empty());
    }
}

void TestDialects::sixtyFiveThousandFilesAreAllThere() // R43
{
    SourceTree tree(m_tree);
    constexpr int files = 65'000;
    for (int i = 0; i < files; ++i) // not in one folder, which takes xorriso minutes
        tree.add(QStringLiteral("%1/f%2").arg(i / 1000).arg(i), QByteArray::number(i));
    for (const char* const arguments : {"-R", "-R -udf"}) {
        QVERIFY(make(genisoimage, words(arguments)));
        compareWithXorriso();
        const auto image = IsoImage::open(m_image.toStdString());
        QVERIFY(image && image->files().size() == files);
        QVERIFY(QDir(place("extracted")).removeRecursively());
    }
}

void TestDialects::aFileAbove4GiBIsJoinedFromItsExtents() // R43
{
    SourceTree tree(m_tree);
    tree.addSparse(QStringLiteral("images/big.img"), aboveFourGibibytes);
    tree.add(QStringLiteral("zz-behind"), SourceTree::bytes(5000, 7));
    const QString make =
        QStringLiteral("xorriso -report_about SORRY -as mkisofs -quiet -iso-level 3 -R -V TEST tree | "
                       "dd of=image.iso bs=1M iflag=fullblock conv=sparse status=none");
    QVERIFY(runShell(make, m_directory->path()));
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY2(image, image ? "" : message(image.error()).c_str());
    const QString big = QStringLiteral("images/big.img");
    QCOMPARE(sizeByXorriso(m_image, big), std::optional(aboveFourGibibytes));
    QCOMPARE(differences(listingOf(m_tree), listingOf(*image)), QString());
    // Two records of the tree, one piece of the file.
    const auto& slices = image->files().at(big.toStdString());
    QCOMPARE(slices.size(), std::size_t{1});
    QVERIFY(cutByXorriso(m_image, big, sampledOffsets(aboveFourGibibytes), pieceSize, m_directory->path()));
    for (const quint64 at : sampledOffsets(aboveFourGibibytes)) {
        QFile piece(m_directory->filePath(QString::number(at)));
        QVERIFY(piece.open(QIODevice::ReadOnly));
        const QByteArray expected = piece.readAll();
        QCOMPARE(expected.size(), qsizetype{pieceSize});
        QByteArray found(expected.size(), '\0');
        QVERIFY(slices[0].file->readExactly(slices[0].offset + at,
                                            std::span(reinterpret_cast<std::uint8_t*>(found.data()),
                                                      static_cast<std::size_t>(found.size()))));
        QVERIFY(found == expected);
    }
}

// genisoimage cuts the size in the ISO 9660 tree to 32 bits; only UDF has the true one.
void TestDialects::aFileAbove4GiBHasItsSizeFromUdf() // R43
{
    SourceTree tree(m_tree);
    tree.addSparse(QStringLiteral("sources/install.wim"), aboveFourGibibytes);
    tree.add(QStringLiteral("setup.exe"), SourceTree::bytes(5000, 8));
    const QString make = QStringLiteral("genisoimage -quiet -udf -allow-limited-size -R -V TEST tree | "
                                        "dd of=image.iso bs=1M iflag=fullblock conv=sparse status=none");
    QVERIFY(runShell(make, m_directory->path()));
    const QString big = QStringLiteral("sources/install.wim");
    QCOMPARE(sizeByXorriso(m_image, big), std::optional(aboveFourGibibytes - (1ULL << 32U)));
    if (isInstalled(QStringLiteral("7zz"))) {
        const auto listed = outputOf(QStringLiteral("7zz"), words("l -tudf -ba -slt") + QStringList{m_image});
        QVERIFY(listed && listed->contains("Size = " + QByteArray::number(aboveFourGibibytes)));
    }
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY2(image, image ? "" : message(image.error()).c_str());
    QCOMPARE(differences(listingOf(m_tree), listingOf(*image)), QString());
}

// genisoimage makes no UDF without a bridge; a bridge whose ISO 9660 descriptors are gone is one.
void TestDialects::readsUdfAlone() {
    SourceTree tree(m_tree);
    tree.addEverything();
    QVERIFY(make(genisoimage, words("-udf -r -J -input-charset utf-8")));
    QFile file(m_image);
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (qint64 sector = 16; file.seek(sector * 2048 + 1) && file.peek(5) == "CD001"; ++sector)
        QVERIFY(file.seek(sector * 2048) && file.write(QByteArray("\0BEA01\1", 7)) == 7);
    file.close();
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY2(image, image ? "" : message(image.error()).c_str());
    if (!isInstalled(QStringLiteral("7zz")))
        QSKIP("7zip is not installed");
    const QString extracted = place("extracted");
    QVERIFY(runProgram(QStringLiteral("7zz"),
                       words("x -tudf -bso0") + QStringList{QStringLiteral("-o") + extracted, m_image}));
    QCOMPARE(differences(listingOf(extracted), listingOf(*image)), QString());
}

void TestDialects::readsTheVolumesOfMkudffs_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("1.02") << words("--blocksize=2048 --udfrev=1.02") << true;
    QTest::newRow("2.01") << words("--blocksize=2048 --udfrev=2.01") << true;
    QTest::newRow("DVD-RAM") << words("--media-type=dvdram") << true;
    // Discs that are written piece by piece; nobody makes installation images of these.
    QTest::newRow("virtual partition of CD-R") << words("--media-type=cdr") << false;
    QTest::newRow("sparing tables of CD-RW") << words("--media-type=cdrw") << false;
}

// Only the kernel can fill these, so there is nothing in them: what counts is that the volume is understood.
void TestDialects::readsTheVolumesOfMkudffs() {
    QFETCH(QStringList, arguments);
    QFETCH(bool, isRead);
    if (!isInstalled(QStringLiteral("mkudffs")))
        QSKIP("udftools is not installed");
    QVERIFY(runShell(
        QStringLiteral("truncate -s 64M image.iso; PATH=$PATH:/usr/sbin mkudffs %1 image.iso >/dev/null")
            .arg(arguments.join(QLatin1Char(' '))),
        m_directory->path()));
    const auto image = IsoImage::open(m_image.toStdString());
    QCOMPARE(image.has_value(), isRead);
    if (isRead)
        QVERIFY(image->files().empty() && image->skipped().empty());
    else
        QVERIFY(message(image.error()).find("its UDF volume cannot be read") != std::string::npos);
}

void TestDialects::leavesCompressedFilesOutWithAReason() {
    SourceTree tree(m_tree);
    tree.add(QStringLiteral("images/packed"), QByteArray(1'000'000, 'z'));
    tree.add(QStringLiteral("images/small"), "is not worth packing");
    QVERIFY(runProgram(xorriso, xorrisoBasics() + words("-outdev") + QStringList{m_image} + words("-map") +
                                    QStringList{m_tree} +
                                    words("/ -zisofs level=9 -set_filter_r --zisofs / --")));
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY2(image, image ? "" : message(image.error()).c_str());
    QVERIFY(image->contains("images/small"));
    QVERIFY(!image->contains("images/packed"));
    QVERIFY(hasSkipped(*image, "images/packed: it is stored compressed"));
}

// As an operator does who adds his kickstart to an image.
void TestDialects::readsTheLastSessionOfAnImageThatGrew() {
    SourceTree tree(m_tree);
    tree.addEverything();
    QVERIFY(make(xorriso, words("-r -J")));
    SourceTree(place("more")).add(QStringLiteral("ks.cfg"), "text\n");
    QVERIFY(runProgram(xorriso, xorrisoBasics() + words("-dev") + QStringList{m_image} + words("-map") +
                                    QStringList{place("more/ks.cfg")} +
                                    words("/images/ks.cfg -rm /.treeinfo -- -commit")));
    compareWithXorriso();
    const auto image = IsoImage::open(m_image.toStdString());
    QVERIFY(image && image->contains("images/ks.cfg") && !image->contains(".treeinfo"));
}

} // namespace rackmuster::tests

QTEST_GUILESS_MAIN(rackmuster::tests::TestDialects)
#include "tst_Dialects.moc"
