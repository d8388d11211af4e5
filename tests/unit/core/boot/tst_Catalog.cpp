#include "core/boot/Catalog.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;

Q_DECLARE_METATYPE(rackmuster::boot::FileRole)

namespace {

const PxeClient biosPxe{ClientKind::PxeFirmware, Firmware::Bios};
const PxeClient uefiPxe{ClientKind::PxeFirmware, Firmware::UefiX64};
const PxeClient uefiHttp{ClientKind::HttpFirmware, Firmware::UefiX64};
const PxeClient ipxeBios{ClientKind::Ipxe, Firmware::Bios};

/// Machine 1 parked, 2 approved, 3 finished, 4 refused; peers .201 to .204 are theirs.
Catalog::Contents contents() {
    auto rackContents = rack();
    add(rackContents, parkedMachine(1));
    add(rackContents, approvedMachine(2));
    MachineBoot finished = approvedMachine(3);
    finished.disposition = Disposition::LocalDisk;
    finished.ticket = "33333333333333333333333333333333";
    add(rackContents, finished);
    MachineBoot refused = parkedMachine(4);
    refused.disposition = Disposition::Refused;
    add(rackContents, refused);
    for (std::uint8_t i = 1; i <= 4; ++i)
        rackContents.peers.emplace(host(static_cast<std::uint8_t>(200 + i)), mac(i));
    return rackContents;
}

std::optional<BootFile> find(std::string_view path, std::uint8_t peer = 0) {
    return Catalog(contents()).find(path, peer == 0 ? Ipv4Address() : host(peer));
}

FileRole roleOf(const std::optional<BootFile>& file) {
    return file ? file->role : FileRole::Other;
}

std::string bootFile(const MachineBoot& machine, const PxeClient& client) {
    auto rackContents = contents();
    add(rackContents, machine);
    return Catalog(rackContents).bootFileName(machine.mac, client);
}

} // namespace

class TestCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spellsItsHttpAddress();
    void choosesTheBootFileByFirmware();
    void offersNothingItDoesNotHave();
    void takesPxelinuxOfTheImageBeforeTheHosts();
    void takesPxelinuxOfTheHostForAnImageWithoutOne();
    void overridesReplaceTheChoice_data();
    void overridesReplaceTheChoice();
    void everyBootFileNameIsFound();
    void findsLoaderFilesInEitherCase();
    void rendersConfigurationsForWhateverNameTheLoaderTries_data();
    void rendersConfigurationsForWhateverNameTheLoaderTries();
    void showsPxelinuxItsScreen();
    void unknownMachinesAreParked();
    void takesEverySpellingOfAMachine();
    void servesLostLoadersByTheirAddress();
    void lostLoadersGetNoInstaller();
    void strangersGetNothingAtTheRoot();
    void kernelsAndRepositoriesNeedALiveTicket();
    void neverInstallsAnotherImageInPlaceOfAMissingOne();
    void repositoryFilesKeepTheirNames();
    void answerFilesNeedTheirTicket();
    void ubuntusImageNeedsALiveTicket();
    void cloudInitFindsItsSeedUnderALiveTicketOnly();
    void cloudInitIsToldWhoTheMachineIs();
    void theEndCanBeReportedAgain();
    void ticketAreasAreSecret();
    void refusedMachinesGetNoFile();
    void imagesAreThereForAnybody();
    void briefParkingCountsDownInThePath();
    void neverFindsWhatClimbsOut_data();
    void neverFindsWhatClimbsOut();
    void loadersComeFromAnyImageThatHasThem();
    void knowsWhoseFixedAddressItIs();
    void givesEachFirmwareItsOwnLoader();
    void handsOutNoImageOfAnotherArchitecture();
    void grubIsToldItsCommandOnlyWhenAllAgree();
    void entriesAreServedUnderTheirTicketOnly();
    void theLastFileOfAnEntrySpendsItsTicket();
    void entriesHaveNoTicketArea();
    void appendsExtraInitrdsToWhatIsStarted();
    void servesTheImageItself();
    void servesFoldersToAnybody();
    void listsFoldersOnlyWhereAsked();
    void listsTheTreesOfImages();
    void ticketsAreBoundToTheAddressOfTheirMachine();
    void atAnUnknownAddressTheCardDecides();
};

void TestCatalog::spellsItsHttpAddress() {
    ServerIdentity server = rack().server;
    QCOMPARE(server.httpBase(), std::string("http://192.168.0.251"));
    QCOMPARE(server.httpHost(), std::string("192.168.0.251"));
    server.httpPort = 8080;
    QCOMPARE(server.httpBase(), std::string("http://192.168.0.251:8080"));
    QCOMPARE(server.httpHost(), std::string("192.168.0.251:8080"));
}

void TestCatalog::choosesTheBootFileByFirmware() {
    const Catalog catalog(contents());
    const auto name = [&](const PxeClient& client) {
        return catalog.bootFileName(mac(9), client);
    };
    QCOMPARE(name(biosPxe), std::string("m/525400000009/pxelinux.0"));
    QCOMPARE(name(uefiPxe), std::string("m/525400000009/bootx64.efi"));
    QCOMPARE(name(uefiHttp), std::string("http://192.168.0.251/m/525400000009/bootx64.efi"));
    QCOMPARE(name(ipxeBios), std::string("http://192.168.0.251/m/525400000009/boot.ipxe"));
    QCOMPARE(name({ClientKind::Ipxe, Firmware::UefiX64}),
             std::string("http://192.168.0.251/m/525400000009/boot.ipxe"));
    for (const Firmware firmware : {Firmware::UefiIa32, Firmware::UefiArm64, Firmware::Unknown}) {
        QCOMPARE(name({ClientKind::PxeFirmware, firmware}), std::string());
        QCOMPARE(name({ClientKind::HttpFirmware, firmware}), std::string());
    }
    QCOMPARE(name({ClientKind::NotPxe, Firmware::Unknown}), std::string());
}

