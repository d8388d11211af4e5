#include "tests/rack/Command.h"
#include "tests/rack/OtherDhcpServer.h"
#include "tests/rack/PacketCapture.h"
#include "tests/rack/RunningConsole.h"
#include "tests/rack/VirtualRack.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <memory>
#include <unistd.h>

namespace rackmuster::test {

namespace {

using Kind = VirtualRack::Kind;

constexpr int toBoot = 180; // seconds; emulated machines on a loaded 2-core computer

const QByteArray standInProfile = "text\n"
                                  "url --url={{repo}}\n"
                                  "network --bootproto=dhcp --hostname={{hostname}}\n"
                                  "poweroff\n"
                                  "%packages\n@core\n%end\n";

const QString nextServer = QStringLiteral("--dhcp-boot=,,10.77.0.1");

QString imageFile() {
    return QStringLiteral(IMAGE_DIRECTORY "/make-standin-iso.iso");
}

} // namespace

/// Machines boot through us while a real dnsmasq, which knows nothing of booting, gives them their addresses.
class TestProxy final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void bootsBesideAServerThatGivesAddresses();
    void bootsFirmwareThatCombinesTwoOffers();
    void asksAtPort4011WhenOption43IsLeftOut();
    void bootsByHttpBesideAServerThatGivesAddresses();
    void refusesToGiveAddressesBesideAnotherServer();

private:
    [[nodiscard]] QStringList options(const QByteArray& plan, const QStringList& more = {}) const;
    /// The file of the latest event of this name of the machine; empty: none.
    [[nodiscard]] QString asked(int index, const QString& event) const;
    void installed(int index);

    std::unique_ptr<VirtualRack> m_rack;
    std::unique_ptr<OtherDhcpServer> m_other;
    std::unique_ptr<RunningConsole> m_console;
};

void TestProxy::initTestCase() {
    if (::geteuid() != 0)
        QSKIP("network namespaces and raw sockets need root");
    for (const char* const program :
         {"/usr/bin/qemu-system-x86_64", "/usr/sbin/dnsmasq", "/usr/bin/tcpdump"}) {
        if (!QFile::exists(QString::fromLatin1(program)))
            QSKIP(program);
    }
    const Ended ended = run(QStringLiteral(IMAGE_SCRIPTS "/make-standin-iso"), {imageFile()}, 300000);
    QVERIFY2(ended.isGood(), qPrintable(ended.errors));
}

void TestProxy::init() {
    m_rack = std::make_unique<VirtualRack>();
    QVERIFY2(m_rack->problem().isEmpty(), qPrintable(m_rack->problem()));
    m_other = std::make_unique<OtherDhcpServer>(*m_rack);
    m_console = std::make_unique<RunningConsole>(*m_rack);
}

void TestProxy::cleanup() {
    if (QTest::currentTestFailed() && m_rack && m_console && m_other) {
        qWarning("events:\n%s", qPrintable(m_console->story()));
        qWarning("dnsmasq:\n%s", m_other->log().constData());
        constexpr qsizetype shown = 3000;
        for (const int index : {1, 2})
            qWarning("serial port of machine %d:\n%s", index,
                     m_rack->serialLog(index).right(shown).constData());
    }
    m_console.reset();
    m_other.reset();
    m_rack.reset();
}

QStringList TestProxy::options(const QByteArray& plan, const QStringList& more) const {
    return QStringList{QStringLiteral("--iso"),
                       imageFile(),
                       QStringLiteral("--profile"),
                       QStringLiteral("stand-in=") +
                           m_console->write(QStringLiteral("stand-in.ks"), standInProfile),
                       QStringLiteral("--default-profile"),
                       QStringLiteral("stand-in"),
                       QStringLiteral("--plan"),
                       m_console->write(QStringLiteral("plan.csv"), "slot,mac,kernelArguments\n" + plan),
                       QStringLiteral("--approve"),
                       QStringLiteral("listed"),
                       QStringLiteral("--dhcp"),
                       QStringLiteral("proxy")} +
           more;
}

QString TestProxy::asked(int index, const QString& event) const {
    QString file;
    for (const QJsonObject& each : m_console->events()) {
        if (each.value(QLatin1String("event")) == event &&
            each.value(QLatin1String("mac")) == VirtualRack::macOf(index))
            file = each.value(QLatin1String("file")).toString();
    }
    return file;
}

