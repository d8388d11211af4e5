#pragma once

#include "core/base/Result.h"
#include "core/engine/ControlServer.h"
#include "core/engine/Engine.h"
#include "core/engine/EventWriter.h"

#include <QThread>

#include <memory>

namespace rackmuster::engine {

/// Gives a window its engine in a thread of its own, with what belongs to a running instance: the control
/// socket and, when asked for, the event stream. Destruction stops the services, destroys all of it in its
/// thread and waits.
class EngineThread {
public:
    /// Waits until the engine has opened its state directory. `eventsFile` as of `rackmusterctl serve
    /// --events`; empty: none. Errors: those of Engine::create, ControlServer::start and EventWriter::open.
    [[nodiscard]] static Result<std::unique_ptr<EngineThread>> start(Engine::Options options,
                                                                     const QString& eventsFile = {});
    ~EngineThread();
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    /// Valid as long as this object. Use its submit* methods and signals.
    [[nodiscard]] Engine& engine() { return *m_engine; }

private:
    EngineThread() = default;
    [[nodiscard]] Result<void> settleIn(Engine::Options options, const QString& eventsFile);
    void moveOut();

    QThread m_thread;
    // Made and destroyed in m_thread.
    std::unique_ptr<EventWriter> m_events;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ControlServer> m_control;
};

} // namespace rackmuster::engine
