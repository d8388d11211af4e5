#include "tests/rack/Command.h"
#include "tests/rack/RunningConsole.h"
#include "tests/rack/VirtualRack.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <memory>
#include <unistd.h>

namespace rackmuster::test {

namespace {

using Kind = VirtualRack::Kind;

const QString redHatImage = QStringLiteral("Rackmuster Test Linux 9.4");
const QString kernel = QStringLiteral("kernel");
const QString kickstart = QStringLiteral("kickstart");
const QString parked = QStringLiteral("parked");
const QString done = QStringLiteral("done");

// Seconds; emulated machines on a loaded 2-core computer.
constexpr int toBoot = 120;
constexpr int toRunTheRealInstaller = 420;

const QByteArray standInProfile = "text\n"
                                  "url --url={{repo}}\n"
                                  "network --bootproto=dhcp --hostname={{hostname}}\n"
                                  "poweroff\n"
                                  "%packages\n@core\n%end\n";

QByteArray planLine(int slot, const QString& hostname, const QString& image, const QString& profile,
                    const QString& bootFile = {}) {
    return QStringLiteral("%1,%2,%3,10.77.0.%4,%5,%6,console=ttyS0,%7\n")
        .arg(QString::number(slot), hostname, VirtualRack::macOf(slot), QString::number(10 + slot), profile,
             image, bootFile)
        .toUtf8();
}

const QByteArray planHeader = "slot,hostname,mac,ip,profile,image,kernelArguments,bootFile\n";

QString mediaFile(const char* name) {
    return QStringLiteral(IMAGE_DIRECTORY "/") + QString::fromLatin1(name);
}

/// The machine's row with only what must outlive the program.
QJsonObject lasting(const QJsonObject& row) {
    QJsonObject out;
    for (const char* field :
         {"mac", "slot", "hostname", "ip", "approval", "image", "profile", "uuid", "firstSeen"})
        out.insert(QLatin1String(field), row.value(QLatin1String(field)));
    return out;
}

QJsonArray lasting(const QJsonArray& rows) {
    QJsonArray out;
    for (const QJsonValue& row : rows)
        out.append(lasting(row.toObject()));
    return out;
}

} // namespace

/// Real firmware, real loaders and real installers boot through `rackmusterctl serve`, under software
/// emulation (R61).
class TestRack final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void installsWhatIsApprovedParksTheRestAndSendsTheFinishedToTheirDisk();
    void startsAMenuEntryOnceAndThenTheDisk();
    void bootsPxelinuxWhenTheMachineIsToldSo();
    void bootsAnImageWhoseLoadersAreOnlyInItsPackages();
    void bringsTheRealDebianInstallerToItsPreseed();
    void goesOnAfterBeingKilledAtAnyStage();

private:
    [[nodiscard]] QStringList redHatOptions(const QByteArray& plan) const;
    [[nodiscard]] bool saysOnSerial(int index, const char* text, int seconds) const;
    [[nodiscard]] qint64 loaderBytes(const QString& mac, const QString& name) const;
    void neverInstalled(int index) const;
    void bootFinishedMachine();
    void parkedMachineGoesOn();
    void ranTheRescueEntry(int index) const;
    [[nodiscard]] QString makeExtraInitrd() const;

    std::unique_ptr<VirtualRack> m_rack;
    std::unique_ptr<RunningConsole> m_console;
};

void TestRack::initTestCase() {
    if (::geteuid() != 0)
        QSKIP("network namespaces and raw sockets need root");
    if (!QFile::exists(QStringLiteral("/usr/bin/qemu-system-x86_64")))
        QSKIP("qemu-system-x86 is not installed");
    for (const char* const script : {"make-standin-iso", "make-centos7-iso", "make-debian-netboot-iso"}) {
        const QString image = mediaFile(script) + QStringLiteral(".iso");
        const Ended ended =
            run(QStringLiteral(IMAGE_SCRIPTS "/") + QString::fromLatin1(script), {image}, 300000);
        QVERIFY2(ended.isGood(), qPrintable(ended.errors));
    }
}

