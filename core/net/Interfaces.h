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

/// How an interface that is served on is doing (R51).
enum class InterfaceState : std::uint8_t {
    Up,
    NoLink,      ///< The cable is out, or it was switched off.
    AddressLost, ///< It has not the address any more that we answer with.
    Gone,        ///< The kernel knows it no more: its adapter was pulled.
};

/// Of the interface with this index, whatever its name is by now. Gone wins over NoLink, that over
/// AddressLost.
[[nodiscard]] InterfaceState interfaceState(int index, Ipv4Address address);

} // namespace rackmuster::net
