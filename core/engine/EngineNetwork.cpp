// What the engine makes of what the servers report: machines, other DHCP servers, and addresses that they
// gave.

#include "core/engine/EngineCore.h"
#include "core/engine/Observations.h"
#include "core/engine/ServicePlan.h"

namespace rackmuster::engine {

namespace {

bool isNews(const Translation& meaning, const roster::Changes& changes, const roster::Roster& roster) {
    if (meaning.isToldOnce && changes.steps.empty())
        return false;
    const roster::Machine* const machine =
        changes.updated.empty() ? nullptr : roster.find(changes.updated.front());
    return !meaning.isToldUpTo || machine == nullptr || machine->stage <= *meaning.isToldUpTo;
}

} // namespace

void Engine::Core::processInbox() {
    const Inbox::Batch batch = m_inbox.take();
    for (const net::ServerEvent& event : batch.events)
        handle(event);
    if (batch.dropped > 0) {
        tell("rejected", std::nullopt,
             {{QStringLiteral("reason"),
               QStringLiteral("%1 reports dropped: too many at once").arg(batch.dropped)}});
    }
    flushLogs();
    settle();
}

void Engine::Core::handle(const net::ServerEvent& event) {
    noteReport(m_info, event);
    if (const auto* line = std::get_if<net::SyslogLine>(&event))
        addLog(*line);
    if (const auto* leased = std::get_if<net::DhcpLeased>(&event))
        m_publisher.setPeer(leased->address, leased->mac);
    if (const auto* heard = std::get_if<net::WireHeard>(&event))
        showWire(makeWireInfo(heard->picture, m_vendors, roster()));
    Translation meaning = translate(event, wallNow());
    if (const auto* foreign = std::get_if<net::ForeignDhcp>(&event))
        meaning.event->facts.insert(QStringLiteral("vendor"), m_vendors.nameOf(foreign->mac));
    else if (const auto* served = std::get_if<net::FileServed>(&event))
        learnAddress(*served);
    if (const auto* discover = std::get_if<net::PxeDiscover>(&event))
        noticeClone(*discover);
    addPort(meaning);
    roster::Changes changes;
    std::vector<EngineEvent> news;
    std::optional<MacAddress> heard;
    for (const roster::Observation& observation : meaning.observations) {
        const auto* const discovered = std::get_if<roster::Discovered>(&observation);
        if (discovered != nullptr)
            heard = discovered->mac;
        changes.merge(discovered != nullptr && discovered->portSlot
                          ? applyAtPort(observation, discovered->mac, *discovered->portSlot, news)
                          : m_keeper.apply(observation, wallNow()));
    }
    note(changes);
    if (heard)
        passTicketOn(*heard, changes);
    if (meaning.event && isNews(meaning, changes, roster()))
        tell(std::move(*meaning.event));
    for (EngineEvent& told : news)
        tell(std::move(told));
    approveNewcomers(changes);
}

/// One log for each machine, whichever of its NICs speaks.
void Engine::Core::addLog(net::SyslogLine line) {
    const roster::Machine* const machine = line.machine ? roster().machineOfNic(*line.machine) : nullptr;
    if (machine != nullptr)
        line.machine = machine->mac;
    m_logs.add(line, wallNow());
}

/// Strangers come and go: they are told, and not written into the journal (R58).
void Engine::Core::showWire(WireInfo wire) {
    if (wire == m_wire)
        return;
    for (const EngineEvent& event : wireNews(m_wire, wire, wallNow()))
        Q_EMIT m_engine.eventHappened(event);
    m_wire = std::move(wire);
    Q_EMIT m_engine.wireChanged(m_wire);
}

void Engine::Core::approveNewcomers(const roster::Changes& changes) {
    if (autoApproval() != AutoApprove::All)
        return;
    for (const MacAddress mac : changes.added) {
        const roster::Machine* machine = roster().find(mac);
        if (machine == nullptr || machine->approval != roster::Approval::Waiting || machine->problem)
            continue;
        if (const auto approved = approve(mac); !approved)
            note(m_keeper.apply(roster::Diagnosed{mac, approved.error()}, wallNow()));
    }
}

/// A roster that was lost does not know which machines are finished: then only the operator says so.
AutoApprove Engine::Core::autoApproval() const {
    return m_database.wasQuarantined() ? AutoApprove::None : m_options.autoApprove;
}

void Engine::Core::noticeClone(const net::PxeDiscover& discover) {
    if (!discover.uuid || !m_clones.notice(discover.mac, *discover.uuid, discover.time))
        return;
    const Error error{ErrorCode::SharedMac, discover.mac.toString(), {}};
    note(m_keeper.apply(roster::Diagnosed{discover.mac, error}, wallNow()));
    tell("diagnosis", discover.mac,
         {{QStringLiteral("code"), QStringLiteral("shared-mac")},
          {QStringLiteral("text"), QString::fromStdString(message(error))}});
}

/// Who gives addresses decides what another server means (R09).
Services::OtherServers Engine::Core::otherServersFor(const ServiceSettings& settings) {
    if (settings.dhcpMode != boot::DhcpMode::Own)
        return Services::OtherServers::Expected;
    return settings.toleratesOtherServers ? Services::OtherServers::Tolerated
                                          : Services::OtherServers::Refused;
}

/// An operator finds a box by who made it.
Error Engine::Core::withVendor(Error error) const {
    const auto mac = MacAddress::parse(error.detail);
    const QString vendor =
        error.code == ErrorCode::OtherDhcpServer && mac ? m_vendors.nameOf(*mac) : QString();
    if (!vendor.isEmpty())
        error.detail += ", " + vendor.toStdString();
    return error;
}

/// Beside another DHCP server nobody tells us a machine's address. Its first request does: only it asks for
/// what lies in its own directory. From then on it is known by its address, as grub needs it (P69).
void Engine::Core::learnAddress(const net::FileServed& served) {
    const bool isOfOwnDirectory = served.machine && served.path.starts_with("m/");
    if (m_settings.dhcpMode != boot::DhcpMode::Proxy || !isOfOwnDirectory)
        return;
    m_publisher.setPeer(served.peer, *served.machine);
    note(m_keeper.apply(roster::Leased{*served.machine, served.peer}, wallNow()));
}

} // namespace rackmuster::engine