void TestCatalog::offersNothingItDoesNotHave() {
    auto bare = contents();
    bare.hostFiles.clear();
    bare.images.clear();
    add(bare, debianImage()); // without UEFI loaders
    const Catalog catalog(bare);
    QCOMPARE(catalog.bootFileName(mac(9), biosPxe), std::string());
    QCOMPARE(catalog.bootFileName(mac(9), uefiPxe), std::string());
    QCOMPARE(catalog.bootFileName(mac(9), uefiHttp), std::string());
    QCOMPARE(catalog.bootFileName(mac(9), ipxeBios),
             std::string("http://192.168.0.251/m/525400000009/boot.ipxe"));
}

void TestCatalog::takesPxelinuxOfTheImageBeforeTheHosts() {
    auto bare = contents();
    bare.images.clear();
    ImageFiles image = debianImage();
    image.biosLoader.emplace("pxelinux.0", std::vector{FileSlice{nullptr, 0, 26000}});
    add(bare, image);
    const auto size = [](const Catalog& catalog) {
        const auto file = catalog.find("m/525400000009/pxelinux.0", {});
        return file ? file->size() : 0;
    };
    const Catalog catalog(bare);
    QCOMPARE(catalog.bootFileName(mac(9), biosPxe), std::string("m/525400000009/pxelinux.0"));
    QCOMPARE(size(catalog), std::uint64_t{26000});
    QVERIFY(!catalog.find("m/525400000009/ldlinux.c32", {})); // of no other set
    bare.hostFiles.clear();
    QCOMPARE(size(Catalog(bare)), std::uint64_t{26000});
}

void TestCatalog::takesPxelinuxOfTheHostForAnImageWithoutOne() {
    auto two = contents();
    two.images.clear();
    add(two, debianImage());
    ImageFiles other = debianImage();
    other.id = "other";
    other.biosLoader.emplace("pxelinux.0", std::vector{FileSlice{nullptr, 0, 26000}});
    add(two, other);
    two.defaultImageId = debianImage().id;
    const auto size = [](const Catalog& catalog) {
        const auto file = catalog.find("m/525400000009/pxelinux.0", {});
        return file ? file->size() : 0;
    };
    QCOMPARE(size(Catalog(two)), std::uint64_t{42430});
    two.hostFiles.clear(); // then that of any image, which is better than none
    QCOMPARE(size(Catalog(two)), std::uint64_t{26000});
}

void TestCatalog::overridesReplaceTheChoice_data() {
    QTest::addColumn<QByteArray>("override");
    QTest::addColumn<int>("client");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("pxelinux for iPXE")
        << QByteArray("pxelinux.0") << 3 << QByteArray("m/525400000001/pxelinux.0");
    QTest::newRow("shim for iPXE") << QByteArray("bootx64.efi") << 3
                                   << QByteArray("m/525400000001/bootx64.efi");
    QTest::newRow("pxelinux for UEFI")
        << QByteArray("pxelinux.0") << 1 << QByteArray("m/525400000001/pxelinux.0");
    QTest::newRow("script for BIOS") << QByteArray("boot.ipxe") << 0
                                     << QByteArray("m/525400000001/boot.ipxe");
    QTest::newRow("script for iPXE") << QByteArray("boot.ipxe") << 3
                                     << QByteArray("http://192.168.0.251/m/525400000001/boot.ipxe");
    QTest::newRow("HTTP Boot keeps a URL")
        << QByteArray("bootx64.efi") << 2 << QByteArray("http://192.168.0.251/m/525400000001/bootx64.efi");
    QTest::newRow("unknown name") << QByteArray("../../etc/passwd") << 0
                                  << QByteArray("m/525400000001/pxelinux.0");
}

void TestCatalog::overridesReplaceTheChoice() {
    QFETCH(QByteArray, override);
    QFETCH(int, client);
    QFETCH(QByteArray, expected);
    const std::array clients{biosPxe, uefiPxe, uefiHttp, ipxeBios};
    MachineBoot machine = parkedMachine(1);
    machine.bootFileOverride = override.toStdString();
    QCOMPARE(bootFile(machine, clients[static_cast<std::size_t>(client)]), expected.toStdString());
}

void TestCatalog::everyBootFileNameIsFound() {
    const Catalog catalog(contents());
    for (const PxeClient& client : {biosPxe, uefiPxe, uefiHttp, ipxeBios}) {
        std::string name = catalog.bootFileName(mac(2), client);
        if (name.starts_with("http://"))
            name = name.substr(catalog.server().httpBase().size());
        const auto file = catalog.find(name, {});
        QVERIFY2(file.has_value(), name.c_str());
        QCOMPARE(*file->machine, mac(2));
    }
}

