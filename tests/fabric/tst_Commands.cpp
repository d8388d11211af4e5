#include "tests/fabric/RedfishService.h"
#include "tests/fabric/Snmpd.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using rackmuster::tests::MibRows;
using rackmuster::tests::RedfishService;
using rackmuster::tests::Snmpd;

namespace {

/// The control socket of a console, which has heard what the test says.
class Console {
public:
    explicit Console(const QString& state) {
        m_server.listen(state + QStringLiteral("/control"));
        QObject::connect(&m_server, &QLocalServer::newConnection, &m_server, [this] {
            QLocalSocket* const socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QLocalSocket::readyRead, socket, [this, socket] {
                socket->readAll();
                const QJsonObject answer{{QStringLiteral("ok"), true},
                                         {QStringLiteral("machines"), m_machines}};
                socket->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
            });
        });
    }
    void hear(int number) {
        m_machines.append(
            QJsonObject{{QStringLiteral("mac"), QStringLiteral("52:54:00:00:00:0%1").arg(number)},
                        {QStringLiteral("firstSeen"),
                         QStringLiteral("2026-11-29T10:00:0%1.000Z").arg(m_machines.size())}});
    }
    void plan(int number) {
        m_machines.append(
            QJsonObject{{QStringLiteral("mac"), QStringLiteral("52:54:00:00:00:0%1").arg(number)}});
    }

private:
    QLocalServer m_server;
    QJsonArray m_machines;
};

struct Outcome {
    int status = -1;
    QString out;
    QString err;

    /// "power-on 1", "heard 1 52:..": the events, in order.
    [[nodiscard]] QStringList events() const {
        QStringList list;
        for (const QString& line : out.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            const QJsonObject json = QJsonDocument::fromJson(line.toUtf8()).object();
            QString text = json.value(QLatin1String("event")).toString();
            if (json.contains(QLatin1String("slot")))
                text += QStringLiteral(" %1").arg(json.value(QLatin1String("slot")).toInt());
            if (json.contains(QLatin1String("mac")))
                text += QLatin1Char(' ') + json.value(QLatin1String("mac")).toString().right(2);
            list.append(text);
        }
        return list;
    }
};

