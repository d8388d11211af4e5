#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"

#include <optional>
#include <vector>

namespace rackmuster::net {

/// Which addresses are neighbours on which interface of this computer, as the kernel has it now. Plain C++,
/// for server loops; people choose from listInterfaces().
class LocalNetworks {
public:
    /// `address` lies in a network of the interface. Asks the kernel anew when it does not seem to, once a
    /// second at most, as addresses come and go.
    [[nodiscard]] bool isOnLink(Ipv4Address address, int interfaceIndex, Instant now);

private:
    struct Attached {
        Ipv4Network network;
        int interfaceIndex = 0;
    };
    [[nodiscard]] bool contains(Ipv4Address address, int interfaceIndex) const;
    void refresh();

    std::vector<Attached> m_attached;
    std::optional<Instant> m_refreshed;
};

} // namespace rackmuster::net
