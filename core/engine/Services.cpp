#include "core/engine/Services.h"

#include <utility>

namespace rackmuster::engine {

Result<std::unique_ptr<Services>> Services::start(Options options) {
    auto helper = net::HelperClient::open(options.helperPath, {options.interface, options.httpPort,
                                                               !options.isCaptureOnly, options.syslogPort});
    if (!helper)
        return tl::unexpected(helper.error());
    std::unique_ptr<Services> services(new Services(std::move(options), std::move(*helper)));
    net::SocketSet& sockets = services->m_helper.sockets();
    if (!services->m_options.isCaptureOnly) {
        if (const auto started = services->startServers(sockets); !started)
            return tl::unexpected(started.error());
    }
    if (sockets.syslogUdp.isOpen())
        services->startSyslog(sockets);
    services->startCapture(sockets);
    return services;
}

Services::Services(Options options, net::HelperClient helper)
    : m_options(std::move(options)), m_helper(std::move(helper)),
      m_interfaceIndex(m_helper.sockets().interfaceIndex), m_leases(m_options.leasesPath) {}

Result<void> Services::startServers(net::SocketSet& sockets) {
    const auto source = [catalog = m_options.catalog] {
        return std::static_pointer_cast<const boot::BootFileSource>(catalog->get());
    };
    auto http = net::HttpServer::start({std::move(sockets.http), source, m_options.events});
    if (!http)
        return tl::unexpected(http.error());
    m_http = std::move(*http);

    m_tftp.emplace(net::TftpServer::Options{std::move(sockets.tftp), m_options.interface, source,
                                            m_options.clock.get(), m_options.events});
    m_tftpThread.emplace("tftp", [this](const net::StopSignal& stop) { m_tftp->run(stop); });

    m_dhcp.emplace(net::DhcpServer::Options{
        std::move(sockets.dhcp), std::move(sockets.proxy), std::move(sockets.arp), std::move(sockets.packet),
        sockets.interfaceIndex, m_options.catalog, &m_leases, m_options.clock.get(), m_options.events});
    m_dhcpThread.emplace("dhcp", [this](const net::StopSignal& stop) { m_dhcp->run(stop); });
    return {};
}

void Services::startSyslog(net::SocketSet& sockets) {
    m_syslog.emplace(net::SyslogServer::Options{
        std::move(sockets.syslogUdp), std::move(sockets.syslogTcp), sockets.interfaceIndex,
        [catalog = m_options.catalog](Ipv4Address address) { return catalog->get()->holder(address); },
        m_options.clock.get(), m_options.events});
    m_syslogThread.emplace("syslog", [this](const net::StopSignal& stop) { m_syslog->run(stop); });
}

void Services::startCapture(net::SocketSet& sockets) {
    m_sniffer.emplace(
        net::PacketSniffer::Options{std::move(sockets.capture), m_options.address, m_options.events});
    m_captureThread.emplace("capture", [this](const net::StopSignal& stop) { m_sniffer->run(stop); });
}

std::uint64_t Services::bytesSent() const {
    return (m_tftp ? m_tftp->bytesSent() : 0) + (m_http ? m_http->bytesSent() : 0);
}

} // namespace rackmuster::engine
