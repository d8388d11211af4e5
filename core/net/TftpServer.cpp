#include "core/net/TftpServer.h"

#include "core/net/DescriptorLimit.h"
#include "core/net/FileContent.h"
#include "core/net/Netascii.h"
#include "core/net/RejectionLog.h"
#include "core/net/RequestName.h"
#include "core/net/TftpSessionTable.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <sys/epoll.h>

namespace rackmuster::net {

namespace {

using Id = TftpSessionTable::Id;

// Tags of the two descriptors that are not sessions; those count up from 1.
constexpr Id stopTag = std::numeric_limits<Id>::max();
constexpr Id requestTag = stopTag - 1;

constexpr int requestsAtOnce = 64;           // then the running transfers have their turn
constexpr std::size_t largestRequest = 2048; // bytes; RFC 2347 knows none over 512

} // namespace

/// The state of one run(): what lives on its thread and nowhere else.
class TftpServer::Loop {
public:
    explicit Loop(TftpServer& server)
        : m_server(server), m_options(server.m_options), m_rejections(server.m_options.events) {}
    Result<void> run(const StopSignal& stop);

private:
    Result<void> watch(int fd, Id tag) const;
    [[nodiscard]] int waitTime() const;
    Result<void> onReady(Id tag);
    Result<void> acceptRequests();
    void onDatagram(const ReceivedDatagram& datagram);
    void onRequest(const wire::TftpRequest& request, const ReceivedDatagram& datagram);
    void begin(const wire::TftpRequest& request, boot::BootFile file, const ReceivedDatagram& datagram);
    bool makeRoom();
    void refuse(const ReceivedDatagram& datagram, wire::TftpErrorCode code, const char* text);
    void expire();
    void afterStep(Id id);
    void end(Id id);
    [[nodiscard]] Instant now() const { return m_options.clock->now(); }