// P66
void TestCatalog::findsLoaderFilesInEitherCase() {
    for (const char* const path :
         {"m/525400000001/bootx64.efi", "m/525400000001/BOOTX64.EFI", "m/525400000001//grubx64.efi",
          "/m\\525400000001\\grubx64.efi", "m/525400000001/GRUBX64.EFI", "m/525400000001/pxelinux.0",
          "m/525400000001/ldlinux.c32", "m/525400000001/LDLINUX.C32"}) {
        const auto file = find(path);
        QVERIFY2(file.has_value(), path);
        QCOMPARE(file->role, FileRole::Loader);
        QCOMPARE(*file->machine, mac(1));
    }
    for (const char* const path :
         {"m/525400000001/revocations_sbat.efi", "m/525400000001/shim_certificate_0.efi",
          "m/525400000001/grub/x86_64-efi/command.lst", "m/525400000001", "m/525400000001/", "m", "",
          "m/525400000001/pxelinux.cfg", "m/525400000001/pxelinux.cfg/"})
        QVERIFY2(!find(path).has_value(), path);
}

void TestCatalog::rendersConfigurationsForWhateverNameTheLoaderTries_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char* name, const char* content) {
        QTest::addRow("%s", name) << QByteArray(name) << QByteArray(content);
    };
    row("pxelinux.cfg/44444444-4444-4444-4444-444444444444", "SERIAL");
    row("pxelinux.cfg/01-52-54-00-00-00-01", "SERIAL");
    row("pxelinux.cfg/C0A80064", "SERIAL");
    row("pxelinux.cfg/default", "SERIAL");
    row("boot.ipxe", "#!ipxe");
    row("grub.cfg", "echo");
    row("grub.cfg-01-52-54-00-00-00-01", "echo");
    row("grub.cfg-C0A80064", "echo");
    row("grub/grub.cfg", "echo");
    row("EFI/rocky/grub.cfg", "echo");
    row("EFI/BOOT/grub.cfg-01-52-54-00-00-00-01", "echo");
}

// P68, P70
void TestCatalog::rendersConfigurationsForWhateverNameTheLoaderTries() {
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, content);
    const std::array<FileRole, 3> roles{FileRole::ParkedConfig, FileRole::InstallConfig,
                                        FileRole::LocalConfig};
    for (std::uint8_t i = 1; i <= 3; ++i) {
        const auto file = find("m/" + mac(i).toHex() + '/' + name.toStdString());
        QVERIFY(file.has_value());
        QCOMPARE(file->role, roles[i - 1U]);
        QCOMPARE(*file->machine, mac(i));
        QVERIFY(file->etag.empty());
        QVERIFY(textOf(file).find(content.toStdString()) != std::string::npos);
        QCOMPARE(hasKernelLine(textOf(file)), i == 2);
    }
}

void TestCatalog::showsPxelinuxItsScreen() {
    const auto file = find("m/525400000001/pxelinux.cfg/screen");
    QVERIFY(file.has_value());
    QCOMPARE(file->role, FileRole::Other); // a picture is no stage of a boot
    QVERIFY(!textOf(file).empty());
    QVERIFY(!hasKernelLine(textOf(file)));
}

void TestCatalog::unknownMachinesAreParked() {
    const auto file = find("m/525400000063/grub.cfg");
    QCOMPARE(roleOf(file), FileRole::ParkedConfig);
    QVERIFY(textOf(file).find("NO SLOT YET") != std::string::npos);
    QVERIFY(!find("m/ffffffffffff/grub.cfg").has_value());
    QVERIFY(!find("m/000000000000/grub.cfg").has_value());
}

void TestCatalog::takesEverySpellingOfAMachine() {
    for (const char* const path :
         {"m/52:54:00:00:00:02/boot.ipxe", "m/52-54-00-00-00-02/boot.ipxe", "m/525400000002/boot.ipxe"})
        QCOMPARE(roleOf(find(path)), FileRole::InstallConfig);
    QVERIFY(!find("m/node-12/boot.ipxe").has_value());
}

// P66, P69
void TestCatalog::servesLostLoadersByTheirAddress() {
    for (const char* const path : {"grubx64.efi", "//grubx64.efi", "\\grubx64.efi"}) {
        QCOMPARE(roleOf(find(path, 201)), FileRole::Loader);
        QCOMPARE(*find(path, 202)->machine, mac(2));
    }
    for (const char* const path : {"grub/grub.cfg", "grub.cfg", "grub.cfg-01-52-54-00-00-00-02",
                                   "grub.cfg-C0A800CA", "EFI/rocky/grub.cfg", "pxelinux.cfg/default"}) {
        QCOMPARE(roleOf(find(path, 201)), FileRole::ParkedConfig);
        QCOMPARE(roleOf(find(path, 202)), FileRole::InstallConfig);
        QCOMPARE(roleOf(find(path, 203)), FileRole::LocalConfig);
    }
    QVERIFY(!find("grub/x86_64-efi/command.lst", 202).has_value());
}

void TestCatalog::lostLoadersGetNoInstaller() {
    for (const char* const path : {"vmlinuz", "initrd.img", "repo/.treeinfo"})
        QVERIFY2(!find(path, 202).has_value(), path);
}

void TestCatalog::strangersGetNothingAtTheRoot() {
    for (const char* const path :
         {"grub/grub.cfg", "grub.cfg", "grubx64.efi", "pxelinux.cfg/default", "pxelinux.0"}) {
        QVERIFY(!find(path, 77).has_value());
        QVERIFY(!find(path).has_value());
    }
}

