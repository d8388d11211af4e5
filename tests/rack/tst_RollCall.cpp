#include "core/boot/Banner.h"
#include "tests/rack/Command.h"
#include "tests/rack/PacketCapture.h"
#include "tests/rack/RunningConsole.h"
#include "tests/rack/Screen.h"
#include "tests/rack/SimulatedNic.h"
#include "tests/rack/VirtualRack.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <unistd.h>

namespace rackmuster::test {

namespace {

using Kind = VirtualRack::Kind;
using namespace std::chrono_literals;

constexpr int biosSlot = 3;
constexpr int uefiSlot = 12;
constexpr int machineCount = 14;

// Seconds; emulated machines on a loaded 2-core computer.
constexpr int toAsk = 90;
constexpr int toPark = 120;
constexpr int toRedraw = 60;
constexpr int toGoOn = 10; // what the product promises

const QString seen = QStringLiteral("seen");
const QString approval = QStringLiteral("approved");
const QString config = QStringLiteral("config");
const QString kernel = QStringLiteral("kernel");

MacAddress cardOf(std::uint8_t number) {
    return MacAddress({0x3C, 0xEC, 0xEF, 0x10, 0x20, number});
}

Uuid uuidOf(std::uint8_t number) {
    return Uuid(
        {0x44, 0x45, 0x4C, 0x4C, 0, 0x10, 0x4A, 0x80, 0x35, 0xB4, 0xC0, 0x4F, 0x33, 0x44, 0x32, number});
}

QString field(const QJsonObject& object, const char* name) {
    return object.value(QLatin1String(name)).toString();
}

/// By the default pattern.
QString nameOf(int slot) {
    return QStringLiteral("node-%1").arg(slot, 2, 10, QLatin1Char('0'));
}

/// Where a parked machine is moved to.
int movedSlotOf(int slot) {
    return slot + 20;
}

/// What the machine shows that waits in this slot.
std::vector<std::string> pictureOf(int slot, const QString& mac) {
    std::vector<std::string> picture = boot::bannerLines(std::to_string(slot), 2);
    for (const QString& text : {nameOf(slot), mac.right(8)}) {
        picture.emplace_back();
        std::ranges::move(boot::bannerLines(text.toStdString(), 1), std::back_inserter(picture));
    }
    return picture;
}

} // namespace

/// The roll call as an operator holds it: twelve machines that only ask, and two of real firmware that park,
/// are powered on one after the other.
class TestRollCall final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void callsTheRollInTheOrderOfPowerAndParkedMachinesGoOn();

private:
    // The steps, each from where the one before has left the rack.
    void callRoll();
    void placesAreRight();
    void retriesAreCounted();
    void parkedMachinesShowTheirSlots();
    void consoleComesBack();
    void parkedMachinesGoOnWhenApproved();

    SimulatedNic& plugIn(int slot, std::uint8_t number);
    [[nodiscard]] bool walksOn() const;
    [[nodiscard]] bool powersOn(int slot,
                                std::initializer_list<std::chrono::milliseconds> askingTimes = {0ms});
    [[nodiscard]] bool powersOn(int slot, Kind kind);
    [[nodiscard]] bool powersOnTogether(int first, int second);
    [[nodiscard]] bool seesInTable(int slot, const QString& mac);
    [[nodiscard]] bool shows(int index, int slot, const QString& occasion);
    [[nodiscard]] bool isAsking(const QString& address, PacketCapture& requests) const;

    [[nodiscard]] QStringList options() const;
    [[nodiscard]] QByteArray planThatMovesTheParked() const;
    /// Of this machine, as `rackmusterctl machines` has it.
    [[nodiscard]] QJsonObject row(const QString& mac) const;
    [[nodiscard]] int discovers(const QString& mac) const {
        return row(mac).value(QLatin1String("discovers")).toInt();
    }
    [[nodiscard]] QDateTime timeOf(const QString& event, const QString& mac) const;

    std::unique_ptr<VirtualRack> m_rack;
    std::unique_ptr<RunningConsole> m_console;
    std::vector<std::unique_ptr<SimulatedNic>> m_cards;
    std::map<int, QString> m_macs; ///< by the slot that each must get
    QString m_secondNic;
    QElapsedTimer m_sinceSeen;
};