/// By its kickstart to the end, with an address of the other server.
void TestProxy::installed(int index) {
    const QString mac = VirtualRack::macOf(index);
    QVERIFY(m_console->waitFor(QStringLiteral("kickstart"), mac, toBoot));
    QVERIFY(m_console->waitFor(QStringLiteral("done"), mac, toBoot));
    QVERIFY(m_rack->serialLog(index).contains("STANDIN address 10.77.0.5"));
    QVERIFY(!m_console->happened(QStringLiteral("leased"), mac));
    for (const QJsonValue& row : m_console->machines()) {
        if (row.toObject().value(QLatin1String("mac")).toString() == mac)
            QVERIFY(
                row.toObject().value(QLatin1String("ip")).toString().startsWith(QStringLiteral("10.77.0.5")));
    }
}

// Machine 1: SeaBIOS and iPXE. Machine 2: edk2 with iPXE as the card's driver. P28, P42
void TestProxy::bootsBesideAServerThatGivesAddresses() {
    QVERIFY2(m_other->start(), m_other->log().constData());
    PacketCapture bootServer(*m_rack, QStringLiteral("udp port 4011"));
    QVERIFY(
        m_console->start(options("1,52:54:00:77:00:01,console=ttyS0\n2,52:54:00:77:00:02,console=ttyS0\n")));
    QVERIFY(m_rack->powerOn(1, Kind::BiosIpxe));
    QVERIFY(m_rack->powerOn(2, Kind::UefiIpxe));
    installed(1);
    installed(2);
    QCOMPARE(bootServer.packets(), QByteArray());
    QVERIFY(m_console->stop());
}

// edk2's own PXE with Secure Boot, shim and grub. This grub (2.06) knows nothing of proxies: it takes server
// and directory from the other server's ACK, which therefore has to name us as the next server. Then it asks
// at the root of the tree. P28, P69
void TestProxy::bootsFirmwareThatCombinesTwoOffers() {
    QVERIFY2(m_other->start(nextServer), m_other->log().constData());
    PacketCapture bootServer(*m_rack, QStringLiteral("udp port 4011"));
    QVERIFY(m_console->start(options("2,52:54:00:77:00:02,console=ttyS0\n")));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));
    installed(2);
    QVERIFY(m_rack->serialLog(2).contains("UEFI Secure Boot is enabled"));
    QVERIFY(asked(2, QStringLiteral("config")).startsWith(QStringLiteral("grub")));
    QCOMPARE(bootServer.packets(), QByteArray());
    QVERIFY(m_console->stop());
}

// P22, P28, P29: the BINL way.
void TestProxy::asksAtPort4011WhenOption43IsLeftOut() {
    QVERIFY2(m_other->start(nextServer), m_other->log().constData());
    PacketCapture bootServer(*m_rack, QStringLiteral("udp port 4011"));
    QVERIFY(m_console->start(options("2,52:54:00:77:00:02,console=ttyS0\n",
                                     {QStringLiteral("--proxy-style"), QStringLiteral("ask")})));
    QVERIFY(m_rack->powerOn(2, Kind::UefiSecureBoot));
    installed(2);
    const QByteArray packets = bootServer.packets();
    QVERIFY2(packets.contains("> 10.77.0.1.4011"), packets.constData()); // it asked,
    QVERIFY2(packets.contains("IP 10.77.0.1.4011 >"),
             packets.constData()); // and was answered from there (P09)
    QVERIFY(m_console->stop());
}

// P50: as far as grub, which in this version finds its configuration by TFTP only.
void TestProxy::bootsByHttpBesideAServerThatGivesAddresses() {
    QVERIFY2(m_other->start(), m_other->log().constData());
    QVERIFY(m_console->start(options("2,52:54:00:77:00:02,console=ttyS0\n")));
    QVERIFY(m_rack->powerOn(2, Kind::UefiHttp));
    QVERIFY(QTest::qWaitFor(
        [this] { return asked(2, QStringLiteral("loader")).endsWith(QStringLiteral("grubx64.efi")); },
        toBoot * 1000));
    QVERIFY(m_console->stop());
}

// R09 (part): it blocks the start
void TestProxy::refusesToGiveAddressesBesideAnotherServer() {
    QVERIFY2(m_other->start(), m_other->log().constData());
    QVERIFY(!m_console->start({}));
    QVERIFY(!m_console->happened(QStringLiteral("ready"), {}));
    QVERIFY(m_console->happened(QStringLiteral("foreign-dhcp"), {}));
    QVERIFY(m_console->start({QStringLiteral("--beside-other-dhcp")}));
    QVERIFY(m_console->waitFor(QStringLiteral("foreign-dhcp"), {}, 5, true));
    QVERIFY(m_console->stop());
}

} // namespace rackmuster::test

// QtTest's own watchdog counts five minutes; ctest has the time limit of this program.
int main(int argc, char* argv[]) {
    qputenv("QTEST_FUNCTION_TIMEOUT", "1200000");
    QCoreApplication application(argc, argv);
    rackmuster::test::TestProxy test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Proxy.moc"