// R42
void TestCatalog::kernelsAndRepositoriesNeedALiveTicket() {
    for (const char* const name : {"vmlinuz", "initrd.img", "repo/.treeinfo", "repo/images/install.img"}) {
        for (std::uint8_t i = 1; i <= 5; ++i) {
            const auto file = find("m/" + mac(i).toHex() + '/' + name);
            QCOMPARE(file.has_value(), i == 2);
        }
    }
    QCOMPARE(roleOf(find("m/525400000002/vmlinuz")), FileRole::Kernel);
    QCOMPARE(find("m/525400000002/vmlinuz")->size(), std::uint64_t{1000});
    QCOMPARE(roleOf(find("m/525400000002/initrd.img")), FileRole::Initrd);
    QVERIFY(!find("m/525400000002/vmlinuz")->etag.empty());
}

void TestCatalog::neverInstallsAnotherImageInPlaceOfAMissingOne() {
    auto rackContents = contents();
    MachineBoot machine = approvedMachine(2);
    machine.imageId = "gone";
    add(rackContents, machine);
    const Catalog catalog(rackContents);
    QVERIFY(!catalog.find("m/525400000002/vmlinuz", {}).has_value());
    QVERIFY(!catalog.find("m/525400000002/repo/.treeinfo", {}).has_value());
    QCOMPARE(roleOf(catalog.find("m/525400000002/boot.ipxe", {})), FileRole::ParkedConfig);
    QCOMPARE(catalog.bootFileName(mac(2), uefiPxe), std::string("m/525400000002/bootx64.efi"));
}

void TestCatalog::repositoryFilesKeepTheirNames() {
    const std::string base = "m/525400000002/repo/";
    QVERIFY(find(base + ".treeinfo").has_value());
    QCOMPARE(roleOf(find(base + "BaseOS//repodata/repomd.xml")), FileRole::Metadata);
    QCOMPARE(roleOf(find(base + "images/install.img")), FileRole::InstallerImage);
    QCOMPARE(roleOf(find(base + "BaseOS/Packages/b/bash-5.1.8-9.el9.x86_64.rpm")), FileRole::Package);
    // The tree's own files, not the ones rendered for the machine.
    QCOMPARE(textOf(find(base + "EFI/BOOT/grub.cfg")), std::string("(slices)"));
    QVERIFY(!find(base + "grub.cfg").has_value());
    QVERIFY(!find(base + "pxelinux.0").has_value());
    QVERIFY(!find(base + "efi/boot/grub.cfg").has_value());
    QVERIFY(!find(base + "BaseOS").has_value());
}

// R41, R42
void TestCatalog::answerFilesNeedTheirTicket() {
    const auto answer = find("t/" + ticket + "/answer", 202);
    QCOMPARE(roleOf(answer), FileRole::AnswerFile);
    QCOMPARE(textOf(answer), std::string("text\nreboot\n"));
    QCOMPARE(*answer->machine, mac(2));
    QVERIFY(!find("t/33333333333333333333333333333333/answer", 203).has_value()); // finished
    QVERIFY(!find("t/33333333333333333333333333333333/post", 203).has_value());
    for (const std::string& path : std::vector<std::string>{
             "t/", "t//answer", "t/" + ticket, "t/" + ticket + "/", "t/" + ticket + "/answers",
             "t/" + ticket.substr(1) + "/answer", "t/0123456789ABCDEF0123456789ABCDEF/answer",
             std::string("t/") + std::string(32, '0') + "/answer"})
        QVERIFY2(!find(path, 202).has_value(), path.c_str());
}

// R42
void TestCatalog::ubuntusImageNeedsALiveTicket() {
    auto rackContents = contents();
    add(rackContents, ubuntuImage());
    rackContents.defaultImageId = "ubuntu-24";
    for (std::uint8_t i = 1; i <= 5; ++i) {
        MachineBoot machine = rackContents.machines.contains(mac(i)) ? *rackContents.machines.at(mac(i))
                                                                     : MachineBoot{.mac = mac(i)};
        machine.imageId = "ubuntu-24";
        add(rackContents, machine);
    }
    const Catalog catalog(rackContents);
    for (std::uint8_t i = 1; i <= 5; ++i)
        QCOMPARE(catalog.find("m/" + mac(i).toHex() + "/image.iso", {}).has_value(), i == 2);
    const auto file = catalog.find("m/525400000002/image.iso", {});
    QCOMPARE(roleOf(file), FileRole::InstallerImage);
    QCOMPARE(file->size(), std::uint64_t{2000000});
    QCOMPARE(*file->machine, mac(2));
    QVERIFY(!file->etag.empty());
    QVERIFY(!catalog.find("image.iso", host(202)).has_value());
    QVERIFY(!find("m/525400000002/image.iso").has_value()); // an image without its own file
}