void TestRollCall::initTestCase() {
    if (::geteuid() != 0)
        QSKIP("network namespaces and raw sockets need root");
    for (const char* const program : {"/usr/bin/qemu-system-x86_64", "/usr/bin/tcpdump"}) {
        if (!QFile::exists(QString::fromLatin1(program)))
            QSKIP(program);
    }
    const Ended ended = run(QStringLiteral(IMAGE_SCRIPTS "/make-standin-iso"),
                            {QStringLiteral(IMAGE_DIRECTORY "/make-standin-iso.iso")}, 300000);
    QVERIFY2(ended.isGood(), qPrintable(ended.errors));
    QVERIFY(QDir().mkpath(QStringLiteral(SCREEN_DIRECTORY)));
}

void TestRollCall::init() {
    m_rack = std::make_unique<VirtualRack>();
    QVERIFY2(m_rack->problem().isEmpty(), qPrintable(m_rack->problem()));
    m_console = std::make_unique<RunningConsole>(*m_rack);
}

void TestRollCall::cleanup() {
    if (QTest::currentTestFailed() && m_rack && m_console) {
        qWarning("events:\n%s", qPrintable(m_console->story()));
        qWarning("machines:\n%s", qPrintable(m_console->ctl(QStringLiteral("machines")).output));
        if (!m_rack->problem().isEmpty())
            qWarning("%s", qPrintable(m_rack->problem()));
    }
    m_cards.clear();
    m_console.reset();
    m_rack.reset();
}

QStringList TestRollCall::options() const {
    return {QStringLiteral("--iso"),
            QStringLiteral(IMAGE_DIRECTORY "/make-standin-iso.iso"),
            QStringLiteral("--profile"),
            QStringLiteral("stand-in=") +
                m_console->write(QStringLiteral("stand-in.ks"), "text\nurl --url={{repo}}\npoweroff\n"),
            QStringLiteral("--default-profile"),
            QStringLiteral("stand-in"),
            QStringLiteral("--approve"),
            QStringLiteral("none")};
}

QJsonObject TestRollCall::row(const QString& mac) const {
    for (const QJsonValue& row : m_console->machines()) {
        if (field(row.toObject(), "mac") == mac)
            return row.toObject();
    }
    return {};
}

/// Of the last one.
QDateTime TestRollCall::timeOf(const QString& event, const QString& mac) const {
    QDateTime time;
    for (const QJsonObject& each : m_console->events()) {
        if (field(each, "event") == event && field(each, "mac") == mac)
            time = QDateTime::fromString(field(each, "time"), Qt::ISODateWithMs);
    }
    return time;
}

/// A card of the machine that must get this slot.
SimulatedNic& TestRollCall::plugIn(int slot, std::uint8_t number) {
    m_cards.push_back(
        std::make_unique<SimulatedNic>(*m_rack, cardOf(number), uuidOf(static_cast<std::uint8_t>(slot))));
    return *m_cards.back();
}

/// From one machine to the next the operator takes longer than what leaves the order in doubt.
bool TestRollCall::walksOn() const {
    constexpr int walk = 1500; // milliseconds
    return QTest::qWaitFor([this] { return !m_sinceSeen.isValid() || m_sinceSeen.hasExpired(walk); });
}

bool TestRollCall::seesInTable(int slot, const QString& mac) {
    m_macs[slot] = mac;
    const bool isThere = m_console->waitFor(seen, mac, toAsk);
    m_sinceSeen.start();
    return isThere;
}

bool TestRollCall::powersOn(int slot, std::initializer_list<std::chrono::milliseconds> askingTimes) {
    if (!walksOn())
        return false;
    SimulatedNic& card = plugIn(slot, static_cast<std::uint8_t>(slot));
    card.discover(askingTimes);
    return seesInTable(slot, card.mac());
}

bool TestRollCall::powersOn(int slot, Kind kind) {
    return walksOn() && m_rack->powerOn(slot, kind) && seesInTable(slot, VirtualRack::macOf(slot));
}

