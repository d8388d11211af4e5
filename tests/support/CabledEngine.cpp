#include "tests/support/CabledEngine.h"

#include <algorithm>
#include <iterator>

namespace rackmuster::tests {

using engine::Engine;
using engine::EngineEvent;

std::shared_ptr<ManualClock> makeStillClock() {
    auto clock = std::make_shared<ManualClock>();
    clock->setDateOff(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) -
                      clock->wallNow());
    return clock;
}

CabledEngine::CabledEngine(std::unique_ptr<NetworkNamespace> network)
    : m_network(std::move(network)), m_visit(m_network->enterServer()) {}

std::unique_ptr<CabledEngine> CabledEngine::create(QString& whyNot) {
    auto network = NetworkNamespace::create(whyNot);
    return network ? std::unique_ptr<CabledEngine>(new CabledEngine(std::move(network))) : nullptr;
}

bool CabledEngine::open(Engine::Options options) {
    options.stateDirectory = m_state.path();
    options.helperPath = QStringLiteral(RACKMUSTER_NETHELPER);
    auto made = Engine::create(std::move(options));
    if (!made) {
        qWarning("%s", message(made.error()).c_str());
        return false;
    }
    m_engine = std::move(*made);
    m_events.clear();
    QObject::connect(m_engine.get(), &Engine::eventHappened, m_engine.get(),
                     [this](const EngineEvent& event) { m_events.push_back(event); });
    return true;
}

Result<void> CabledEngine::start(engine::ServiceSettings settings) {
    settings.interface = QString::fromLatin1(NetworkNamespace::serverInterface);
    return m_engine->start(settings);
}

std::vector<EngineEvent> CabledEngine::events(QLatin1String name) const {
    std::vector<EngineEvent> out;
    std::copy_if(m_events.begin(), m_events.end(), std::back_inserter(out),
                 [name](const EngineEvent& event) { return event.name == name; });
    return out;
}

} // namespace rackmuster::tests