// R41, R42
void TestCatalog::cloudInitFindsItsSeedUnderALiveTicketOnly() {
    const std::string seed = "t/" + ticket + "/";
    for (const char* const spelling : {"user-data", "/user-data", "user-data/", "//user-data//"}) {
        const auto answer = find(seed + spelling, 202);
        QCOMPARE(roleOf(answer), FileRole::AnswerFile);
        QCOMPARE(textOf(answer), std::string("text\nreboot\n"));
        QCOMPARE(*answer->machine, mac(2));
        QVERIFY(answer->isSecret);
        QVERIFY(answer->etag.empty());
    }
    for (const char* const name : {"meta-data", "vendor-data", "meta-data/"}) {
        const auto file = find(seed + name, 202);
        QVERIFY2(file.has_value(), name);
        QCOMPARE(file->role, FileRole::Other); // asked for before the answer file: no stage of its own
        QVERIFY(file->isSecret);
        QVERIFY(
            !find(std::string("t/33333333333333333333333333333333/") + name, 203).has_value()); // finished
        QVERIFY(!find(std::string("t/") + std::string(32, '0') + "/" + name, 202).has_value());
    }
    for (const char* const path : {"t/33333333333333333333333333333333/user-data", "t//user-data",
                                   "user-data", "m/525400000002/user-data"})
        QVERIFY2(!find(path, 202).has_value(), path);
    QVERIFY(!find(seed + "network-config", 202).has_value());
    // A finished or refused machine's ticket, and one whose approval was taken back.
    for (const Disposition disposition :
         {Disposition::Parked, Disposition::LocalDisk, Disposition::Refused}) {
        auto rackContents = contents();
        MachineBoot machine = approvedMachine(2);
        machine.disposition = disposition;
        add(rackContents, machine);
        for (const char* const name : {"user-data", "meta-data", "vendor-data"})
            QVERIFY(!Catalog(rackContents).find(seed + name, host(202)).has_value());
    }
}

void TestCatalog::cloudInitIsToldWhoTheMachineIs() {
    QCOMPARE(textOf(find("t/" + ticket + "/meta-data", 202)),
             std::string("instance-id: rackmuster-525400000002\nlocal-hostname: \"node-12\"\n"));
    QCOMPARE(textOf(find("t/" + ticket + "/vendor-data", 202)), std::string());
    auto rackContents = contents();
    MachineBoot nameless = approvedMachine(2);
    nameless.hostname.clear();
    add(rackContents, nameless);
    QCOMPARE(textOf(Catalog(rackContents).find("t/" + ticket + "/meta-data", host(202))),
             std::string("instance-id: rackmuster-525400000002\n"));
}

void TestCatalog::theEndCanBeReportedAgain() {
    QCOMPARE(roleOf(find("t/" + ticket + "/post", 202)), FileRole::PostReport);
    const auto done = find("t/" + ticket + "/done", 202);
    QCOMPARE(roleOf(done), FileRole::DoneReport);
    QCOMPARE(textOf(done), std::string("ok\n"));
    const auto again = find("t/33333333333333333333333333333333/done", 203);
    QCOMPARE(roleOf(again), FileRole::DoneReport);
    QCOMPARE(*again->machine, mac(3));
}

// R41
void TestCatalog::ticketAreasAreSecret() {
    for (const char* const name : {"answer", "post", "done"})
        QVERIFY(find("t/" + ticket + '/' + name, 202)->isSecret);
    QVERIFY(!find("m/525400000002/vmlinuz")->isSecret);
}

void TestCatalog::refusedMachinesGetNoFile() {
    for (const char* const path : {"m/525400000004/pxelinux.0", "m/525400000004/grub.cfg",
                                   "m/525400000004/boot.ipxe", "m/525400000004/bootx64.efi"})
        QVERIFY(!find(path).has_value());
    QVERIFY(!find("grub.cfg", 204).has_value());
}

void TestCatalog::imagesAreThereForAnybody() {
    const auto file = find("i/rocky-9/images/install.img", 77);
    QCOMPARE(roleOf(file), FileRole::InstallerImage);
    QVERIFY(!file->machine.has_value());
    QCOMPARE(*find("i/rocky-9/.treeinfo", 202)->machine, mac(2));
    QVERIFY(!find("i/none/.treeinfo").has_value());
    QVERIFY(!find("i/rocky-9").has_value());
    QVERIFY(!find("i").has_value());
}

void TestCatalog::briefParkingCountsDownInThePath() {
    auto rackContents = contents();
    MachineBoot machine = parkedMachine(1);
    machine.parksBriefly = true;
    add(rackContents, machine);
    const Catalog catalog(rackContents);
    std::string name = "default";
    for (int asked = 0; asked < 12; ++asked) {
        const auto file = catalog.find("m/525400000001/pxelinux.cfg/" + name, {});
        QCOMPARE(roleOf(file), FileRole::ParkedConfig);
        const std::string text = textOf(file);
        const std::size_t at = text.find("CONFIG pxelinux.cfg/");
        QVERIFY(at != std::string::npos);
        name = text.substr(at + 20, text.find('\n', at) - at - 20);
    }
    QCOMPARE(name, std::string("wait-0"));
    const auto last = catalog.find("m/525400000001/pxelinux.cfg/wait-0", {});
    QCOMPARE(roleOf(last), FileRole::LocalConfig);
    QVERIFY(textOf(last).find("LOCALBOOT") != std::string::npos);
    // Approved meanwhile: the same path installs. A number that nobody handed out starts again.
    QCOMPARE(roleOf(find("m/525400000002/pxelinux.cfg/wait-0")), FileRole::InstallConfig);
    for (const char* const odd : {"wait-99999999999999999999", "wait--1", "wait-", "wait-1x", "wait-13"}) {
        const auto file = catalog.find(std::string("m/525400000001/pxelinux.cfg/") + odd, {});
        QVERIFY2(textOf(file).find("wait-11\n") != std::string::npos, odd);
    }
    QVERIFY(textOf(find("m/525400000001/pxelinux.cfg/wait-0")).find("LOCALBOOT") == std::string::npos);
}

