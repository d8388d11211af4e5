#include "core/net/DhcpLoop.h"

#include "core/net/CandidateDiscover.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

namespace rackmuster::net {

namespace {

constexpr std::size_t perTurn = 64;          // messages of one socket
constexpr std::size_t largestMessage = 4096; // bytes; no network carries more, decodeDhcp() knows the rest

/// Why nothing was answered, in a sentence; null for what is everyday on a shared network.
const char* refusalSentence(boot::DhcpRefusal refusal) {
    switch (refusal) {
    case boot::DhcpRefusal::UnknownClient:
        return "A DHCP request was left to others: this is no machine that boots from the network.";
    case boot::DhcpRefusal::RefusedMachine:
        return "A DHCP request of a machine that is to get no answer.";
    case boot::DhcpRefusal::NoBootFile:
        return "There is no boot file for this machine's firmware.";
    case boot::DhcpRefusal::PoolExhausted:
        return "No address is left for this machine. Choose a larger range.";
    case boot::DhcpRefusal::UnusableMac:
        return "A DHCP request with a hardware address that no machine can have.";
    case boot::DhcpRefusal::BadType:
        return "A DHCP request of a kind that is not served.";
    case boot::DhcpRefusal::None:
    case boot::DhcpRefusal::NotARequest:
    case boot::DhcpRefusal::NotForUs:
    case boot::DhcpRefusal::Off:
        break;
    }
    return nullptr;
}

/// As many machines as can be on this network: those that we have addresses for, or, where another server
/// gives them, those that there are addresses for.
std::uint64_t plausibleMachines(const boot::Catalog& catalog) {
    const boot::DhcpSettings& settings = catalog.dhcp();
    if (settings.mode != boot::DhcpMode::Own)
        return std::uint64_t{~catalog.server().network.mask().value()} + 1;
    std::uint64_t count = 0;
    for (const auto& range : {settings.range, settings.quarantine})
        count += range ? range->count() : 0;
    return count;
}

} // namespace

DhcpLoop::DhcpLoop(DhcpServer::Options& options, boot::LeaseTable& leases)
    : m_options(options), m_leases(leases), m_limits(options.limits), m_rejections(options.events),
      m_transmitter(options.socket.get(), options.proxy.get(), options.packet.get(), options.interfaceIndex),
      m_datagrams(perTurn, largestMessage), m_gate(*options.store, leases, options.leaseSlack) {}

Result<void> DhcpLoop::run(const StopSignal& stop) {
    if (auto loaded = m_gate.load(*m_options.clock); !loaded)
        return loaded; // addresses in use would be given twice
    m_offers.emplace(m_options.arp.isOpen() ? m_options.arp.get() : -1, m_leases, m_gate.hasLostLeases());
    for (;;) {
        std::array<pollfd, 5> ready{pollfd{stop.fd(), POLLIN, 0}, pollfd{m_options.socket.get(), POLLIN, 0},
                                    pollfd{m_options.proxy.get(), POLLIN, 0},
                                    pollfd{m_options.arp.get(), POLLIN, 0}, pollfd{m_gate.fd(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), patience()) < 0 && errno != EINTR)
            return failSystem("Waiting for DHCP messages");
        if (ready[0].revents != 0)
            return {};
        if (auto done = turn(); !done)
            return done;
    }
}

/// Milliseconds until something is due; -1: nothing is.
int DhcpLoop::patience() const {
    std::optional<Instant> soonest;
    for (const std::optional<Instant>& due : {m_offers->next(), m_limits.next(), m_gate.next()}) {
        if (due)
            soonest = std::min(soonest.value_or(*due), *due);
    }
    if (!soonest)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*soonest - m_options.clock->now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

Result<void> DhcpLoop::turn() {
    m_now = m_options.clock->now();
    m_catalog = m_options.catalog->get();
    onWritten();
    hearOthers();
    if (auto received = receive(m_options.socket.get(), boot::DhcpPort::Server); !received)
        return received;
    if (m_options.proxy.isOpen()) {
        if (auto received = receive(m_options.proxy.get(), boot::DhcpPort::Proxy); !received)
            return received;
    }
    sendDueOffers();
    m_transmitter.flush(
        [this](const PendingReply& pending, const Result<void>& sent) { tell(pending, sent); });
    m_gate.write(*m_options.clock);
    tellFlood();
    return {};
}

Result<void> DhcpLoop::receive(int socket, boot::DhcpPort port) {
    const auto datagrams = m_datagrams.receive(socket);
    if (!datagrams)
        return tl::unexpected(datagrams.error());
    for (const ReceivedDatagram& datagram : *datagrams)
        onDatagram(datagram, port);
    return {};
}

void DhcpLoop::onDatagram(const ReceivedDatagram& datagram, boot::DhcpPort port) {
    if (datagram.interfaceIndex != m_options.interfaceIndex)
        return; // R52: another network's machine is not ours to answer
    auto message = wire::decodeDhcp(datagram.payload);
    if (!message) {
        m_rejections.report(rackmuster::message(message.error()), datagram.peer.address.toString(), m_now);
        return;
    }
    if (!isWithinLimits(*message))
        return;
    // The capture says the same with a better time, but it may be absent.
    if (const auto sighting = candidateDiscover(*message, m_options.clock->wallNow()))
        m_options.events(*sighting);
    decide({std::move(*message), datagram.peer, port});
}

/// Before anything is remembered of the sender (R07, R08). Strangers that do not boot get no address of ours,
/// so they need no place in the count.
bool DhcpLoop::isWithinLimits(const wire::DhcpMessage& message) {
    const MacAddress mac = message.mac();
    if (message.op != 1 || !mac.isUsable())
        return true; // refused for what it is
    const bool isKnown = m_catalog->machine(mac) != nullptr || m_leases.find(mac) != nullptr ||
                         m_leases.offered(mac, m_now).has_value();
    if (!isKnown && boot::classify(message).kind == boot::ClientKind::NotPxe)
        return true;
    switch (m_limits.judge(mac, isKnown, plausibleMachines(*m_catalog), m_now)) {
    case boot::DhcpLimits::Verdict::Serve:
        // Its machine asks again; the disk is behind by thousands of leases.
        return message.type() != wire::DhcpType::Request || !m_gate.isFull();
    case boot::DhcpLimits::Verdict::TooFast:
        m_rejections.report("A machine sends too many DHCP messages.", mac.toString(), m_now);
        return false;
    case boot::DhcpLimits::Verdict::Stranger:
        break; // told once, as DhcpFlood
    }
    return false;
}

void DhcpLoop::decide(Request request) {
    const MacAddress mac = request.message.mac();
    const boot::Lease* const held = m_leases.find(mac);
    const auto had = held == nullptr ? std::nullopt : std::optional(held->address);
    boot::DhcpDecision decision = boot::respond(request.message, *m_catalog, m_leases, m_now, request.port);
    if (const char* sentence = refusalSentence(decision.refusal))
        m_rejections.report(sentence, mac.toString(), m_now);
    if (decision.releasesLease)
        keepRemoval(request, had);
    if (!decision.reply)
        return;
    PendingReply pending{std::move(decision), mac, m_catalog->server().address, request.sender};
    if (const auto& lease = pending.decision.lease) {
        m_offers->trust(mac, lease->address, m_now);
        if (m_gate.mustWait(*lease))
            m_gate.hold(std::move(pending));
        else
            enqueue(std::move(pending));
    } else if (pending.decision.reply->type() == wire::DhcpType::Offer) {
        offer(std::move(request), std::move(pending));
    } else {
        enqueue(std::move(pending));
    }
}

void DhcpLoop::keepRemoval(const Request& request, std::optional<Ipv4Address> had) {
    const MacAddress mac = request.message.mac();
    const bool isDeclined = request.message.type() == wire::DhcpType::Decline;
    if (isDeclined) {
        const auto declined = request.message.addressOption(wire::DhcpOption::RequestedAddress);
        m_options.events(AddressConflict{declined.value_or(Ipv4Address()), std::nullopt}); // R13
    }
    if (!had)
        return; // a DECLINE of what was only offered
    if (!isDeclined)
        m_offers->trust(mac, *had, m_now);
    m_gate.noteRemoval(mac);
}

void DhcpLoop::offer(Request request, PendingReply pending) {
    const Ipv4Address address = pending.decision.reply->yiaddr;
    // A proxy's OFFER gives no address.
    const bool isChecked = m_catalog->dhcp().checksAddresses && !address.isNull() &&
                           m_offers->isNeeded(pending.mac, address, m_now);
    if (isChecked)
        m_offers->hold({std::move(request.message), request.port, std::move(pending)}, m_now);
    else
        enqueue(std::move(pending));
}

void DhcpLoop::onWritten() {
    LeaseGate::Outcome outcome = m_gate.takeOutcome(m_now);
    if (outcome.failure)
        m_options.events(ServiceFailed{"dhcp", *outcome.failure});
    for (PendingReply& pending : outcome.sendable)
        enqueue(std::move(pending));
}

void DhcpLoop::hearOthers() {
    if (!m_options.arp.isOpen())
        return;
    auto conflicts = m_offers->hear(m_catalog->dhcp().checksAddresses, m_now);
    if (!conflicts) {
        m_rejections.report(message(conflicts.error()), {}, m_now);
        return;
    }
    for (OfferCheck::Conflict& conflict : *conflicts) {
        m_options.events(AddressConflict{conflict.address, conflict.holder});
        if (auto& held = conflict.held)
            decide(
                {std::move(held->request), held->offer.sender, held->port}); // R12: in the same transaction
    }
}

void DhcpLoop::sendDueOffers() {
    Result<void> probed;
    for (PendingReply& pending : m_offers->due(m_now, probed))
        enqueue(std::move(pending));
    if (!probed)
        m_rejections.report(message(probed.error()), {}, m_now);
}

void DhcpLoop::tellFlood() {
    if (const auto flood = m_limits.takeChange(m_now))
        m_options.events(DhcpFlood{flood->isOn, flood->dropped});
}

void DhcpLoop::enqueue(PendingReply pending) {
    const MacAddress mac = pending.mac;
    if (const auto kept = m_transmitter.add(std::move(pending)); !kept)
        m_rejections.report(message(kept.error()), mac.toString(), m_now);
}

void DhcpLoop::tell(const PendingReply& pending, const Result<void>& sent) {
    const boot::DhcpDecision& decision = pending.decision;
    if (!sent)
        m_rejections.report(message(sent.error()), pending.mac.toString(), m_now);
    else if (decision.reply->type() == wire::DhcpType::Offer)
        m_options.events(DhcpOffered{pending.mac, decision.reply->yiaddr, decision.bootFile});
    else if (decision.lease)
        m_options.events(DhcpLeased{pending.mac, decision.lease->address, decision.client,
                                    static_cast<int>(m_leases.size())});
}

} // namespace rackmuster::net
