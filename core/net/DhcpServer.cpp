#include "core/net/DhcpServer.h"

#include "core/boot/DhcpResponder.h"
#include "core/net/CandidateDiscover.h"
#include "core/net/DhcpTransmitter.h"
#include "core/net/RejectionLog.h"
#include "core/net/UdpEndpoint.h"

#include <array>
#include <cerrno>
#include <map>
#include <poll.h>

namespace rackmuster::net {

namespace {

constexpr int batchLimit = 64; // messages that share one commit (A5)

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

struct PendingReply {
    boot::DhcpDecision decision;
    MacAddress mac;
    Ipv4Address server;
    UdpEndpoint sender;
};

/// What a group of messages leads to: first the commit, then the replies.
struct Batch {
    std::vector<PendingReply> replies;
    std::map<MacAddress, std::optional<boot::Lease>> changes; ///< without a lease: to be removed
    std::map<MacAddress, std::optional<boot::Lease>> before;  ///< what to go back to
};

} // namespace

/// The state of one run(): what lives on its thread and nowhere else.
class DhcpServer::Loop {
public:
    explicit Loop(DhcpServer& server)
        : m_options(server.m_options), m_leases(server.m_leases), m_rejections(server.m_options.events),
          m_transmitter(m_options.socket.get(), m_options.proxy.get(), m_options.packet.get(),
                        m_options.interfaceIndex) {}
    Result<void> run(const StopSignal& stop);

private:
    Result<void> load();
    Result<void> serveBatch();
    Result<void> receive(int socket, boot::DhcpPort port, Batch& batch);
    void onDatagram(const ReceivedDatagram& datagram, boot::DhcpPort port, Batch& batch);
    void onMessage(const wire::DhcpMessage& message, const UdpEndpoint& sender, boot::DhcpPort port,
                   Batch& batch);
    void keepChange(MacAddress mac, const boot::DhcpDecision& decision,
                    const std::optional<boot::Lease>& before, Batch& batch);
    void commit(Batch& batch);
    void rollBack(Batch& batch);
    void send(const PendingReply& pending);
    void tell(const PendingReply& pending);