void TestCatalog::neverFindsWhatClimbsOut_data() {
    QTest::addColumn<QByteArray>("path");
    for (const char* const path :
         {"../etc/passwd", "m/525400000002/../../etc/passwd", "m/525400000002/repo/../../../etc/passwd",
          "m/525400000002/repo/..", "m/525400000002/repo/./.treeinfo", "..\\..\\boot.ini",
          "m\\525400000002\\..\\vmlinuz", "/etc/passwd", "m/525400000002/%2e%2e/vmlinuz",
          "m/525400000002/repo/%2etreeinfo", "i/../t", "i/rocky-9/../../x",
          "t/../t/0123456789abcdef0123456789abcdef/answer", "CON", "m/525400000002/vmlinuz\n",
          "m/525400000002/repo/.treeinfo\x01", "file:///etc/passwd", "m/525400000002/repo/.treeinfo/x"})
        QTest::addRow("%s", path) << QByteArray(path);
    QTest::newRow("NUL") << QByteArray("m/525400000002/vmlinuz\0.txt", 27);
    QTest::newRow("very long") << QByteArray(65000, 'x');
    QTest::newRow("very deep") << QByteArray("m/").repeated(30000);
}

// R22, R40
void TestCatalog::neverFindsWhatClimbsOut() {
    QFETCH(QByteArray, path);
    QVERIFY(!find(path.toStdString(), 202).has_value());
}

void TestCatalog::loadersComeFromAnyImageThatHasThem() {
    auto rackContents = contents();
    add(rackContents, debianImage());
    rackContents.defaultImageId = "debian-12";
    const Catalog catalog(rackContents);
    QCOMPARE(catalog.imageFor(parkedMachine(1))->id, std::string("debian-12"));
    QCOMPARE(catalog.imageFor(approvedMachine(1))->id, std::string("rocky-9"));
    QVERIFY(catalog.find("m/525400000001/bootx64.efi", {}).has_value());
    rackContents.images.clear();
    QVERIFY(Catalog(rackContents).imageFor(parkedMachine(1)) == nullptr);
}

void TestCatalog::knowsWhoseFixedAddressItIs() {
    auto rackContents = contents();
    for (const std::uint8_t i : {std::uint8_t{7}, std::uint8_t{6}, std::uint8_t{8}}) {
        MachineBoot machine = approvedMachine(i);
        machine.address = host(12);
        add(rackContents, machine);
    }
    QCOMPARE(*Catalog(rackContents).fixedHolder(host(12)), mac(6));
    QVERIFY(!Catalog(rackContents).fixedHolder(host(13)).has_value());
}

void TestCatalog::givesEachFirmwareItsOwnLoader() {
    auto rackContents = contents();
    ImageFiles image = rockyImage();
    image.uefiLoaders.emplace(Firmware::UefiArm64,
                              UefiLoader{"EFI/BOOT/BOOTAA64.EFI", "EFI/BOOT/grubaa64.efi", {}});
    image.uefiLoaders.emplace(Firmware::UefiIa32,
                              UefiLoader{"EFI/BOOT/BOOTIA32.EFI", "EFI/BOOT/grubia32.efi", {}});
    std::uint64_t length = 5000;
    for (const char* const name : {"BOOTAA64.EFI", "grubaa64.efi", "BOOTIA32.EFI", "grubia32.efi"})
        image.files.emplace(std::string("EFI/BOOT/") + name, std::vector{FileSlice{nullptr, 0, length++}});
    add(rackContents, image);
    const Catalog catalog(rackContents);
    QCOMPARE(catalog.bootFileName(mac(9), {ClientKind::PxeFirmware, Firmware::UefiArm64}),
             std::string("m/525400000009/bootaa64.efi"));
    QCOMPARE(catalog.bootFileName(mac(9), {ClientKind::HttpFirmware, Firmware::UefiIa32}),
             std::string("http://192.168.0.251/m/525400000009/bootia32.efi"));
    QCOMPARE(catalog.bootFileName(mac(9), uefiPxe), std::string("m/525400000009/bootx64.efi"));
    length = 5000;
    for (const char* const name : {"bootaa64.efi", "grubaa64.efi", "BOOTIA32.EFI", "GrubIA32.efi"}) {
        const auto file = catalog.find(std::string("m/525400000009/") + name, {});
        QCOMPARE(roleOf(file), FileRole::Loader);
        QCOMPARE(file->size(), length++);
    }
}

