#include "tests/fabric/RedfishService.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

namespace rackmuster::tests {

namespace {

// Made for this test alone, for a hundred years.
constexpr auto key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSR7KytAIBc0QqoRC
/cCWi91td1tdsNnhQ1gQdLS7waqhRANCAAQw9u1A/PDQsw2EZMivT+FfESa5J4U7
5pemVtrIeqN8Ea61Oy3MlX5GRZzc3IhDNrzv7XKxPget0Gjy5+BF4tkB
-----END PRIVATE KEY-----
)";
constexpr auto certificate = R"(-----BEGIN CERTIFICATE-----
MIIBcjCCARmgAwIBAgIUOp2cOnRC666sZ4XYg9WyC/2KKLUwCgYIKoZIzj0EAwIw
DjEMMAoGA1UEAwwDYm1jMCAXDTI2MTEyOTA5NTY0MFoYDzIxMjYxMTA1MDk1NjQw
WjAOMQwwCgYDVQQDDANibWMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQw9u1A
/PDQsw2EZMivT+FfESa5J4U75pemVtrIeqN8Ea61Oy3MlX5GRZzc3IhDNrzv7XKx
Pget0Gjy5+BF4tkBo1MwUTAdBgNVHQ4EFgQUhcogJdJlvj6VmCrDljhSSNPzMV8w
HwYDVR0jBBgwFoAUhcogJdJlvj6VmCrDljhSSNPzMV8wDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNHADBEAiB+LCr4pz5tivezx/a1n6TnW83p2+HWPJ6juPBm
DMX5AQIgNUxt/oB6z0y4LFaAz/896WCN9NC6TNZCzYMnFPcZNhs=
-----END CERTIFICATE-----
)";

constexpr auto etag = "W/\"1a2b\"";
constexpr auto system = "/redfish/v1/Systems/System.Embedded.1";
constexpr auto reset = "/redfish/v1/Systems/System.Embedded.1/Actions/ComputerSystem.Reset";

QByteArray error(const QByteArray& text) {
    return R"({"error":{"code":"Base.1.8.GeneralError","message":"See ExtendedInfo.","@Message.ExtendedInfo":[{"Message":")" +
           text + R"("}]}})";
}

} // namespace

RedfishService::RedfishService() {
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(QByteArray(key), QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(QByteArray(certificate)));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.setSslConfiguration(configuration);
    QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
        while (auto* const socket = qobject_cast<QSslSocket*>(m_server.nextPendingConnection())) {
            QObject::connect(socket, &QSslSocket::readyRead, socket, [this, socket] { serve(*socket); });
            QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
            serve(*socket);
        }
    });
}

bool RedfishService::start() {
    return m_server.listen(QHostAddress::LocalHost);
}

QByteArray RedfishService::fingerprint() {
    return QSslCertificate(QByteArray(certificate)).digest(QCryptographicHash::Sha256).toHex(':').toUpper();
}

void RedfishService::serve(QSslSocket& socket) {
    QByteArray& received = m_received[&socket];
    received += socket.readAll();
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0 || isMute)
        return;
    const QByteArray head = received.left(end);
    qsizetype length = 0;
    for (const QByteArray& line : head.split('\n')) {
        if (line.toLower().startsWith("content-length:"))
            length = line.mid(15).trimmed().toLongLong();
    }
    if (received.size() < end + 4 + length)
        return;
    const QByteArray body = received.mid(end + 4, length);
    received.remove(0, end + 4 + length);
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    requests.append(QString::fromUtf8((words.value(0) + ' ' + words.value(1) + ' ' + body).trimmed()));
    if (sendsForEver) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + QByteArray(3 << 20, ' '));
        return;
    }
    const Answer told = answer(words.value(0), words.value(1), head, body);
    socket.write("HTTP/1.1 " + QByteArray::number(told.status) + " Told\r\nETag: " + etag +
                 (redirectTo.isEmpty() ? "" : "\r\nLocation: " + redirectTo) +
                 "\r\nContent-Type: application/json\r\nContent-Length: " +
                 QByteArray::number(told.body.size()) + "\r\n\r\n" + told.body);
}

RedfishService::Answer RedfishService::answer(const QByteArray& verb, const QByteArray& path,
                                              const QByteArray& head, const QByteArray& body) {
    if (!redirectTo.isEmpty())
        return {302, {}};
    if (!head.contains("Authorization: Basic " + QByteArray("root:calvin").toBase64()))
        return {401, error("The login is wrong.")};
    if (verb != "GET")
        return change(verb, path, head, body);
    if (path == "/redfish/v1/Systems")
        return {200,
                R"({"@odata.id":"/redfish/v1/Systems","Members@odata.count":1,"Members":[{"@odata.id":")" +
                    QByteArray(system) + R"("}]})"};
    if (path == system)
        return {200,
                R"({"@odata.id":")" + QByteArray(system) + R"(","PowerState":")" + (isOn ? "On" : "Off") +
                    R"(","Boot":{"BootSourceOverrideTarget@Redfish.AllowableValues":["None","Pxe","Hdd"]},)" +
                    R"("Actions":{"#ComputerSystem.Reset":{"target":")" + reset +
                    R"(","ResetType@Redfish.AllowableValues":)" + allowedResets + "}}}"};
    return {404, error("There is no such resource.")};
}

RedfishService::Answer RedfishService::change(const QByteArray& verb, const QByteArray& path,
                                              const QByteArray& head, const QByteArray& body) {
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    if (verb == "POST" && path == reset) {
        const QByteArray type = json.value(QLatin1String("ResetType")).toString().toUtf8();
        if (!allowedResets.contains('"' + type + '"'))
            return {400, error("The reset type is not allowed.")};
        isOn = true;
        if (whenOn)
            whenOn();
        return {204, {}};
    }
    if (verb == "PATCH" && path == system) {
        if (!head.contains(QByteArray("If-Match: ") + etag))
            return {412, error("The ETag is missing.")};
        const QJsonObject boot = json.value(QLatin1String("Boot")).toObject();
        bootTarget = boot.value(QLatin1String("BootSourceOverrideTarget")).toString().toUtf8();
        bootEnabled = boot.value(QLatin1String("BootSourceOverrideEnabled")).toString().toUtf8();
        return {200, "{}"};
    }
    return {405, error("This cannot be done.")};
}

} // namespace rackmuster::tests
