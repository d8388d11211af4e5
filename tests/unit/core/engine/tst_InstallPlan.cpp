#include "core/engine/InstallPlan.h"
#include "core/engine/KernelKeeper.h"
#include "core/engine/MachineRows.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::engine;

namespace {

const MacAddress mac = *MacAddress::parse("52:54:00:12:34:56");
const std::string token(32, 'a');

/// A Rocky image with a menu, made by hand.
LibraryImage rocky() {
    auto files = std::make_shared<boot::ImageFiles>();
    files->id = "rocky";
    files->name = "Rocky Linux 9.4";
    files->family = boot::InstallerFamily::RedHat;
    files->version = "9.4";
    files->kernelPath = "images/pxeboot/vmlinuz";
    files->initrdPath = "images/pxeboot/initrd.img";
    files->repositories = {"AppStream", "BaseOS", "addons/High Availability"};
    files->uefiLoaders.emplace(boot::Firmware::UefiX64, boot::UefiLoader{"EFI/BOOT/BOOTX64.EFI", {}, {}});
    files->entries = {{"Rescue", "images/pxeboot/vmlinuz", {"images/pxeboot/initrd.img"}, "inst.rescue"},
                      {"Half", "images/pxeboot/vmlinuz", {"not/there"}, {}},
                      {"UEFI memory test", "memtest.efi", {}, {}}};
    for (const char* const path :
         {"images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "memtest.efi", "EFI/BOOT/BOOTX64.EFI"})
        files->files.emplace(path, std::vector{boot::FileSlice{nullptr, 0, 1}});
    LibraryImage image;
    image.info.id = QStringLiteral("rocky");
    image.info.name = QStringLiteral("Rocky Linux 9.4");
    image.info.family = files->family;
    image.files = std::move(files);
    return image;
}

/// One machine and what decides about it.
struct Plan {
    roster::Roster roster;
    ImageLibrary images;
    ProfileLibrary profiles;
    FolderKeeper folders;
    QString defaultImage;
    QString defaultProfile;
    boot::ServerIdentity server;
    WallTime now{};

    explicit Plan(const std::string& firmware = "bios") {
        server.address = Ipv4Address(10, 0, 0, 1);
        images.put(rocky());
        roster.apply(roster::Discovered{mac, WallTime(), firmware, std::nullopt}, WallTime());
    }
    [[nodiscard]] PlanInputs inputs() const {
        return {roster, images, profiles, folders, defaultImage, defaultProfile, server, now};
    }
    [[nodiscard]] const roster::Machine& machine() const { return *roster.find(mac); }
    void assign(const std::string& entry) {
        roster::Assignment assigned = machine().assigned;
        assigned.menuEntry = entry;
        if (!roster.apply(roster::Assign{mac, assigned}, WallTime()))
            qFatal("The machine cannot be given a menu entry.");
    }
    void approve(const std::string& entry) {
        if (!roster.apply(roster::Approve{mac, token, "rocky", "", entry}, WallTime()))
            qFatal("The machine cannot be approved.");
    }
    [[nodiscard]] std::string refusal() const {
        const auto checked = checkInstallable(machine(), inputs());
        return checked ? "" : message(checked.error());
    }
    [[nodiscard]] std::shared_ptr<const boot::MachineBoot>
    bootNow(std::optional<Error>* problem = nullptr) const {
        return makeMachineBoot(machine(), inputs(), problem);
    }
};

} // namespace

class InstallPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEntryNeedsNoProfile();
    void anotherNicBootsAsItsMachine();
    void anotherNicOfAFinishedMachineLeadsToItsDisk();
    void onlyTheNicThatTookTheTicketInstalls();
    void slotsOfSeveralRacksAreCalledAsTheirRacksCallThem();
    void anUnknownEntryIsOneSentence();
    void anEntryWhoseFilesAreMissingIsRefused();
    void aProgramForUefiIsRefusedToBios();
    void anApprovedEntryStartsWithoutAnswerFile();
    void aSpentEntryGoesToItsDisk();
    void anEntryThatWentAwayParks();
    void aKernelOfOnesOwnIsItsOnlyEntry();
    void aKernelOfOnesOwnIsNoDefault();
    void anImageForAnotherArchitectureIsRefusedAndNamed();
    void aVanishedExtraInitrdStopsEverythingButARunningInstaller();
    void profilesKnowRepositoriesAndFolders();
    void anAnswerFileIsThereWhileItsTicketGivesIt();
    void machinesBootAsTheirProfileSaysAndAsTheySayThemselves();
};

void InstallPlanTest::anEntryNeedsNoProfile() {
    Plan plan;
    plan.defaultProfile = QStringLiteral("minimal-preseed"); // for another family
    plan.assign("Rescue");
    QCOMPARE(plan.refusal(), std::string());
    QCOMPARE(menuEntryOf(plan.machine(), plan.inputs()), std::string("Rescue"));
    const MachineRow row = makeRow(plan.machine(), plan.inputs(), Vendors());
    QCOMPARE(row.menuEntry, QStringLiteral("Rescue"));
    QCOMPARE(row.profileName, QString());
}

void InstallPlanTest::slotsOfSeveralRacksAreCalledAsTheirRacksCallThem() {
    Plan plan;
    roster::RackLayout layout;
    layout.rackCount = 2;
    QVERIFY(plan.roster.apply(roster::SetLayout{layout}, WallTime()));
    QVERIFY(plan.roster.apply(roster::Place{mac, 49}, WallTime()));
    QCOMPARE(plan.bootNow()->slotLabel, std::string("R2-07"));
    QCOMPARE(makeRow(plan.machine(), plan.inputs(), Vendors()).slotLabel, QStringLiteral("R2-07"));
    QVERIFY(plan.profiles.put(QStringLiteral("p"),
                              QStringLiteral("text\nrootpw --lock\n# {{rack}}, {{slot}}\n")));
    plan.defaultProfile = QStringLiteral("p");
    const auto rendered = renderAnswerFile(plan.machine(), plan.inputs());
    QVERIFY2(rendered, rendered ? "" : message(rendered.error()).c_str());
    QVERIFY(rendered->find("# R2, 7\n") != std::string::npos);
}

void InstallPlanTest::anUnknownEntryIsOneSentence() {
    Plan plan;
    plan.assign("Rescue a system");
    QCOMPARE(plan.refusal(), std::string("The menu of Rocky Linux 9.4 has no entry “Rescue a system”. Choose "
                                         "another one, or to install."));
}

void InstallPlanTest::anEntryWhoseFilesAreMissingIsRefused() {
    Plan plan;
    plan.assign("Half");
    QVERIFY(plan.refusal().find("is not in Rocky Linux 9.4") != std::string::npos);
}

void InstallPlanTest::aProgramForUefiIsRefusedToBios() {
    Plan bios;
    bios.assign("UEFI memory test");
    QVERIFY(bios.refusal().find("is a program for UEFI") != std::string::npos);
    Plan uefi("uefi-x64");
    uefi.assign("UEFI memory test");
    QCOMPARE(uefi.refusal(), std::string());
}

// R42
void InstallPlanTest::anApprovedEntryStartsWithoutAnswerFile() {
    Plan plan;
    plan.approve("Rescue");
    const auto boot = plan.bootNow();
    QCOMPARE(boot->disposition, boot::Disposition::Install);
    QCOMPARE(boot->menuEntry, std::string("Rescue"));
    QVERIFY(boot->answerFile == nullptr);
}

void InstallPlanTest::aSpentEntryGoesToItsDisk() {
    Plan plan;
    plan.approve("Rescue");
    plan.roster.apply(roster::Reached{mac, roster::Stage::Kernel, 1}, WallTime());
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Install);
    plan.roster.apply(roster::Reached{mac, roster::Stage::Initrd, 1, true}, WallTime());
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::LocalDisk);
}