void TestCatalog::handsOutNoImageOfAnotherArchitecture() {
    auto rackContents = contents();
    ImageFiles arm = rockyImage();
    arm.id = "rocky-arm";
    arm.uefiLoaders = {
        {Firmware::UefiArm64, UefiLoader{"EFI/BOOT/BOOTAA64.EFI", "EFI/BOOT/grubaa64.efi", {}}}};
    arm.files.emplace("EFI/BOOT/BOOTAA64.EFI", std::vector{FileSlice{nullptr, 0, 1}});
    add(rackContents, arm);
    MachineBoot approved = approvedMachine(2); // for the x64 image
    approved.firmware = Firmware::UefiArm64;
    add(rackContents, approved);
    const Catalog catalog(rackContents);
    const PxeClient armPxe{ClientKind::PxeFirmware, Firmware::UefiArm64};
    QCOMPARE(catalog.bootFileName(mac(2), armPxe), std::string());
    QVERIFY(!catalog.find("m/525400000002/bootaa64.efi", {}));
    QCOMPARE(roleOf(catalog.find("m/525400000002/grub.cfg", {})), FileRole::ParkedConfig);
    QVERIFY(!catalog.find("m/525400000002/vmlinuz", {}));
    // One that waits is shown its slot by whatever loader its firmware can run.
    QCOMPARE(catalog.bootFileName(mac(1), armPxe), std::string("m/525400000001/bootaa64.efi"));
}

void TestCatalog::grubIsToldItsCommandOnlyWhenAllAgree() {
    auto rackContents = contents();
    ImageFiles image = rockyImage();
    image.uefiLoaders.at(Firmware::UefiX64).linuxCommand = "linuxefi";
    add(rackContents, image);
    const auto config = [&] {
        return textOf(Catalog(rackContents).find("m/525400000002/grub.cfg", {}));
    };
    QVERIFY(config().find("if linux (") == std::string::npos);
    QVERIFY(config().find("if linuxefi (") != std::string::npos);
    ImageFiles other = image; // a machine may have waited in its grub
    other.id = "other";
    other.uefiLoaders.at(Firmware::UefiX64).linuxCommand = "linux";
    add(rackContents, other);
    QVERIFY(config().find("if linux (") != std::string::npos);
    QVERIFY(config().find("if linuxefi (") != std::string::npos);
}

// R42
void TestCatalog::entriesAreServedUnderTheirTicketOnly() {
    auto rackContents = contents();
    add(rackContents, approvedFor(2, "Rescue a system"));
    const auto has = [&](const char* name) {
        return Catalog(rackContents).find(std::string("m/525400000002/") + name, {}).has_value();
    };
    QVERIFY(has("vmlinuz") && has("initrd.img"));
    QVERIFY(!has("repo/.treeinfo")); // that is i/, where it stays
    MachineBoot spent = approvedFor(2, "Rescue a system");
    spent.disposition = Disposition::LocalDisk;
    add(rackContents, spent);
    QVERIFY(!has("vmlinuz") && !has("initrd.img"));
    QVERIFY(!hasKernelLine(textOf(Catalog(rackContents).find("m/525400000002/boot.ipxe", {}))));
}

void TestCatalog::theLastFileOfAnEntrySpendsItsTicket() {
    auto rackContents = contents();
    const auto spends = [&](const char* name) {
        return Catalog(rackContents).find(std::string("m/525400000002/") + name, {})->spendsTicket;
    };
    QVERIFY(!spends("vmlinuz") && !spends("initrd.img")); // an installation reports its end
    add(rackContents, approvedFor(2, "Rescue a system"));
    QVERIFY(!spends("vmlinuz") && spends("initrd.img"));
    QCOMPARE(Catalog(rackContents).find("m/525400000002/initrd.img", {})->size(),
             std::uint64_t{1011 + 1 + 1010});
    add(rackContents, approvedFor(2, "Memory test"));
    QVERIFY(spends("vmlinuz"));
    QVERIFY(!Catalog(rackContents).find("m/525400000002/initrd.img", {}));
}

void TestCatalog::entriesHaveNoTicketArea() {
    auto rackContents = contents();
    MachineBoot machine = approvedFor(2, "Rescue a system");
    machine.answerFile = std::make_shared<const std::string>("text\n"); // even then
    add(rackContents, machine);
    for (const char* const name : {"answer", "post", "done"})
        QVERIFY(!Catalog(rackContents).find("t/" + ticket + '/' + name, host(202)));
}

void TestCatalog::appendsExtraInitrdsToWhatIsStarted() {
    auto rackContents = contents();
    ImageFiles image = rockyImage();
    image.extraInitrds = {{FileSlice{nullptr, 0, 100}, "x"}};
    add(rackContents, image);
    const auto initrd = [&] {
        return Catalog(rackContents).find("m/525400000002/initrd.img", {});
    };
    QCOMPARE(initrd()->size(), std::uint64_t{1001 + 3 + 100});
    image.lacksExtraInitrd = true;
    add(rackContents, image);
    QVERIFY(!initrd());
    QVERIFY(Catalog(rackContents).find("m/525400000002/repo/.treeinfo", {}));
}

void TestCatalog::servesTheImageItself() {
    auto rackContents = contents();
    ImageFiles image = rockyImage();
    add(rackContents, image);
    QVERIFY(!Catalog(rackContents).find("w/rocky-9.iso", {}));
    image.whole = {nullptr, 0, 700};
    add(rackContents, image);
    const Catalog catalog(rackContents);
    QCOMPARE(catalog.find("w/rocky-9.iso", {})->size(), std::uint64_t{700});
    QVERIFY(!catalog.find("w/rocky-9.iso", {})->etag.empty());
    for (const char* const path : {"w/rocky-9", "w/.iso", "w/rocky-9.iso/x", "w", "w/other.iso"})
        QVERIFY2(!catalog.find(path, {}), path);
}

