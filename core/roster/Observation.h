#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"
#include "core/roster/Machine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace rackmuster::roster {

// What the servers and the capture observed of a machine.

/// A DISCOVER of a PXE or HTTP Boot client. `time` is the kernel's packet time.
struct Discovered {
    MacAddress mac;
    WallTime time;
    std::string firmware; ///< boot::toWord
    std::optional<Uuid> uuid;
    bool isLoader = false; ///< iPXE started by other firmware: advances a boot, never begins one.
    /// The capture tells it. The DHCP socket may tell of the same packet, before or after.
    bool isCaptured = false;
    /// The slot of the switch port that it came in by. Nothing: the port, or its slot, is not known.
    std::optional<int> portSlot = std::nullopt;
};
/// The switch port that this NIC hangs on is that of `slot`. Says of a known machine what a DISCOVER may say.
struct Located {
    MacAddress mac;
    int slot;
};
/// The machine reached a stage: something was offered, acknowledged or served completely.
struct Reached {
    MacAddress mac;
    Stage stage;
    std::uint64_t bytes = 0;   ///< Served with it.
    bool spendsTicket = false; ///< It has all that the menu entry needs that its ticket is for.
};
struct Leased {
    MacAddress mac;
    Ipv4Address address;
};
/// A diagnosis or failure to show at the machine; without one, that is over.
struct Diagnosed {
    MacAddress mac;
    std::optional<Error> problem;
};
using Observation = std::variant<Discovered, Located, Reached, Leased, Diagnosed>;

} // namespace rackmuster::roster
