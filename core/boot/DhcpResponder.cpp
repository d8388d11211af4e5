#include "core/boot/DhcpResponder.h"

#include "core/boot/AddressChoice.h"
#include "core/boot/DhcpReply.h"
#include "core/boot/RelayAgent.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

constexpr std::uint8_t maximumHops = 16;     // R20
constexpr std::chrono::hours declinedFor{1}; // R13
constexpr std::size_t declinedShare = 4;     // R13: at most a quarter of the addresses
constexpr std::uint16_t bisLayer = 0x8000;   // PXE 2.1: boot integrity services

/// One message on its way to a decision.
class Exchange {
public:
    Exchange(const DhcpMessage& message, const Catalog& catalog, LeaseTable& leases, Instant now,
             DhcpPort port)
        : m_message(message), m_catalog(catalog), m_leases(leases), m_now(now), m_port(port),
          m_mac(message.mac()), m_machine(catalog.machine(m_mac)) {
        m_decision.client = classify(message);
        m_decision.maximumSize = maximumReplySize(message);
    }

    DhcpDecision decide() {
        const auto type = m_message.type();
        m_decision.refusal = refusalOfSender();
        if (m_decision.refusal == DhcpRefusal::None && !type)
            m_decision.refusal = DhcpRefusal::BadType;
        if (m_decision.refusal == DhcpRefusal::None)
            dispatch(*type);
        return std::move(m_decision);
    }

private:
    [[nodiscard]] bool isBooting() const { return m_decision.client.kind != ClientKind::NotPxe; }
    /// Only the boot file is ours to tell: another server gives the addresses, or gave this one already.
    [[nodiscard]] bool isProxy() const {
        return m_port == DhcpPort::Proxy || m_catalog.dhcp().mode == DhcpMode::Proxy;
    }
    [[nodiscard]] bool isUs(std::optional<Ipv4Address> server) const {
        return server == m_catalog.server().address ||
               server == serverIdFor(m_message, m_catalog.server().address);
    }
    [[nodiscard]] bool isFree(Ipv4Address address) const {
        return isFreeFor(m_mac, address, m_catalog, m_leases, m_now);
    }
    void refuse(DhcpRefusal refusal) { m_decision.refusal = refusal; }

    [[nodiscard]] DhcpRefusal refusalOfSender() const;
    [[nodiscard]] bool isOfServedNetwork() const;
    [[nodiscard]] bool isToGetNoAnswer() const;
    void dispatch(DhcpType type);
    void onProxy(DhcpType type);
    void onDiscover();
    void onRequest();
    void onSelecting(Ipv4Address server);
    void onInform();
    void onRelease();
    void onDecline();

    [[nodiscard]] bool prepareBoot();
    [[nodiscard]] bool isOnRecord(Ipv4Address address) const;
    [[nodiscard]] bool mayQuarantine() const;
    void answer(DhcpType type, std::optional<Ipv4Address> address);
    void acknowledge(Ipv4Address address);
    void refuseAddress();
    void deliver();

    const DhcpMessage& m_message;
    const Catalog& m_catalog;
    LeaseTable& m_leases;
    const Instant m_now;
    const DhcpPort m_port;
    const MacAddress m_mac;
    const MachineBoot* const m_machine;
    DhcpDecision m_decision;
};

DhcpRefusal Exchange::refusalOfSender() const {
    if (m_message.op != 1)
        return DhcpRefusal::NotARequest;
    if (m_catalog.dhcp().mode == DhcpMode::Off)
        return DhcpRefusal::Off;
    if (!m_mac.isUsable())
        return DhcpRefusal::UnusableMac;
    if (m_message.hops > maximumHops || !isOfServedNetwork())
        return DhcpRefusal::NotForUs;
    if (isToGetNoAnswer())
        return DhcpRefusal::RefusedMachine;
    if (isBooting())
        return DhcpRefusal::None;
    if (isProxy())
        return DhcpRefusal::NotForUs; // P30
    // P18: what follows a network boot has another client-id and no option 60.
    const bool isKnown = m_machine != nullptr || m_leases.find(m_mac) != nullptr;
    return isKnown ? DhcpRefusal::None : DhcpRefusal::UnknownClient;
}

