#include "core/media/MediaInspector.h"
#include "tests/unit/core/media/IsoFixture.h"

#include <QTest>

#include <map>
#include <optional>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::IsoFixture;

namespace {

using Files = std::map<QString, QByteArray>;

/// "family|name|version|arch|kernel|initrd", and the note that keeps it from being imported.
struct Expected {
    QByteArray line;
    std::optional<ErrorCode> reason;
    QByteArray entries; ///< titles, a line each; null: not looked at
};

Files operator+(Files a, const Files& b) {
    a.insert(b.begin(), b.end());
    return a;
}

/// Files whose content does not matter.
Files empty(std::initializer_list<const char*> paths) {
    Files out;
    for (const char* path : paths)
        out.emplace(QString::fromLatin1(path), "x");
    return out;
}

Files text(const char* path, const QByteArray& content) {
    return {{QString::fromLatin1(path), content}};
}

Files pxeboot() {
    return empty({"images/pxeboot/vmlinuz", "images/pxeboot/initrd.img"});
}

/// As productmd writes it, with the old section that stands in front of it.
QByteArray treeInfo(const QByteArray& name, const QByteArray& version, const QByteArray& arch) {
    return "[general]\n; WARNING.0 = compatibility\narch = " + arch + "\nfamily = " + name +
           "\nname = " + name + " " + version + "\nplatforms = " + arch +
           ",xen\nvariant = BaseOS\nversion = " + version +
           "\n\n[header]\ntype = productmd.treeinfo\nversion = 1.2\n\n[images-" + arch +
           "]\ninitrd = images/pxeboot/initrd.img\nkernel = images/pxeboot/vmlinuz\n\n[release]\nname = " +
           name + "\nshort = X\nversion = " + version + "\n\n[tree]\narch = " + arch +
           "\nbuild_timestamp = 1\n";
}

QByteArray installMenu(const QByteArray& product) {
    return "set default=\"1\"\nsearch --no-floppy --set=root -l 'X'\nmenuentry 'Install " + product +
           "' --class fedora --class os {\n\tlinux /images/pxeboot/vmlinuz inst.stage2=hd:LABEL=CDROM quiet\n"
           "\tinitrd /images/pxeboot/initrd.img\n}\n";
}

QByteArray debianMenu() {
    return "label install\n\tmenu label ^Install\n\tkernel /install.amd/vmlinuz\n"
           "\tappend vga=788 initrd=/install.amd/initrd.gz --- quiet\n";
}

QByteArray casperMenu(const QByteArray& title) {
    return "set timeout=30\nloadfont unicode\nmenuentry \"" + title +
           "\" {\n\tset gfxpayload=keep\n\tlinux\t/casper/vmlinuz  ---\n\tinitrd\t/casper/initrd\n}\n"
           "grub_platform\nif [ \"$grub_platform\" = \"efi\" ]; then\nmenuentry 'Boot from next volume' "
           "{\n\texit 1\n}\n"
           "menuentry 'UEFI Firmware Settings' {\n\tfwsetup\n}\nfi\n";
}

QByteArray hweMenu() {
    return casperMenu("Try or Install Ubuntu Server") +
           "menuentry \"Ubuntu Server with the HWE kernel\" {\n\tlinux\t/casper/hwe-vmlinuz  ---\n"
           "\tinitrd\t/casper/hwe-initrd\n}\n";
}

const char* const yastKernel = "boot/x86_64/loader/linux|boot/x86_64/loader/initrd";
const char* const anacondaKernel = "images/pxeboot/vmlinuz|images/pxeboot/initrd.img";

void row(const char* name, const Files& files, const QByteArray& line,
         std::optional<ErrorCode> reason = std::nullopt, const QByteArray& entries = {}) {
    QTest::newRow(name) << files << Expected{line, reason, entries};
}

void redHatRows() {
    const QByteArray kernel = QByteArray("|") + anacondaKernel;
    row("Oracle Linux", pxeboot() + text(".treeinfo", treeInfo("Oracle Linux Server", "8.9", "x86_64")),
        "redhat|Oracle Linux Server|8.9|x86_64" + kernel);
    row("CentOS Stream",
        pxeboot() + text(".treeinfo", treeInfo("CentOS Stream", "9", "x86_64")) +
            text(".discinfo", "1637000000.1\n9\nx86_64\n"),
        "redhat|CentOS Stream|9|x86_64" + kernel);
    row("Anolis", pxeboot() + text(".treeinfo", treeInfo("Anolis OS", "8.8", "x86_64")),
        "redhat|Anolis OS|8.8|x86_64" + kernel);
    row("openEuler", pxeboot() + text(".treeinfo", treeInfo("openEuler", "22.03-LTS-SP3", "x86_64")),
        "redhat|openEuler|22.03-LTS-SP3|x86_64" + kernel);
    row("openEuler, .discinfo alone",
        pxeboot() + text(".discinfo", "1700000000.1\nopenEuler 22.03-LTS-SP3\nx86_64\n"),
        "redhat|openEuler|22.03-LTS-SP3|x86_64" + kernel);
    row("Kylin",
        pxeboot() + text(".treeinfo", treeInfo("Kylin Linux Advanced Server", "V10", "x86_64")) +
            text(".discinfo", "1621830000.0\nKylin Linux Advanced Server V10\nx86_64\n"),
        "redhat|Kylin Linux Advanced Server|V10|x86_64" + kernel);
    row("Kylin, .productinfo alone",
        pxeboot() + text(".productinfo",
                         "Kylin Linux Advanced Server\nrelease V10 (SP2) /(Sword)-x86_64-Build09/20210524\n"),
        "redhat|Kylin Linux Advanced Server|V10|x86_64" + kernel);
    row("CentOS 6",
        empty({"images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "images/install.img"}) +
            text(".treeinfo", "[general]\nfamily = CentOS\ntimestamp = 1530286202.94\nvariant = \n"
                              "totaldiscs = 1\nversion = 6.10\ndiscnum = 1\npackagedir = \narch = i386\n\n"
                              "[images-i386]\nkernel = images/pxeboot/vmlinuz\n"
                              "initrd = images/pxeboot/initrd.img\n") +
            text(".discinfo", "1530286202.94\nFinal\ni386\nALL\n"),
        "redhat|CentOS|6.10|i386" + kernel);
    row("media.repo alone",
        pxeboot() + text("media.repo",
                         "[InstallMedia]\nname=Red Hat Enterprise Linux 7.9\nmediaid=1.1\ngpgcheck=0\n"),
        "redhat|Red Hat Enterprise Linux|7.9||images/pxeboot/vmlinuz|images/pxeboot/initrd.img");
    row("a menu alone, no isolinux", pxeboot() + text("boot/grub2/grub.cfg", installMenu("Rocky Linux 10.0")),
        "redhat|Rocky Linux|10.0||images/pxeboot/vmlinuz|images/pxeboot/initrd.img", std::nullopt,
        "Install Rocky Linux 10.0\n");
    row("an unknown relative", pxeboot() + text(".treeinfo", treeInfo("Somebody's Linux", "1", "x86_64")),
        "redhat|Somebody's Linux|1|x86_64" + kernel);
    row("aarch64",
        pxeboot() + empty({"EFI/BOOT/BOOTAA64.EFI", "EFI/BOOT/grubaa64.efi"}) +
            text(".treeinfo", treeInfo("AlmaLinux", "9.4", "aarch64")),
        "redhat|AlmaLinux|9.4|aarch64" + kernel);
    row("ppc64le", pxeboot() + text(".treeinfo", treeInfo("AlmaLinux", "9.4", "ppc64le")),
        "redhat|AlmaLinux|9.4|ppc64le" + kernel, ErrorCode::OtherProcessor);
    row("Fedora live",
        pxeboot() + empty({"LiveOS/squashfs.img"}) +
            text("EFI/BOOT/grub.cfg",
                 "menuentry 'Start Fedora-Workstation-Live 38' {\n linux /images/pxeboot/vmlinuz "
                 "root=live:CDLABEL=Fedora-WS-Live-38 rd.live.image quiet\n"
                 " initrd /images/pxeboot/initrd.img\n}\n"),
        "redhat|TEST||||", ErrorCode::LiveMedium);
}

void debianRows() {
    const QByteArray kernel = "|install.amd/vmlinuz|install.amd/initrd.gz";
    const Files installer = empty({"install.amd/vmlinuz", "install.amd/initrd.gz", "dists/x/Release"}) +
                            text("isolinux/txt.cfg", debianMenu());
    const auto info = [](const QByteArray& line) {
        return text(".disk/info", line);
    };
    row("Debian 11",
        installer + info("Debian GNU/Linux 11.6.0 \"Bullseye\" - Official amd64 NETINST 20221217-10:42"),
        "debian|Debian GNU/Linux|11.6.0|amd64" + kernel);
    row("Debian 13",
        installer + info("Debian GNU/Linux 13.0.0 \"Trixie\" - Official amd64 DVD Binary-1 with firmware "
                         "20250809-11:21"),
        "debian|Debian GNU/Linux|13.0.0|amd64" + kernel);
    row("Debian testing",
        installer +
            info("Debian GNU/Linux testing \"Forky\" - Official Snapshot amd64 NETINST 20260101-03:12"),
        "debian|Debian GNU/Linux|testing|amd64" + kernel);
    row("Debian for two",
        installer + info("Debian GNU/Linux 9.13.0 \"Stretch\" - Official Multi-architecture amd64/i386 "
                         "NETINST 20200718"),
        "debian|Debian GNU/Linux|9.13.0|amd64" + kernel);
    row("Debian without its description", installer, "debian|Debian GNU/Linux||amd64" + kernel);
    row("Kali installer",
        installer + info("Kali GNU/Linux 2024.1 \"Kali-rolling\" - Official amd64 BD Binary-1 20240225"),
        "debian|Kali GNU/Linux|2024.1|amd64" + kernel);
    row("Kali live",
        empty({"live/vmlinuz", "live/initrd.img", "live/filesystem.squashfs"}) +
            info("Kali GNU/Linux 2024.1 \"Kali-rolling\" - Official Snapshot amd64 LIVE Binary 20240225") +
            text("isolinux/live.cfg", "") +
            text("isolinux/isolinux.cfg", "label live\nmenu label ^Live system\nlinux /live/vmlinuz\n"
                                          "initrd /live/initrd.img\nappend boot=live hostname=kali\n"),
        "debian|Kali GNU/Linux|2024.1|amd64||", ErrorCode::LiveMedium, "Live system\n");
    row("Linux Mint",
        empty({"casper/vmlinuz", "casper/initrd.lz", "casper/filesystem.squashfs"}) +
            info("Linux Mint 21.3 \"Virginia\" - Release amd64 20240109"),
        "debian|Linux Mint|21.3|amd64||", ErrorCode::LiveMedium);
    row("LMDE", empty({"live/vmlinuz", "live/initrd.lz"}) + info("LMDE 6 \"Faye\" - Release amd64 20230926"),
        "debian|LMDE|6|amd64||", ErrorCode::LiveMedium);
}

void ubuntuRows() {
    const auto info = [](const QByteArray& line) {
        return text(".disk/info", line);
    };
    const Files casper = empty({"casper/vmlinuz", "casper/initrd"});
    const QByteArray kernel = "|casper/vmlinuz|casper/initrd";
    row("Ubuntu Server 20.04",
        casper + empty({"casper/installer.squashfs", "casper/filesystem.squashfs"}) +
            info("Ubuntu-Server 20.04.6 LTS \"Focal Fossa\" - Release amd64 (20230314)") +
            text("boot/grub/grub.cfg", casperMenu("Install Ubuntu Server")),
        "ubuntu|Ubuntu-Server|20.04.6|amd64" + kernel, std::nullopt, "Install Ubuntu Server\n");
    row("Ubuntu Server 22.04 with HWE",
        casper +
            empty({"casper/hwe-vmlinuz", "casper/hwe-initrd", "casper/install-sources.yaml",
                   "casper/ubuntu-server-minimal.ubuntu-server.installer.squashfs"}) +
            info("Ubuntu-Server 22.04.4 LTS \"Jammy Jellyfish\" - Release amd64 (20240216.1)") +
            text("boot/grub/grub.cfg", hweMenu()),
        "ubuntu|Ubuntu-Server|22.04.4|amd64" + kernel, std::nullopt,
        "Try or Install Ubuntu Server\nUbuntu Server with the HWE kernel\n");
    row("Ubuntu Server 24.04, no menu",
        casper + empty({"casper/install-sources.yaml"}) +
            info("Ubuntu-Server 24.04.1 LTS \"Noble Numbat\" - Release amd64 (20240827)"),
        "ubuntu|Ubuntu-Server|24.04.1|amd64" + kernel);
    row("Ubuntu Desktop 24.04",
        casper + empty({"casper/install-sources.yaml", "casper/minimal.standard.live.squashfs"}) +
            info("Ubuntu 24.04 LTS \"Noble Numbat\" - Release amd64 (20240424)"),
        "ubuntu|Ubuntu|24.04|amd64" + kernel);
    row("Ubuntu Desktop 22.04",
        casper + empty({"casper/filesystem.squashfs"}) +
            info("Ubuntu 22.04 LTS \"Jammy Jellyfish\" - Release amd64 (20220419)") +
            text("boot/grub/grub.cfg", casperMenu("Try or Install Ubuntu")),
        "debian|Ubuntu|22.04|amd64||", ErrorCode::LiveMedium, "Try or Install Ubuntu\n");
    row("Ubuntu Server without its description",
        casper + text("boot/grub/grub.cfg", casperMenu("Try or Install Ubuntu Server")),
        "ubuntu|Ubuntu||" + kernel);
    row("Ubuntu 18.04 with Debian's installer",
        empty({"install/vmlinuz", "install/initrd.gz", "dists/bionic/Release"}) +
            info("Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)"),
        "debian|Ubuntu-Server|18.04.6|amd64|install/vmlinuz|install/initrd.gz");
}

void suseRows() {
    const Files loader = empty({"boot/x86_64/loader/linux", "boot/x86_64/loader/initrd"});
    const QByteArray kernel = QByteArray("|") + yastKernel;
    row("Leap",
        loader + text(".treeinfo",
                      "[general]\narch = x86_64\nfamily = openSUSE Leap\nname = openSUSE Leap 15.5\n"
                      "version = 15.5\n[images-x86_64]\nkernel = boot/x86_64/loader/linux\n"
                      "initrd = boot/x86_64/loader/initrd\n"),
        "suse|openSUSE Leap|15.5|x86_64" + kernel);
    row("Leap by its products",
        loader + text("media.1/products", "/ openSUSE-Leap 15.4-1\n") +
            text("media.1/media", "openSUSE - openSUSE-Leap-15.4-DVD-x86_64-Build243.2-Media\n"
                                  "openSUSE-Leap-15.4-DVD-x86_64-Build243.2\n1\n"),
        "suse|openSUSE Leap|15.4|x86_64" + kernel);
    row("Tumbleweed", loader + text("media.1/products", "/ openSUSE 20240101-0\n"),
        "suse|openSUSE|20240101|x86_64" + kernel);
    row("SLE 15 by its build",
        loader + text("media.1/media", "SUSE - SLE-15-SP4-Online-x86_64-Build151.1-Media\n"
                                       "SLE-15-SP4-Online-x86_64-Build151.1\n1\n"),
        "suse|SLE|15.4|x86_64" + kernel);
    row("SLES 12",
        loader + text("content",
                      "CONTENTSTYLE     11\nDATADIR          suse\nDESCRDIR         suse/setup/descr\n"
                      "DISTRO           cpe:/o:suse:sles:12:sp3,SUSE Linux Enterprise Server 12 SP3\n"
                      "REPOID           obsproduct://build.suse.de/SLE/SLES/12.3/DVD/x86_64\n"
                      "VENDOR           SUSE\n"),
        "suse|SUSE Linux Enterprise Server|12.3|x86_64" + kernel);
    row("Leap 42",
        loader + text("content", "CONTENTSTYLE 11\nDISTRO cpe:/o:opensuse:leap:42.3,openSUSE Leap 42.3\n"),
        "suse|openSUSE Leap|42.3|x86_64" + kernel);
    row("SLE on arm64",
        empty(
            {"boot/aarch64/linux", "boot/aarch64/initrd", "EFI/BOOT/bootaa64.efi", "EFI/BOOT/grubaa64.efi"}) +
            text("media.1/products", "/ SLES 15.5-0\n"),
        "suse|SLES|15.5|aarch64|boot/aarch64/linux|boot/aarch64/initrd");
    row("a module of SLE",
        text("media.1/products", "/ sle-module-basesystem 15.5-0\n") +
            text("media.1/media", "SUSE - SLE-15-SP5-Packages-x86_64-Build1-Media\n"),
        "suse|sle module basesystem|15.5|x86_64||", ErrorCode::AddOnMedium);
    row("an unknown relative", loader + empty({"control.xml"}), "suse|TEST||x86_64" + kernel);
}

void otherRows() {
    row("ESXi",
        text("boot.cfg", "bootstate=0\ntitle=Loading ESXi installer\ntimeout=5\nprefix=\nkernel=/b.b00\n"
                         "kernelopt=runweasel cdromBoot\nmodules=/jumpstrt.gz --- /useropts.gz --- /k.b00\n"
                         "build=7.0.3-0.35.19193900\nupdated=0\n") +
            empty({"mboot.c32", "efi/boot/bootx64.efi"}) +
            text("isolinux.cfg", "DEFAULT menu.c32\nLABEL install\n  KERNEL mboot.c32\n  APPEND -c boot.cfg\n"
                                 "  MENU LABEL ESXi-7.0U3d-19482537-standard ^Installer\n"),
        "none|VMware ESXi|7.0.3|x86_64||", ErrorCode::NotDriven, "");
    row("SystemRescue",
        empty({"sysresccd/boot/x86_64/vmlinuz", "sysresccd/boot/x86_64/sysresccd.img",
               "sysresccd/boot/intel_ucode.img"}) +
            text("boot/grub/grub.cfg",
                 "menuentry \"Boot SystemRescue using default options\" {\n"
                 " linux /sysresccd/boot/x86_64/vmlinuz archisobasedir=sysresccd "
                 "archisolabel=RESCUE1100 iomem=relaxed\n"
                 " initrd /sysresccd/boot/intel_ucode.img /sysresccd/boot/x86_64/sysresccd.img\n}\n"),
        "none|||||", ErrorCode::LiveMedium, "Boot SystemRescue using default options\n");
    row("Clonezilla",
        empty({"live/vmlinuz", "live/initrd.img"}) +
            text("boot/grub/grub.cfg",
                 "if [ x = y ]; then\n  set linux_cmd=linux\n  set initrd_cmd=initrd\n"
                 "  export linux_cmd initrd_cmd\nelse\n  set linux_cmd=linux\n  set initrd_cmd=initrd\n"
                 "fi\nmenuentry --hotkey=s \"Clonezilla live (VGA 800x600)\" --id live-default {\n"
                 "  search --set -f /live/vmlinuz\n  $linux_cmd /live/vmlinuz boot=live union=overlay\n"
                 "  $initrd_cmd /live/initrd.img\n}\n"),
        "none|||||", ErrorCode::LiveMedium, "Clonezilla live (VGA 800x600)\n");
    row("an installer of its own kind",
        empty({"boot/linux26", "boot/initrd.img"}) +
            text("boot/grub/grub.cfg",
                 "menuentry 'Install Something VE' --class debian {\n"
                 " linux /boot/linux26 ro ramdisk_size=16777216 rw quiet\n initrd /boot/initrd.img\n}\n"),
        "none|||||", std::nullopt, "Install Something VE\n");
    row("Windows", empty({"bootmgr", "sources/boot.wim", "efi/boot/bootx64.efi"}), "none|||||",
        ErrorCode::UnknownMedium);
}

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Files)

// The layouts in which media are published, with texts of our own.
class TestMediaShapes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(QStringLiteral("xorriso")))
            QSKIP("xorriso is not installed");
    }

    void isRecognised_data() {
        QTest::addColumn<Files>("files");
        QTest::addColumn<Expected>("expected");
        redHatRows();
        debianRows();
        ubuntuRows();
        suseRows();
        otherRows();
    }
    void isRecognised() {
        QFETCH(Files, files);
        QFETCH(Expected, expected);
        IsoFixture fixture;
        for (const auto& [path, content] : files)
            fixture.add(path, content);
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport got = inspect(*image, "image.iso", true);
        const Distribution& what = got.distribution;
        const std::string line = std::string(boot::toWord(what.family)) + "|" + what.name + "|" +
                                 what.version + "|" + what.arch + "|" + got.kernelPath + "|" + got.initrdPath;
        QCOMPARE(QByteArray::fromStdString(line), expected.line);
        QCOMPARE(got.isImportable(), !expected.reason.has_value());
        if (expected.reason)
            QCOMPARE(got.notes.front().code, *expected.reason);
        if (expected.entries.isNull())
            return;
        std::string titles;
        for (const boot::MenuEntry& entry : got.entries)
            titles += entry.title + "\n";
        QCOMPARE(QByteArray::fromStdString(titles), expected.entries);
    }

    // A memory test is a kernel without an initrd, on an image that has no menu.
    void readsTheMemoryTestThatDebianPackages() {
        const auto image = IsoImage::open("/usr/lib/memtest86+/memtest86+x64.iso");
        if (!image)
            QSKIP("memtest86+ is not installed");
        const MediaReport got = inspect(*image, "memtest.iso", true);
        QCOMPARE(got.distribution.name, std::string("Memtest86+"));
        QVERIFY(!got.distribution.version.empty());
        QCOMPARE(got.distribution.arch, std::string("x86_64"));
        QVERIFY(got.isImportable());
        QVERIFY(!got.isInstallable());
        QCOMPARE(got.entries.size(), std::size_t{1});
        QVERIFY(got.entries.front().initrdPaths.empty());
        QVERIFY(image->contains(got.entries.front().kernelPath));
    }
};

QTEST_GUILESS_MAIN(TestMediaShapes)
#include "tst_MediaShapes.moc"
