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
};

void TestTreeFile::readsTheStageOutOfThePath_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<FileRole>("role");
    const auto row = [](const char* path, FileRole role) {
        QTest::addRow("%s", path) << QByteArray(path) << role;
    };
    row(".treeinfo", FileRole::Metadata);
    row(".discinfo", FileRole::Metadata);
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

QTEST_APPLESS_MAIN(TestTreeFile)
#include "tst_TreeFile.moc"