void TestRack::init() {
    m_rack = std::make_unique<VirtualRack>();
    QVERIFY2(m_rack->problem().isEmpty(), qPrintable(m_rack->problem()));
    m_console = std::make_unique<RunningConsole>(*m_rack);
}

void TestRack::cleanup() {
    if (QTest::currentTestFailed() && m_rack && m_console) {
        qWarning("events:\n%s", qPrintable(m_console->story()));
        for (int index = 1; index <= 4; ++index) {
            constexpr qsizetype shown = 3000;
            const QByteArray log = m_rack->serialLog(index).right(shown);
            if (!log.isEmpty())
                qWarning("serial port of machine %d:\n%s", index, log.constData());
        }
        if (!m_rack->problem().isEmpty())
            qWarning("%s", qPrintable(m_rack->problem()));
    }
    m_console.reset();
    m_rack.reset();
}

QStringList TestRack::redHatOptions(const QByteArray& plan) const {
    return {QStringLiteral("--iso"),
            mediaFile("make-standin-iso.iso"),
            QStringLiteral("--profile"),
            QStringLiteral("stand-in=") + m_console->write(QStringLiteral("stand-in.ks"), standInProfile),
            QStringLiteral("--plan"),
            m_console->write(QStringLiteral("plan.csv"), planHeader + plan),
            QStringLiteral("--approve"),
            QStringLiteral("listed"),
            QStringLiteral("--default-image"),
            redHatImage,
            QStringLiteral("--default-profile"),
            QStringLiteral("stand-in")};
}

bool TestRack::saysOnSerial(int index, const char* text, int seconds) const {
    return QTest::qWaitFor([&] { return m_rack->serialLog(index).contains(text); }, seconds * 1000);
}

/// How much of the loader of this name the machine fetched, at most in one go; 0: nothing.
qint64 TestRack::loaderBytes(const QString& mac, const QString& name) const {
    qint64 most = 0;
    for (const QJsonObject& event : m_console->events()) {
        if (event.value(QLatin1String("event")) == QLatin1String("loader") &&
            event.value(QLatin1String("mac")) == mac &&
            event.value(QLatin1String("file")).toString().endsWith(name))
            most = std::max(most, event.value(QLatin1String("bytes")).toInteger());
    }
    return most;
}

/// An unapproved machine receives no installer kernel and no kickstart (R42).
void TestRack::neverInstalled(int index) const {
    const QString mac = VirtualRack::macOf(index);
    for (const char* const event : {"approved", "config", "kernel", "initrd", "kickstart", "stage2"})
        QVERIFY2(!m_console->happened(QLatin1String(event), mac), event);
    QVERIFY(!m_rack->serialLog(index).contains("Linux version"));
}

// Machine 1: SeaBIOS, iPXE ROM, iPXE script, kernel, initrd, kickstart. Machine 2: edk2 with Secure Boot,
// shim, grub.
void TestRack::installsWhatIsApprovedParksTheRestAndSendsTheFinishedToTheirDisk() {
    const QString bios = VirtualRack::macOf(1);
    const QString uefi = VirtualRack::macOf(2);
    QVERIFY(m_console->start(
        redHatOptions(planLine(1, QStringLiteral("node-01"), redHatImage, QStringLiteral("stand-in")))));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));

    QVERIFY(m_console->waitFor(parked, uefi, toBoot));
    QVERIFY(m_console->waitFor(done, bios, toBoot));
    QVERIFY(saysOnSerial(1, "STANDIN address 10.77.0.11 hostname=node-01", 0));
    QVERIFY(m_rack->serialLog(1).contains("STANDIN kickstart fetched hostname=node-01"));
    QVERIFY(m_rack->waitForPowerOff(1, 30));
    QVERIFY(saysOnSerial(2, "WAITING FOR APPROVAL", 0));
    neverInstalled(2);

    bootFinishedMachine();
    parkedMachineGoesOn();
    QVERIFY(m_console->stop());
}

