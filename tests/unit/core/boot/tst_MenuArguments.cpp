#include "core/boot/MenuArguments.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;

Q_DECLARE_METATYPE(rackmuster::boot::InstallerFamily)

namespace {

const std::string tree = "http://192.168.0.251/i/medium";

/// A medium of a family with these files beside its kernel and initrd.
ImageFiles medium(InstallerFamily family, const std::vector<std::string>& files) {
    ImageFiles image;
    image.id = "medium";
    image.family = family;
    image.version = "9.4";
    for (const std::string& path : files)
        image.files.emplace(path, std::vector{FileSlice{nullptr, 0, 1}});
    return image;
}

std::string translated(const ImageFiles& image, const std::string& arguments,
                       const std::string& kernel = "isolinux/vmlinuz") {
    const MenuEntry entry{"An entry", kernel, {"isolinux/initrd.img"}, arguments};
    return menuArguments(entry, image, rack().server, {});
}

} // namespace

class TestMenuArguments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void translatesWhatNamesTheMedium_data();
    void translatesWhatNamesTheMedium();
    void leavesWhatItDoesNotKnow_data();
    void leavesWhatItDoesNotKnow();
    void tellsOldMediaWhereTheyAre_data();
    void tellsOldMediaWhereTheyAre();
    void leavesAKernelAloneAlone();
    void keepsWhatIsForTheInstalledSystemLast();
    void asksForAnAddressOnce();
    void givesCasperItsWholeImage();
    void isOneLine();
};

void TestMenuArguments::translatesWhatNamesTheMedium_data() {
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* arguments, const std::string& expected) {
        QTest::newRow(name) << QByteArray(arguments) << QByteArray::fromStdString(expected);
    };
    row("stage2 by label", "inst.stage2=hd:LABEL=RHEL-9\\x20Server quiet",
        "inst.stage2=" + tree + " quiet ip=dhcp");
    row("stage2 below the root", "inst.stage2=hd:LABEL=X:/sub/dir/",
        "inst.stage2=" + tree + "/sub/dir ip=dhcp");
    row("stage2 of RHEL 6", "stage2=hd:LABEL=X", "stage2=" + tree + " ip=dhcp");
    row("repository on a disc", "inst.repo=cdrom", "inst.repo=" + tree + " ip=dhcp");
    row("repository on a named disc", "inst.repo=hd:LABEL=X:/BaseOS",
        "inst.repo=" + tree + "/BaseOS ip=dhcp");
    row("repository of RHEL 6", "repo=cdrom:", "repo=" + tree + " ip=dhcp");
    row("method of RHEL 5", "method=cdrom", "method=" + tree + " ip=dhcp");
    row("source of linuxrc", "install=cd:/", "install=" + tree + " inst.stage2=x ip=dhcp");
    row("source of linuxrc on a stick", "install=hd:/?device=/dev/disk/by-label/X inst.stage2=x",
        "install=" + tree + " inst.stage2=x ip=dhcp");
    row("kickstart on a disc", "inst.stage2=x inst.ks=cdrom:/hardening/ssg-rhel.cfg",
        "inst.stage2=x inst.ks=" + tree + "/hardening/ssg-rhel.cfg ip=dhcp");
    row("kickstart on a stick", "inst.stage2=x inst.ks=hd:LABEL=X:/ks.cfg",
        "inst.stage2=x inst.ks=" + tree + "/ks.cfg ip=dhcp");
    row("kickstart of RHEL 6", "ks=cdrom:/ks.cfg inst.stage2=x",
        "ks=" + tree + "/ks.cfg inst.stage2=x ip=dhcp");
    row("kickstart without a path", "ks=cdrom inst.stage2=x", "ks=" + tree + "/ks.cfg inst.stage2=x ip=dhcp");
    row("file with a blank", "inst.stage2=x ks=cdrom:/a%b.cfg",
        "inst.stage2=x ks=" + tree + "/a%25b.cfg ip=dhcp");
    row("driver disk", "inst.stage2=x inst.dd=hd:LABEL=X:/dd.iso",
        "inst.stage2=x inst.dd=" + tree + "/dd.iso ip=dhcp");
    row("driver disk of RHEL 6", "inst.stage2=x dd=cdrom:/dd.iso",
        "inst.stage2=x dd=" + tree + "/dd.iso ip=dhcp");
    row("updates", "inst.stage2=x inst.updates=cdrom:/dd.iso",
        "inst.stage2=x inst.updates=" + tree + "/dd.iso ip=dhcp");
    row("updates of RHEL 6", "inst.stage2=x updates=cdrom:/dd.iso",
        "inst.stage2=x updates=" + tree + "/dd.iso ip=dhcp");
    row("AutoYaST", "inst.stage2=x autoyast=cd:///ks.cfg",
        "inst.stage2=x autoyast=" + tree + "/ks.cfg ip=dhcp");
    row("live root", "root=live:CDLABEL=Fedora rd.live.image",
        "root=live:" + tree + "/LiveOS/squashfs.img rd.live.image ip=dhcp");
    row("live root by label", "root=live:LABEL=X", "root=live:" + tree + "/LiveOS/squashfs.img ip=dhcp");
    row("live root elsewhere", "root=live:UUID=X rd.live.dir=/os/ rd.live.squashimg=root.img",
        "root=live:" + tree + "/os/root.img rd.live.dir=/os/ rd.live.squashimg=root.img ip=dhcp");
    row("preseed", "inst.stage2=x file=/cdrom/preseed/server.seed quiet",
        "inst.stage2=x url=" + tree + "/preseed/server.seed quiet");
    row("preseed by its other name", "inst.stage2=x preseed/file=/cdrom/preseed/server.seed",
        "inst.stage2=x url=" + tree + "/preseed/server.seed");
    row("archiso by label", "inst.stage2=x archisobasedir=arch archisolabel=ARCH_202401",
        "inst.stage2=x archisobasedir=arch archiso_http_srv=" + tree + "/ ip=dhcp");
    row("archiso by device", "inst.stage2=x archisodevice=/dev/sr0 archisobasedir=sysresccd",
        "inst.stage2=x archiso_http_srv=" + tree + "/ archisobasedir=sysresccd ip=dhcp");
    row("archiso by UUID", "inst.stage2=x archisobasedir=arch archisosearchuuid=2024-01-01-00-00-00-00",
        "inst.stage2=x archisobasedir=arch archiso_http_srv=" + tree + "/ ip=dhcp");
    row("check of the medium", "inst.stage2=x rd.live.check quiet", "inst.stage2=x quiet");
    row("check of a SUSE medium", "inst.stage2=x mediacheck=1", "inst.stage2=x");
    row("initrd of another loader", "inst.stage2=x initrd=initrd.img", "inst.stage2=x");
    row("live-boot", "boot=live components inst.stage2=x",
        "boot=live components inst.stage2=x fetch=" + tree + "/live/filesystem.squashfs");
}

