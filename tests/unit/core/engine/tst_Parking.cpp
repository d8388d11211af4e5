#include "tests/support/CabledEngine.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/TestIso.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <array>
#include <map>

using namespace rackmuster;
using namespace std::chrono_literals;
using tests::CabledEngine;
using tests::FakePxeClient;
using tests::NetworkNamespace;

namespace {

constexpr auto question = 5s; ///< between two questions of a loader that waits
constexpr int questions = std::chrono::seconds(1h) / question;

std::string directoryOf(MacAddress mac) {
    return "m/" + mac.toHex();
}

/// What stands between `before` and the end of its line.
std::string lineAfter(const std::string& text, const std::string& before) {
    const std::size_t begin = text.find(before);
    return begin == std::string::npos
               ? std::string()
               : text.substr(begin + before.size(),
                             text.find('\n', begin + before.size()) - begin - before.size());
}

/// A machine whose boot loader waits for approval: it asks again as its configuration tells it to.
class Waiter {
public:
    Waiter(const NetworkNamespace& network, FakePxeClient::Options options)
        : m_client(network, std::move(options)) {}
    virtual ~Waiter() = default;

    /// DHCP, and the loader. False when anything was missing.
    [[nodiscard]] bool boot() {
        const auto acknowledged = m_client.doDora();
        if (!acknowledged || !m_client.useAddress(acknowledged->yiaddr))
            return false;
        m_address = acknowledged->yiaddr;
        return start();
    }
    /// The next question; the configuration that answers it, empty when none did.
    [[nodiscard]] virtual std::string ask() = 0;
    /// As an operating system does it at half of its time.
    [[nodiscard]] Ipv4Address renew() {
        wire::DhcpMessage request = m_client.makeDiscover();
        request.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
        request.ciaddr = m_address;
        m_client.send(request);
        const auto reply = m_client.receive(request.xid);
        return reply && reply->type() == wire::DhcpType::Ack ? reply->yiaddr : Ipv4Address();
    }
    [[nodiscard]] Ipv4Address address() const { return m_address; }
    [[nodiscard]] MacAddress mac() const { return m_client.mac(); }

protected:
    [[nodiscard]] virtual bool start() = 0;
    [[nodiscard]] std::string tftp(const std::string& path) const {
        const auto outcome = m_client.tftpGet(
            {.server = NetworkNamespace::serverAddress, .path = directoryOf(mac()) + '/' + path});
        return outcome.isComplete ? outcome.content : std::string();
    }
    [[nodiscard]] std::string http(const std::string& path) const {
        const auto answer =
            m_client.httpGet(NetworkNamespace::serverAddress, 80, '/' + directoryOf(mac()) + '/' + path);
        return answer.status == 200 ? answer.body : std::string();
    }

private:
    FakePxeClient m_client;
    Ipv4Address m_address;
};

class PxelinuxWaiter final : public Waiter {
public:
    using Waiter::Waiter;

    std::string ask() override {
        const std::string config = tftp(m_next);
        if (config.find("DISPLAY") != std::string::npos && tftp("pxelinux.cfg/screen").empty())
            return {};
        const std::string next = lineAfter(config, "LABEL again\n  ");
        if (next.starts_with("CONFIG "))
            m_next = next.substr(7);
        else if (!next.starts_with("PXE pxelinux.0") || !start()) // which it starts anew
            return {};
        return config;
    }

private:
    bool start() override {
        m_next = "pxelinux.cfg/01-52-54-00-00-00-01";
        return !tftp("pxelinux.0").empty() && !tftp("ldlinux.c32").empty();
    }

    std::string m_next;
};

class GrubWaiter final : public Waiter {
public:
    using Waiter::Waiter;

    std::string ask() override {
        const std::string state = tftp("grub/state.cfg");
        return state.starts_with("set state=go") ? tftp("grub/grub.cfg") : state;
    }

private:
    bool start() override { return !tftp("bootx64.efi").empty() && !tftp("grub/grub.cfg").empty(); }
};

class IpxeWaiter final : public Waiter {
public:
    using Waiter::Waiter;

    std::string ask() override { return http("boot.ipxe"); }

private:
    bool start() override { return !ask().empty(); }
};

} // namespace

/// The whole engine with the real helper and its real servers on a virtual cable, an hour within seconds.
class ParkingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anHourOfWaitingChangesNothing_data();
    void anHourOfWaitingChangesNothing();

private:
    [[nodiscard]] QString serve(std::uint32_t leaseSeconds);
    [[nodiscard]] int journalLines() const;
    /// Why the next question of `waiter` was not answered by waiting on; empty when it was.
    [[nodiscard]] static QString askOnce(Waiter& waiter);
    /// Another machine comes and goes.
    [[nodiscard]] Ipv4Address strangerComes();
    [[nodiscard]] bool isLastStrangerKnown() const;

    [[nodiscard]] engine::Engine& engine() const { return m_cable->engine(); }
    /// What was told of a machine, in its order.
    [[nodiscard]] QStringList toldOf(const Waiter* waiter) const;

    std::shared_ptr<tests::ManualClock> m_clock;
    std::unique_ptr<CabledEngine> m_cable;
    std::uint8_t m_strangers = 0;
};

void ParkingTest::init() {
    QString whyNot;
    m_cable = CabledEngine::create(whyNot);
    if (!m_cable)
        QSKIP(qPrintable(whyNot));
    m_clock = tests::makeStillClock();
    QVERIFY(m_cable->open({.clock = m_clock}));
}

void ParkingTest::cleanup() {
    m_cable.reset();
}

QStringList ParkingTest::toldOf(const Waiter* waiter) const {
    QStringList out;
    for (const engine::EngineEvent& event : m_cable->events()) {
        if (event.mac == waiter->mac())
            out << event.name;
    }
    return out;
}

