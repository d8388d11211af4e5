#pragma once

#include <QString>

#include <vector>

namespace rackmuster::engine {

/// One network port of this computer as the operator chooses it: net::Interface in the words of the window.
struct InterfaceInfo {
    QString name;
    QString description;       ///< Its hardware address; empty when it has none.
    QString address;           ///< Its first IPv4 address; empty: it has none.
    unsigned prefixLength = 0; ///< Of `address`.
    bool hasLink = false;
    bool isWireless = false;

    bool operator==(const InterfaceInfo&) const = default;
};

/// All but loopback, wired ones with a link and an address first.
[[nodiscard]] std::vector<InterfaceInfo> listInterfaces();

} // namespace rackmuster::engine