void TestMenuArguments::translatesWhatNamesTheMedium() {
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, expected);
    const ImageFiles image =
        medium(InstallerFamily::RedHat,
               {"ks.cfg", "a%b.cfg", "dd.iso", "hardening/ssg-rhel.cfg", "LiveOS/squashfs.img", "os/root.img",
                "preseed/server.seed", "live/filesystem.squashfs"});
    std::string line = arguments.toStdString();
    if (line == "install=cd:/")
        line += " inst.stage2=x";
    QCOMPARE(translated(image, line), expected.toStdString());
}

void TestMenuArguments::leavesWhatItDoesNotKnow_data() {
    QTest::addColumn<QByteArray>("arguments");
    const auto row = [](const char* arguments) {
        QTest::addRow("%s", arguments) << QByteArray(arguments);
    };
    row("quiet rescue xdriver=vesa nomodeset inst.stage2=http://elsewhere/ vga=788");
    row("inst.stage2=nfs:10.0.0.1:/tree inst.ks=file:/ks.cfg");
    row("inst.stage2=x inst.ks=cdrom:/not/there.cfg");
    row("inst.stage2=x inst.dd=cdrom");
    row("root=live:CDLABEL=X rd.live.dir=elsewhere");
    row("root=/dev/ram0 rw");
    row("inst.stage2=x file=/cdrom/not-there.seed file=/preseed.cfg");
    row("inst.stage2=x archisolabel=ARCH"); // of no archiso: without its directory there is nothing to fetch
    row("inst.stage2=x boot=live fetch=http://elsewhere/x.squashfs");
    row("inst.stage2=hd ks=hd inst.repo= =x ip=");
}

