#include "core/engine/EngineThread.h"

#include <future>
#include <utility>

namespace rackmuster::engine {

Result<std::unique_ptr<EngineThread>> EngineThread::start(Engine::Options options,
                                                          const QString& eventsFile) {
    std::unique_ptr<EngineThread> host(new EngineThread);
    host->m_thread.setObjectName(QStringLiteral("engine"));

    // The database belongs to the thread that opens it, so the engine is made where it will live.
    auto* context = new QObject;
    context->moveToThread(&host->m_thread);
    std::promise<Result<void>> settled;
    QObject::connect(&host->m_thread, &QThread::started, context, [&, owner = host.get()] {
        settled.set_value(owner->settleIn(std::move(options), eventsFile));
    });
    QObject::connect(
        &host->m_thread, &QThread::finished, context, [owner = host.get()] { owner->moveOut(); },
        Qt::DirectConnection); // the event loop has ended, but this still runs in the engine's thread
    QObject::connect(&host->m_thread, &QThread::finished, context, &QObject::deleteLater);
    host->m_thread.start();
    if (const auto result = settled.get_future().get(); !result)
        return tl::unexpected(result.error());
    return host;
}

EngineThread::~EngineThread() {
    m_thread.quit();
    m_thread.wait();
}

Result<void> EngineThread::settleIn(Engine::Options options, const QString& eventsFile) {
    const QString directory = options.stateDirectory;
    auto engine = Engine::create(std::move(options));
    if (!engine)
        return tl::unexpected(engine.error());
    m_engine = std::move(*engine);
    if (!eventsFile.isEmpty()) {
        auto events = EventWriter::open(eventsFile);
        if (!events)
            return tl::unexpected(events.error());
        m_events = std::move(*events);
        QObject::connect(m_engine.get(), &Engine::eventHappened, m_engine.get(),
                         [this](const EngineEvent& event) { m_events->write(event); });
    }
    auto control = ControlServer::start(*m_engine, directory);
    if (!control)
        return tl::unexpected(control.error());
    m_control = std::move(*control);
    return {};
}

void EngineThread::moveOut() {
    m_control.reset();
    m_engine.reset();
    m_events.reset();
}

} // namespace rackmuster::engine
