#pragma once

#include "tests/support/NetworkNamespace.h"

#include <QProcess>

namespace rackmuster::tests {

/// A real dnsmasq at the machines' end of a NetworkNamespace, as another DHCP server on the network:
/// 192.168.77.9, range .30-.39, with its default of looking three seconds whether an address is in use.
class Dnsmasq {
public:
    static constexpr auto program = "/usr/sbin/dnsmasq";
    static constexpr Ipv4Address address{192, 168, 77, 9};

    explicit Dnsmasq(const NetworkNamespace& network) : m_network(network) {}
    ~Dnsmasq();
    Dnsmasq(const Dnsmasq&) = delete;
    Dnsmasq& operator=(const Dnsmasq&) = delete;

    /// True when it serves.
    [[nodiscard]] bool start(const QStringList& moreOptions = {});
    /// True when it has said `text`, now or within ten seconds.
    [[nodiscard]] bool says(const char* text);

private:
    const NetworkNamespace& m_network;
    QProcess m_process;
    QByteArray m_log;
};

} // namespace rackmuster::tests
