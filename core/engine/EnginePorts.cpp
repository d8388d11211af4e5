// Which machine hangs on which switch port: what relays and switches say of it, and what follows.

#include "core/engine/EngineCore.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

/// Machines come in bursts, and a switch needs a moment to show whom it has learned.
constexpr std::chrono::milliseconds firstWait = 500ms;

} // namespace

Result<void> Engine::Core::setPorts(const PortSettings& settings) {
    if (auto set = m_ports.set(settings); !set)
        return set;
    m_switches.cancel();
    m_unread.clear();
    m_nextReading = {};
    m_switchTimer.stop();
    for (const MacAddress mac : m_ports.nics())
        followPort(mac);
    settle();
    Q_EMIT m_engine.portsChanged(m_ports.settings());
    return {};
}

void Engine::Core::addPort(Translation& meaning) {
    for (roster::Observation& observation : meaning.observations) {
        auto* const discovered = std::get_if<roster::Discovered>(&observation);
        if (discovered == nullptr)
            continue;
        if (meaning.circuitId)
            m_ports.noteCircuit(discovered->mac, *meaning.circuitId);
        discovered->portSlot = m_ports.slotOf(discovered->mac);
    }
}

roster::Changes Engine::Core::applyAtPort(const roster::Observation& observation, MacAddress mac, int slot,
                                          std::vector<EngineEvent>& news) {
    const auto copyOf = [](const roster::Machine* machine) {
        return machine == nullptr ? std::nullopt : std::optional(*machine);
    };
    const auto before = copyOf(roster().machineOfNic(mac));
    const auto holder = copyOf(roster().findBySlot(slot));
    roster::Changes changes = m_keeper.apply(observation, wallNow());
    const roster::Machine* const machine = roster().machineOfNic(mac);
    if (machine == nullptr)
        return changes;
    const auto complain = [&](const roster::Machine& about) {
        const std::string_view code = toWord(about.problem->code);
        news.push_back(
            {wallNow(),
             QStringLiteral("diagnosis"),
             about.mac,
             {{QStringLiteral("code"), QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()))},
              {QStringLiteral("text"), QString::fromStdString(message(*about.problem))}}});
    };
    const bool wasThere = holder && holder->mac == machine->mac;
    if (machine->slot == slot && !wasThere)
        news.push_back({wallNow(),
                        QStringLiteral("placed"),
                        machine->mac,
                        {{QStringLiteral("port"), m_ports.textOf(mac)}}});
    if (!machine->slot && machine->problem && (!before || before->problem != machine->problem))
        complain(*machine);
    if (const auto* const left = holder ? roster().find(holder->mac) : nullptr;
        left && !left->slot && left->problem)
        complain(*left);
    return changes;
}

void Engine::Core::followPort(MacAddress mac) {
    const auto slot = m_ports.slotOf(mac);
    if (!slot)
        return;
    std::vector<EngineEvent> news;
    note(applyAtPort(roster::Located{mac, *slot}, mac, *slot, news));
    for (EngineEvent& event : news)
        tell(std::move(event));
}

void Engine::Core::watchSwitches() {
    if (!m_services || m_ports.settings().switches.empty() || m_switchTimer.isActive() ||
        !m_ports.isAnyWanted(roster()))
        return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_nextReading - BootClock::now());
    m_switchTimer.start(std::max(left, std::min(firstWait, m_options.switchInterval)));
}

void Engine::Core::readSwitches() {
    if (!m_services)
        return;
    m_nextReading = BootClock::now() + m_options.switchInterval;
    if (m_switches.isBusy()) // one that was cancelled may need a moment
        return watchSwitches();
    m_switches.read(m_ports.settings().switches);
}

/// Where one switch is not read, its machines seem to hang on the port of another one that leads there: then
/// nobody is placed.
void Engine::Core::takeReading(const SwitchReading& reading) {
    m_nextReading = BootClock::now() + m_options.switchInterval;
    for (const auto& [address, error] : reading.failures) {
        const auto told = m_unread.find(address);
        if (told != m_unread.end() && told->second == error)
            continue;
        tell("diagnosis", std::nullopt,
             {{QStringLiteral("code"), QStringLiteral("switch-unread")},
              {QStringLiteral("switch"), QString::fromStdString(address)},
              {QStringLiteral("text"), QString::fromStdString(message(error))}});
    }
    m_unread = reading.failures;
    if (reading.failures.empty()) {
        for (const MacAddress mac : m_ports.note(reading.tables, roster())) {
            m_unshown.insert(mac);
            followPort(mac);
        }
        if (!m_rowTimer.isActive())
            m_rowTimer.start();
    }
    settle();
}

} // namespace rackmuster::engine
