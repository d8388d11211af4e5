#include "core/engine/ControlServer.h"

#include "core/engine/OperatorActs.h"

#include <QDir>
#include <QJsonDocument>

namespace rackmuster::engine {

namespace {

constexpr qint64 longestLine = 1 << 20;

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
                answer(*socket, QJsonDocument::fromJson(socket->readLine(longestLine)).object());
            }
        });
    }
}

void ControlServer::answer(QLocalSocket& socket, const QJsonObject& request) {
    if (request.value(QLatin1String("act")) == QLatin1String("import"))
        importImage(socket, request.value(QLatin1String("path")).toString());
    else
        socket.write(toLine(perform(m_engine, request)));
}

void ControlServer::importImage(QLocalSocket& socket, const QString& path) {
    auto* const waiting = new QObject(&socket); // until the answer has come, or nobody waits for it any more
    const auto finish = [&socket, waiting](const Result<QString>& imageId) {
        socket.write(toLine(importAnswer(imageId)));
        waiting->deleteLater();
    };
    connect(&m_engine, &Engine::importFinished, waiting,
            [finish, path](const QString& file, const QString& imageId) {
                if (file == path)
                    finish(imageId);
            });
    connect(&m_engine, &Engine::importFailed, waiting,
            [finish, path](const QString& file, const Error& error) {
                if (file == path)
                    finish(tl::unexpected(error));
            });
    m_engine.submitImport({path});
}

std::optional<QJsonObject> askRunningInstance(const QString& stateDirectory, const QJsonObject& request,
                                              std::chrono::milliseconds patience) {
    QLocalSocket socket;
    socket.connectToServer(socketPath(stateDirectory));
    if (!socket.waitForConnected(static_cast<int>(patience.count())))
        return std::nullopt;
    socket.write(toLine(request));
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(static_cast<int>(patience.count())))
            return QJsonObject{
                {QStringLiteral("error"), QStringLiteral("The running instance did not answer.")}};
    }
    return QJsonDocument::fromJson(socket.readLine()).object();
}

} // namespace rackmuster::engine
