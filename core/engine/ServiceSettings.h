#pragma once

#include "core/base/Ipv4Address.h"
#include "core/boot/Catalog.h"

#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace rackmuster::engine {

/// What the operator chooses before starting. Kept in the state directory.
struct ServiceSettings {
    QString interface;
    boot::DhcpMode dhcpMode = boot::DhcpMode::Own;
    std::optional<Ipv4Range> range;                    ///< Nothing: computed from the interface's network.
    std::optional<Ipv4Range> quarantine;               ///< Nothing: computed.
    std::optional<std::uint32_t> leaseSeconds = 86400; ///< Nothing: infinite.
    std::optional<Ipv4Address> gateway;
    std::vector<Ipv4Address> dns;
    quint16 httpPort = 80;
    quint16 syslogPort = 514;           ///< 0: log messages are not received.
    bool checksAddresses = true;        ///< By ARP, before an address is offered.
    bool toleratesOtherServers = false; ///< Own mode starts although another DHCP server answers (R09).
    boot::ProxyStyle proxyStyle = boot::ProxyStyle::InOffer;
    bool answersOnlyApproved = false; ///< Machines that would only wait get no answer (P30).
    bool isAuthoritative = false;     ///< Refuses addresses that it does not know (R11).

    bool operator==(const ServiceSettings&) const = default;
};

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::ServiceSettings)
