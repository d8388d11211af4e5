#include "tests/rack/Command.h"
#include "tests/rack/RunningConsole.h"
#include "tests/rack/VirtualRack.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include <memory>
#include <unistd.h>

namespace rackmuster::test {

namespace {

using Kind = VirtualRack::Kind;

constexpr int toInstall = 110; // seconds, of an emulated machine on a loaded 2-core computer

/// One family's stand-in image with a profile of its own.
struct Family {
    const char* imageScript; ///< in tests/support/images
    QString image;           ///< as the console calls it
    const char* profileName;
    QByteArray profile;
};

// Each has a command of its own between the reports; the stand-in says what it left.
const Family ubuntu{"make-ubuntu-iso", QStringLiteral("Ubuntu-Server 24.04.1"), "user-data",
                    "#cloud-config\n"
                    "autoinstall:\n"
                    "  version: 1\n"
                    "  identity: {hostname: \"{{hostname}}\", username: rack, password: \"!\"}\n"
                    "  late-commands:\n"
                    "    - echo \"{{hostname}} at {{ip}}\" >/run/own\n"};
const Family suse{
    "make-suse-iso", QStringLiteral("openSUSE Leap 15.6"), "autoinst.xml",
    "<?xml version=\"1.0\"?>\n"
    "<!DOCTYPE profile>\n"
    "<profile xmlns=\"http://www.suse.com/1.0/yast2ns\" xmlns:config=\"http://www.suse.com/1.0/configns\">\n"
    "  <networking><dns>\n    <hostname>{{hostname}}</hostname>\n  </dns></networking>\n"
    "  <scripts>\n    <chroot-scripts config:type=\"list\">\n      <script>\n"
    "        <chrooted config:type=\"boolean\">true</chrooted>\n"
    "        <source><![CDATA[echo \"{{hostname}} at {{ip}}\" >/run/own\n]]></source>\n"
    "      </script>\n    </chroot-scripts>\n  </scripts>\n"
    "</profile>\n"};

QString mediaFile(const Family& family) {
    return QStringLiteral(IMAGE_DIRECTORY "/%1.iso").arg(QLatin1String(family.imageScript));
}

QByteArray planLine(int slot, const Family& family) {
    return QStringLiteral("%1,node-0%1,%2,10.77.0.1%1,own,%3,console=ttyS0\n")
        .arg(slot)
        .arg(VirtualRack::macOf(slot), family.image)
        .toUtf8();
}

} // namespace

/// Ubuntu's and SUSE's ways of installing, from firmware to the report of the end, with a stand-in for the
/// installer: real firmware, loaders and kernels, and on the network what the family's installer asks for.
class TestFamilies final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void installsUbuntuByAutoinstall();
    void installsSuseByAutoyast();

private:
    [[nodiscard]] bool start(const Family& family, int machines);
    [[nodiscard]] bool says(int index, const QByteArray& text) const;
    void staysFinished(int index);

    std::unique_ptr<VirtualRack> m_rack;
    std::unique_ptr<RunningConsole> m_console;
};

void TestFamilies::initTestCase() {
    if (::geteuid() != 0)
        QSKIP("network namespaces and raw sockets need root");
    if (!QFile::exists(QStringLiteral("/usr/bin/qemu-system-x86_64")))
        QSKIP("qemu-system-x86 is not installed");
    for (const Family& family : {ubuntu, suse}) {
        const Ended ended = run(QStringLiteral(IMAGE_SCRIPTS "/") + QLatin1String(family.imageScript),
                                {mediaFile(family)}, 300000);
        QVERIFY2(ended.isGood(), qPrintable(ended.errors));
    }
}

void TestFamilies::init() {
    m_rack = std::make_unique<VirtualRack>();
    QVERIFY2(m_rack->problem().isEmpty(), qPrintable(m_rack->problem()));
    m_console = std::make_unique<RunningConsole>(*m_rack);
}

void TestFamilies::cleanup() {
    if (QTest::currentTestFailed() && m_rack && m_console) {
        qWarning("events:\n%s", qPrintable(m_console->story()));
        for (int index = 1; index <= 2; ++index) {
            constexpr qsizetype shown = 3000;
            qWarning("serial port of machine %d:\n%s", index,
                     m_rack->serialLog(index).right(shown).constData());
        }
    }
    m_console.reset();
    m_rack.reset();
}