void InstallPlanTest::anEntryThatWentAwayParks() {
    Plan plan;
    plan.approve("Rescue");
    LibraryImage other = rocky();
    auto files = std::make_shared<boot::ImageFiles>(*other.files);
    files->entries.clear();
    other.files = std::move(files);
    plan.images.put(std::move(other));
    std::optional<Error> problem;
    QCOMPARE(plan.bootNow(&problem)->disposition, boot::Disposition::Parked);
    QCOMPARE(problem->code, ErrorCode::UnknownMenuEntry);
    QCOMPARE(problem->detail, std::string("Rescue"));
}

void InstallPlanTest::aKernelOfOnesOwnIsItsOnlyEntry() {
    QTemporaryDir directory;
    QFile kernel(directory.filePath(QStringLiteral("k")));
    QVERIFY(kernel.open(QIODevice::WriteOnly) && kernel.write("kernel") == 6);
    kernel.close();
    auto image = makeKernelImage({QStringLiteral("Tools"), kernel.fileName(), {}, QStringLiteral("quiet")});
    QVERIFY(image && !image->info.problem);
    Plan plan;
    plan.defaultImage = image->info.id;
    plan.images.put(std::move(*image));
    QCOMPARE(menuEntryOf(plan.machine(), plan.inputs()), std::string("Tools"));
    QCOMPARE(plan.refusal(), std::string());
}

