#include "core/engine/EngineCore.h"
#include "core/engine/ServicePlan.h"
#include "core/engine/SettingsText.h"
#include "core/net/Interfaces.h"

#include <QDir>

namespace rackmuster::engine {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QJsonObject diagnosis(const char* code, const Error& error) {
    return {{QStringLiteral("code"), QString::fromLatin1(code)},
            {QStringLiteral("text"), text(message(error))}};
}

} // namespace

Result<void> Engine::Core::start(const ServiceSettings& settings) {
    stop();
    const auto address = net::addressOf(settings.interface.toStdString());
    if (!address)
        return tl::unexpected(address.error());
    auto plan = planServices(settings, *address);
    if (!plan)
        return tl::unexpected(plan.error());
    m_publisher.setServer(plan->server, plan->dhcp);
    refreshEverything(); // URLs in answer files carry our address
    Q_EMIT m_engine.foldersChanged(m_folders.infos(plan->server));

    auto services =
        Services::start({plan->server.interface, plan->server.address, settings.httpPort, settings.syslogPort,
                         settings.dhcpMode == boot::DhcpMode::Off, otherServersFor(settings),
                         m_options.helperPath.toStdString(),
                         QDir(m_options.stateDirectory).filePath(QStringLiteral("leases.db")),
                         m_publisher.published(), m_options.clock, [this](net::ServerEvent event) {
                             m_inbox.put(std::move(event));
                         }});
    if (!services) {
        processInbox(); // what was heard before that
        return tl::unexpected(withVendor(services.error()));
    }
    m_services = std::move(*services);
    const bool lacksSyslog = plan->server.syslogPort != 0 && !m_services->receivesLogs();
    if (lacksSyslog) {
        plan->server.syslogPort = 0;
        m_publisher.setServer(plan->server, plan->dhcp);
    }

    m_info = startedInfo(settings, *plan);
    m_settings = settings;
    m_dhcp = plan->dhcp;
    tell("ready", std::nullopt,
         {{QStringLiteral("interface"), settings.interface},
          {QStringLiteral("address"), text(plan->server.address.toString())},
          {QStringLiteral("httpPort"), settings.httpPort},
          {QStringLiteral("syslogPort"), plan->server.syslogPort}});
    if (lacksSyslog)
        tell("diagnosis", std::nullopt,
             diagnosis("syslog-port", {ErrorCode::SyslogPortInUse, std::to_string(settings.syslogPort), {}}));
    settle();
    m_serviceTimer.start();
    onInterfaceChange();
    showServices();
    return m_database.putSetting("services", toJsonText(settings));
}

void Engine::Core::stop() {
    m_awaited.reset();
    endServices();
}

void Engine::Core::endServices() {
    if (!m_services)
        return;
    m_services.reset();
    m_switchTimer.stop();
    m_switches.cancel();
    m_unread.clear();
    m_nextReading = {};
    processInbox(); // what the servers reported last
    m_serviceTimer.stop();
    m_info = {};
    m_wire = {};
    Q_EMIT m_engine.wireChanged(m_wire);
    tell("stopped", std::nullopt, {});
    settle();
    showServices();
}

void Engine::Core::watchInterfaces() {
    auto monitor = net::InterfaceMonitor::open();
    if (!monitor) {
        tell("diagnosis", std::nullopt, diagnosis("interfaces-unwatched", monitor.error()));
        return;
    }
    m_monitor.emplace(std::move(*monitor));
    m_monitorNotifier.emplace(m_monitor->fd(), QSocketNotifier::Read);
    QObject::connect(&*m_monitorNotifier, &QSocketNotifier::activated, &m_engine, [this] {
        m_monitor->drain();
        onInterfaceChange();
    });
}

/// R51: nothing is answered with an address that is not ours, and it goes on by itself once it is.
void Engine::Core::onInterfaceChange() {
    if (!m_services) {
        const auto address = net::addressOf(m_settings.interface.toStdString());
        if (m_awaited && address && address->address == *m_awaited) {
            if (const auto started = start(m_settings); !started)
                Q_EMIT m_engine.commandFailed(started.error());
        }
        return;
    }
    const std::string interface = m_settings.interface.toStdString();
    const Ipv4Address address = m_publisher.server().address;
    switch (net::interfaceState(m_services->interfaceIndex(), address)) {
    case net::InterfaceState::Up:
        return pause(std::nullopt);
    case net::InterfaceState::NoLink:
        return pause(Error{ErrorCode::LinkLost, interface, {}});
    case net::InterfaceState::AddressLost:
        return pause(Error{ErrorCode::AddressLost, interface, address.toString()});
    case net::InterfaceState::Gone:
        break;
    }
    endServices(); // its sockets are bound to what is no more
    m_awaited = address;
    m_info.problem = Error{ErrorCode::NoSuchInterface, interface, {}};
    tell("diagnosis", std::nullopt, diagnosis("interface-gone", *m_info.problem));
    settle();
    showServices();
}

void Engine::Core::pause(std::optional<Error> reason) {
    const bool isPaused = m_info.isPaused;
    if (isPaused == reason.has_value() && (!reason || m_info.problem == reason))
        return;
    boot::DhcpSettings dhcp = m_dhcp;
    if (reason)
        dhcp.mode = boot::DhcpMode::Off;
    m_publisher.setServer(m_publisher.server(), dhcp);
    m_publisher.publish(); // before anything else: an answer could be on its way
    m_info.isPaused = reason.has_value();
    if (reason)
        tell("paused", std::nullopt, {{QStringLiteral("text"), text(message(*reason))}});
    else
        tell("resumed", std::nullopt, {});
    m_info.problem = std::move(reason);
    settle();
    showServices();
}

void Engine::Core::flushLogs() {
    const auto written = m_logs.flush();
    if (!written && !m_isLogFailing)
        Q_EMIT m_engine.commandFailed(written.error());
    m_isLogFailing = !written;
}

void Engine::Core::showServices() {
    Q_EMIT m_engine.servicesChanged(servicesInfo());
}

ServicesInfo Engine::Core::servicesInfo() const {
    ServicesInfo info = m_info;
    if (info.isPaused && info.dhcp == ServiceState::Running)
        info.dhcp = ServiceState::Paused;
    if (m_services) {
        info.tftpTransfers = m_services->tftpTransfers();
        info.httpTransfers = m_services->httpTransfers();
        info.bytesSent = m_services->bytesSent();
    }
    return info;
}

} // namespace rackmuster::engine