void TestMenuArguments::leavesWhatItDoesNotKnow() {
    QFETCH(QByteArray, arguments);
    const ImageFiles image =
        medium(InstallerFamily::RedHat, {"LiveOS/squashfs.img", "live/filesystem.squashfs"});
    QCOMPARE(translated(image, arguments.toStdString()), arguments.toStdString());
}

// Their installers look for a disc that is not there.
void TestMenuArguments::tellsOldMediaWhereTheyAre_data() {
    QTest::addColumn<InstallerFamily>("family");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("RHEL 6") << InstallerFamily::RedHat << QByteArray("6.10")
                            << QByteArray::fromStdString("rescue repo=" + tree + " ksdevice=bootif ip=dhcp");
    QTest::newRow("RHEL 9") << InstallerFamily::RedHat << QByteArray("9.4")
                            << QByteArray::fromStdString("rescue inst.repo=" + tree + " ip=dhcp");
    QTest::newRow("SUSE") << InstallerFamily::Suse << QByteArray("15.5")
                          << QByteArray::fromStdString("rescue install=" + tree);
    QTest::newRow("Debian") << InstallerFamily::Debian << QByteArray("12") << QByteArray("rescue");
    QTest::newRow("none") << InstallerFamily::None << QByteArray() << QByteArray("rescue");
}

void TestMenuArguments::tellsOldMediaWhereTheyAre() {
    QFETCH(InstallerFamily, family);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, expected);
    ImageFiles image = medium(family, {});
    image.version = version.toStdString();
    QCOMPARE(translated(image, "rescue"), expected.toStdString());
}

void TestMenuArguments::leavesAKernelAloneAlone() {
    const MenuEntry memtest{"Memory test", "isolinux/memtest", {}, "  nopause\tkeyboard=legacy "};
    QCOMPARE(menuArguments(memtest, medium(InstallerFamily::RedHat, {}), rack().server, {}),
             std::string("nopause keyboard=legacy"));
    QCOMPARE(menuArguments({"x", "k", {}, ""}, medium(InstallerFamily::Suse, {}), rack().server, {}),
             std::string());
}

void TestMenuArguments::keepsWhatIsForTheInstalledSystemLast() {
    const MenuEntry entry{"Install", "install.amd/vmlinuz", {"i"}, "vga=788 --- quiet"};
    QCOMPARE(menuArguments(entry, medium(InstallerFamily::Debian, {}), rack().server, "BOOTIF=x"),
             std::string("vga=788 BOOTIF=x --- quiet"));
}

void TestMenuArguments::asksForAnAddressOnce() {
    const ImageFiles image = medium(InstallerFamily::RedHat, {"ks.cfg"});
    QCOMPARE(translated(image, "inst.stage2=cdrom inst.ks=cdrom:/ks.cfg ip=10.0.0.1::::x:eth0:none"),
             "inst.stage2=" + tree + " inst.ks=" + tree + "/ks.cfg ip=10.0.0.1::::x:eth0:none");
}

void TestMenuArguments::givesCasperItsWholeImage() {
    ImageFiles image = medium(InstallerFamily::Ubuntu, {"preseed/ubuntu.seed"});
    const std::string menu = "file=/cdrom/preseed/ubuntu.seed maybe-ubiquity quiet --- splash";
    QCOMPARE(translated(image, menu, "casper/vmlinuz"), menu); // nothing to fetch
    image.whole = {nullptr, 0, 1000};
    QCOMPARE(translated(image, menu, "casper/vmlinuz"),
             std::string("file=/cdrom/preseed/ubuntu.seed maybe-ubiquity quiet "
                         "url=http://192.168.0.251/w/medium.iso ip=dhcp --- splash"));
    QCOMPARE(translated(image, "boot=casper"),
             std::string("boot=casper url=http://192.168.0.251/w/medium.iso ip=dhcp"));
    QCOMPARE(translated(image, "boot=casper url=http://elsewhere/x.iso"),
             std::string("boot=casper url=http://elsewhere/x.iso"));
}

void TestMenuArguments::isOneLine() {
    const std::string line = translated(medium(InstallerFamily::Debian, {}), "a\nLABEL evil\r\n\tb\x01");
    QCOMPARE(line, std::string("a LABEL evil b"));
}

QTEST_APPLESS_MAIN(TestMenuArguments)
#include "tst_MenuArguments.moc"
