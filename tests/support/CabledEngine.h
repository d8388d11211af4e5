#pragma once

#include "core/engine/Engine.h"
#include "tests/support/ManualClock.h"
#include "tests/support/NetworkNamespace.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace rackmuster::tests {

/// Stands at the present time, because the capture has the kernel's.
[[nodiscard]] std::shared_ptr<ManualClock> makeStillClock();

/// The whole engine with the real helper at the console's end of a virtual cable, with a state directory of
/// its own. The thread that makes it stays at that end for as long as it lives. Needs root.
class CabledEngine {
public:
    /// Null with a reason in `whyNot` when this process may not make a cable.
    [[nodiscard]] static std::unique_ptr<CabledEngine> create(QString& whyNot);

    /// Makes the engine; `options` leave its directory and helper open. False, with a warning, when it fails.
    [[nodiscard]] bool open(engine::Engine::Options options = {});
    /// Serves on the cable, whatever interface `settings` name.
    [[nodiscard]] Result<void> start(engine::ServiceSettings settings = {});
    void close() { m_engine.reset(); }

    [[nodiscard]] engine::Engine& engine() const { return *m_engine; }
    [[nodiscard]] const NetworkNamespace& network() const { return *m_network; }
    [[nodiscard]] const QTemporaryDir& state() const { return m_state; }
    /// All that happened since open(), or what bears that name.
    [[nodiscard]] const std::vector<engine::EngineEvent>& events() const { return m_events; }
    [[nodiscard]] std::vector<engine::EngineEvent> events(QLatin1String name) const;

private:
    explicit CabledEngine(std::unique_ptr<NetworkNamespace> network);

    std::unique_ptr<NetworkNamespace> m_network;
    NetworkNamespace::Visit m_visit;
    QTemporaryDir m_state;
    std::vector<engine::EngineEvent> m_events;
    std::unique_ptr<engine::Engine> m_engine;
};

} // namespace rackmuster::tests