/// We have addresses of one network only. Which one a relay asks for is what its option 82.5 says, and else
/// its own address (R20, RFC 3527).
bool Exchange::isOfServedNetwork() const {
    const Ipv4Address asked = relayAgent(m_message).linkSelection.value_or(m_message.giaddr);
    return isProxy() || asked.isNull() || m_catalog.server().network.contains(asked);
}

bool Exchange::isToGetNoAnswer() const {
    const Disposition disposition = m_machine == nullptr ? Disposition::Parked : m_machine->disposition;
    return disposition == Disposition::Refused ||
           (disposition == Disposition::Parked && m_catalog.dhcp().answersOnlyApproved);
}

void Exchange::dispatch(DhcpType type) {
    if (isProxy())
        return onProxy(type);
    switch (type) {
    case DhcpType::Discover:
        return onDiscover();
    case DhcpType::Request:
        return onRequest();
    case DhcpType::Inform:
        return onInform();
    case DhcpType::Release:
        return onRelease();
    case DhcpType::Decline:
        return onDecline();
    case DhcpType::Offer:
    case DhcpType::Ack:
    case DhcpType::Nak:
        break;
    }
    refuse(DhcpRefusal::BadType); // R21
}

/// The boot file for a client that boots; false, with the reason, when we have none for it.
bool Exchange::prepareBoot() {
    if (!isBooting())
        return true;
    m_decision.bootFile = m_catalog.bootFileName(m_mac, m_decision.client);
    if (m_decision.bootFile.empty())
        refuse(DhcpRefusal::NoBootFile);
    return !m_decision.bootFile.empty();
}

/// P28: an offer without an address at port 67; at port 4011 the answer to who has an address and asks for
/// its boot file.
void Exchange::onProxy(DhcpType type) {
    const bool asks = m_port == DhcpPort::Proxy && (type == DhcpType::Request || type == DhcpType::Inform);
    const bool discovers = m_port == DhcpPort::Server && type == DhcpType::Discover;
    const auto server = m_message.addressOption(DhcpOption::ServerId);
    if (!(asks || discovers) || (server && !isUs(server)))
        return refuse(DhcpRefusal::NotForUs); // P30
    if (const auto item = bootItem(m_message); item && (item->layer & bisLayer) != 0)
        return refuse(DhcpRefusal::BadType);
    if (prepareBoot())
        answer(asks ? DhcpType::Ack : DhcpType::Offer, std::nullopt);
}

void Exchange::onDiscover() {
    if (!prepareBoot())
        return;
    const auto address = chooseAddress(m_mac, m_catalog, m_leases, m_now);
    if (!address)
        return refuse(DhcpRefusal::PoolExhausted);
    m_leases.offer(m_mac, *address, m_now);
    answer(DhcpType::Offer, address);
}

/// The states of RFC 2131 4.3.2 (P12) by what the message carries.
void Exchange::onRequest() {
    const auto server = m_message.addressOption(DhcpOption::ServerId);
    if (server)
        return onSelecting(*server);
    // INIT-REBOOT names its address in option 50, RENEWING and REBINDING in ciaddr.
    const Ipv4Address asked =
        m_message.ciaddr.isNull()
            ? m_message.addressOption(DhcpOption::RequestedAddress).value_or(Ipv4Address())
            : m_message.ciaddr;
    // R11: nobody named us, so what we do not know we leave to others, unless we are told that there are
    // none.
    if (!isOnRecord(asked) || !isFree(asked))
        return m_catalog.dhcp().isAuthoritative ? refuseAddress() : refuse(DhcpRefusal::NotForUs);
    if (prepareBoot())
        acknowledge(asked);
}

void Exchange::onSelecting(Ipv4Address server) {
    if (!isUs(server)) {
        m_leases.eraseOffer(m_mac); // R10: silently
        return refuse(DhcpRefusal::NotForUs);
    }
    if (!prepareBoot())
        return;
    const Ipv4Address asked =
        m_message.addressOption(DhcpOption::RequestedAddress).value_or(m_message.ciaddr);
    const bool isOffered = m_leases.offered(m_mac, m_now) == asked && isFree(asked);
    // After a restart of ours the offer is forgotten, but the choice comes out the same.
    if (isOffered || chooseAddress(m_mac, m_catalog, m_leases, m_now) == asked)
        return acknowledge(asked);
    refuseAddress();
}