bool TestRollCall::powersOnTogether(int first, int second) {
    SimulatedNic& later = plugIn(second, static_cast<std::uint8_t>(second));
    if (!walksOn())
        return false;
    later.discover({200ms});
    return powersOn(first) && seesInTable(second, later.mac());
}

void TestRollCall::callRoll() {
    QVERIFY(powersOn(1, {0s, 4s, 12s, 28s, 60s})); // the waits of PXE 2.1, 2.2.1, and from the beginning
    QVERIFY(powersOn(2));
    QVERIFY(powersOn(biosSlot, Kind::BiosIpxe));
    QVERIFY(powersOn(4, {0s, 4s}));
    SimulatedNic& otherCard = plugIn(4, 0xA4);
    m_secondNic = otherCard.mac();
    otherCard.discover({8s});
    QVERIFY(powersOn(5));
    QVERIFY(powersOnTogether(6, 7));
    for (int slot = 8; slot < uefiSlot; ++slot)
        QVERIFY(powersOn(slot));
    QVERIFY(powersOn(uefiSlot, Kind::UefiSecureBoot));
    QVERIFY(powersOn(13));
    QVERIFY(powersOn(14));
    QVERIFY(m_console->waitFor(QStringLiteral("offered"), m_secondNic, toAsk));
}

void TestRollCall::placesAreRight() {
    const QJsonArray rows = m_console->machines();
    QCOMPARE(rows.size(), machineCount + 1);
    QString before;
    for (const auto& [slot, mac] : m_macs) {
        const QJsonObject machine = row(mac);
        QCOMPARE(machine.value(QLatin1String("slot")).toInt(), slot);
        QCOMPARE(field(machine, "hostname"), nameOf(slot));
        QVERIFY(field(machine, "firstSeen") > before);
        before = field(machine, "firstSeen");
        for (const char* const doubt : {"nicOf", "maybeNicOf", "problem"})
            QVERIFY2(!machine.contains(QLatin1String(doubt)), qPrintable(field(machine, doubt)));
        QJsonArray partners;
        if (slot == 6 || slot == 7)
            partners.append(m_macs.at(6 + 7 - slot));
        QCOMPARE(machine.value(QLatin1String("orderUncertainWith")).toArray(), partners);
    }
    const QJsonObject nic = row(m_secondNic);
    QCOMPARE(field(nic, "nicOf"), m_macs.at(4));
    QVERIFY(!nic.contains(QLatin1String("slot")));
}

/// What asks again is counted, and is neither another machine nor another boot.
void TestRollCall::retriesAreCounted() {
    QVERIFY(QTest::qWaitFor([this] { return discovers(m_macs.at(1)) == 5; }, toAsk * 1000));
    QCOMPARE(discovers(m_macs.at(4)), 3); // two by the one card, one by the other
    QCOMPARE(discovers(m_secondNic), 1);
    for (const auto& [slot, mac] : m_macs) {
        QCOMPARE(row(mac).value(QLatin1String("boots")).toInt(), 1);
        if (slot != 1 && slot != 4 && slot != biosSlot && slot != uefiSlot)
            QCOMPARE(discovers(mac), 1);
    }
    QCOMPARE(m_console->machines().size(), machineCount + 1);
}

/// True as soon as the machine's screen shows this slot, and no other one.
bool TestRollCall::shows(int index, int slot, const QString& occasion) {
    const QString path =
        QStringLiteral(SCREEN_DIRECTORY "/%1-%2.png")
            .arg(occasion, index == biosSlot ? QStringLiteral("bios") : QStringLiteral("uefi"));
    const QString mac = VirtualRack::macOf(index);
    return QTest::qWaitFor(
        [&] {
            QImage screen;
            return m_rack->screendump(index, path) && screen.load(path) &&
                   test::shows(screen, pictureOf(slot, mac)) &&
                   !test::shows(screen, pictureOf(slot + 1, mac));
        },
        toRedraw * 1000);
}

void TestRollCall::parkedMachinesShowTheirSlots() {
    for (const int slot : {biosSlot, uefiSlot}) {
        QVERIFY(m_console->waitFor(QStringLiteral("parked"), m_macs.at(slot), toPark));
        QVERIFY2(shows(slot, slot, QStringLiteral("parked")), qPrintable(m_rack->problem()));
    }
}