    Options& m_options;
    boot::LeaseTable& m_leases;
    RejectionLog m_rejections;
    DhcpTransmitter m_transmitter;
    bool m_isStoreFailing = false;
};

Result<void> DhcpServer::Loop::run(const StopSignal& stop) {
    if (const Result<void> loaded = load(); !loaded)
        return loaded; // addresses in use would be given twice
    for (;;) {
        std::array<pollfd, 3> ready{pollfd{stop.fd(), POLLIN, 0}, pollfd{m_options.socket.get(), POLLIN, 0},
                                    pollfd{m_options.proxy.get(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return failSystem("Waiting for DHCP messages");
        if (ready[0].revents != 0)
            return {};
        if (ready[1].revents == 0 && ready[2].revents == 0)
            continue;
        if (auto served = serveBatch(); !served)
            return served;
    }
}

Result<void> DhcpServer::Loop::load() {
    const auto stored = m_options.store->load();
    if (!stored)
        return tl::unexpected(stored.error());
    const Instant now = m_options.clock->now();
    const WallTime wallNow = m_options.clock->wallNow();
    m_leases = boot::LeaseTable();
    for (const boot::StoredLease& lease : *stored)
        m_leases.put(boot::fromStored(lease, now, wallNow));
    return {};
}

Result<void> DhcpServer::Loop::serveBatch() {
    Batch batch;
    if (auto received = receive(m_options.socket.get(), boot::DhcpPort::Server, batch); !received)
        return received;
    if (m_options.proxy.isOpen()) {
        if (auto received = receive(m_options.proxy.get(), boot::DhcpPort::Proxy, batch); !received)
            return received;
    }
    commit(batch);
    for (const PendingReply& pending : batch.replies)
        send(pending);
    return {};
}

Result<void> DhcpServer::Loop::receive(int socket, boot::DhcpPort port, Batch& batch) {
    std::array<std::uint8_t, 4096> buffer{};
    for (int i = 0; i < batchLimit; ++i) {
        const auto datagram = receiveDatagram(socket, buffer);
        if (!datagram)
            return tl::unexpected(datagram.error());
        if (!*datagram)
            break;
        onDatagram(**datagram, port, batch);
    }
    return {};
}

void DhcpServer::Loop::onDatagram(const ReceivedDatagram& datagram, boot::DhcpPort port, Batch& batch) {
    if (datagram.interfaceIndex != m_options.interfaceIndex)
        return; // R52: another network's machine is not ours to answer
    const auto message = wire::decodeDhcp(datagram.payload);
    if (message)
        onMessage(*message, datagram.peer, port, batch);
    else
        m_rejections.report(rackmuster::message(message.error()), datagram.peer.address.toString(),
                            m_options.clock->now());
}

void DhcpServer::Loop::onMessage(const wire::DhcpMessage& message, const UdpEndpoint& sender,
                                 boot::DhcpPort port, Batch& batch) {
    const Instant now = m_options.clock->now();
    // The capture says the same with a better time, but it may be absent.
    if (const auto sighting = candidateDiscover(message, m_options.clock->wallNow()))
        m_options.events(*sighting);
    const std::shared_ptr<const boot::Catalog> catalog = m_options.catalog->get();
    const MacAddress mac = message.mac();
    const boot::Lease* held = m_leases.find(mac);
    const std::optional<boot::Lease> before = held == nullptr ? std::nullopt : std::optional(*held);
    boot::DhcpDecision decision = boot::respond(message, *catalog, m_leases, now, port);
    if (const char* sentence = refusalSentence(decision.refusal))
        m_rejections.report(sentence, mac.toString(), now);
    keepChange(mac, decision, before, batch);
    if (decision.reply)
        batch.replies.push_back({std::move(decision), mac, catalog->server().address, sender});
}

void DhcpServer::Loop::keepChange(MacAddress mac, const boot::DhcpDecision& decision,
                                  const std::optional<boot::Lease>& before, Batch& batch) {
    if (!decision.lease && !decision.releasesLease)
        return;
    batch.before.try_emplace(mac, before);
    batch.changes.insert_or_assign(mac, decision.lease);
}

/// Nothing that was promised may be forgotten by a crash: durable first, told afterwards (RFC 2131 3.1 (4)).
void DhcpServer::Loop::commit(Batch& batch) {
    if (batch.changes.empty())
        return;
    const Instant now = m_options.clock->now();
    const WallTime wallNow = m_options.clock->wallNow();
    std::vector<boot::StoredLease> changed;
    std::vector<MacAddress> removed;
    for (const auto& [mac, lease] : batch.changes) {
        if (lease)
            changed.push_back(boot::toStored(*lease, now, wallNow));
        else
            removed.push_back(mac);
    }
    const Result<void> outcome = m_options.store->commit(changed, removed);
    if (!outcome) {
        rollBack(batch);
        if (!m_isStoreFailing)
            m_options.events(ServiceFailed{"dhcp", outcome.error()});
    }
    m_isStoreFailing = !outcome;
}

void DhcpServer::Loop::rollBack(Batch& batch) {
    const Instant now = m_options.clock->now();
    for (const auto& [mac, lease] : batch.before) {
        m_leases.erase(mac);
        if (lease)
            m_leases.put(*lease);
        // The client will ask again for what it was offered.
        else if (const auto& wanted = batch.changes.at(mac))
            m_leases.offer(mac, wanted->address, now);
    }
    std::erase_if(batch.replies,
                  [](const PendingReply& pending) { return pending.decision.lease.has_value(); });
}

void DhcpServer::Loop::send(const PendingReply& pending) {
    if (const Result<void> sent = m_transmitter.send(pending.decision, pending.server, pending.sender); !sent)
        m_rejections.report(message(sent.error()), pending.mac.toString(), m_options.clock->now());
    else
        tell(pending);
}

void DhcpServer::Loop::tell(const PendingReply& pending) {
    const boot::DhcpDecision& decision = pending.decision;
    if (decision.reply->type() == wire::DhcpType::Offer)
        m_options.events(DhcpOffered{pending.mac, decision.reply->yiaddr, decision.bootFile});
    else if (decision.lease)
        m_options.events(DhcpLeased{pending.mac, decision.lease->address, decision.client,
                                    static_cast<int>(m_leases.size())});
}

DhcpServer::DhcpServer(Options options) : m_options(std::move(options)) {}

void DhcpServer::run(const StopSignal& stop) {
    Loop loop(*this);
    if (const Result<void> outcome = loop.run(stop); !outcome)
        m_options.events(ServiceFailed{"dhcp", outcome.error()});
}

} // namespace rackmuster::net
