#include "tests/services/ServedCable.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

namespace rackmuster::tests {

namespace {

constexpr Ipv4Address server = NetworkNamespace::serverAddress;

std::string randomBytes(std::size_t size) {
    std::string out(size, '\0');
    QRandomGenerator(7).fillRange(reinterpret_cast<quint32*>(out.data()), static_cast<qsizetype>(size / 4));
    return out;
}

} // namespace

std::unique_ptr<ServedCable> ServedCable::create(QString& whyNot) {
    auto network = NetworkNamespace::create(whyNot);
    return network ? std::unique_ptr<ServedCable>(new ServedCable(std::move(network))) : nullptr;
}

ServedCable::ServedCable(std::unique_ptr<NetworkNamespace> network)
    : m_network(std::move(network)), m_file(randomBytes(fileSize)) {
    QDir(m_directory.path()).mkdir(QStringLiteral("files"));
    QFile file(m_directory.filePath(QStringLiteral("files/one")));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(m_file)) != qint64(fileSize))
        qFatal("A test file cannot be written.");
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
}

ServedCable::~ServedCable() {
    if (m_process.state() != QProcess::NotRunning)
        (void)killHard();
}

bool ServedCable::start() {
    ++m_starts;
    const NetworkNamespace::Visit visit = m_network->enterServer(); // a child is where its parent is
    m_process.start(QStringLiteral(RACKMUSTERCTL),
                    {QStringLiteral("serve"), QStringLiteral("--interface"),
                     QString::fromLatin1(NetworkNamespace::serverInterface), QStringLiteral("--state"),
                     m_directory.filePath(QStringLiteral("state")), QStringLiteral("--range"),
                     QStringLiteral("192.168.77.20-192.168.77.90"), QStringLiteral("--quarantine"),
                     QStringLiteral("192.168.77.100-192.168.77.240"), QStringLiteral("--folder"),
                     QStringLiteral("files=") + m_directory.filePath(QStringLiteral("files")),
                     QStringLiteral("--events"),
                     m_directory.filePath(QStringLiteral("events-%1").arg(m_starts))});
    return m_process.waitForStarted() &&
           QTest::qWaitFor([this] { return isReady() || !isRunning(); }, 30000) && isReady();
}

bool ServedCable::isReady() const {
    QFile events(m_directory.filePath(QStringLiteral("events-%1").arg(m_starts)));
    return events.open(QIODevice::ReadOnly) && events.readAll().contains("\"event\":\"ready\"");
}

bool ServedCable::killHard() {
    m_process.kill();
    return m_process.waitForFinished();
}

QString ServedCable::whyNotAlive() {
    QElapsedTimer timer;
    timer.start();
    FakePxeClient client(*m_network, {.mac = MacAddress({0x52, 0x54, 0, 0xAA, 0, 1})});
    const auto ack = client.doDora();
    if (!ack)
        return QStringLiteral("no address");
    if (!std::exchange(m_hasAddress, true) && !client.useAddress(ack->yiaddr))
        return QStringLiteral("the machine's end takes no address");
    const NetworkNamespace::Visit visit = m_network->enterClient();
    const TftpOutcome tftp =
        tftpGet({.server = server, .path = "x/files/one", .options = {{"blksize", "1428"}}});
    if (!tftp.isComplete || tftp.content != m_file)
        return QStringLiteral("not the file by TFTP");
    const HttpResponse http = client.httpGet(server, 80, "/x/files/one");
    if (http.status != 200 || http.body != m_file)
        return QStringLiteral("not the file by HTTP");
    if (timer.elapsed() > 1000)
        return QStringLiteral("%1 ms instead of one second").arg(timer.elapsed());
    return {};
}

qint64 ServedCable::residentBytes() const {
    QFile status(QStringLiteral("/proc/%1/status").arg(m_process.processId()));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong() * 1024;
    }
    return 0;
}

qsizetype ServedCable::descriptors() const {
    return QDir(QStringLiteral("/proc/%1/fd").arg(m_process.processId())).entryList(QDir::AllEntries).size();
}

} // namespace rackmuster::tests