/// Runs to its end while the event loop serves it.
Outcome run(const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    process.start(QStringLiteral(RACKMUSTERCTL), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// The commands as an operator types them.
class TestCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void portsShowsWhichSlotIsWhere();
    void portsPlacesMachinesWhereTheyHang();
    void portsTellsWhyASwitchRefuses();
    void wrongUsageIsTold_data();
    void wrongUsageIsTold();
    void powerGoesInRackOrder();
    void powerTellsWhatFailedAndGoesOn();
    void powerNeedsAConsole();

private:
    QString write(const QString& name, const QByteArray& bytes) {
        QFile file(m_directory.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    static QByteArray line(int slot, const RedfishService& bmc, const char* password = "calvin") {
        return QByteArray::number(slot) + ",127.0.0.1:" + QByteArray::number(bmc.port()) + ",root," +
               password + ",redfish\n";
    }

    QTemporaryDir m_directory;
};

void TestCommands::portsShowsWhichSlotIsWhere() {
    if (!QFile::exists(QString::fromLatin1(Snmpd::program)))
        QSKIP("snmpd is not installed");
    MibRows rows;
    for (int port = 1; port <= 4; ++port)
        rows.addPort(port, "Gi1/0/" + QByteArray::number(port));
    rows.addMac(1, 3);
    rows.addMac(2, 1);
    for (int other = 101; other <= 106; ++other)
        rows.addMac(other, 4);
    Snmpd device;
    QVERIFY(device.start(rows));
    const QString address = QStringLiteral("127.0.0.1:%1").arg(device.port());
    const QStringList common{
        QStringLiteral("ports"),     QStringLiteral("--switch"),     address,
        QStringLiteral("--pattern"), QStringLiteral("Gi1/0/{slot}"), QStringLiteral("--secrets"),
        QStringLiteral("-")};
    const Outcome table = run(common, "community=fabric\n");
    QCOMPARE(table.err, QString());
    QCOMPARE(table.status, 0);
    QVERIFY2(table.out.contains(QStringLiteral("   3 52:54:00:00:00:01 127.0.0.1       Gi1/0/3")),
             qPrintable(table.out));
    QVERIFY2(table.out.contains(QStringLiteral("6 addresses")), qPrintable(table.out));

    const Outcome json = run(
        common + QStringList{QStringLiteral("--json"), QStringLiteral("--user"), QStringLiteral("operator")},
        "auth-password=authentic1\npriv-password=private123\n");
    QCOMPARE(json.err, QString());
    const QJsonObject document = QJsonDocument::fromJson(json.out.toUtf8()).object();
    const QJsonArray machines = document.value(QLatin1String("machines")).toArray();
    QCOMPARE(machines.size(), 2);
    QCOMPARE(machines.at(0).toObject().value(QLatin1String("slot")).toInt(), 1);
    QCOMPARE(machines.at(0).toObject().value(QLatin1String("mac")).toString(),
             QStringLiteral("52:54:00:00:00:02"));
    QCOMPARE(document.value(QLatin1String("uplinks"))
                 .toArray()
                 .at(0)
                 .toObject()
                 .value(QLatin1String("macs"))
                 .toInt(),
             6);
}

// Three machines that were powered on in another order than they stand.
void TestCommands::portsPlacesMachinesWhereTheyHang() {
    if (!QFile::exists(QString::fromLatin1(Snmpd::program)))
        QSKIP("snmpd is not installed");
    const QString plan = m_directory.filePath(QStringLiteral("plan.csv"));
    QFile file(plan);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("slot,mac\n1,52:54:00:00:00:01\n2,52:54:00:00:00:02\n3,52:54:00:00:00:03\n");
    file.close();
    const QStringList state{QStringLiteral("--state"), m_directory.filePath(QStringLiteral("placed"))};
    QCOMPARE(run(QStringList{QStringLiteral("import-plan")} + state + QStringList{plan}).status, 0);
    MibRows rows;
    for (int port = 1; port <= 3; ++port)
        rows.addPort(port, "Gi1/0/" + QByteArray::number(port));
    rows.addMac(1, 2);
    rows.addMac(2, 3);
    rows.addMac(3, 1);
    Snmpd device;
    QVERIFY(device.start(rows));
    const QStringList common{QStringLiteral("ports"),
                             QStringLiteral("--switch"),
                             QStringLiteral("127.0.0.1:%1").arg(device.port()),
                             QStringLiteral("--secrets"),
                             QStringLiteral("-"),
                             QStringLiteral("--place")};
    QCOMPARE(run(common + state, "community=fabric\n").status, 2); // without a map
    const Outcome placed =
        run(common + state + QStringList{QStringLiteral("--pattern"), QStringLiteral("Gi1/0/{slot}")},
            "community=fabric\n");
    QCOMPARE(placed.err, QString());
    QCOMPARE(placed.status, 0);
    QVERIFY2(placed.out.contains(QStringLiteral("Machines placed: 3")), qPrintable(placed.out));
    const Outcome machines = run(QStringList{QStringLiteral("machines"), QStringLiteral("--json")} + state);
    std::map<QString, int> slots;
    for (const QJsonValue row :
         QJsonDocument::fromJson(machines.out.toUtf8()).object().value(QLatin1String("machines")).toArray())
        slots.emplace(row[QLatin1String("mac")].toString().right(2), row[QLatin1String("slot")].toInt());
    QCOMPARE(slots, (std::map<QString, int>{
                        {QStringLiteral("01"), 2}, {QStringLiteral("02"), 3}, {QStringLiteral("03"), 1}}));
}

void TestCommands::portsTellsWhyASwitchRefuses() {
    const Outcome secret =
        run({QStringLiteral("ports"), QStringLiteral("--switch"), QStringLiteral("127.0.0.1"),
             QStringLiteral("--secrets"), QStringLiteral("-")},
            "password=hunter2\n");
    QCOMPARE(secret.status, 1);
    QVERIFY2(secret.err.contains(QStringLiteral("line 1")), qPrintable(secret.err));
    QVERIFY(!secret.err.contains(QStringLiteral("hunter2")));
}

void TestCommands::wrongUsageIsTold_data() {
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char* words) {
        QTest::newRow(words) << QString::fromLatin1(words).split(QLatin1Char(' '));
    };
    row("ports");
    row("ports --switch a:b");
    row("ports --switch a --vlan 0");
    row("ports --switch a --user x --auth rot13");
    row("power");
    row("power --bmc x --slots 1-");
    row("power --bmc x --slots 1-2-3");
    row("power --bmc x --wait 9");
}

void TestCommands::wrongUsageIsTold() {
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY(outcome.err.startsWith(QStringLiteral("rackmusterctl: ")));
}

void TestCommands::powerGoesInRackOrder() {
    Console console(m_directory.path());
    console.hear(9); // was there before
    console.plan(1); // only planned
    RedfishService first;
    RedfishService second;
    RedfishService third;
    QStringList order;
    int number = 0;
    for (RedfishService* const bmc : {&first, &second, &third}) {
        QVERIFY(bmc->start());
        ++number;
        bmc->whenOn = [&console, &order, number] {
            order.append(QString::number(number));
            console.hear(number);
        };
    }
    third.isOn = true;
    const QString list = write(QStringLiteral("bmcs"), "slot,address,user,password,kind\n" + line(3, third) +
                                                           line(2, second) + line(1, first));
    const Outcome outcome =
        run({QStringLiteral("power"), QStringLiteral("--state"), m_directory.path(), QStringLiteral("--bmc"),
             list, QStringLiteral("--slots"), QStringLiteral("2-1,3"), QStringLiteral("--certificate"),
             QString::fromLatin1(RedfishService::fingerprint()), QStringLiteral("--json")});
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.events(), (QStringList{QStringLiteral("power-on 2"), QStringLiteral("heard 2 02"),
                                            QStringLiteral("power-on 1"), QStringLiteral("heard 1 01"),
                                            QStringLiteral("power-on 3"), QStringLiteral("was-on 3"),
                                            QStringLiteral("power-done")}));
    QCOMPARE(outcome.status, 0);
    QCOMPARE(order, (QStringList{QStringLiteral("2"), QStringLiteral("1")}));
    QCOMPARE(first.bootTarget, QByteArray("Pxe"));
}

void TestCommands::powerTellsWhatFailedAndGoesOn() {
    Console console(m_directory.path());
    RedfishService first;
    RedfishService second;
    QVERIFY(first.start() && second.start());
    second.whenOn = [&console] {
        console.hear(2);
    };
    const QString list = write(QStringLiteral("bmcs"), "slot,address,user,password,kind\n" +
                                                           line(1, first, "hunter2") + line(2, second));
    const Outcome outcome = run({QStringLiteral("power"), QStringLiteral("--state"), m_directory.path(),
                                 QStringLiteral("--bmc"), list, QStringLiteral("--any-certificate")});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.out.contains(
                 QStringLiteral("Slot 1: The BMC 127.0.0.1 does not take this user and password.")),
             qPrintable(outcome.out));
    QVERIFY2(outcome.out.contains(QStringLiteral("Slot 2: heard 52:54:00:00:00:02, which may be")),
             qPrintable(outcome.out));
    QVERIFY(!outcome.out.contains(QStringLiteral("hunter2")));
}

void TestCommands::powerNeedsAConsole() {
    const QTemporaryDir nobody;
    const QString list =
        write(QStringLiteral("bmcs"), "slot,address,user,password,kind\n1,127.0.0.1,u,p,ipmi\n");
    const Outcome outcome = run(
        {QStringLiteral("power"), QStringLiteral("--state"), nobody.path(), QStringLiteral("--bmc"), list});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.err.contains(QStringLiteral("No console runs on")), qPrintable(outcome.err));
    const Outcome missing = run({QStringLiteral("power"), QStringLiteral("--bmc"), list,
                                 QStringLiteral("--slots"), QStringLiteral("7")});
    QCOMPARE(missing.status, 1);
    QVERIFY2(missing.err.contains(QStringLiteral("no slot 7")), qPrintable(missing.err));
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_Commands.moc"