QString ParkingTest::serve(std::uint32_t leaseSeconds) {
    const QString iso = tests::makeRedHatIso(m_cable->state().path());
    if (iso.isEmpty())
        return QStringLiteral("xorriso is not installed");
    if (const auto image = engine().importImage(iso); !image)
        return QString::fromStdString(message(image.error()));
    engine::ServiceSettings settings;
    settings.leaseSeconds = leaseSeconds;
    settings.checksAddresses = false; // an answer to ARP is waited for by the clock, which stands
    if (const auto started = m_cable->start(settings); !started)
        return QString::fromStdString(message(started.error()));
    return {};
}

int ParkingTest::journalLines() const {
    int lines = -1;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(m_cable->state().filePath(QStringLiteral("state.db")));
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        if (database.open()) {
            QSqlQuery query(QStringLiteral("SELECT count(*) FROM journal"), database);
            lines = query.next() ? query.value(0).toInt() : -1;
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return lines;
}

QString ParkingTest::askOnce(Waiter& waiter) {
    const std::string config = waiter.ask();
    const QString machine = QString::fromStdString(waiter.mac().toString());
    if (config.empty())
        return machine + QStringLiteral(" got no answer");
    return tests::hasKernelLine(config)
               ? machine + QStringLiteral(" got a kernel: ") + QString::fromStdString(config)
               : QString();
}

Ipv4Address ParkingTest::strangerComes() {
    FakePxeClient stranger(m_cable->network(), {.mac = MacAddress({0x52, 0x54, 0, 0, 1, ++m_strangers})});
    const auto acknowledged = stranger.doDora();
    return acknowledged ? acknowledged->yiaddr : Ipv4Address();
}

bool ParkingTest::isLastStrangerKnown() const {
    const roster::Machine* const machine =
        engine().roster().find(MacAddress({0x52, 0x54, 0, 0, 1, m_strangers}));
    return machine != nullptr && machine->leased;
}

void ParkingTest::anHourOfWaitingChangesNothing_data() {
    QTest::addColumn<unsigned>("leaseSeconds");
    QTest::newRow("lease of a day") << 86400U;
    QTest::newRow("lease of ten minutes, which no loader renews") << 600U;
}

// R42, and the journal stays small (R58)
void ParkingTest::anHourOfWaitingChangesNothing() {
    QFETCH(unsigned, leaseSeconds);
    const QString problem = serve(leaseSeconds);
    if (problem.contains(QStringLiteral("not installed")))
        QSKIP(qPrintable(problem));
    QCOMPARE(problem, QString());
    const std::string uefi = "PXEClient:Arch:00007:UNDI:003016";
    PxelinuxWaiter pxelinux(m_cable->network(), {.mac = MacAddress({0x52, 0x54, 0, 0, 0, 1})});
    GrubWaiter grub(m_cable->network(),
                    {.mac = MacAddress({0x52, 0x54, 0, 0, 0, 2}), .architecture = 7, .vendorClass = uefi});
    IpxeWaiter ipxe(m_cable->network(),
                    {.mac = MacAddress({0x52, 0x54, 0, 0, 0, 3}), .architecture = 7, .vendorClass = uefi});
    const std::array<Waiter*, 3> waiters{&pxelinux, &grub, &ipxe};
    const Ipv4Range quarantine = *engine().catalog()->dhcp().quarantine;
    for (Waiter* const waiter : waiters) {
        QVERIFY(waiter->boot());
        QVERIFY(quarantine.contains(waiter->address()));
        QCOMPARE(askOnce(*waiter), QString());
    }
    const auto areParked = [&] {
        return std::all_of(waiters.begin(), waiters.end(), [&](const Waiter* waiter) {
            return toldOf(waiter).contains(QStringLiteral("parked"));
        });
    };
    QTRY_VERIFY(areParked());
    std::map<const Waiter*, QStringList> told;
    for (const Waiter* const waiter : waiters)
        told[waiter] = toldOf(waiter);
    QCOMPARE(toldOf(&pxelinux).count(QStringLiteral("loader")), 2); // pxelinux.0 and ldlinux.c32
    const int lines = journalLines();
    QVERIFY(lines > 0);

    for (int i = 0; i < questions; ++i) {
        m_clock->advance(question);
        for (Waiter* const waiter : waiters)
            QCOMPARE(askOnce(*waiter), QString());
        if ((i + 1) % (questions / 4) != 0)
            continue;
        const Ipv4Address stranger = strangerComes();
        QVERIFY(!stranger.isNull());
        for (const Waiter* const waiter : waiters)
            QVERIFY(stranger != waiter->address());
        QTRY_VERIFY(isLastStrangerKnown()); // so what came before it is known, too
    }
    for (Waiter* const waiter : waiters) {
        QCOMPARE(toldOf(waiter), told.at(waiter)); // nothing more was told
        QCOMPARE(waiter->renew(), waiter->address());
        QCOMPARE(engine().roster().find(waiter->mac())->boots, 1U);
    }
    constexpr int linesOfAStranger = 3; // seen, offered, leased
    constexpr int linesOfRenewals = 3;
    QVERIFY2(journalLines() <= lines + 4 * linesOfAStranger + linesOfRenewals,
             qPrintable(QString::number(journalLines())));

    for (Waiter* const waiter : waiters) {
        const auto approved = engine().approve(waiter->mac());
        QVERIFY2(approved.has_value(), approved ? "" : message(approved.error()).c_str());
        QVERIFY2(tests::hasKernelLine(waiter->ask()),
                 waiter->mac().toString().c_str()); // the very next answer
    }
}

QTEST_GUILESS_MAIN(ParkingTest)
#include "tst_Parking.moc"
