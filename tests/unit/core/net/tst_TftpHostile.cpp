#include "core/base/ByteWriter.h"
#include "core/net/DescriptorLimit.h"
#include "core/net/LocalNetworks.h"
#include "tests/support/RunningTftp.h"
#include "tests/support/Sanitizer.h"
#include "tests/support/UdpClient.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <atomic>
#include <cstddef>
#include <deque>
#include <limits>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <set>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <thread>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;
using tests::RunningTftp;
using tests::TftpOutcome;
using tests::TftpQuery;
using tests::UdpClient;

namespace {

using SteadyClock = std::chrono::steady_clock;
using Strings = std::vector<std::string>;

constexpr auto patience = 2000ms;

/// A request out of NUL-terminated strings, whatever they are.
std::vector<std::uint8_t> request(const Strings& parts, std::uint16_t opcode = 1) {
    ByteWriter writer;
    writer.u16be(opcode);
    for (const std::string& part : parts) {
        writer.text(part);
        writer.u8(0);
    }
    return std::move(writer).take();
}

template <typename T>
std::optional<T> as(const std::optional<UdpClient::Datagram>& datagram) {
    const auto packet = datagram ? wire::decodeTftp(datagram->bytes) : fail(ErrorCode::Malformed);
    if (!packet || !std::holds_alternative<T>(*packet))
        return std::nullopt;
    return std::get<T>(*packet);
}

std::optional<wire::TftpErrorCode> errorOf(const std::optional<UdpClient::Datagram>& datagram) {
    const auto error = as<wire::TftpError>(datagram);
    return error ? std::optional(error->code) : std::nullopt;
}

/// A machine of its own on loopback.
Ipv4Address machine(unsigned number) {
    return Ipv4Address(127, 1, static_cast<std::uint8_t>(number / 250),
                       static_cast<std::uint8_t>(1 + number % 250));
}

int openDescriptors() {
    return static_cast<int>(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size());
}

/// From now on the kernel ends this process when the calling thread opens a path.
bool forbidOpening() {
    constexpr auto number = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
    std::array<sock_filter, 5> program{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    }};
    const sock_fprog filter{program.size(), program.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/// Two thousand names that name nothing here, or must not.
Strings oddNames() {
    const Strings tops{"",         "/",
                       "//",       "\\",
                       "../",      "..\\",
                       "/../",     "./",
                       "%2e%2e/",  "..%2f",
                       "m/../../", "m\\..\\..\\",
                       "m//..//",  "....//",
                       "C:\\",     "file:///",
                       "~/",       "\xC0\xAE\xC0\xAE/",
                       "m/./../",  "/tftpboot/../"};
    const Strings names{"etc/passwd",
                        "etc\\passwd",
                        "etc/shadow",
                        "proc/self/mem",
                        "dev/zero",
                        "dev/sda",
                        "CON",
                        "NUL",
                        "aux.txt",
                        "COM1",
                        "boot.ini",
                        "windows/win.ini",
                        "\xE4\xF6\xFC",
                        "\xFF\xFE",
                        " ",
                        "none",
                        "none/",
                        "a\nb",
                        "a\tb",
                        ".htaccess",
                        ".ssh/id_rsa",
                        "m",
                        "m/",
                        "m/525400000001",
                        "m/525400000001/",
                        "m/525400000001/none",
                        "m/525400000001/file/..",
                        "m/525400000001/file/x",
                        "m/525400000001/file\x01",
                        "$(id)",
                        "`id`",
                        ";reboot",
                        "%s%s%s%n",
                        "*",
                        "?",
                        "|cat",
                        "'\"",
                        "<b>",
                        "t/00",
                        "i/0/x"};
    Strings all;
    for (const std::string& top : tops) {
        for (const std::string& name : names)
            all.push_back(top + name);
    }
    for (std::size_t length = 1; all.size() < 1'900; ++length)
        all.push_back(std::string(length, 'a'));
    for (int depth = 1; all.size() < 1'998; ++depth) {
        std::string path;
        for (int i = 0; i < depth; ++i)
            path += "../";
        all.push_back(path + "etc/passwd");
    }
    all.emplace_back();
    all.push_back(std::string(65'000, 'a'));
    return all;
}

struct OptionVector {
    std::string text;
    Strings asked;
    std::vector<std::uint8_t> expected; ///< empty: DATA 1
};

void addPairs(const QString& text, Strings& parts) {
    for (const QString& pair : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        parts.push_back(pair.section(QLatin1Char('='), 0, 0).toStdString());
        parts.push_back(pair.section(QLatin1Char('='), 1).toStdString());
    }
}

std::vector<OptionVector> optionVectors() {
    QFile file(QStringLiteral(RACKMUSTER_GOLDEN "/tftp/options.txt"));
    std::vector<OptionVector> vectors;
    if (!file.open(QIODevice::ReadOnly))
        return vectors;
    for (const QString& line :
         QString::fromLatin1(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1Char('#')))
            continue;
        OptionVector vector{line.toStdString(), {"m/525400000001/file", "octet"}, {}};
        addPairs(line.section(QStringLiteral("->"), 0, 0), vector.asked);
        Strings accepted;
        addPairs(line.section(QStringLiteral("->"), 1), accepted);
        if (!accepted.empty())
            vector.expected = request(accepted, 6);
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

} // namespace

/// What no client should say, and how many of them say it at once.
class TftpHostileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void oddNamesNameNothing();
    void acknowledgesOptionsByteForByte();
    void hundredsOfOptionsAreRead();
    void refusesEveryWrite_data();
    void refusesEveryWrite();
    void strangersAreToldSo();
    void echoesOfAnEndedTransferGetNoAnswer();
    void probesLeaveNothing();
    void forgedRequestsBringLittle();
    void aBootingMachineIsNeverRefused();
    void aFullTableServesWhoBegan();

private:
    /// The service is well: a transfer from an address that was not seen before.
    [[nodiscard]] bool isAlive() const;

    std::string m_content = std::string(100'000, 'x');
    std::shared_ptr<tests::MapSource> m_source;
    std::unique_ptr<RunningTftp> m_tftp;
};

void TftpHostileTest::initTestCase() {
    raiseDescriptorLimit();
}

void TftpHostileTest::init() {
    m_source = std::make_shared<tests::MapSource>();
    m_source->addText("m/525400000001/file", m_content);
    m_source->addText("m/525400000001/other", m_content);
    m_source->addText("m/1/short", "short");
    m_tftp = std::make_unique<RunningTftp>(m_source);
}

void TftpHostileTest::cleanup() {
    m_tftp.reset();
}

bool TftpHostileTest::isAlive() const {
    TftpQuery query = m_tftp->ask("m/525400000001/file");
    query.options = {{"blksize", "1468"}, {"windowsize", "4"}};
    const TftpOutcome outcome = tests::tftpGet(query, Ipv4Address(127, 9, 9, 9));
    return outcome.isComplete && outcome.content == m_content;
}

void TftpHostileTest::oddNamesNameNothing() // R22
{
    const bool mayForbid = !tests::isSanitized; // a sanitizer opens files of its own
    m_tftp.reset();
    auto bound = tests::LoopbackSocket::udp();
    tests::ServerEventLog log;
    const SystemClock clock;
    TftpServer server({std::move(bound.socket), "", [this] { return m_source; }, &clock, log.sink()});
    const StopSignal stop;
    std::atomic<bool> isForbidden = false;
    // The allocator looks into /proc before a thread gives memory back, so it is to keep it.
    ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    std::thread thread([&] {
        isForbidden = mayForbid && forbidOpening();
        server.run(stop);
    });
    const UdpClient client;
    const Strings names = oddNames();
    std::vector<SteadyClock::duration> times;
    Strings wrong;
    const auto ask = [&](const std::vector<std::uint8_t>& packet) {
        const auto sent = SteadyClock::now();
        client.send(packet, bound.port);
        const auto error = errorOf(client.receive(patience));
        times.push_back(SteadyClock::now() - sent);
        return error;
    };
    for (const std::string& name : names) {
        if (ask(request({name, "octet"})) != wire::TftpErrorCode::NotFound)
            wrong.push_back(name);
    }
    // What follows a NUL is the mode, and no mode is called so.
    const bool isNulRefused = ask(request({std::string("pxelinux.0\0/../etc/passwd", 24), "octet"})) ==
                              wire::TftpErrorCode::IllegalOperation;
    // Other spellings of what is served: they are found, wherever slashes lean and double.
    int found = 0;
    for (const char* name : {"/m/525400000001/file", "\\m\\525400000001\\file", "//m//525400000001//file",
                             "m/525400000001/file/"}) {
        TftpQuery query;
        query.port = bound.port;
        query.path = name;
        found += tests::tftpGet(query).content == m_content ? 1 : 0;
    }
    stop.raise();
    thread.join();
    QCOMPARE(names.size(), std::size_t(2'000));
    QVERIFY2(wrong.empty(), wrong.empty() ? "" : wrong.front().c_str());
    QVERIFY(isNulRefused);
    QCOMPARE(found, 4);
    QCOMPARE(isForbidden.load(), mayForbid);
    std::ranges::sort(times);
    QVERIFY2(tests::isSanitized || times[times.size() / 2] <= 1ms, "a miss takes longer than a millisecond");
}

void TftpHostileTest::acknowledgesOptionsByteForByte() // R23, P60, P61
{
    const std::vector<OptionVector> vectors = optionVectors();
    QCOMPARE(vectors.size(), std::size_t(120));
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        const UdpClient client(machine(static_cast<unsigned>(i)));
        client.send(request(vectors[i].asked), m_tftp->port());
        const auto answer = client.receive(patience);
        QVERIFY2(answer.has_value(), vectors[i].text.c_str());
        if (vectors[i].expected.empty())
            QVERIFY2(as<wire::TftpData>(answer).has_value(), vectors[i].text.c_str());
        else
            QVERIFY2(answer->bytes == vectors[i].expected, vectors[i].text.c_str());
        client.send(wire::encodeTftp(wire::TftpError{}), answer->port);
    }
    QVERIFY(isAlive());
}

void TftpHostileTest::hundredsOfOptionsAreRead() // R23
{
    Strings parts{"m/525400000001/file", "octet"};
    for (int i = 0; i < 300; ++i) {
        parts.push_back("option" + std::to_string(i));
        parts.emplace_back("1");
    }
    parts.insert(parts.end(), {"windowsize", "16"});
    const UdpClient client;
    client.send(request(parts), m_tftp->port());
    const auto answer = client.receive(patience);
    QVERIFY(answer && answer->bytes == request({"windowsize", "16"}, 6));
    // The last string has no end: what is whole counts.
    std::vector<std::uint8_t> open = request({"m/525400000001/file", "octet", "blksize", "1024", "tsize"});
    open.push_back('0');
    const UdpClient other;
    other.send(open, m_tftp->port());
    const auto whole = other.receive(patience);
    QVERIFY(whole && whole->bytes == request({"blksize", "1024"}, 6));
}

void TftpHostileTest::refusesEveryWrite_data() {
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("plain") << QStringList{QStringLiteral("m/525400000001/file"), QStringLiteral("octet")};
    QTest::newRow("netascii") << QStringList{QStringLiteral("new"), QStringLiteral("netascii")};
    QTest::newRow("options") << QStringList{QStringLiteral("new"),     QStringLiteral("octet"),
                                            QStringLiteral("blksize"), QStringLiteral("1468"),
                                            QStringLiteral("tsize"),   QStringLiteral("1")};
    QTest::newRow("path") << QStringList{QStringLiteral("../../etc/passwd"), QStringLiteral("octet")};
}

void TftpHostileTest::refusesEveryWrite() // R35
{
    QFETCH(QStringList, parts);
    Strings strings;
    for (const QString& part : parts)
        strings.push_back(part.toStdString());
    const UdpClient client;
    client.send(request(strings, 2), m_tftp->port());
    QVERIFY(errorOf(client.receive(patience)) == wire::TftpErrorCode::AccessViolation);
    QCOMPARE(m_tftp->server().activeTransfers(), 0);
    QCOMPARE(m_tftp->log().waitFor<Rejected>().size(), std::size_t(1));
}

void TftpHostileTest::strangersAreToldSo() // R28
{
    constexpr unsigned count = 1'000;
    unsigned told = 0;
    TftpQuery query = m_tftp->ask("m/525400000001/file");
    query.learnsPort = [&](std::uint16_t port) {
        const auto ack = wire::encodeTftp(wire::TftpAck{1});
        const auto error = wire::encodeTftp(wire::TftpError{wire::TftpErrorCode::Undefined, "go away"});
        for (unsigned i = 0; i < count; ++i) {
            // Every other one lives at the client's address, at another port.
            const UdpClient stranger(i % 2 == 0 ? Ipv4Address(127, 0, 0, 1) : machine(i));
            stranger.send(error, port); // must have no answer (RFC 1350 7), and no effect
            stranger.send(ack, port);
            told += errorOf(stranger.receive(patience)) == wire::TftpErrorCode::UnknownTransfer ? 1U : 0U;
        }
    };
    const TftpOutcome outcome = tests::tftpGet(query);
    QVERIFY(outcome.isComplete);
    QVERIFY(outcome.content == m_content);
    QCOMPARE(told, count);
}

void TftpHostileTest::echoesOfAnEndedTransferGetNoAnswer() {
    const UdpClient client;
    client.send(request({"m/1/short", "octet"}), m_tftp->port());
    const auto data = client.receive(patience);
    QVERIFY(as<wire::TftpData>(data));
    const auto ack = wire::encodeTftp(wire::TftpAck{1});
    client.send(ack, data->port);
    QTRY_COMPARE(m_tftp->server().activeTransfers(), 0);
    // The client may be asking for something else from this port already.
    client.send(ack, data->port);
    client.send(request({"m/1/none", "octet"}), m_tftp->port());
    QVERIFY(errorOf(client.receive(patience)) == wire::TftpErrorCode::NotFound);
    QVERIFY(!client.receive(50ms));
}

void TftpHostileTest::probesLeaveNothing() // R30
{
    const int seconds = qEnvironmentVariableIsSet("RACKMUSTER_THOROUGH") ? 60 : 3;
    constexpr int perSecond = 500;
    std::deque<UdpClient> clients;
    for (unsigned i = 0; i < 2'000; ++i)
        clients.emplace_back(machine(i % 100));
    const auto probe = request({"m/525400000001/file", "octet", "tsize", "0"});
    const auto abort =
        wire::encodeTftp(wire::TftpError{wire::TftpErrorCode::Undefined, "User aborted the transfer"});
    QVERIFY(isAlive());
    const int before = openDescriptors();
    int peak = 0;
    int answered = 0;
    const auto begin = SteadyClock::now();
    for (int i = 0; i < seconds * perSecond; ++i) {
        std::this_thread::sleep_until(begin + i * 1'000'000us / perSecond); // the rate is the test
        const UdpClient& client = clients[static_cast<std::size_t>(i) % clients.size()];
        client.send(probe, m_tftp->port());
        const auto answer = client.receive(patience);
        answered += as<wire::TftpOptionAck>(answer) ? 1 : 0;
        if (answer && i % 2 == 0)
            client.send(abort, answer->port);
        peak = std::max(peak, m_tftp->server().activeTransfers());
        if (i % perSecond == 0)
            QCOMPARE(openDescriptors(), before);
    }
    QCOMPARE(answered, seconds * perSecond);
    QVERIFY2(peak <= 1'024, std::to_string(peak).c_str());
    // The silent ones are let go of within 15 s.
    QTRY_COMPARE_WITH_TIMEOUT(m_tftp->server().activeTransfers(), 0, 15'000);
    QCOMPARE(openDescriptors(), before);
    QVERIFY(m_tftp->log().all<Rejected>().empty());
    for (const FileServed& served : m_tftp->log().all<FileServed>())
        QVERIFY(served.isComplete);
    QVERIFY(isAlive());
}

void TftpHostileTest::forgedRequestsBringLittle() // R33
{
    constexpr std::size_t headers = 28; // bytes: IPv4, UDP
    constexpr int requests = 10'000;
    std::deque<UdpClient> victims;
    for (unsigned i = 0; i < 500; ++i)
        victims.emplace_back(machine(i % 250));
    // Without options the answer is the largest: a block at once.
    const std::array packets{request({"m/525400000001/file", "octet"}),
                             request({"m/525400000001/other", "octet"})};
    std::size_t in = 0;
    std::size_t out = 0;
    const auto drain = [&](std::chrono::milliseconds wait) {
        for (const UdpClient& victim : victims) {
            while (const auto datagram = victim.receive(wait))
                out += datagram->bytes.size() + headers;
        }
    };
    for (int i = 0; i < requests; ++i) {
        const auto& packet = packets[static_cast<std::size_t>(i / 500) % packets.size()];
        victims[static_cast<std::size_t>(i) % victims.size()].send(packet, m_tftp->port());
        in += packet.size() + headers;
        if (i % 500 == 499)
            drain(0ms);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_tftp->server().activeTransfers(), 0, 15'000);
    drain(0ms);
    QVERIFY(out > 0);
    QVERIFY2(out <= 3 * in, qPrintable(QStringLiteral("%1 in, %2 out").arg(in).arg(out)));
    QVERIFY(!m_tftp->log().all<Rejected>().empty());
    QVERIFY(isAlive());
}

void TftpHostileTest::aBootingMachineIsNeverRefused() // R33, P65, P68: only who never speaks is held back
{
    const Ipv4Address address(127, 5, 5, 5);
    for (int i = 0; i < 100; ++i) {
        TftpQuery probe = m_tftp->ask("m/525400000001/file");
        probe.options = {{"tsize", "0"}, {"blksize", "1468"}};
        probe.abortsAfterOptions = true;
        QVERIFY(tests::tftpGet(probe, address).options);
        TftpQuery miss = m_tftp->ask("grub.cfg-" + std::to_string(i));
        QVERIFY(tests::tftpGet(miss, address).error);
    }
    for (int i = 0; i < 100; ++i)
        QVERIFY(tests::tftpGet(m_tftp->ask("m/1/short"), address).isComplete);
    const auto rejected = m_tftp->log().all<Rejected>();
    QVERIFY2(rejected.empty(), rejected.empty() ? "" : rejected[0].reason.c_str());
}

void TftpHostileTest::aFullTableServesWhoBegan() // R34
{
    std::vector<std::thread> threads;
    std::atomic<int> halfway = 0;
    std::atomic<bool> mayGoOn = false;
    std::atomic<int> complete = 0;
    for (unsigned i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            TftpQuery query = m_tftp->ask("m/525400000001/file");
            query.losesData = [&](int packet, std::uint16_t) {
                if (packet == 20) {
                    ++halfway;
                    mayGoOn.wait(false);
                }
                return false;
            };
            const TftpOutcome outcome =
                tests::tftpGet(query, Ipv4Address(127, 7, 7, static_cast<std::uint8_t>(i + 1)));
            complete += outcome.isComplete && outcome.content == m_content ? 1 : 0;
        });
    }
    const bool areHalfway = QTest::qWaitFor([&] { return halfway == 8; });
    std::deque<UdpClient> clients;
    for (unsigned i = 0; i < 2'000; ++i)
        clients.emplace_back(machine(i % 250));
    const auto packet = request({"m/525400000001/file", "octet", "blksize", "1468"});
    // The kernel has no room for all of them at once; who has no answer asks again, as firmware does.
    std::vector<bool> isAnswered(clients.size(), false);
    const auto answered = [&] {
        return std::ranges::count(isAnswered, true);
    };
    for (int attempt = 0; attempt < 15 && answered() < 2'000; ++attempt) {
        for (std::size_t i = 0; i < clients.size(); ++i) {
            if (!isAnswered[i])
                clients[i].send(packet, m_tftp->port());
        }
        isAnswered[0] = clients[0].receive(300ms).has_value() || isAnswered[0];
        for (std::size_t i = 0; i < clients.size(); ++i) {
            while (const auto answer = clients[i].receive(0ms)) {
                if (as<wire::TftpOptionAck>(answer) || errorOf(answer) == wire::TftpErrorCode::Undefined)
                    isAnswered[i] = true;
            }
        }
    }
    const int active = m_tftp->server().activeTransfers();
    mayGoOn = true;
    mayGoOn.notify_all();
    for (std::thread& thread : threads)
        thread.join();
    QVERIFY(areHalfway);
    QCOMPARE(answered(), 2'000);
    QVERIFY(active <= 1'024);
    QCOMPARE(complete.load(), 8);
    QVERIFY(isAlive());
}

QTEST_GUILESS_MAIN(TftpHostileTest)
#include "tst_TftpHostile.moc"