void Exchange::onInform() {
    // Nothing is sent to an address that a packet only claims to come from, unless it is on this network.
    if (!m_catalog.server().network.isHost(m_message.ciaddr))
        return refuse(DhcpRefusal::NotForUs);
    if (prepareBoot())
        answer(DhcpType::Ack, std::nullopt); // P13
}

void Exchange::onRelease() {
    const Lease* const lease = m_leases.find(m_mac);
    const bool isOurs = isUs(m_message.addressOption(DhcpOption::ServerId)); // P13
    if (!isOurs || lease == nullptr || lease->address != m_message.ciaddr)
        return refuse(DhcpRefusal::NotForUs);
    m_leases.erase(m_mac);
    m_decision.releasesLease = true;
}

void Exchange::onDecline() {
    const auto address = m_message.addressOption(DhcpOption::RequestedAddress);
    const bool isOurs = isUs(m_message.addressOption(DhcpOption::ServerId));
    const Lease* const lease = m_leases.find(m_mac);
    const bool isHeld = address && ((lease != nullptr && lease->address == *address) ||
                                    m_leases.offered(m_mac, m_now) == address);
    if (!isOurs || !isHeld)
        return refuse(DhcpRefusal::NotForUs);
    if (mayQuarantine())
        m_leases.quarantine(*address, m_now + declinedFor);
    m_leases.erase(m_mac);
    m_leases.eraseOffer(m_mac);
    m_decision.releasesLease = true;
}

/// We gave this address to this machine, or mean to.
bool Exchange::isOnRecord(Ipv4Address address) const {
    const Lease* const lease = m_leases.find(m_mac);
    const bool isLeased = lease != nullptr && lease->address == address;
    const bool isFixed = m_machine != nullptr && m_machine->address == address;
    return isLeased || isFixed || m_leases.offered(m_mac, m_now) == address;
}

bool Exchange::mayQuarantine() const {
    std::uint64_t count = 0;
    for (const auto& range : {m_catalog.dhcp().range, m_catalog.dhcp().quarantine})
        count += range ? range->count() : 0;
    return m_leases.quarantined(m_now) < std::max<std::uint64_t>(1, count / declinedShare);
}

void Exchange::answer(DhcpType type, std::optional<Ipv4Address> address) {
    ReplyContents contents;
    contents.type = type;
    contents.address = address;
    contents.client = m_decision.client;
    contents.bootFile = m_decision.bootFile;
    contents.isProxy = isProxy();
    if (m_machine != nullptr) {
        contents.hostname = m_machine->hostname;
        contents.extraOptions = m_machine->extraOptions;
    }
    m_decision.reply = makeReply(m_message, m_catalog, contents);
    deliver();
}

void Exchange::acknowledge(Ipv4Address address) {
    Lease lease{.mac = m_mac, .address = address, .expires = std::nullopt};
    if (const auto seconds = m_catalog.dhcp().leaseSeconds)
        lease.expires = m_now + std::chrono::seconds(*seconds);
    m_leases.put(lease);
    m_decision.lease = lease;
    answer(DhcpType::Ack, address);
}

/// NAK: only ever to a client that named us (R11).
void Exchange::refuseAddress() {
    m_decision.bootFile.clear();
    m_decision.reply = makeNak(m_message, m_catalog);
    deliver();
}

/// RFC 2131 4.1, P10.
void Exchange::deliver() {
    const DhcpMessage& reply = *m_decision.reply;
    const auto go = [this](Delivery delivery, Ipv4Address destination) {
        m_decision.delivery = delivery;
        m_decision.destination = destination;
    };
    if (m_port == DhcpPort::Proxy)
        return go(Delivery::Sender, reply.ciaddr); // P09
    if (!reply.giaddr.isNull())
        return go(Delivery::Relay, reply.giaddr);
    if (reply.type() == DhcpType::Nak || isProxy())
        return go(Delivery::Broadcast, Ipv4Address::broadcast());
    if (!reply.ciaddr.isNull())
        return go(Delivery::Unicast, reply.ciaddr);
    if (m_message.wantsBroadcast())
        return go(Delivery::Broadcast, Ipv4Address::broadcast());
    go(Delivery::LinkUnicast, reply.yiaddr);
}

} // namespace

DhcpDecision respond(const wire::DhcpMessage& message, const Catalog& catalog, LeaseTable& leases,
                     Instant now, DhcpPort port) {
    return Exchange(message, catalog, leases, now, port).decide();
}

} // namespace rackmuster::boot
