#include "core/boot/Startup.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;

namespace {

using Slices = std::vector<FileSlice>;

ImageFiles imageWith(const std::vector<std::uint64_t>& initrdSizes) {
    ImageFiles image = rockyImage();
    for (std::size_t i = 0; i < initrdSizes.size(); ++i)
        image.files.emplace("i" + std::to_string(i), Slices{{nullptr, 4096 * i, initrdSizes[i]}});
    return image;
}

std::vector<std::uint64_t> lengths(const BootFile& file) {
    std::vector<std::uint64_t> out;
    for (const FileSlice& slice : std::get<Slices>(file.content))
        out.push_back(slice.length);
    return out;
}

} // namespace

class TestStartup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsTheInstallerOrTheEntry();
    void startsNothingThatIsNotWhole();
    void startsNothingOfAnotherArchitecture();
    void knowsProgramsOfUefi_data();
    void knowsProgramsOfUefi();
    void archivesBeginAtMultiplesOfFour();
    void aSingleInitrdIsServedAsItIs();
    void extraInitrdsChangeTheEtag();
    void neverServesAShorterInitrd();
};

void TestStartup::startsTheInstallerOrTheEntry() {
    const ImageFiles image = rockyImage();
    const auto installer = startupOf(approvedMachine(1), &image);
    QVERIFY(installer);
    QCOMPARE(installer->kernelPath, image.kernelPath);
    QVERIFY(installer->entry == nullptr);
    QVERIFY(!startupOf(parkedMachine(1), &image));

    const auto rescue = startupOf(approvedFor(1, "Rescue a system"), &image);
    QVERIFY(rescue);
    QCOMPARE(rescue->entry, &image.entries[1]);
    QCOMPARE(rescue->initrdPaths, image.entries[1].initrdPaths);
    const auto memtest = startupOf(approvedFor(1, "Memory test"), &image);
    QVERIFY(memtest && memtest->initrdPaths.empty());
}

void TestStartup::startsNothingThatIsNotWhole() {
    ImageFiles image = rockyImage();
    QVERIFY(!startupOf(approvedFor(1, "No such title"), &image));
    QVERIFY(!startupOf(approvedFor(1, "Rescue a system"), nullptr));
    image.files.erase(image.entries[1].initrdPaths[1]);
    QVERIFY(!startupOf(approvedFor(1, "Rescue a system"), &image));
    image.files.erase(image.entries[2].kernelPath);
    QVERIFY(!startupOf(approvedFor(1, "Memory test"), &image));
}

void TestStartup::startsNothingOfAnotherArchitecture() {
    const ImageFiles image = rockyImage(); // x64
    const auto starts = [&](Firmware firmware) {
        MachineBoot machine = approvedMachine(1);
        machine.firmware = firmware;
        return startupOf(machine, &image).has_value();
    };
    QVERIFY(starts(Firmware::Unknown) && starts(Firmware::Bios) && starts(Firmware::UefiX64));
    QVERIFY(!starts(Firmware::UefiArm64) && !starts(Firmware::UefiIa32));

    ImageFiles arm = image;
    arm.uefiLoaders.clear();
    QVERIFY(!isForOtherFirmware(arm, Firmware::UefiArm64)); // without a loader nobody knows
    arm.uefiLoaders.emplace(Firmware::UefiArm64, UefiLoader{"a", "b", {}});
    QVERIFY(isForOtherFirmware(arm, Firmware::Bios));
    QVERIFY(isForOtherFirmware(arm, Firmware::UefiX64));
    QVERIFY(!isForOtherFirmware(arm, Firmware::UefiArm64));
}

void TestStartup::knowsProgramsOfUefi_data() {
    QTest::addColumn<QByteArray>("kernel");
    QTest::addColumn<bool>("hasInitrd");
    QTest::addColumn<bool>("isProgram");
    QTest::newRow("memtest") << QByteArray("boot/memtest.efi") << false << true;
    QTest::newRow("capitals") << QByteArray("EFI/BOOT/MT86.EFI") << false << true;
    QTest::newRow("BIOS") << QByteArray("isolinux/memtest") << false << false;
    QTest::newRow("kernel image with an initrd") << QByteArray("linux.efi") << true << false;
    QTest::newRow("short") << QByteArray("efi") << false << false;
}

void TestStartup::knowsProgramsOfUefi() {
    QFETCH(QByteArray, kernel);
    QFETCH(bool, hasInitrd);
    QFETCH(bool, isProgram);
    Startup startup{kernel.toStdString(), {}, nullptr};
    if (hasInitrd)
        startup.initrdPaths.emplace_back("initrd.img");
    QCOMPARE(startup.isEfiProgram(), isProgram);
}

void TestStartup::archivesBeginAtMultiplesOfFour() {
    ImageFiles image = imageWith({5, 8, 3});
    image.extraInitrds = {{FileSlice{nullptr, 1, 6}, "a"}, {FileSlice{nullptr, 2, 1}, "b"}};
    const auto file = initrdFile(image, {"i0", "i1", "i2"});
    QVERIFY(file);
    QCOMPARE(lengths(*file), (std::vector<std::uint64_t>{5, 3, 8, 3, 1, 6, 2, 1}));
    QCOMPARE(file->size(), std::uint64_t{29});
    QCOMPARE(file->role, FileRole::Initrd);
    const auto& slices = std::get<Slices>(file->content);
    QCOMPARE(slices[3].offset, std::uint64_t{8192}); // in the order of the menu
    QCOMPARE(slices[5].offset, std::uint64_t{1});
}

void TestStartup::aSingleInitrdIsServedAsItIs() {
    const ImageFiles image = rockyImage();
    const auto file = initrdFile(image, {image.initrdPath});
    QCOMPARE(lengths(*file).size(), std::size_t{1});
    QVERIFY(!file->etag.empty());
    QVERIFY(!initrdFile(image, {}));
}

// P55
void TestStartup::extraInitrdsChangeTheEtag() {
    ImageFiles image = rockyImage();
    const auto etag = [&] {
        return initrdFile(image, {image.initrdPath})->etag;
    };
    const std::string plain = etag();
    image.extraInitrds = {{FileSlice{nullptr, 0, 4}, "a"}};
    const std::string one = etag();
    image.extraInitrds[0].etagSeed = "b";
    QVERIFY(one != plain && etag() != one && etag() != plain);
    QCOMPARE(etag(), etag());
}

void TestStartup::neverServesAShorterInitrd() {
    ImageFiles image = imageWith({5});
    QVERIFY(!initrdFile(image, {"i0", "not there"}));
    image.lacksExtraInitrd = true;
    QVERIFY(!initrdFile(image, {"i0"}));
    // An installer that has it already goes on: only the initrd is withheld.
    QVERIFY(startupOf(approvedMachine(1), &image));
}

QTEST_APPLESS_MAIN(TestStartup)
#include "tst_Startup.moc"