void InstallPlanTest::aKernelOfOnesOwnIsNoDefault() {
    Plan plan;
    LibraryImage tools;
    tools.info.id = QStringLiteral("a");
    tools.files = std::make_shared<const boot::ImageFiles>();
    plan.images.put(std::move(tools));
    QCOMPARE(imageOf(plan.machine(), plan.inputs())->info.id, QStringLiteral("rocky"));
}

void InstallPlanTest::anImageForAnotherArchitectureIsRefusedAndNamed() {
    Plan plan("uefi-arm64");
    const std::string sentence =
        "The machine asked for a boot loader for UEFI on arm64, and Rocky Linux 9.4 has "
        "none. Choose an image for its architecture.";
    QCOMPARE(plan.refusal(), sentence);
    QCOMPARE(message(makeRow(plan.machine(), plan.inputs(), Vendors()).machine.problem.value()), sentence);
    QVERIFY(!plan.machine().problem); // it ends with its cause
    Plan x64("uefi-x64");
    QVERIFY(!makeRow(x64.machine(), x64.inputs(), Vendors()).machine.problem);
}

void InstallPlanTest::aVanishedExtraInitrdStopsEverythingButARunningInstaller() {
    QTemporaryDir directory;
    QFile extra(directory.filePath(QStringLiteral("dd.img")));
    QVERIFY(extra.open(QIODevice::WriteOnly) && extra.write("cpio") == 4);
    extra.close();
    Plan plan;
    plan.images.setExtraInitrds(QStringLiteral("rocky"), ExtraInitrds({extra.fileName()}));
    QCOMPARE(plan.images.find(QStringLiteral("rocky"))->files->extraInitrds.size(), std::size_t{1});
    QVERIFY(!plan.images.refreshExtraInitrds());
    plan.approve("");
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Install);

    QVERIFY(extra.remove());
    QVERIFY(plan.images.refreshExtraInitrds());
    std::optional<Error> problem;
    QCOMPARE(plan.bootNow(&problem)->disposition, boot::Disposition::Parked);
    QVERIFY(message(*problem).find("dd.img cannot be opened") != std::string::npos);
    QVERIFY(plan.images.infos().front().problem);
    const auto& files = plan.images.find(QStringLiteral("rocky"))->files;
    QVERIFY(files->lacksExtraInitrd && files->extraInitrds.empty());

    plan.roster.apply(roster::Reached{mac, roster::Stage::Kickstart, 1}, WallTime());
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Install); // it has its initrd

    QVERIFY(extra.open(QIODevice::WriteOnly) && extra.write("cpio") == 4);
    extra.close();
    QVERIFY(plan.images.refreshExtraInitrds());
    QVERIFY(!plan.images.find(QStringLiteral("rocky"))->initrdProblem);
}

