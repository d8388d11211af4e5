#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"
#include "core/wire/Dhcp.h"

#include <array>
#include <cstdint>

namespace rackmuster::net {

/// What makes every DHCP server of a network speak: a DISCOVER by broadcast (R09), and before it an INFORM
/// from `own`. Many servers look for some seconds whether an address is free before they offer it, and some
/// do nothing else meanwhile, but they answer an INFORM at once. Neither takes an address from anybody.
[[nodiscard]] std::array<wire::DhcpMessage, 2> makeDhcpProbe(MacAddress mac, std::uint32_t transaction,
                                                             Ipv4Address own);

/// Asks whether other DHCP servers are on the network, with a hardware address that no machine has. The
/// answers are heard by PacketSniffer. Our own server does not hear the question, as frames that we send do
/// not come back.
class DhcpProbe {
public:
    struct Options {
        FileDescriptor packet; ///< AF_PACKET SOCK_DGRAM
        int interfaceIndex = 0;
        Ipv4Address ownAddress;
        EventSink events;
        std::chrono::milliseconds interval = std::chrono::seconds(60); ///< R09
    };
    explicit DhcpProbe(Options options);

    /// Error: System.
    [[nodiscard]] Result<void> send();
    /// Asks once an interval, the first time after one, until `stop` is raised. What cannot be sent is a
    /// Rejected event.
    void run(const StopSignal& stop);

private:
    Options m_options;
    MacAddress m_mac; ///< Of ours alone: locally administered, made up anew at each start.
    std::uint32_t m_transaction;
};

} // namespace rackmuster::net