    TftpServer& m_server;
    Options& m_options;
    RejectionLog m_rejections;
    TftpSessionTable m_sessions;
    FileDescriptor m_epoll;
};

Result<void> TftpServer::Loop::watch(int fd, Id tag) const {
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

Result<void> TftpServer::Loop::run(const StopSignal& stop) {
    m_epoll = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
    if (auto watched = watch(stop.fd(), stopTag); !watched)
        return watched;
    if (auto watched = watch(m_options.socket.get(), requestTag); !watched)
        return watched;
    for (;;) {
        std::array<epoll_event, 64> events{};
        const int count = ::epoll_wait(m_epoll.get(), events.data(), events.size(), waitTime());
        if (count < 0 && errno != EINTR)
            return failSystem("epoll");
        const auto ready = std::span(events).first(static_cast<std::size_t>(std::max(count, 0)));
        if (std::ranges::any_of(ready, [](const epoll_event& event) { return event.data.u64 == stopTag; }))
            return {};
        for (const epoll_event& event : ready) {
            if (auto done = onReady(event.data.u64); !done)
                return done;
        }
        expire();
    }
}

Result<void> TftpServer::Loop::onReady(Id tag) {
    if (tag == requestTag)
        return acceptRequests();
    // A session that ended earlier in the same round is not found.
    if (TftpSession* session = m_sessions.find(tag)) {
        session->onReadable(now());
        afterStep(tag);
    }
    return {};
}

Result<void> TftpServer::Loop::acceptRequests() {
    std::array<std::uint8_t, largestRequest> buffer{};
    for (int i = 0; i < requestsAtOnce; ++i) {
        const auto datagram = receiveDatagram(m_options.socket.get(), buffer);
        if (!datagram)
            return tl::unexpected(datagram.error());
        if (!*datagram)
            break;
        onDatagram(**datagram);
    }
    return {};
}

void TftpServer::Loop::onDatagram(const ReceivedDatagram& datagram) {
    const auto packet = wire::decodeTftp(datagram.payload);
    if (!packet) {
        m_rejections.report(message(packet.error()), datagram.peer.address.toString(), now());
        refuse(datagram, wire::TftpErrorCode::IllegalOperation, "Malformed request");
        return;
    }
    // Anything else belongs to a transfer that has a port of its own; an ERROR must never be answered (RFC
    // 1350 7).
    const auto* request = std::get_if<wire::TftpRequest>(&*packet);
    if (request == nullptr)
        return;
    if (request->isWrite) { // R35
        m_rejections.report("A client tried to write a file by TFTP.", datagram.peer.address.toString(),
                            now());
        refuse(datagram, wire::TftpErrorCode::AccessViolation, "Read only");
        return;
    }
    onRequest(*request, datagram);
}

void TftpServer::Loop::onRequest(const wire::TftpRequest& request, const ReceivedDatagram& datagram) {
    if (const std::optional<Id> running = m_sessions.idOf(datagram.peer)) {
        TftpSession* session = m_sessions.find(*running);
        if (session->isFor(request)) { // R29
            session->repeat(now());
            afterStep(*running);
            return;
        }
        end(*running); // the client has one port and wants something else now
    }
    const std::string peer = datagram.peer.address.toString();
    std::optional<boot::BootFile> file = m_options.source()->find(request.path, datagram.peer.address);
    if (!file) {
        if (!isExpectedMiss(request.path))
            m_rejections.report(unknownFileSentence(request.path), peer, now());
        refuse(datagram, wire::TftpErrorCode::NotFound, "File not found"); // P66, R22
        return;
    }
    if (const auto unchanged = checkUnchanged(*file); !unchanged) { // R44
        m_rejections.report(message(unchanged.error()), peer, now());
        refuse(datagram, wire::TftpErrorCode::Undefined, "The file changed");
        return;
    }
    if (request.isNetascii) {
        Result<boot::BootFile> translated = asNetascii(*file);
        if (!translated) {
            m_rejections.report(message(translated.error()), peer, now());
            refuse(datagram, wire::TftpErrorCode::Undefined, "Use octet mode");
            return;
        }
        file = std::move(*translated);
    }
    begin(request, std::move(*file), datagram);
}

void TftpServer::Loop::begin(const wire::TftpRequest& request, boot::BootFile file,
                             const ReceivedDatagram& datagram) {
    if (!makeRoom()) {
        m_rejections.report("Too many TFTP transfers run at once.", datagram.peer.address.toString(), now());
        refuse(datagram, wire::TftpErrorCode::Undefined, "Busy, try again");
        return;
    }
    auto session = TftpSession::open(
        {datagram.peer, datagram.local, m_options.interface, request, std::move(file)}, now());
    if (!session) {
        m_rejections.report(message(session.error()), datagram.peer.address.toString(), now());
        refuse(datagram, wire::TftpErrorCode::Undefined, "Busy, try again");
        return;
    }
    const int fd = (*session)->socket();
    const Id id = m_sessions.add(std::move(*session));
    m_server.m_active.store(static_cast<int>(m_sessions.size()), std::memory_order_relaxed);
    if (auto watched = watch(fd, id); !watched) {
        m_rejections.report(message(watched.error()), datagram.peer.address.toString(), now());
        end(id);
        return;
    }
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
        m_rejections.report(message(sent.error()), datagram.peer.address.toString(), now());
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
    const std::unique_ptr<TftpSession> session = m_sessions.remove(id); // closing its socket ends the watch
    m_server.m_active.store(static_cast<int>(m_sessions.size()), std::memory_order_relaxed);
    if (session->failure())
        m_rejections.report(message(*session->failure()), session->peer().address.toString(), now());
    if (std::optional<FileServed> served = session->served())
        m_options.events(std::move(*served));
}

TftpServer::TftpServer(Options options) : m_options(std::move(options)) {}

void TftpServer::run(const StopSignal& stop) {
    raiseDescriptorLimit();
    Loop loop(*this);
    if (const Result<void> outcome = loop.run(stop); !outcome)
        m_options.events(ServiceFailed{"tftp", outcome.error()});
    m_active.store(0, std::memory_order_relaxed);
}

} // namespace rackmuster::net