/// True when the machine asks for a file at this moment.
bool TestRollCall::isAsking(const QString& address, PacketCapture& requests) const {
    const QByteArray from = "IP " + address.toLatin1() + '.';
    return QTest::qWaitFor([&] { return requests.packets().contains(from); }, toRedraw * 1000);
}

QByteArray TestRollCall::planThatMovesTheParked() const {
    QByteArray plan = "slot,mac\n";
    for (const int slot : {biosSlot, uefiSlot})
        plan += QByteArray::number(movedSlotOf(slot)) + ',' + m_macs.at(slot).toLatin1() + '\n';
    return plan;
}

/// Killed, with both machines asking in vain, and started again; meanwhile their places were changed.
void TestRollCall::consoleComesBack() {
    const QJsonArray table = m_console->machines();
    QVERIFY(m_console->killHard());
    {
        PacketCapture requests(*m_rack, QStringLiteral("dst port 69 or dst port 80"));
        for (const int slot : {biosSlot, uefiSlot})
            QVERIFY(isAsking(field(row(m_macs.at(slot)), "ip"), requests));
    }
    QCOMPARE(m_console->machines(), table);
    const Ended moved =
        m_console->ctl(QStringLiteral("import-plan"),
                       {m_console->write(QStringLiteral("plan.csv"), planThatMovesTheParked())});
    QVERIFY2(moved.isGood(), qPrintable(moved.errors));
    QVERIFY(m_console->start({QStringLiteral("--approve"), QStringLiteral("none")}));
    for (const int slot : {biosSlot, uefiSlot})
        QVERIFY(shows(slot, movedSlotOf(slot), QStringLiteral("moved")));
}

/// Each takes the configuration that names its kernel in time, and then the kernel: how long its 8 MB take is
/// the emulator's affair.
void TestRollCall::parkedMachinesGoOnWhenApproved() {
    QVERIFY(!m_console->happened(config, {}));
    QVERIFY(!m_console->happened(kernel, {}));
    const QStringList parked{m_macs.at(biosSlot), m_macs.at(uefiSlot)};
    const QList<int> asked{discovers(parked.at(0)), discovers(parked.at(1))};
    const Ended approved = m_console->ctl(QStringLiteral("approve"), parked);
    QVERIFY2(approved.isGood(), qPrintable(approved.errors));
    for (const QString& mac : parked) {
        QVERIFY2(m_console->waitFor(kernel, mac, toPark), qPrintable(mac));
        const qint64 wentOn = timeOf(approval, mac).msecsTo(timeOf(config, mac));
        qInfo("%s went on %lld ms after its approval and had its kernel after %lld ms", qPrintable(mac),
              wentOn, timeOf(approval, mac).msecsTo(timeOf(kernel, mac)));
        QVERIFY(wentOn <= toGoOn * 1000);
        QCOMPARE(row(mac).value(QLatin1String("boots")).toInt(), 1);
    }
    QCOMPARE((QList<int>{discovers(parked.at(0)), discovers(parked.at(1))}), asked);
}

// Machine 3: SeaBIOS, iPXE. Machine 12: edk2 with Secure Boot, shim, grub. R18, R46, R47
void TestRollCall::callsTheRollInTheOrderOfPowerAndParkedMachinesGoOn() {
    const std::array steps{&TestRollCall::callRoll,          &TestRollCall::placesAreRight,
                           &TestRollCall::retriesAreCounted, &TestRollCall::parkedMachinesShowTheirSlots,
                           &TestRollCall::consoleComesBack,  &TestRollCall::parkedMachinesGoOnWhenApproved};
    QVERIFY(m_console->start(options()));
    for (const auto step : steps) {
        (this->*step)();
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(m_console->stop());
}

} // namespace rackmuster::test

// QtTest's own watchdog counts five minutes; ctest has the time limit of this program.
int main(int argc, char* argv[]) {
    qputenv("QTEST_FUNCTION_TIMEOUT", "1200000");
    QCoreApplication application(argc, argv);
    rackmuster::test::TestRollCall test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_RollCall.moc"
