#include "core/net/OfferCheck.h"

#include <utility>

namespace rackmuster::net {

bool OfferCheck::isNeeded(MacAddress mac, Ipv4Address address, Instant now) const {
    return m_port.isOpen() && m_check.isNeeded(mac, address, m_leases.find(mac), now);
}

void OfferCheck::hold(Held held, Instant now) {
    const Ipv4Address address = held.offer.decision.reply->yiaddr;
    if (m_check.begin(held.offer.mac, address, now))
        m_held.insert_or_assign(address, std::move(held));
}

std::vector<PendingReply> OfferCheck::due(Instant now, Result<void>& probed) {
    const boot::AddressCheck::Due due = m_check.due(now);
    if (!due.probes.empty())
        probed = m_port.probe(due.probes);
    std::vector<PendingReply> offers;
    for (const Ipv4Address address : due.free) {
        std::optional<Held> held = take(address);
        // The machine may have been promised another address since.
        if (held && m_leases.offered(held->offer.mac, now) == address)
            offers.push_back(std::move(held->offer));
    }
    return offers;
}

Result<std::vector<OfferCheck::Conflict>> OfferCheck::hear(bool isToCheck, Instant now) {
    const auto packets = m_port.receive();
    if (!packets)
        return tl::unexpected(packets.error());
    std::vector<Conflict> conflicts;
    for (const wire::ArpPacket& packet : *packets) {
        if (auto conflict = isToCheck ? judge(packet, now) : std::nullopt)
            conflicts.push_back(std::move(*conflict));
    }
    return conflicts;
}

/// Whoever claims an address that is offered to another counts: by an answer to our probe, an announcement of
/// its own, or a probe before it takes it (RFC 5227 2.1.1).
std::optional<OfferCheck::Conflict> OfferCheck::judge(const wire::ArpPacket& packet, Instant now) {
    const Ipv4Address address = packet.claimed();
    const std::optional<MacAddress> machine = m_leases.holder(address, now);
    const bool isOffered = machine && m_leases.offered(*machine, now) == address;
    if (!isOffered || packet.sender == *machine || packet.sender == m_port.hardware())
        return std::nullopt;
    m_check.end(address);
    m_leases.eraseOffer(*machine);
    m_leases.quarantine(address, now + boot::AddressCheck::quarantine);
    return Conflict{address, packet.sender, take(address)};
}

std::optional<OfferCheck::Held> OfferCheck::take(Ipv4Address address) {
    auto node = m_held.extract(address);
    if (node.empty())
        return std::nullopt;
    return std::move(node.mapped());
}

} // namespace rackmuster::net
