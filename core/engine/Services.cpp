#include "core/engine/Services.h"

#include <fcntl.h>
#include <utility>

namespace rackmuster::engine {

namespace {

/// How long another DHCP server may take to answer before we start beside it.
constexpr std::chrono::seconds patience{1};

} // namespace

Result<std::unique_ptr<Services>> Services::start(Options options) {
    auto helper = net::HelperClient::open(options.helperPath, {options.interface, options.httpPort,
                                                               !options.isCaptureOnly, options.syslogPort});
    if (!helper)
        return tl::unexpected(helper.error());
    std::unique_ptr<Services> services(new Services(std::move(options), std::move(*helper)));
    net::SocketSet& sockets = services->m_helper.sockets();
    services->m_sniffer.emplace(net::PacketSniffer::Options{
        std::move(sockets.capture), services->m_options.address, services->m_options.events});
    if (services->m_options.otherServers != OtherServers::Expected) {
        if (const auto probed = services->probe(sockets); !probed)
            return tl::unexpected(probed.error());
    }
    if (!services->m_options.isCaptureOnly) {
        if (const auto started = services->startServers(sockets); !started)
            return tl::unexpected(started.error());
    }
    if (sockets.syslogUdp.isOpen())
        services->startSyslog(sockets);
    services->startCapture();
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

Result<void> Services::probe(const net::SocketSet& sockets) {
    m_probe.emplace(net::DhcpProbe::Options{FileDescriptor(::fcntl(sockets.packet.get(), F_DUPFD_CLOEXEC, 0)),
                                            sockets.interfaceIndex, m_options.address, m_options.events});
    if (auto sent = m_probe->send(); !sent || m_options.otherServers == OtherServers::Tolerated)
        return sent;
    const auto other = m_sniffer->findForeignServer(patience);
    if (!other)
        return tl::unexpected(other.error());
    if (*other)
        return fail(ErrorCode::OtherDhcpServer, (*other)->server.toString(), (*other)->mac.toString());
    return {};
}

void Services::startCapture() {
    m_captureThread.emplace("capture", [this](const net::StopSignal& stop) { m_sniffer->run(stop); });
    if (m_probe)
        m_probeThread.emplace("dhcp-probe", [this](const net::StopSignal& stop) { m_probe->run(stop); });
}

std::uint64_t Services::bytesSent() const {
    return (m_tftp ? m_tftp->bytesSent() : 0) + (m_http ? m_http->bytesSent() : 0);
}

} // namespace rackmuster::engine
