#include "core/net/TftpServer.h"

#include "core/boot/TftpAdmission.h"
#include "core/net/DatagramBatch.h"
#include "core/net/FileContent.h"
#include "core/net/LatelyServed.h"
#include "core/net/LocalNetworks.h"
#include "core/net/Netascii.h"
#include "core/net/RejectionLog.h"
#include "core/net/RequestName.h"
#include "core/net/TftpSessionTable.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <net/if.h>
#include <random>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <vector>

namespace rackmuster::net {

namespace {

using Id = TftpSessionTable::Id;
using std::chrono::microseconds;

// Tags of the two descriptors that are not ports of transfers; those count up from 0.
constexpr std::uint64_t stopTag = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t requestTag = stopTag - 1;

constexpr std::size_t transferPorts = 32;
constexpr int requestsAtOnce = 8;                   // then the running transfers have their turn
constexpr std::size_t largestRequest = 64UL * 1024; // bytes; whatever arrives has an answer (R22)

/// Clients that answer this quickly are waited for awake: to fall asleep and to be woken costs more.
constexpr microseconds wakeful{50};

/// No block may need fragments (P62).
boot::TftpTransfer::Limits limitsFor(int socket, const std::string& interface) {
    constexpr int headersOfBlock = 32; // bytes: IPv4, UDP, TFTP
    boot::TftpTransfer::Limits limits;
    ifreq query{};
    std::memcpy(query.ifr_name, interface.data(), std::min(interface.size(), sizeof query.ifr_name - 1));
    if (!interface.empty() && ::ioctl(socket, SIOCGIFMTU, &query) == 0) {
        const int room = std::clamp<int>(query.ifr_mtu - headersOfBlock, 512, limits.maximumBlockSize);
        limits.maximumBlockSize = static_cast<std::uint16_t>(room);
    }
    return limits;
}

UdpRoute routeOf(const ReceivedDatagram& datagram) {
    return {datagram.peer, datagram.local, datagram.interfaceIndex};
}

} // namespace

/// The state of one run(): what lives on its thread and nowhere else.
class TftpServer::Loop {
public:
    explicit Loop(TftpServer& server)
        : m_server(server), m_options(server.m_options), m_rejections(server.m_options.events),
          m_admission(now()), m_request(largestRequest) {}
    Result<void> run(const StopSignal& stop);

private:
    Result<void> openPorts();
    Result<void> watch(int fd, std::uint64_t tag) const;
    [[nodiscard]] int wait(std::span<epoll_event> events);
    [[nodiscard]] int waitTime() const;
    Result<void> onReady(const epoll_event& event);
    Result<void> acceptRequests();
    void onDatagram(const ReceivedDatagram& datagram);
    void onRequest(const wire::TftpRequest& request, const ReceivedDatagram& datagram);
    void repeat(Id id, const wire::TftpRequest& request, const ReceivedDatagram& datagram);
    [[nodiscard]] bool isNeighbour(const ReceivedDatagram& datagram);
    [[nodiscard]] bool isAdmitted(const wire::TftpRequest& request, const ReceivedDatagram& datagram);
    void begin(const wire::TftpRequest& request, boot::BootFile file, const ReceivedDatagram& datagram);
    bool makeRoom();
    void refuse(const ReceivedDatagram& datagram, wire::TftpErrorCode code, const char* text);
    void report(std::string reason, const ReceivedDatagram& datagram);
    Result<void> receive(TftpPort& port);
    void onTransferPacket(TftpPort& port, const ReceivedDatagram& datagram, Instant time);
    void onStranger(TftpPort& port, const ReceivedDatagram& datagram);
    void endUnreachable(const TftpPort& port);
    void expire();
    void afterStep(Id id);
    void end(Id id);
    [[nodiscard]] Instant now() const { return m_options.clock->now(); }

