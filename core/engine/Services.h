#pragma once

#include "core/base/Clock.h"
#include "core/base/Published.h"
#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/ServiceThread.h"
#include "core/net/DhcpProbe.h"
#include "core/net/DhcpServer.h"
#include "core/net/HelperClient.h"
#include "core/net/HttpServer.h"
#include "core/net/PacketSniffer.h"
#include "core/net/SyslogServer.h"
#include "core/net/TftpServer.h"
#include "core/storage/LeaseDatabase.h"

#include <memory>
#include <optional>
#include <string>

namespace rackmuster::engine {

/// The running servers: helper, DHCP, TFTP, HTTP and capture with their threads. Exists only while all of
/// them run; destruction stops them in order.
class Services {
public:
    /// What other DHCP servers on the network mean to us.
    enum class OtherServers {
        Expected,  ///< They give the addresses, or we answer nothing.
        Tolerated, ///< They are told of.
        Refused,   ///< With one of them nothing is started (R09).
    };
    struct Options {
        std::string interface;
        Ipv4Address address; ///< Ours on it.
        std::uint16_t httpPort = 80;
        std::uint16_t syslogPort = 514; ///< 0: log messages are not received.
        bool isCaptureOnly = false;     ///< Collect MACs and answer nothing.
        OtherServers otherServers = OtherServers::Expected;
        std::string helperPath;
        QString leasesPath;
        std::shared_ptr<const Published<boot::Catalog>> catalog;
        std::shared_ptr<const Clock> clock;
        net::EventSink events; ///< Called on the servers' threads.
    };
    /// Takes a second when other servers are refused. Errors: those of HelperClient::open and
    /// HttpServer::start, OtherDhcpServer. Nothing runs after an error (R53).
    [[nodiscard]] static Result<std::unique_ptr<Services>> start(Options options);
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    [[nodiscard]] bool receivesLogs() const { return m_syslog.has_value(); }
    [[nodiscard]] int interfaceIndex() const { return m_interfaceIndex; }
    [[nodiscard]] int tftpTransfers() const { return m_tftp ? m_tftp->activeTransfers() : 0; }
    [[nodiscard]] int httpTransfers() const { return m_http ? m_http->activeTransfers() : 0; }
    [[nodiscard]] std::uint64_t bytesSent() const;

private:
    Services(Options options, net::HelperClient helper);
    [[nodiscard]] Result<void> startServers(net::SocketSet& sockets);
    void startSyslog(net::SocketSet& sockets);
    /// Asks for other DHCP servers. Error: OtherDhcpServer, when one answers and is refused.
    [[nodiscard]] Result<void> probe(const net::SocketSet& sockets);
    void startCapture();

    // In the order of their birth: destruction goes backwards, threads before what they use.
    Options m_options;
    net::HelperClient m_helper;
    int m_interfaceIndex;
    storage::LeaseDatabase m_leases;
    std::optional<net::DhcpServer> m_dhcp;
    std::optional<net::TftpServer> m_tftp;
    std::optional<net::SyslogServer> m_syslog;
    std::optional<net::PacketSniffer> m_sniffer;
    std::optional<net::DhcpProbe> m_probe;
    std::unique_ptr<net::HttpServer> m_http;
    std::optional<ServiceThread> m_dhcpThread;
    std::optional<ServiceThread> m_tftpThread;
    std::optional<ServiceThread> m_syslogThread;
    std::optional<ServiceThread> m_captureThread;
    std::optional<ServiceThread> m_probeThread;
};

} // namespace rackmuster::engine