void TestCatalog::servesFoldersToAnybody() {
    auto rackContents = contents();
    rackContents.folders.emplace("drivers", std::make_shared<OneFileFolder>());
    const Catalog catalog(rackContents);
    const auto file = catalog.find("x/drivers/sub/a.rpm", host(202));
    QCOMPARE(roleOf(file), FileRole::Package);
    QCOMPARE(*file->machine, mac(2));
    QVERIFY(!catalog.find("x//drivers\\sub/a.rpm", host(77))->machine);
    for (const char* const path :
         {"x/drivers/sub/b.rpm", "x/drivers/../drivers/sub/a.rpm", "x/drivers/sub", "x/drivers", "x/", "x",
          "x/other/sub/a.rpm", "m/525400000002/x/drivers/sub/a.rpm", "x/drivers/sub/a.rpm/"})
        QVERIFY2(!catalog.find(path, {}), path);
}

void TestCatalog::listsFoldersOnlyWhereAsked() {
    auto rackContents = contents();
    rackContents.folders.emplace("drivers", std::make_shared<OneFileFolder>());
    const Catalog catalog(rackContents);
    const auto page = catalog.find("x/drivers/sub/", {});
    QVERIFY(textOf(page).find("<a href=\"./a.rpm\">") != std::string::npos);
    QVERIFY(page->mediaType.starts_with("text/html"));
    QVERIFY(catalog.find("x/drivers/", {}).has_value());
    for (const char* const path : {"x/drivers/none/", "i/rocky-9/none/", "i/none/", "m/525400000002/",
                                   "m/525400000001/repo/", "m/525400000003/repo/", "t/", "w/", "i/"})
        QVERIFY2(!catalog.find(path, {}), path);
}

void TestCatalog::listsTheTreesOfImages() {
    auto rackContents = contents();
    ImageFiles image = rockyImage();
    image.files["odd/<b>&\"x\"/a b"] = {{nullptr, 0, 5}};
    image.files["odd/c:d"] = {{nullptr, 0, 7}, {nullptr, 0, 8}};
    image.files["odder"] = {};
    add(rackContents, image);
    const Catalog catalog(rackContents);
    for (const std::string& root : {std::string("i/rocky-9/"), std::string("m/525400000002/repo/")}) {
        const auto page = catalog.find(root, host(202));
        QVERIFY(page->mediaType.starts_with("text/html"));
        QVERIFY(!page->isSecret);
        QCOMPARE(*page->machine, mac(2));
        const std::string text = textOf(page);
        QVERIFY(text.find("<a href=\"./images/\">images/</a>") != std::string::npos);
        QVERIFY(text.find("<a href=\"./.treeinfo\">") != std::string::npos);
        QVERIFY(text.find(ticket) == std::string::npos);
        const std::string odd = textOf(catalog.find(root + "odd/", {}));
        QVERIFY(odd.find("<a href=\"./%3Cb%3E%26%22x%22/\">&lt;b&gt;&amp;&quot;x&quot;/</a>\n") !=
                std::string::npos);
        QVERIFY(odd.find("<a href=\"./c%3Ad\">c:d</a>  15\n") != std::string::npos);
        QVERIFY(odd.find("odder") == std::string::npos && odd.find("a b") == std::string::npos);
        QVERIFY(!catalog.find(root + "odd", {})); // a directory without its slash is no file
        QVERIFY(catalog.find(root + "odd/c:d", {}));
    }
}

// R41: whoever asks for the configuration of a machine sees its ticket, but only that machine may use it.
void TestCatalog::ticketsAreBoundToTheAddressOfTheirMachine() {
    auto rackContents = contents();
    MachineBoot machine = approvedMachine(2);
    machine.address = host(102);
    add(rackContents, machine);
    const Catalog catalog(rackContents);
    for (const char* const name : {"answer", "user-data", "meta-data", "vendor-data", "post", "done"}) {
        const std::string path = "t/" + ticket + '/' + name;
        for (unsigned last = 0; last < 256; ++last) {
            const auto file = catalog.find(path, host(static_cast<std::uint8_t>(last)));
            const bool isItsAddress = last == 202 || last == 102; // leased, fixed
            QVERIFY(!isItsAddress || (file && !file->needsItsCard));
            QVERIFY(isItsAddress || !file || (file->needsItsCard && file->machine == mac(2)));
        }
        QVERIFY(!catalog.find(path, Ipv4Address()));
        QVERIFY(!catalog.find(path, Ipv4Address(8, 8, 8, 8))); // behind a router
    }
}

// R41: beside a server that gives the addresses, the installer may have another than the firmware had.
void TestCatalog::atAnUnknownAddressTheCardDecides() {
    auto rackContents = contents();
    rackContents.peers = {{host(78), mac(2)}, {host(79), mac(1)}};
    MachineBoot machine = approvedMachine(2);
    machine.address.reset();
    add(rackContents, machine);
    const Catalog catalog(rackContents);
    const std::string path = "t/" + ticket + "/answer";
    QVERIFY(!catalog.find(path, host(78))->needsItsCard);
    for (const std::uint8_t last :
         std::initializer_list<std::uint8_t>{77, 79}) { // of nobody, once of another machine
        const auto file = catalog.find(path, host(last));
        QVERIFY(file && file->needsItsCard);
        QCOMPARE(file->machine, std::optional(mac(2)));
    }
}

QTEST_APPLESS_MAIN(TestCatalog)
#include "tst_Catalog.moc"
