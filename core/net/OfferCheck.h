#pragma once

#include "core/base/Clock.h"
#include "core/boot/AddressCheck.h"
#include "core/boot/LeaseTable.h"
#include "core/net/ArpPort.h"
#include "core/net/DhcpTransmitter.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace rackmuster::net {

/// Holds OFFERs back until the network was asked whether their address is in use (R12), all at the same time.
class OfferCheck {
public:
    /// An OFFER with the request that it answers, as another one may be needed.
    struct Held {
        wire::DhcpMessage request;
        boot::DhcpPort port = boot::DhcpPort::Server;
        PendingReply offer;
    };
    /// An address that we offered, or were about to, answers to somebody else.
    struct Conflict {
        Ipv4Address address;
        MacAddress holder;
        std::optional<Held> held; ///< wants another address
    };

    /// `arp` and `leases` are not owned; with `arp` closed nothing is checked. `trustsNothing`: see
    /// boot::AddressCheck.
    OfferCheck(int arp, boot::LeaseTable& leases, bool trustsNothing)
        : m_port(arp), m_leases(leases), m_check(trustsNothing) {}

    [[nodiscard]] bool isNeeded(MacAddress mac, Ipv4Address address, Instant now) const;
    /// Until due() gives it back. Lets it fall when too many are held: its machine asks again.
    void hold(Held held, Instant now);
    void trust(MacAddress mac, Ipv4Address address, Instant now) { m_check.trust(mac, address, now); }

    /// Sends the probes that are due; the OFFERs that may leave. Error: System (the probes, not the OFFERs).
    [[nodiscard]] std::vector<PendingReply> due(Instant now, Result<void>& probed);
    [[nodiscard]] std::optional<Instant> next() const { return m_check.next(); }
    /// Hears what arrived; conflicting addresses are in quarantine then. Where addresses are not to be
    /// checked, nothing follows from it. Error: System.
    [[nodiscard]] Result<std::vector<Conflict>> hear(bool isToCheck, Instant now);

private:
    [[nodiscard]] std::optional<Conflict> judge(const wire::ArpPacket& packet, Instant now);
    [[nodiscard]] std::optional<Held> take(Ipv4Address address);

    ArpPort m_port;
    boot::LeaseTable& m_leases;
    boot::AddressCheck m_check;
    std::unordered_map<Ipv4Address, Held> m_held;
};

} // namespace rackmuster::net
