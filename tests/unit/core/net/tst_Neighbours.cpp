#include "core/net/HttpServer.h"
#include "core/net/Interfaces.h"
#include "core/net/Neighbours.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/HttpClient.h"
#include "tests/support/MapSource.h"
#include "tests/support/NetworkNamespace.h"
#include "tests/support/ServerEventLog.h"

#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::HttpClient;
using tests::NetworkNamespace;

namespace {

constexpr Ipv4Address clientAddress{192, 168, 77, 50};
constexpr std::uint16_t port = 8080;

FileDescriptor listeningSocket() {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_in here = UdpEndpoint{{}, port}.toSocketAddress();
    const bool listens = ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0 &&
                         ::listen(socket.get(), 4) == 0;
    return listens ? std::move(socket) : FileDescriptor();
}

} // namespace

/// Who is known by the card, on a real cable.
class NeighboursTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void knowsTheCardOfWhomItTalkedTo();
    void whatNeedsItsCardGoesToThatCardOnly();

private:
    [[nodiscard]] std::optional<MacAddress> clientCard() const;

    std::unique_ptr<NetworkNamespace> m_network;
    std::shared_ptr<tests::MapSource> m_source;
    tests::ServerEventLog m_log;
    std::unique_ptr<HttpServer> m_server;
};

void NeighboursTest::init() {
    m_server.reset();
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    if (!m_network)
        QSKIP(qPrintable(whyNot));
    QVERIFY(m_network->addClientAddress(clientAddress));
    m_source = std::make_shared<tests::MapSource>();
    m_source->addText("file", "for anybody");
    const auto card = clientCard();
    QVERIFY(card);
    const auto add = [this](const char* path, MacAddress machine) {
        boot::BootFile& file = m_source->addText(path, "secret");
        file.machine = machine;
        file.isSecret = true;
        file.needsItsCard = true;
    };
    add("mine", *card);
    auto other = card->octets();
    other.back() ^= 1;
    add("another's", MacAddress(other));
    const auto visit = m_network->enterServer();
    FileDescriptor socket = listeningSocket();
    QVERIFY(socket.isOpen());
    auto started =
        HttpServer::start({std::move(socket), [source = m_source] { return source; }, m_log.sink()});
    QVERIFY(started.has_value());
    m_server = std::move(*started);
}

std::optional<MacAddress> NeighboursTest::clientCard() const {
    const auto visit = m_network->enterClient();
    for (const Interface& each : listInterfaces()) {
        if (each.name == NetworkNamespace::clientInterface)
            return each.mac;
    }
    return std::nullopt;
}

void NeighboursTest::knowsTheCardOfWhomItTalkedTo() {
    {
        const auto visit = m_network->enterServer();
        QCOMPARE(neighbourAt(clientAddress), std::nullopt);
    }
    {
        const auto visit = m_network->enterClient();
        QCOMPARE(HttpClient(NetworkNamespace::serverAddress, port).get("/file").status, 200);
    }
    const auto visit = m_network->enterServer();
    QCOMPARE(neighbourAt(clientAddress), clientCard());
    QCOMPARE(neighbourAt(NetworkNamespace::serverAddress), std::nullopt);
    QCOMPARE(neighbourAt(Ipv4Address(127, 0, 0, 1)), std::nullopt);
}

// R41
void NeighboursTest::whatNeedsItsCardGoesToThatCardOnly() {
    const auto visit = m_network->enterClient();
    HttpClient client(NetworkNamespace::serverAddress, port);
    QCOMPARE(client.get("/mine").body, std::string("secret"));
    const auto refused = client.get("/another's");
    QCOMPARE(refused.status, 404);
    QVERIFY(refused.body.find("secret") == std::string::npos);
}

QTEST_GUILESS_MAIN(NeighboursTest)
#include "tst_Neighbours.moc"
