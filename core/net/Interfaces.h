#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::net {

struct InterfaceAddress {
    Ipv4Address address;
    unsigned prefixLength = 24;
};

/// One network port of this computer, as the operator chooses it.
struct Interface {
    std::string name;
    std::optional<MacAddress> mac;
    std::vector<InterfaceAddress> addresses; ///< IPv4 only
    bool hasLink = false;
    bool isWireless = false;
};

/// All but loopback, wired ones with a link and an address first.
[[nodiscard]] std::vector<Interface> listInterfaces();
/// Errors: NoSuchInterface, NoAddress.
[[nodiscard]] Result<InterfaceAddress> addressOf(const std::string& interface);

} // namespace rackmuster::net
