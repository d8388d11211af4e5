#include "tests/dhcp/DhcpFixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::tests;
using std::chrono::milliseconds;

namespace {

constexpr std::uint32_t machines = 2000;
constexpr double perSecond = 500;

DhcpService theService() {
    DhcpService service;
    service.interface = NetworkNamespace::serverInterface;
    service.address = NetworkNamespace::serverAddress;
    service.prefixLength = 16;
    service.range = "192.168.100.0-192.168.119.255";
    service.leaseSeconds = 3600;
    return service;
}

/// The child: serves until it is killed, in the network namespace that it was started in.
int serve(const QString& path) {
    storage::LeaseDatabase database(path);
    SystemClock clock;
    auto options = theService().open(database, clock, [](const net::ServerEvent& event) {
        if (const auto* failed = std::get_if<net::ServiceFailed>(&event))
            std::fprintf(stderr, "%s\n", message(failed->error).c_str());
    });
    options.limits.perSecond = 0; // one computer plays them all, faster than machines boot
    net::DhcpServer server(std::move(options));
    const net::StopSignal never;
    std::puts("serving");
    std::fflush(stdout);
    server.run(never);
    return 1;
}

} // namespace

/// kill -9 at any moment of a busy minute.
class TestKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedSurvivesEveryKill();
};

void TestKills::whatWasAcknowledgedSurvivesEveryKill() // R47
{
    QString whyNot;
    const auto network = NetworkNamespace::create(whyNot);
    if (!network)
        QSKIP(qPrintable(whyNot));
    const int cycles = isThorough() ? 200 : 12;
    const QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("leases.db"));
    std::mt19937 random(47);
    std::map<MacAddress, Ipv4Address> acknowledged;
    std::unique_ptr<DhcpLoad> load;
    {
        const NetworkNamespace::Visit visit = network->enterClient();
        DhcpLoad::Options options;
        options.interface = NetworkNamespace::clientInterface;
        options.server = NetworkNamespace::serverAddress;
        options.clients = machines;
        options.patience = milliseconds(150);
        load = std::make_unique<DhcpLoad>(options);
    }
    std::uint64_t acks = 0;
    for (int cycle = 0; cycle < cycles; ++cycle) {
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        {
            const NetworkNamespace::Visit visit = network->enterServer();
            child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--serve"), path});
            QVERIFY(child.waitForStarted());
        }
        QVERIFY(child.waitForReadyRead(30'000));
        const auto life = milliseconds(std::uniform_int_distribution(50, 500)(random));
        std::thread killer([life, pid = static_cast<pid_t>(child.processId())] {
            std::this_thread::sleep_for(life); // the moment of the kill is the test's input
            ::kill(pid, SIGKILL);
        });
        const DhcpLoad::Outcome outcome = load->openLoop(perSecond, life + milliseconds(50));
        killer.join();
        QVERIFY(child.waitForFinished(30'000));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        acks += outcome.acked;
        QCOMPARE(outcome.refused, std::uint64_t{0});

        storage::LeaseDatabase database(path);
        const auto rows = database.load();
        QVERIFY2(rows, rows ? "" : message(rows.error()).c_str());
        QVERIFY(!database.wasQuarantined());
        std::map<MacAddress, Ipv4Address> stored;
        std::set<Ipv4Address> addresses;
        for (const boot::StoredLease& lease : *rows) {
            stored.emplace(lease.mac, lease.address);
            QVERIFY(addresses.insert(lease.address).second);
        }
        for (std::uint32_t i = 0; i < machines; ++i) {
            const Ipv4Address address = load->clients()[i].address;
            if (address.isNull())
                continue;
            // Durable, and the same address as ever: nobody was given another one, or another's.
            const auto row = stored.find(load->mac(i));
            QVERIFY(row != stored.end() && row->second == address);
            QVERIFY(acknowledged.try_emplace(load->mac(i), address).first->second == address);
        }
        QCOMPARE(load->duplicates(), std::size_t{0});
    }
    qInfo("%d kills, %llu ACKs", cycles, static_cast<unsigned long long>(acks));
    QVERIFY(acks > static_cast<std::uint64_t>(cycles) * 20);
}

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == QLatin1String("--serve"))
        return serve(arguments[2]);
    TestKills test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_Kills.moc"
