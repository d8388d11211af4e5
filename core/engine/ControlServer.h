#pragma once

#include "core/base/Result.h"
#include "core/engine/Engine.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QString>

#include <chrono>
#include <optional>

namespace rackmuster::engine {

/// Lets `rackmusterctl` act on a running instance: a local socket `control` in the state directory, one JSON
/// object per line each way, for the same user only. Lives in the engine's thread.
class ControlServer final : public QObject {
    Q_OBJECT

public:
    /// Begins to listen; a leftover of a killed instance is replaced (the caller holds the directory's lock).
    [[nodiscard]] static Result<std::unique_ptr<ControlServer>> start(Engine& engine,
                                                                      const QString& stateDirectory);

private:
    explicit ControlServer(Engine& engine);
    void serveConnection();
    void answer(QLocalSocket& socket, const QJsonObject& request);
    /// Reads the image elsewhere, and answers when that is done.
    void importImage(QLocalSocket& socket, const QString& path);

    Engine& m_engine;
    QLocalServer m_server;
};

/// Asks the instance that runs on `stateDirectory`. Nothing when none runs there. Waits for at most
/// `patience`.
[[nodiscard]] std::optional<QJsonObject>
askRunningInstance(const QString& stateDirectory, const QJsonObject& request,
                   std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace rackmuster::engine