bool TestFamilies::start(const Family& family, int machines) {
    QByteArray plan = "slot,hostname,mac,ip,profile,image,kernelArguments\n";
    for (int slot = 1; slot <= machines; ++slot)
        plan += planLine(slot, family);
    const QString profile = m_console->write(QLatin1String(family.profileName), family.profile);
    return m_console->start({QStringLiteral("--iso"), mediaFile(family), QStringLiteral("--profile"),
                             QStringLiteral("own=") + profile, QStringLiteral("--plan"),
                             m_console->write(QStringLiteral("plan.csv"), plan), QStringLiteral("--approve"),
                             QStringLiteral("listed")});
}

bool TestFamilies::says(int index, const QByteArray& text) const {
    return QTest::qWaitFor([&] { return m_rack->serialLog(index).contains(text); }, 5000);
}

/// Its ticket is spent: the next boot goes to the machine's own disk.
void TestFamilies::staysFinished(int index) {
    const QString mac = VirtualRack::macOf(index);
    QVERIFY(m_rack->waitForPowerOff(index, 30));
    QVERIFY(m_rack->powerOn(index, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(index)}));
    QVERIFY(m_console->waitFor(QStringLiteral("localboot"), mac, toInstall));
    QVERIFY(QTest::qWaitFor([&] { return m_rack->serialLog(index).contains("DISK BOOT OK"); }, 30000));
    QCOMPARE(m_console->count(QStringLiteral("kernel"), mac), qsizetype(1));
}

// Machine 1: SeaBIOS and iPXE. Machine 2: edk2 with Secure Boot, shim, grub, whose shell must leave the
// seed's ';' alone.
void TestFamilies::installsUbuntuByAutoinstall() {
    QFile image(mediaFile(ubuntu));
    QVERIFY(image.open(QIODevice::ReadOnly));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QVERIFY(hash.addData(&image));
    const QByteArray whole = "STANDIN image fetched bytes=" + QByteArray::number(image.size()) +
                             " sha256=" + hash.result().toHex();

    QVERIFY(start(ubuntu, 2));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));
    for (const int index : {1, 2}) {
        const QString mac = VirtualRack::macOf(index);
        QVERIFY(m_console->waitFor(QStringLiteral("done"), mac, toInstall));
        for (const char* const event : {"kernel", "initrd", "stage2", "kickstart", "post"})
            QVERIFY2(m_console->happened(QLatin1String(event), mac), event);
        const QByteArray number = QByteArray::number(index);
        QVERIFY(says(index, whole));
        QVERIFY(says(index, "STANDIN seed fetched instance=rackmuster-52540077000" + number +
                                " hostname=node-0" + number));
        QVERIFY(says(index,
                     "STANDIN late-commands ended count=3 own=node-0" + number + " at 10.77.0.1" + number));
    }
    QVERIFY(says(2, "UEFI Secure Boot is enabled"));
    staysFinished(1);
    QVERIFY(m_console->stop());
}

// SeaBIOS and iPXE. The stages come in the order of linuxrc and YaST.
void TestFamilies::installsSuseByAutoyast() {
    const QString mac = VirtualRack::macOf(1);
    QVERIFY(start(suse, 1));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe, {QStringLiteral("--disk"), m_rack->diskOf(1)}));
    QVERIFY(m_console->waitFor(QStringLiteral("done"), mac, toInstall));
    for (const char* const event :
         {"kernel", "initrd", "stage2", "kickstart", "metadata", "packages", "post"})
        QVERIFY2(m_console->happened(QLatin1String(event), mac), event);
    QVERIFY(says(1, "STANDIN stage2 fetched bytes=4194304 hostname=node-01"));
    QVERIFY(says(1, "STANDIN profile fetched hostname=node-01"));
    QVERIFY(says(1, "STANDIN packages fetched count=8"));
    QVERIFY(says(1, "STANDIN chroot-script chrooted=false number=1 ended with 0"));
    QVERIFY(says(1, "STANDIN chroot-script chrooted=true number=2 ended with 0"));
    QVERIFY(says(1, "STANDIN own=node-01 at 10.77.0.11"));
    staysFinished(1);
    QVERIFY(m_console->stop());
}

} // namespace rackmuster::test

// QtTest's own watchdog counts five minutes; ctest has the time limit of this program.
int main(int argc, char* argv[]) {
    qputenv("QTEST_FUNCTION_TIMEOUT", "1200000");
    QCoreApplication application(argc, argv);
    rackmuster::test::TestFamilies test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Families.moc"
