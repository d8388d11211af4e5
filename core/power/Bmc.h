#pragma once

#include <cstdint>
#include <string>

namespace rackmuster::power {

enum class BmcKind : std::uint8_t { Ipmi, Redfish };

/// The board management controller of one machine, and how to log in.
struct Bmc {
    int slot = 0;
    std::string host;       ///< IPv4 address or host name, without port.
    std::uint16_t port = 0; ///< 0: the usual one, 623 for IPMI (IPMI 2.0 13.1) and 443 for Redfish.
    std::string system;     ///< Redfish: which of several systems; empty for the only one.
    std::string user;
    std::string password; ///< Secret: never in a log, an argument or an Error.
    BmcKind kind = BmcKind::Ipmi;

    bool operator==(const Bmc&) const = default;
};

} // namespace rackmuster::power