/// Powered on again, a finished machine goes to its disk: as the server saw it, and as the machine says
/// itself.
void TestRack::bootFinishedMachine() {
    const QString mac = VirtualRack::macOf(1);
    const qsizetype kernels = m_console->count(kernel, mac);
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_console->waitFor(QStringLiteral("localboot"), mac, toBoot));
    QVERIFY(saysOnSerial(1, "DISK BOOT OK", 60));
    QVERIFY(m_rack->waitForPowerOff(1, 30));
    QCOMPARE(m_console->count(kernel, mac), kernels);
    QCOMPARE(m_console->count(kickstart, mac), qsizetype(1));
}

/// The machine that waits in grub goes on when it is approved, with no reset; its kernel says that Secure
/// Boot is on.
void TestRack::parkedMachineGoesOn() {
    const QString mac = VirtualRack::macOf(2);
    const qsizetype loaders = m_console->count(QStringLiteral("loader"), mac);
    const Ended approved = m_console->ctl(QStringLiteral("approve"), {mac});
    QVERIFY2(approved.isGood(), qPrintable(approved.errors));
    QVERIFY(m_console->waitFor(done, mac, toBoot));
    QVERIFY(m_rack->serialLog(2).contains("STANDIN kickstart fetched"));
    QVERIFY(m_rack->serialLog(2).contains("UEFI Secure Boot is enabled"));
    QCOMPARE(m_console->count(QStringLiteral("loader"), mac), loaders);
}

/// A cpio archive with one file, "extra/marker".
QString TestRack::makeExtraInitrd() const {
    const QString marker = m_console->write(QStringLiteral("marker"), "appended on the fly");
    const QString archive = marker + QStringLiteral(".cpio");
    const QString script =
        QStringLiteral("cd \"$(dirname \"$1\")\" && mkdir -p extra && cp marker extra/ && "
                       "printf 'extra\\nextra/marker\\n' | cpio --quiet -o -H newc >\"$2\"");
    const Ended made = run(QStringLiteral("/bin/sh"),
                           {QStringLiteral("-c"), script, QStringLiteral("sh"), marker, archive}, 10000);
    return made.isGood() ? archive : QString();
}

/// What the machine itself says of how it was started: with the arguments of the menu, the medium's label
/// turned into our address, and the operator's file behind the image's own initrd.
void TestRack::ranTheRescueEntry(int index) const {
    QVERIFY(saysOnSerial(index, "STANDIN rescue finished", toBoot));
    const QByteArray log = m_rack->serialLog(index);
    QVERIFY(log.contains("inst.stage2=http://10.77.0.1/i/"));
    QVERIFY(log.contains(" inst.rescue quiet ip=dhcp BOOTIF=01-52-54-00-77-00-0"));
    QVERIFY(!log.contains("LABEL="));
    QVERIFY(!log.contains("inst.ks"));
    QVERIFY(log.contains("STANDIN extra file /extra/marker: appended on the fly"));
    const QString mac = VirtualRack::macOf(index);
    QVERIFY(!m_console->happened(kickstart, mac));
    QVERIFY(!m_console->happened(done, mac));
    QCOMPARE(m_console->count(kernel, mac), qsizetype(1));
}

