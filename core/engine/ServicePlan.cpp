#include "core/engine/ServicePlan.h"

#include "core/engine/NetworkDefaults.h"

namespace rackmuster::engine {

Result<ServicePlan> planServices(const ServiceSettings& settings, const net::InterfaceAddress& address) {
    const Ipv4Network network(address.address, address.prefixLength);
    for (const auto& range : {settings.range, settings.quarantine}) {
        if (range && !(network.contains(range->first()) && network.contains(range->last())))
            return fail(ErrorCode::NotAllowed, "The range " + range->toString(),
                        "it is not inside " + network.toString() + " of " + settings.interface.toStdString());
    }
    const DefaultRanges defaults = defaultRanges(network);
    return ServicePlan{{settings.interface.toStdString(), address.address, network, settings.httpPort,
                        settings.syslogPort, settings.gateway, settings.dns},
                       {settings.dhcpMode, settings.range.value_or(defaults.range),
                        settings.quarantine.value_or(defaults.quarantine), settings.leaseSeconds,
                        settings.checksAddresses, settings.proxyStyle, settings.answersOnlyApproved,
                        settings.isAuthoritative}};
}

ServicesInfo startedInfo(const ServiceSettings& settings, const ServicePlan& plan) {
    const bool serves = settings.dhcpMode != boot::DhcpMode::Off;
    ServicesInfo info;
    info.dhcp = info.tftp = info.http = serves ? ServiceState::Running : ServiceState::Stopped;
    info.capture = ServiceState::Running;
    info.isRunning = true;
    info.interface = settings.interface;
    info.address = plan.server.address;
    info.prefixLength = plan.server.network.prefixLength();
    info.httpPort = settings.httpPort;
    return info;
}

void noteReport(ServicesInfo& info, const net::ServerEvent& event) {
    if (const auto* leased = std::get_if<net::DhcpLeased>(&event)) {
        info.leases = leased->leases;
        // A disk that was full has room again: what was acknowledged is stored (R49).
        if (info.dhcp == ServiceState::Failed) {
            info.dhcp = ServiceState::Running;
            info.problem.reset();
        }
    } else if (const auto* drops = std::get_if<net::CaptureDrops>(&event)) {
        info.captureDropped += drops->dropped;
    } else if (const auto* failed = std::get_if<net::ServiceFailed>(&event)) {
        ServiceState& state = failed->service == "dhcp"   ? info.dhcp
                              : failed->service == "tftp" ? info.tftp
                              : failed->service == "http" ? info.http
                                                          : info.capture;
        state = ServiceState::Failed;
        info.problem = failed->error;
    }
}

} // namespace rackmuster::engine