// R41 (part): what its installer holds goes on, and so does the rest of the installation.
void InstallPlanTest::anAnswerFileIsThereWhileItsTicketGivesIt() {
    Plan plan;
    plan.approve("");
    plan.now = WallTime(std::chrono::hours(6));
    QVERIFY(plan.bootNow()->answerFile);
    plan.now += std::chrono::milliseconds(1);
    QVERIFY(!plan.bootNow()->answerFile);
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Install);
    plan.now = {};
    for (int fetch = 0; fetch < 5; ++fetch) {
        QVERIFY(plan.bootNow()->answerFile);
        plan.roster.apply(roster::Reached{mac, roster::Stage::Kickstart, 1}, WallTime());
    }
    QVERIFY(!plan.bootNow()->answerFile);
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Install);
}

void InstallPlanTest::profilesKnowRepositoriesAndFolders() {
    QTemporaryDir directory;
    Plan plan;
    QVERIFY(plan.folders.put(QStringLiteral("drivers"), directory.path()));
    QVERIFY(plan.profiles.put(QStringLiteral("p"),
                              QStringLiteral("text\nrepo --name=a --baseurl={{repo_AppStream}}\n"
                                             "repo --name=b --baseurl={{repo_High Availability}}\n"
                                             "repo --name=c --baseurl={{folder_drivers}}\nrootpw --lock\n")));
    plan.defaultProfile = QStringLiteral("p");
    const auto rendered = renderAnswerFile(plan.machine(), plan.inputs());
    QVERIFY2(rendered, rendered ? "" : message(rendered.error()).c_str());
    const auto has = [&](const char* line) {
        return rendered->find(line) != std::string::npos;
    };
    QVERIFY(has("--baseurl=http://10.0.0.1/m/525400123456/repo/AppStream\n"));
    QVERIFY(has("--baseurl=http://10.0.0.1/m/525400123456/repo/addons/High%20Availability\n"));
    QVERIFY(has("--baseurl=http://10.0.0.1/x/drivers/\n"));
}

void InstallPlanTest::machinesBootAsTheirProfileSaysAndAsTheySayThemselves() {
    using Options = std::vector<boot::ExtraOption>;
    Plan plan;
    const QString profile = QStringLiteral("minimal-kickstart");
    QVERIFY(plan.profiles.setBoot(profile,
                                  {QStringLiteral("boot.ipxe"), QStringLiteral("42=10.0.0.1;209=\"p\"")}));
    QCOMPARE(plan.bootNow()->bootFileOverride, std::string("boot.ipxe"));
    QVERIFY(plan.bootNow()->extraOptions == (Options{{42, {10, 0, 0, 1}}, {209, {'p'}}}));

    roster::Assignment assigned;
    assigned.bootFile = "pxelinux.0";
    assigned.dhcpOptions = "209=\"m\";3=";
    QVERIFY(plan.roster.apply(roster::Assign{mac, assigned}, WallTime()));
    QCOMPARE(plan.bootNow()->bootFileOverride, std::string("pxelinux.0"));
    QVERIFY(plan.bootNow()->extraOptions == (Options{{42, {10, 0, 0, 1}}, {209, {'m'}}, {3, {}}}));

    QCOMPARE(plan.profiles.setBoot(profile, {QStringLiteral("x.efi"), {}}).error().code,
             ErrorCode::Malformed);
    QCOMPARE(plan.profiles.setBoot(profile, {{}, QStringLiteral("54=u8:1")}).error().code,
             ErrorCode::Malformed);
    QCOMPARE(plan.profiles.setBoot(QStringLiteral("none"), {}).error().code, ErrorCode::UnknownProfile);
}

