#include "core/boot/TreeFile.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster::boot;
using namespace rackmuster::tests;

Q_DECLARE_METATYPE(rackmuster::boot::FileRole)

class TestTreeFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheStageOutOfThePath_data();
    void readsTheStageOutOfThePath();
    void findsFilesAsTheTreeSpellsThem();
    void etagsDifferBetweenFilesAndImagesOnly();
    void servesTheWholeImageWhenItHasItsFile();
};

void TestTreeFile::readsTheStageOutOfThePath_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<FileRole>("role");
    const auto row = [](const char* path, FileRole role) {
        QTest::addRow("%s", path) << QByteArray(path) << role;
    };
    row(".treeinfo", FileRole::Other); // read before stage 2
    row(".discinfo", FileRole::Other);
    row("content", FileRole::Other);
    row("CHECKSUMS", FileRole::Other);
    row("media.1/media", FileRole::Metadata);
    row("media.1/products", FileRole::Metadata);
    row("suse/setup/descr/packages.gz", FileRole::Metadata);
    row("Module-Basesystem/repodata/repomd.xml", FileRole::Metadata);
    row("boot/x86_64/root", FileRole::InstallerImage);
    row("boot/x86_64/common", FileRole::InstallerImage);
    row("boot/x86_64/cracklib-dict-full.rpm", FileRole::InstallerImage); // a part of stage 2, too
    row("boot/x86_64/loader/linux", FileRole::Other);
    row("x86_64/bash-5.2-1.x86_64.rpm", FileRole::Package);
    row("suse/noarch/release-notes-sles-15.rpm", FileRole::Package);
    row("casper/ubuntu-server-minimal.squashfs", FileRole::InstallerImage);
    row("repodata/repomd.xml", FileRole::Metadata);
    row("AppStream/repodata/0a1b-primary.xml.gz", FileRole::Metadata);
    row("dists/bookworm/Release", FileRole::Metadata);
    row("dists/bookworm/main/debian-installer/binary-amd64/Packages.gz", FileRole::Metadata);
    row("dists/bookworm/InRelease", FileRole::Metadata);
    row("comps.xml.gz", FileRole::Metadata);
    row("images/install.img", FileRole::InstallerImage);
    row("LiveOS/squashfs.img", FileRole::InstallerImage);
    row("images/product.img", FileRole::InstallerImage);
    row("images/updates.img", FileRole::InstallerImage);
    row("Packages/bash-5.1.8-9.el9.x86_64.rpm", FileRole::Package);
    row("Packages/rocky-release-9.4-1.noarch.rpm", FileRole::Package);
    row("pool/main/b/bash/bash_5.2_amd64.deb", FileRole::Package);
    row("pool/main/n/netcfg/netcfg_1.187_amd64.udeb", FileRole::Package);
    row("images/pxeboot/vmlinuz", FileRole::Other);
    row("repodata", FileRole::Other);
    row("EULA", FileRole::Other);
    row("", FileRole::Other);
}

void TestTreeFile::readsTheStageOutOfThePath() {
    QFETCH(QByteArray, path);
    QFETCH(FileRole, role);
    QCOMPARE(roleOfTreePath(path.toStdString()), role);
}

void TestTreeFile::findsFilesAsTheTreeSpellsThem() {
    const ImageFiles image = rockyImage();
    QVERIFY(fileOfImage(image, "EFI/BOOT/BOOTX64.EFI", FileRole::Loader).has_value());
    QVERIFY(!fileOfImage(image, "efi/boot/bootx64.efi", FileRole::Loader).has_value());
    QVERIFY(!fileOfImage(image, "EFI/BOOT", FileRole::Other).has_value());
    QVERIFY(!fileOfImage(image, "", FileRole::Other).has_value());
}

// P55
void TestTreeFile::etagsDifferBetweenFilesAndImagesOnly() {
    const ImageFiles image = rockyImage();
    const std::string etag = fileOfImage(image, ".treeinfo", FileRole::Metadata)->etag;
    QCOMPARE(etag.size(), std::size_t{16});
    QCOMPARE(fileOfImage(image, ".treeinfo", FileRole::Other)->etag, etag);
    QVERIFY(fileOfImage(image, "images/install.img", FileRole::Other)->etag != etag);
    ImageFiles changed = image;
    changed.etagSeed = "another";
    QVERIFY(fileOfImage(changed, ".treeinfo", FileRole::Metadata)->etag != etag);
}

// P55
void TestTreeFile::servesTheWholeImageWhenItHasItsFile() {
    const ImageFiles image = ubuntuImage();
    const auto whole = wholeImage(image);
    QVERIFY(whole.has_value());
    QCOMPARE(whole->role, FileRole::InstallerImage);
    QCOMPARE(whole->size(), std::uint64_t{2000000});
    QCOMPARE(whole->etag.size(), std::size_t{16});
    QVERIFY(whole->etag != fileOfImage(image, "casper/vmlinuz", FileRole::Kernel)->etag);
    ImageFiles changed = image;
    changed.etagSeed = "another";
    QVERIFY(wholeImage(changed)->etag != whole->etag);
    QVERIFY(!wholeImage(rockyImage()).has_value());
}

QTEST_APPLESS_MAIN(TestTreeFile)
#include "tst_TreeFile.moc"
