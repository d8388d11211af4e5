#include "tests/support/NetworkNamespace.h"

#include <QProcess>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace rackmuster::tests {

namespace {

FileDescriptor currentNamespace() {
    return FileDescriptor(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
}

/// A new one; the calling thread stays where it was.
FileDescriptor newNamespace() {
    const FileDescriptor home = currentNamespace();
    if (!home.isOpen() || ::unshare(CLONE_NEWNET) != 0)
        return {};
    FileDescriptor made = currentNamespace();
    if (::setns(home.get(), CLONE_NEWNET) != 0)
        qFatal("A test cannot come back from its network namespace.");
    return made;
}

bool runIp(const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral("ip"), arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

bool runIp(const char* arguments) {
    return runIp(QString::fromLatin1(arguments).split(QLatin1Char(' ')));
}

} // namespace

NetworkNamespace::Visit::Visit(int where) : m_home(currentNamespace()) {
    if (::setns(where, CLONE_NEWNET) != 0)
        qFatal("A test cannot enter its network namespace.");
}

NetworkNamespace::Visit::~Visit() {
    if (::setns(m_home.get(), CLONE_NEWNET) != 0)
        qFatal("A test cannot come back from its network namespace.");
}

NetworkNamespace::NetworkNamespace(FileDescriptor server, FileDescriptor client)
    : m_server(std::move(server)), m_client(std::move(client)) {}

std::unique_ptr<NetworkNamespace> NetworkNamespace::create(QString& whyNot) {
    FileDescriptor server = newNamespace();
    FileDescriptor client = newNamespace();
    if (!server.isOpen() || !client.isOpen()) {
        whyNot = QStringLiteral("making a network namespace needs root");
        return nullptr;
    }
    std::unique_ptr<NetworkNamespace> made(new NetworkNamespace(std::move(server), std::move(client)));
    const QString otherEnd = QStringLiteral("/proc/%1/fd/%2")
                                 .arg(::getpid())
                                 .arg(made->m_client.get()); // `ip` takes a path for a name
    const bool isServerUp =
        made->configureServer({QStringLiteral("link"), QStringLiteral("add"), QLatin1String(serverInterface),
                               QStringLiteral("type"), QStringLiteral("veth"), QStringLiteral("peer"),
                               QStringLiteral("name"), QLatin1String(clientInterface),
                               QStringLiteral("netns"), otherEnd}) &&
        made->configureServer(
            QStringLiteral("address add 192.168.77.1/24 dev rack0").split(QLatin1Char(' '))) &&
        made->configureServer(QStringLiteral("link set rack0 up").split(QLatin1Char(' '))) &&
        made->configureServer(QStringLiteral("link set lo up").split(QLatin1Char(' ')));
    const Visit visit = made->enterClient();
    if (!isServerUp || !runIp("link set lo up") || !runIp("link set port0 up")) {
        whyNot = QStringLiteral("the virtual cable between two network namespaces could not be made");
        return nullptr;
    }
    return made;
}

bool NetworkNamespace::addClientAddress(Ipv4Address address) const {
    const Visit visit = enterClient();
    return runIp({QStringLiteral("address"), QStringLiteral("add"),
                  QString::fromStdString(address.toString()) + QStringLiteral("/24"), QStringLiteral("dev"),
                  QLatin1String(clientInterface)});
}

bool NetworkNamespace::configureServer(const QStringList& arguments) const {
    const Visit visit = enterServer();
    return runIp(arguments);
}

} // namespace rackmuster::tests