    TftpServer& m_server;
    Options& m_options;
    RejectionLog m_rejections;
    LocalNetworks m_networks;
    boot::TftpAdmission m_admission;
    std::vector<TftpPort> m_ports;
    std::size_t m_nextPort = std::random_device{}() % transferPorts;
    std::vector<std::uint8_t> m_request; ///< where a request is received
    DatagramBatch m_batch;
    TftpSessionTable m_sessions;
    LatelyServed m_latelyServed;
    FileDescriptor m_epoll;
    bool m_isQuick = false; ///< the last wait was shorter than `wakeful`
};

Result<void> TftpServer::Loop::openPorts() {
    m_ports.reserve(transferPorts);
    while (m_ports.size() < transferPorts) {
        auto port = TftpPort::open(m_options.interface);
        if (!port)
            return tl::unexpected(port.error());
        if (auto watched = watch(port->socket(), m_ports.size()); !watched)
            return watched;
        m_ports.push_back(std::move(*port));
    }
    return {};
}

Result<void> TftpServer::Loop::watch(int fd, std::uint64_t tag) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = tag;
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        return failSystem("epoll");
    return {};
}

/// Milliseconds until the next deadline, rounded up; -1 for no end.
int TftpServer::Loop::waitTime() const {
    const std::optional<Instant> deadline = m_sessions.nextDeadline();
    if (!deadline)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

/// As epoll_wait().
int TftpServer::Loop::wait(std::span<epoll_event> events) {
    const Instant since = now();
    const auto most = static_cast<int>(events.size());
    while (m_isQuick && now() - since < wakeful) {
        if (const int count = ::epoll_wait(m_epoll.get(), events.data(), most, 0); count != 0)
            return count;
    }
    const int count = ::epoll_wait(m_epoll.get(), events.data(), most, waitTime());
    m_isQuick = count > 0 && now() - since < wakeful;
    return count;
}

Result<void> TftpServer::Loop::run(const StopSignal& stop) {
    m_epoll = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
    if (auto watched = watch(stop.fd(), stopTag); !watched)
        return watched;
    if (auto watched = watch(m_options.socket.get(), requestTag); !watched)
        return watched;
    if (auto opened = openPorts(); !opened)
        return opened;
    for (;;) {
        std::array<epoll_event, 64> events; // filled by the kernel
        const int count = wait(events);
        if (count < 0 && errno != EINTR)
            return failSystem("epoll");
        const auto ready = std::span(events).first(static_cast<std::size_t>(std::max(count, 0)));
        for (const epoll_event& event : ready) {
            if (event.data.u64 == stopTag)
                return {};
            if (auto done = onReady(event); !done)
                return done;
        }
        expire();
    }
}

Result<void> TftpServer::Loop::onReady(const epoll_event& event) {
    if (event.data.u64 == requestTag)
        return acceptRequests();
    TftpPort& port = m_ports[event.data.u64];
    if ((event.events & EPOLLERR) != 0)
        endUnreachable(port);
    return receive(port);
}

Result<void> TftpServer::Loop::receive(TftpPort& port) {
    const auto datagrams = m_batch.receive(port.socket());
    if (!datagrams)
        return tl::unexpected(datagrams.error());
    const Instant time = now();
    for (const ReceivedDatagram& datagram : *datagrams)
        onTransferPacket(port, datagram, time);
    return {};
}

void TftpServer::Loop::onTransferPacket(TftpPort& port, const ReceivedDatagram& datagram, Instant time) {
    const std::optional<Id> id = m_sessions.idOf(datagram.peer);
    TftpSession* const session = id ? m_sessions.find(*id) : nullptr;
    if (session == nullptr || !session->isOf(port, routeOf(datagram)))
        return onStranger(port, datagram);
    const bool wasHeard = session->isClientHeard();
    session->onPacket(datagram.payload, time);
    if (!wasHeard && session->isClientHeard())
        m_admission.onHeard(datagram.peer.address, session->unaskedBytes());
    afterStep(*id);
}

/// RFC 1350 4 (R28): who is not the client of a transfer is told so, and the transfer goes on.
void TftpServer::Loop::onStranger(TftpPort& port, const ReceivedDatagram& datagram) {
    const auto packet = wire::decodeTftp(datagram.payload);
    const bool isEcho = m_latelyServed.contains(datagram.peer);
    if (!packet || std::holds_alternative<wire::TftpError>(*packet) || isEcho || !isNeighbour(datagram))
        return;
    report("A packet came for a transfer of another client.", datagram);
    port.send(routeOf(datagram),
              wire::encodeTftp(wire::TftpError{wire::TftpErrorCode::UnknownTransfer, "Unknown transfer"}));
}

/// Some clients close their port after the last block, and some in the middle.
void TftpServer::Loop::endUnreachable(const TftpPort& port) {
    while (const std::optional<UdpEndpoint> peer = takeUnreachable(port.socket())) {
        const std::optional<Id> id = m_sessions.idOf(*peer);
        if (!id || !m_sessions.find(*id)->usesPort(port))
            continue;
        m_sessions.find(*id)->onPeerGone();
        afterStep(*id);
    }
}

Result<void> TftpServer::Loop::acceptRequests() {
    for (int i = 0; i < requestsAtOnce; ++i) {
        const auto datagram = receiveDatagram(m_options.socket.get(), m_request);
        if (!datagram)
            return tl::unexpected(datagram.error());
        if (!*datagram)
            break;
        onDatagram(**datagram);
    }
    return {};
}

/// R33: a forged source can at most be another machine on the same cable.
bool TftpServer::Loop::isNeighbour(const ReceivedDatagram& datagram) {
    return m_options.answersRouted ||
           m_networks.isOnLink(datagram.peer.address, datagram.interfaceIndex, now());
}

void TftpServer::Loop::report(std::string reason, const ReceivedDatagram& datagram) {
    m_rejections.report(std::move(reason), datagram.peer.address.toString(), now());
}

void TftpServer::Loop::onDatagram(const ReceivedDatagram& datagram) {
    if (!isNeighbour(datagram))
        return report("A client behind a router asked for a file by TFTP.", datagram);
    const auto packet = wire::decodeTftp(datagram.payload);
    if (!packet) {
        report(message(packet.error()), datagram);
        return refuse(datagram, wire::TftpErrorCode::IllegalOperation, "Malformed request");
    }
    // Anything else belongs to a transfer that has a port of its own; an ERROR must never be answered (RFC
    // 1350 7).
    const auto* request = std::get_if<wire::TftpRequest>(&*packet);
    if (request == nullptr)
        return;
    if (request->isWrite) { // R35
        report("A client tried to write a file by TFTP.", datagram);
        return refuse(datagram, wire::TftpErrorCode::AccessViolation, "Read only");
    }
    onRequest(*request, datagram);
}

void TftpServer::Loop::onRequest(const wire::TftpRequest& request, const ReceivedDatagram& datagram) {
    if (const std::optional<Id> running = m_sessions.idOf(datagram.peer)) {
        if (m_sessions.find(*running)->isFor(request))
            return repeat(*running, request, datagram);
        end(*running); // the client has one port and wants something else now
    }
    std::optional<boot::BootFile> file = m_options.source()->find(request.path, datagram.peer.address);
    if (!file || file->needsItsCard) { // installers ask for such over HTTP
        if (!isExpectedMiss(request.path))
            report(unknownFileSentence(request.path), datagram);
        return refuse(datagram, wire::TftpErrorCode::NotFound, "File not found"); // P66, R22
    }
    if (!isAdmitted(request, datagram))
        return;
    if (const auto unchanged = checkUnchanged(*file); !unchanged) { // R44
        report(message(unchanged.error()), datagram);
        return refuse(datagram, wire::TftpErrorCode::Undefined, "The file changed");
    }
    if (request.isNetascii) {
        Result<boot::BootFile> translated = asNetascii(*file);
        if (!translated) {
            report(message(translated.error()), datagram);
            return refuse(datagram, wire::TftpErrorCode::Undefined, "Use octet mode");
        }
        file = std::move(*translated);
    }
    begin(request, std::move(*file), datagram);
}

/// R29: one transfer, however often it is asked for.
void TftpServer::Loop::repeat(Id id, const wire::TftpRequest& request, const ReceivedDatagram& datagram) {
    TftpSession* const session = m_sessions.find(id);
    if (!session->isClientHeard() && !isAdmitted(request, datagram))
        return;
    session->repeat(now());
    afterStep(id);
}

bool TftpServer::Loop::isAdmitted(const wire::TftpRequest& request, const ReceivedDatagram& datagram) {
    const bool isAdmitted = m_admission.admit(datagram.peer.address, datagram.payload.size(),
                                              boot::TftpTransfer::unaskedBytes(request), now());
    if (!isAdmitted)
        report("An address asks for files by TFTP and takes none.", datagram);
    return isAdmitted;
}

void TftpServer::Loop::begin(const wire::TftpRequest& request, boot::BootFile file,
                             const ReceivedDatagram& datagram) {
    if (!makeRoom()) {
        report("Too many TFTP transfers run at once.", datagram);
        return refuse(datagram, wire::TftpErrorCode::Undefined, "Busy, try again");
    }
    TftpPort& port = m_ports[m_nextPort];
    m_nextPort = (m_nextPort + 1) % m_ports.size();
    const Id id = m_sessions.add(std::make_unique<TftpSession>(
        TftpSession::Options{&port, routeOf(datagram), request, std::move(file),
                             limitsFor(m_options.socket.get(), m_options.interface)},
        now()));
    m_server.m_active.store(static_cast<int>(m_sessions.size()), std::memory_order_relaxed);
    m_sessions.find(id)->start(now());
    afterStep(id);
}

/// R34: a transfer that has begun is never ended for a new one.
bool TftpServer::Loop::makeRoom() {
    if (m_sessions.size() < m_options.maximumTransfers)
        return true;
    const std::optional<Id> probe = m_sessions.oldestProbe();
    if (!probe)
        return false;
    end(*probe);
    return true;
}

void TftpServer::Loop::refuse(const ReceivedDatagram& datagram, wire::TftpErrorCode code, const char* text) {
    const auto packet = wire::encodeTftp(wire::TftpError{code, text});
    const auto sent =
        sendDatagram(m_options.socket.get(), datagram.peer, datagram.local, datagram.interfaceIndex, packet);
    if (!sent)
        report(message(sent.error()), datagram);
}

void TftpServer::Loop::expire() {
    const Instant time = now();
    while (const std::optional<Id> id = m_sessions.due(time)) {
        m_sessions.find(*id)->onDeadline(time);
        afterStep(*id);
    }
}

void TftpServer::Loop::afterStep(Id id) {
    TftpSession* session = m_sessions.find(id);
    m_server.m_bytesSent.fetch_add(session->takeSentBytes(), std::memory_order_relaxed);
    if (session->isOver())
        end(id);
    else
        m_sessions.reschedule(id);
}

void TftpServer::Loop::end(Id id) {
    const std::unique_ptr<TftpSession> session = m_sessions.remove(id);
    if (session->isSettled())
        m_latelyServed.add(session->peer());
    m_server.m_active.store(static_cast<int>(m_sessions.size()), std::memory_order_relaxed);
    if (session->failure())
        m_rejections.report(message(*session->failure()), session->peer().address.toString(), now());
    if (std::optional<FileServed> served = session->served())
        m_options.events(std::move(*served));
}

TftpServer::TftpServer(Options options) : m_options(std::move(options)) {}

void TftpServer::run(const StopSignal& stop) {
    Loop loop(*this);
    if (const Result<void> outcome = loop.run(stop); !outcome)
        m_options.events(ServiceFailed{"tftp", outcome.error()});
    m_active.store(0, std::memory_order_relaxed);
}

} // namespace rackmuster::net
