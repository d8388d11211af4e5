#include "core/engine/ControlServer.h"

#include "core/engine/OperatorActs.h"

#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>

namespace rackmuster::engine {

namespace {

constexpr qint64 longestLine = 1 << 20;
constexpr int patience = 10'000; // milliseconds

QString socketPath(const QString& stateDirectory) {
    return QDir(stateDirectory).absoluteFilePath(QStringLiteral("control"));
}

QByteArray toLine(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

ControlServer::ControlServer(Engine& engine) : m_engine(engine) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::serveConnection);
}

Result<std::unique_ptr<ControlServer>> ControlServer::start(Engine& engine, const QString& stateDirectory) {
    std::unique_ptr<ControlServer> control(new ControlServer(engine));
    const QString path = socketPath(stateDirectory);
    QLocalServer::removeServer(path);
    if (!control->m_server.listen(path))
        return fail(ErrorCode::System, "Listening on " + path.toStdString(),
                    control->m_server.errorString().toStdString());
    return control;
}

void ControlServer::serveConnection() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine() && socket->bytesAvailable() > longestLine)
                socket->abort();
            while (socket->canReadLine()) {
                const QJsonDocument request = QJsonDocument::fromJson(socket->readLine(longestLine));
                socket->write(toLine(perform(m_engine, request.object())));
            }
        });
    }
}

std::optional<QJsonObject> askRunningInstance(const QString& stateDirectory, const QJsonObject& request) {
    QLocalSocket socket;
    socket.connectToServer(socketPath(stateDirectory));
    if (!socket.waitForConnected(patience))
        return std::nullopt;
    socket.write(toLine(request));
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(patience))
            return QJsonObject{
                {QStringLiteral("error"), QStringLiteral("The running instance did not answer.")}};
    }
    return QJsonDocument::fromJson(socket.readLine()).object();
}

} // namespace rackmuster::engine
