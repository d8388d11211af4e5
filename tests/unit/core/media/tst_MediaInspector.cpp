#include "core/media/HostLoader.h"
#include "core/media/MediaInspector.h"
#include "tests/unit/core/media/FatVolume.h"
#include "tests/unit/core/media/IsoFixture.h"
#include "tests/unit/core/media/PeFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::FatVolume;
using rackmuster::tests::IsoFixture;
using rackmuster::tests::makeGrub;
using rackmuster::tests::makeShim;

namespace {

const QByteArray rockyTreeInfo =
    "[general]\nname = Rocky Linux 9.4\n[release]\nname = Rocky Linux\nversion = 9.4\n"
    "[tree]\narch = x86_64\n[images-x86_64]\nkernel = images/pxeboot/vmlinuz\n"
    "initrd = images/pxeboot/initrd.img\n";

Result<IsoImage> open(IsoFixture& fixture) {
    return IsoImage::open(fixture.build().toStdString());
}

MediaReport report(IsoFixture& fixture, bool hasHostBiosLoader = true) {
    const auto image = open(fixture);
    return image ? inspect(*image, "image.iso", hasHostBiosLoader) : MediaReport();
}

/// The note of this code; null when there is none.
const Error* noteOf(const MediaReport& report, ErrorCode code) {
    const auto found = std::find_if(report.notes.begin(), report.notes.end(),
                                    [code](const Error& note) { return note.code == code; });
    return found == report.notes.end() ? nullptr : &*found;
}

const Loader* loaderOf(const MediaReport& report, const char* firmware) {
    const auto found = std::find_if(report.loaders.begin(), report.loaders.end(),
                                    [firmware](const Loader& loader) { return loader.firmware == firmware; });
    return found == report.loaders.end() ? nullptr : &*found;
}

} // namespace

class TestMediaInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(QStringLiteral("xorriso")))
            QSKIP("xorriso is not installed");
    }

    void reportsARedHatMediumInFull() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        fixture.add(QStringLiteral("EFI/BOOT/BOOTX64.EFI"), makeShim());
        fixture.add(QStringLiteral("EFI/BOOT/grubx64.efi"), makeGrub());
        fixture.add(QStringLiteral("EFI/BOOT/BOOTAA64.EFI"), "MZ");
        fixture.add(QStringLiteral("BaseOS/repodata/repomd.xml"));
        fixture.add(QStringLiteral("AppStream/repodata/repomd.xml"));
        const MediaReport got = report(fixture);
        QVERIFY(got.isInstallable());
        QCOMPARE(got.distribution.title(), std::string("Rocky Linux 9.4"));
        QVERIFY(got.distribution.family == boot::InstallerFamily::RedHat);
        QCOMPARE(got.kernelPath, std::string("images/pxeboot/vmlinuz"));
        QCOMPARE(got.initrdPath, std::string("images/pxeboot/initrd.img"));
        QCOMPARE(got.loaderFor("uefi-x64")->path, std::string("EFI/BOOT/BOOTX64.EFI"));
        QCOMPARE(got.loaderFor("uefi-x64")->grubPath, std::string("EFI/BOOT/grubx64.efi"));
        QVERIFY((got.repositories == std::vector<std::string>{"AppStream", "BaseOS"}));
        QCOMPARE(got.loaders.size(), std::size_t{3});
        QCOMPARE(loaderOf(got, "bios")->source, std::string("host"));
        QVERIFY(loaderOf(got, "uefi-x64")->isSecureBoot);
        QCOMPARE(loaderOf(got, "uefi-x64")->sbat, std::string("shim,4"));
        QVERIFY(!loaderOf(got, "uefi-arm64")->isSecureBoot);
        QVERIFY2(got.notes.empty(), got.notes.empty() ? "" : message(got.notes.front()).c_str());
    }

    void findsTheUsualKernelsWithoutADescription() {
        IsoFixture fixture;
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        const MediaReport got = report(fixture);
        QVERIFY(got.isInstallable());
        QVERIFY(got.distribution.family == boot::InstallerFamily::RedHat);
    }

    void doesNotBelieveATreeinfoThatNamesMissingFiles() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        const MediaReport got = report(fixture);
        QVERIFY(!got.isInstallable());
        QVERIFY(!got.isImportable());
        QVERIFY(
            (got.notes.front() == Error{ErrorCode::KernelMissing, "image.iso", "images/pxeboot/initrd.img"}));
    }

    void findsTheUefiLoaderInTheEfiBootImage() {
        if (!IsoFixture::hasTool(QStringLiteral("mformat")))
            QSKIP("mtools is not installed");
        FatVolume volume;
        QVERIFY(volume.format(5760, 1));
        QVERIFY(volume.mkdir(QStringLiteral("EFI")) && volume.mkdir(QStringLiteral("EFI/BOOT")));
        QVERIFY(volume.add(QStringLiteral("EFI/BOOT/BOOTX64.EFI"), makeShim()));
        QVERIFY(volume.add(QStringLiteral("EFI/BOOT/grubx64.efi"), makeGrub()));
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        QVERIFY(QFile::copy(volume.path(), fixture.treePath() + QStringLiteral("/images/efiboot.img")));
        const auto image = IsoImage::open(
            fixture
                .build({QStringLiteral("-R"), QStringLiteral("-eltorito-alt-boot"), QStringLiteral("-e"),
                        QStringLiteral("images/efiboot.img"), QStringLiteral("-no-emul-boot")})
                .toStdString());
        QVERIFY(image);
        const MediaReport found = inspect(*image, "image.iso", true);
        const Loader* const loader = loaderOf(found, "uefi-x64");
        QVERIFY(loader != nullptr);
        QCOMPARE(loader->path, std::string("[efiboot]/EFI/BOOT/BOOTX64.EFI"));
        QCOMPARE(loader->source, std::string("efiboot"));
        QVERIFY(loader->isSecureBoot);
        QCOMPARE(loader->sbat, std::string("shim,4"));
        QCOMPARE(found.loaderFor("uefi-x64")->grubPath, std::string("[efiboot]/EFI/BOOT/grubx64.efi"));
        QCOMPARE(image->readText(found.loaderFor("uefi-x64")->grubPath).value_or(""),
                 makeGrub().toStdString());
        QVERIFY(found.notes.empty());
    }

    void saysWhatIsMissingToBoot() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        const MediaReport got = report(fixture, false);
        QVERIFY(got.loaders.empty());
        QVERIFY(noteOf(got, ErrorCode::NoBiosLoader) != nullptr);
        QVERIFY(noteOf(got, ErrorCode::NoUefiLoader) != nullptr);
        fixture.add(QStringLiteral("efi/boot/bootx64.efi"));
        const MediaReport again = report(fixture);
        QVERIFY(noteOf(again, ErrorCode::NoGrub) != nullptr);
        QCOMPARE(noteOf(again, ErrorCode::NoGrub)->detail, std::string("efi/boot/bootx64.efi"));
    }

    void prefersTheNetbootInstallerOfDebian() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".disk/info"),
                    "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 DVD");
        for (const char* file : {"install.amd/vmlinuz", "install.amd/initrd.gz", "dists/bookworm/Release",
                                 "install/netboot/debian-installer/amd64/linux",
                                 "install/netboot/debian-installer/amd64/initrd.gz",
                                 "install/netboot/debian-installer/i386/linux",
                                 "install/netboot/debian-installer/i386/initrd.gz", "EFI/boot/bootx64.efi",
                                 "EFI/boot/grubx64.efi"})
            fixture.add(QString::fromLatin1(file));
        fixture.add(QStringLiteral("install/netboot/debian-installer/amd64/grubx64.efi"), makeGrub());
        fixture.add(QStringLiteral("install/netboot/debian-installer/amd64/bootnetx64.efi"), makeShim());
        const MediaReport got = report(fixture);
        QCOMPARE(got.kernelPath, std::string("install/netboot/debian-installer/amd64/linux"));
        QCOMPARE(got.loaderFor("uefi-x64")->path,
                 std::string("install/netboot/debian-installer/amd64/bootnetx64.efi"));
        QCOMPARE(got.loaderFor("uefi-x64")->grubPath,
                 std::string("install/netboot/debian-installer/amd64/grubx64.efi"));
        QVERIFY(loaderOf(got, "uefi-x64")->isSecureBoot);
        QCOMPARE(got.distribution.suite, std::string("bookworm"));
        QVERIFY((got.repositories == std::vector<std::string>{"."}));
        QVERIFY(got.notes.empty());
    }

    void warnsThatACdInstallerLooksForItsCd() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".disk/info"),
                    "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 NETINST");
        fixture.add(QStringLiteral("install.amd/vmlinuz"));
        fixture.add(QStringLiteral("install.amd/initrd.gz"));
        fixture.add(QStringLiteral("install.amd/gtk/initrd.gz"));
        fixture.add(QStringLiteral("isolinux/txt.cfg"),
                    "label gui\nkernel /install.amd/vmlinuz\nappend initrd=/install.amd/gtk/initrd.gz\n"
                    "label install\nkernel /install.amd/vmlinuz\nappend initrd=/install.amd/initrd.gz\n");
        const MediaReport got = report(fixture);
        QVERIFY(got.isInstallable());
        QCOMPARE(got.initrdPath, std::string("install.amd/initrd.gz"));
        QVERIFY(noteOf(got, ErrorCode::LooksForDisc) != nullptr);
        QVERIFY(noteOf(got, ErrorCode::NoPackages) != nullptr);
    }

    void readsAMiniIso() {
        IsoFixture fixture;
        fixture.add(QStringLiteral("linux"));
        fixture.add(QStringLiteral("initrd.gz"));
        fixture.add(QStringLiteral("txt.cfg"),
                    "label install\n\tkernel linux\n\tappend vga=788 initrd=initrd.gz --- quiet\n");
        const MediaReport got = report(fixture);
        QVERIFY(got.distribution.family == boot::InstallerFamily::Debian);
        QCOMPARE(got.kernelPath, std::string("linux"));
        QCOMPARE(got.initrdPath, std::string("initrd.gz"));
        QVERIFY(noteOf(got, ErrorCode::LooksForDisc) == nullptr);
    }

    void recognisesWhatItCannotInstall_data() {
        QTest::addColumn<QStringList>("files");
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("detail");
        QTest::newRow("Ubuntu live")
            << QStringList{QStringLiteral(".disk/info"), QStringLiteral("casper/vmlinuz"),
                           QStringLiteral("casper/initrd"), QStringLiteral("casper/filesystem.squashfs")}
            << QByteArray("Ubuntu 22.04 LTS \"Jammy Jellyfish\" - Release amd64 (20220419)")
            << ErrorCode::LiveMedium << QByteArray("Ubuntu 22.04");
        QTest::newRow("SUSE without its kernel")
            << QStringList{QStringLiteral("content")}
            << QByteArray("CONTENTSTYLE 11\nLABEL SUSE Linux Enterprise Server 11 SP3\nVERSION 11.3\n"
                          "HASH SHA1 00  boot/x86_64/loader/linux\n")
            << ErrorCode::KernelMissing << QByteArray("boot/x86_64/loader/linux");
        QTest::newRow("another processor")
            << QStringList{QStringLiteral(".treeinfo"), QStringLiteral("k"), QStringLiteral("i")}
            << QByteArray("[general]\nfamily = Fedora\nversion = 9\narch = ppc\n[images-ppc]\nkernel = "
                          "k\ninitrd = i\n")
            << ErrorCode::OtherProcessor << QByteArray("ppc");
        QTest::newRow("arm64 without a loader")
            << QStringList{QStringLiteral(".treeinfo"), QStringLiteral("k"), QStringLiteral("i")}
            << QByteArray(
                   "[general]\nfamily = Fedora\nversion = 40\narch = aarch64\n[images-aarch64]\nkernel = k\n"
                   "initrd = i\n")
            << ErrorCode::NoUefiLoader << QByteArray("arm64");
        QTest::newRow("SUSE add-on") << QStringList{QStringLiteral("media.1/products")}
                                     << QByteArray("/ Mobility 18.1-0\n") << ErrorCode::AddOnMedium
                                     << QByteArray("Mobility 18.1");
        QTest::newRow("Red Hat add-on")
            << QStringList{QStringLiteral(".treeinfo")}
            << QByteArray(
                   "[base_product]\nname = Base\nversion = 8\n[release]\nis_layered = true\nname = Extra\n"
                   "version = 8.0\n")
            << ErrorCode::AddOnMedium << QByteArray("Extra 8.0");
        QTest::newRow("holiday photos") << QStringList{QStringLiteral("readme.txt")} << QByteArray("beach")
                                        << ErrorCode::UnknownMedium << QByteArray();
    }
    void recognisesWhatItCannotInstall() {
        QFETCH(QStringList, files);
        QFETCH(QByteArray, description);
        QFETCH(ErrorCode, code);
        QFETCH(QByteArray, detail);
        IsoFixture fixture;
        for (const QString& file : files)
            fixture.add(file, description);
        const MediaReport got = report(fixture);
        QVERIFY(!got.isInstallable());
        QVERIFY(!got.isImportable());
        QVERIFY2((got.notes.front() == Error{code, "image.iso", detail.toStdString()}),
                 message(got.notes.front()).c_str());
    }

    void keepsTheIdOfAFileThatWasMoved() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        const QString path = fixture.build();
        const auto first = IsoImage::open(path.toStdString());
        QVERIFY(first);
        const auto id = imageIdOf(*first);
        QVERIFY(id);
        QCOMPARE(id->size(), std::size_t{16});
        QCOMPARE(id->find_first_not_of("0123456789abcdef"), std::string::npos);
        const QString copy = fixture.directory() + QStringLiteral("/copy.iso");
        QVERIFY(QFile::copy(path, copy));
        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(
            file.setFileTime(QDateTime::fromSecsSinceEpoch(1000000000), QFileDevice::FileModificationTime));
        file.close();
        const auto moved = IsoImage::open(copy.toStdString());
        QVERIFY(moved);
        QCOMPARE(*imageIdOf(*moved), *id);
        // ... but a cache of its parts must not outlive a change of the file.
        QVERIFY(toImageFiles(*first, {}, *id).etagSeed != toImageFiles(*moved, {}, *id).etagSeed);

        IsoFixture other;
        other.add(QStringLiteral(".treeinfo"), rockyTreeInfo + "\n; changed\n");
        other.add(QStringLiteral("more"), QByteArray(5000, 'm'));
        const auto different = open(other);
        QVERIFY(different);
        QVERIFY(*imageIdOf(*different) != *id);
    }

    void handsOverWhatBootNeeds() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), rockyTreeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"), "kernel");
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        const auto image = open(fixture);
        QVERIFY(image);
        const boot::ImageFiles files = toImageFiles(*image, inspect(*image, "f", true), "0123456789abcdef");
        QCOMPARE(files.id, std::string("0123456789abcdef"));
        QCOMPARE(files.name, std::string("Rocky Linux 9.4"));
        QCOMPARE(files.version, std::string("9.4"));
        QVERIFY(files.family == boot::InstallerFamily::RedHat);
        QCOMPARE(files.files.size(), std::size_t{3});
        QCOMPARE(files.files.at(files.kernelPath).front().length, std::uint64_t{6});
        QVERIFY(!files.etagSeed.empty());
    }

    void takesLoadersAndModulesOfOnePackageSet() {
        QTemporaryDir root;
        const auto add = [&root](const char* path) {
            const QString file = root.filePath(QString::fromLatin1(path));
            QDir().mkpath(QFileInfo(file).path());
            QFile out(file);
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(path);
        };
        add("a/ldlinux.c32"); // modules without a loader: not a set
        add("b/pxelinux.0");
        add("b-modules/ldlinux.c32");
        add("b-modules/other.c32");
        const std::string base = root.path().toStdString();
        const auto files = loaderFilesIn({{base + "/a", base + "/a"}, {base + "/b", base + "/b-modules"}});
        QCOMPARE(files.size(), std::size_t{2});
        QCOMPARE(files.at("pxelinux.0").front().length, std::uint64_t{12});
        QVERIFY(files.contains("ldlinux.c32"));
        QVERIFY(loaderFilesIn({{base + "/none", base + "/none"}}).empty());
    }

    void findsTheHostsPackages() {
        if (!QFile::exists(QStringLiteral("/usr/lib/PXELINUX/pxelinux.0")) &&
            !QFile::exists(QStringLiteral("/usr/share/syslinux/pxelinux.0")))
            QSKIP("pxelinux is not installed");
        const auto files = hostLoaderFiles();
        for (const char* name : {"pxelinux.0", "ldlinux.c32", "libutil.c32", "menu.c32"})
            QVERIFY2(files.contains(name) && files.at(name).front().length > 1000, name);
    }
};

QTEST_GUILESS_MAIN(TestMediaInspector)
#include "tst_MediaInspector.moc"
