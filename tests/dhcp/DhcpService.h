#pragma once

#include "core/boot/Catalog.h"
#include "core/boot/LeaseStore.h"
#include "core/net/DhcpServer.h"

#include <memory>
#include <string>
#include <vector>

namespace rackmuster::tests {

/// A console that serves DHCP and nothing else.
struct DhcpService {
    std::string interface;
    Ipv4Address address;
    unsigned prefixLength = 24;
    std::string range;      ///< "first-last"; empty: none
    std::string quarantine; ///< the same, for machines that are not approved
    std::uint32_t leaseSeconds = 3600;
    bool checksAddresses = false;
    std::vector<MacAddress> approved;

    [[nodiscard]] std::shared_ptr<const boot::Catalog> catalog() const;
    /// With sockets like those of the helper, opened in the present network namespace, which needs root. The
    /// caller owns `store` and `clock`.
    [[nodiscard]] net::DhcpServer::Options open(boot::LeaseStore& store, const Clock& clock,
                                                net::EventSink events) const;
};

} // namespace rackmuster::tests