// Machine 1: SeaBIOS and iPXE. Machine 2: edk2 with Secure Boot, shim and grub. The entry starts once (R42).
void TestRack::startsAMenuEntryOnceAndThenTheDisk() {
    const QByteArray plan = "slot,mac,image,kernelArguments,menuEntry\n"
                            "1,52:54:00:77:00:01,Rackmuster Test Linux 9.4,console=ttyS0,Rescue a system\n"
                            "2,52:54:00:77:00:02,Rackmuster Test Linux 9.4,console=ttyS0,Rescue a system\n";
    const QString extra = makeExtraInitrd();
    QVERIFY(!extra.isEmpty());
    QVERIFY(m_console->start({QStringLiteral("--iso"), mediaFile("make-standin-iso.iso"),
                              QStringLiteral("--plan"), m_console->write(QStringLiteral("plan.csv"), plan),
                              QStringLiteral("--approve"), QStringLiteral("listed"),
                              QStringLiteral("--extra-initrd"), redHatImage + QLatin1Char('=') + extra}));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot, {QStringLiteral("--disk"), m_rack->diskOf(2)}));
    for (const int index : {1, 2}) {
        ranTheRescueEntry(index);
        QVERIFY(m_rack->waitForPowerOff(index, 30));
    }

    const QJsonObject row = m_console->machines().at(0).toObject();
    QCOMPARE(row.value(QLatin1String("menuEntry")).toString(), QStringLiteral("Rescue a system"));
    QCOMPARE(row.value(QLatin1String("done")).toBool(), false); // nobody knows what the entry did
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_console->waitFor(QStringLiteral("localboot"), VirtualRack::macOf(1), toBoot));
    QVERIFY(saysOnSerial(1, "DISK BOOT OK", 60));
    QCOMPARE(m_console->count(kernel, VirtualRack::macOf(1)), qsizetype(1));
    QVERIFY(m_console->stop());
}

// Machine 3 takes pxelinux, as the ROM of any vendor would; machine 4 is in no plan and waits in iPXE.
void TestRack::bootsPxelinuxWhenTheMachineIsToldSo() {
    QVERIFY(
        m_console->start(redHatOptions(planLine(3, QStringLiteral("node-03"), redHatImage,
                                                QStringLiteral("stand-in"), QStringLiteral("pxelinux.0")))));
    QVERIFY(m_rack->powerOn(3, Kind::BiosIpxe));
    QVERIFY(m_rack->powerOn(4, Kind::BiosIpxe));

    QVERIFY(m_console->waitFor(parked, VirtualRack::macOf(4), toBoot));
    QVERIFY(m_console->waitFor(done, VirtualRack::macOf(3), toBoot));
    QVERIFY(m_rack->serialLog(3).contains("STANDIN kickstart fetched hostname=node-03"));
    neverInstalled(4);
    QVERIFY(m_console->stop());
}

// A tree as CentOS 7 has it: pxelinux, shim and grub come out of RPMs, under BIOS and under UEFI with Secure
// Boot. The pxelinux in the package is longer than this computer's own.
void TestRack::bootsAnImageWhoseLoadersAreOnlyInItsPackages() {
    const QString image = QStringLiteral("CentOS 7.9");
    const QString profile = QStringLiteral("stand-in");
    const QByteArray plan =
        planHeader + planLine(1, QStringLiteral("node-01"), image, profile, QStringLiteral("pxelinux.0")) +
        planLine(2, QStringLiteral("node-02"), image, profile);
    QVERIFY(m_console->start(
        {QStringLiteral("--iso"), mediaFile("make-centos7-iso.iso"), QStringLiteral("--profile"),
         profile + QLatin1Char('=') + m_console->write(QStringLiteral("stand-in.ks"), standInProfile),
         QStringLiteral("--plan"), m_console->write(QStringLiteral("plan.csv"), plan),
         QStringLiteral("--approve"), QStringLiteral("listed")}));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));

    for (const int index : {1, 2}) {
        QVERIFY(m_console->waitFor(done, VirtualRack::macOf(index), toBoot));
        QVERIFY(m_rack->serialLog(index).contains("STANDIN packages fetched"));
    }
    QVERIFY(m_rack->serialLog(2).contains("UEFI Secure Boot is enabled"));
    const qint64 hosts = QFileInfo(QStringLiteral("/usr/lib/PXELINUX/pxelinux.0")).size();
    QCOMPARE(loaderBytes(VirtualRack::macOf(1), QStringLiteral("pxelinux.0")),
             hosts + qint64{sizeof "of the package\n" - 1});
    QVERIFY(loaderBytes(VirtualRack::macOf(2), QStringLiteral("grubx64.efi")) > 0);
    QVERIFY(m_console->stop());
}

