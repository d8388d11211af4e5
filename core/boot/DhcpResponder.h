#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/boot/Catalog.h"
#include "core/boot/Lease.h"
#include "core/boot/LeaseTable.h"
#include "core/boot/PxeClient.h"
#include "core/wire/Dhcp.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::boot {

/// How a reply travels (RFC 2131 4.1, P10).
enum class Delivery : std::uint8_t {
    Relay,       ///< UDP to giaddr:67.
    Unicast,     ///< UDP to ciaddr:68.
    Broadcast,   ///< 255.255.255.255:68.
    LinkUnicast, ///< IP frame to chaddr and yiaddr, without ARP.
    Sender,      ///< Back to where it came from, out of port 4011 (P09).
};

/// Where a message arrived.
enum class DhcpPort : std::uint8_t {
    Server, ///< 67
    Proxy,  ///< 4011: a client that was told of a boot server asks for its boot file (P22, P28).
};

/// Why a message got no reply; each is an event the operator can see.
enum class DhcpRefusal : std::uint8_t {
    None,
    NotARequest,
    NotForUs,
    UnknownClient,
    RefusedMachine,
    NoBootFile,
    PoolExhausted,
    Off,
    UnusableMac,
    BadType
};

/// All that follows from one message. The shell commits `lease` before it sends `reply`.
struct DhcpDecision {
    std::optional<wire::DhcpMessage> reply;
    Delivery delivery = Delivery::Broadcast;
    Ipv4Address destination;         ///< giaddr, ciaddr or yiaddr; broadcast otherwise.
    std::uint16_t maximumSize = 548; ///< Largest UDP payload this client takes (P03).
    std::optional<Lease> lease;      ///< To persist before the reply leaves.
    bool releasesLease = false;      ///< RELEASE or DECLINE: drop what the MAC holds.
    DhcpRefusal refusal = DhcpRefusal::None;
    PxeClient client;
    std::string bootFile; ///< What option 67 says, for the event.
};

/// Decides in all modes. Own: DISCOVER, REQUEST in its four states (P12), INFORM, RELEASE, DECLINE; answers
/// PXE and HTTP Boot clients, and any client whose MAC the catalogue or the lease table knows (P18). Proxy:
/// offers the boot file to clients that boot, on top of another server's addresses (P28, P30). Port 4011 is
/// answered in both. Off: nothing. Changes `leases` (offers, new leases); nothing else. NAKs only who named
/// us, unless the settings say that no other server is here (R10, R11).
[[nodiscard]] DhcpDecision respond(const wire::DhcpMessage& message, const Catalog& catalog,
                                   LeaseTable& leases, Instant now, DhcpPort port = DhcpPort::Server);

} // namespace rackmuster::boot