namespace {

const MacAddress otherNic = *MacAddress::parse("52:54:00:12:34:60");

/// The machine has another NIC, which was heard as UEFI.
Plan withNic() {
    Plan plan;
    roster::RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 11);
    const auto set = plan.roster.apply(roster::SetLayout{layout}, WallTime());
    plan.roster.apply(
        roster::Discovered{otherNic, WallTime(std::chrono::minutes(5)), "uefi-x64", std::nullopt},
        WallTime(std::chrono::minutes(5)));
    if (!set || !plan.roster.apply(roster::AttachNic{otherNic, mac}, WallTime()))
        qFatal("The NIC cannot be attached.");
    return plan;
}

std::shared_ptr<const boot::MachineBoot> bootOfNic(const Plan& plan,
                                                   std::optional<Error>* problem = nullptr) {
    return makeMachineBoot(*plan.roster.find(otherNic), plan.inputs(), problem);
}

} // namespace

// R18
void InstallPlanTest::anotherNicBootsAsItsMachine() {
    Plan plan = withNic();
    QCOMPARE(bootOfNic(plan)->disposition, boot::Disposition::Parked);
    QCOMPARE(bootOfNic(plan)->slotLabel, plan.bootNow()->slotLabel);
    plan.approve("");
    std::optional<Error> problem;
    const auto nic = bootOfNic(plan, &problem);
    const auto machine = plan.bootNow();
    QVERIFY(!problem);
    QCOMPARE(nic->disposition, boot::Disposition::Install);
    QCOMPARE(nic->mac, otherNic);
    QCOMPARE(nic->owner, std::optional(mac));
    QCOMPARE(nic->ticket, token);
    QCOMPARE(nic->hostname, machine->hostname);
    QVERIFY(nic->address && nic->address == machine->address);
    QCOMPARE(nic->firmware, boot::Firmware::UefiX64); // as this NIC booted
    QVERIFY(nic->answerFile->find(otherNic.toHex()) != std::string::npos);
    QVERIFY(nic->answerFile->find(mac.toHex()) == std::string::npos);
    QVERIFY(!machine->owner);
    QVERIFY(plan.roster.apply(roster::Refuse{mac}, WallTime()));
    QCOMPARE(bootOfNic(plan)->disposition, boot::Disposition::Refused);
}

void InstallPlanTest::anotherNicOfAFinishedMachineLeadsToItsDisk() {
    Plan plan = withNic();
    plan.approve("");
    for (const auto stage : {roster::Stage::Config, roster::Stage::Kickstart, roster::Stage::Done})
        plan.roster.apply(roster::Reached{mac, stage}, WallTime());
    QVERIFY(plan.machine().isDone); // counted at the machine, and its one ticket is spent
    QVERIFY(plan.machine().ticket->isSpent);
    QCOMPARE(bootOfNic(plan)->disposition, boot::Disposition::LocalDisk);
    QVERIFY(!bootOfNic(plan)->address);
    QVERIFY(plan.bootNow()->address);
}

// R18, R42: if they were two machines after all, one of them would be wiped for the other.
void InstallPlanTest::onlyTheNicThatTookTheTicketInstalls() {
    Plan plan = withNic();
    plan.approve("");
    plan.roster.apply(roster::Reached{otherNic, roster::Stage::Config}, WallTime());
    QCOMPARE(bootOfNic(plan)->disposition, boot::Disposition::Install);
    QVERIFY(bootOfNic(plan)->address);
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::Parked);
    QVERIFY(plan.bootNow()->parksBriefly);
    QVERIFY(!plan.bootNow()->answerFile);
    QVERIFY(!plan.bootNow()->address);
    for (const auto stage : {roster::Stage::Kickstart, roster::Stage::Done})
        plan.roster.apply(roster::Reached{mac, stage}, WallTime()); // reports name the machine
    QCOMPARE(bootOfNic(plan)->disposition, boot::Disposition::LocalDisk);
    QCOMPARE(plan.bootNow()->disposition, boot::Disposition::LocalDisk);
    QVERIFY(bootOfNic(plan)->address); // what was installed over this NIC keeps its address there
    QVERIFY(!plan.bootNow()->address);
}

QTEST_APPLESS_MAIN(InstallPlanTest)
#include "tst_InstallPlan.moc"