// The real debian-installer, by both kinds of firmware, as far as fetching its preseed.
void TestRack::bringsTheRealDebianInstallerToItsPreseed() {
    const QString image = QStringLiteral("Debian GNU/Linux 12.0.0");
    const QString profile = QStringLiteral("bare");
    const QByteArray plan = planHeader + planLine(1, QStringLiteral("node-01"), image, profile) +
                            planLine(2, QStringLiteral("node-02"), image, profile);
    const QByteArray preseed = "#_preseed_V1\nd-i netcfg/get_hostname string {{hostname}}\n";
    QVERIFY(m_console->start(
        {QStringLiteral("--iso"), mediaFile("make-debian-netboot-iso.iso"), QStringLiteral("--profile"),
         profile + QLatin1Char('=') + m_console->write(QStringLiteral("bare.preseed"), preseed),
         QStringLiteral("--plan"), m_console->write(QStringLiteral("plan.csv"), plan),
         QStringLiteral("--approve"), QStringLiteral("listed")}));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));

    for (const int index : {1, 2}) {
        QVERIFY(m_console->waitFor(kickstart, VirtualRack::macOf(index), toRunTheRealInstaller));
        QVERIFY(m_rack->serialLog(index).contains("Linux version"));
    }
    QVERIFY(m_console->stop());
}

// kill -9 and a new start, at each stage of one boot (R46, R47, R55): all is as it was and the machine goes
// on.
void TestRack::goesOnAfterBeingKilledAtAnyStage() {
    const QString mac = VirtualRack::macOf(1);
    QVERIFY(m_console->start(
        redHatOptions(planLine(1, QStringLiteral("node-01"), redHatImage, QStringLiteral("stand-in")) +
                      planLine(2, QStringLiteral("node-02"), redHatImage, QStringLiteral("stand-in")))));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe));
    const QJsonArray before = lasting(m_console->machines());
    QCOMPARE(before.size(), 2);

    QJsonArray known;
    for (const char* const stage : {"leased", "kernel", "initrd", "kickstart", "stage2", "packages"}) {
        QVERIFY2(m_console->waitFor(QLatin1String(stage), mac, toBoot), stage);
        QVERIFY(m_console->killHard());
        const QJsonArray stored = lasting(m_console->machines());
        if (!known.isEmpty())
            QCOMPARE(stored, known);
        known = stored;
        QVERIFY2(m_console->start({QStringLiteral("--approve"), QStringLiteral("listed")}), stage);
        QCOMPARE(lasting(m_console->machines()), known);
        QVERIFY2(!m_console->happened(QStringLiteral("imported"), {}, true),
                 "the image was imported once more");
    }
    QVERIFY(m_console->waitFor(done, mac, toBoot));
    QVERIFY(m_rack->waitForPowerOff(1, 30));
    QVERIFY(m_rack->serialLog(1).contains("STANDIN finished"));
    QVERIFY(!m_rack->serialLog(1).contains("STANDIN failed"));
    QCOMPARE(m_rack->serialLog(1).count("STANDIN started"), qsizetype(1)); // one boot, not several
    QVERIFY(m_console->stop());
}

} // namespace rackmuster::test

// QtTest's own watchdog counts five minutes; ctest has the time limit of this program.
int main(int argc, char* argv[]) {
    qputenv("QTEST_FUNCTION_TIMEOUT", "1200000");
    QCoreApplication application(argc, argv);
    rackmuster::test::TestRack test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Rack.moc"
