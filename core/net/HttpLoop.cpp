#include "core/net/HttpLoop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace rackmuster::net {

namespace {

using namespace std::chrono_literals;
using Wish = HttpConnection::Wish;

constexpr auto sweepInterval = 250ms;
// An acknowledgement takes a round trip: 0.1 ms on a cable, more behind a slow client, who is asked less
// often.
constexpr std::chrono::nanoseconds shortestPatience = 200us;
constexpr std::chrono::nanoseconds longestPatience = 20ms;
constexpr int acceptedAtOnce = 64;

bool watch(int epoll, int operation, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    return ::epoll_ctl(epoll, operation, fd, &event) == 0;
}

} // namespace

Result<std::unique_ptr<HttpLoop>> HttpLoop::create(Shared shared) {
    FileDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    FileDescriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    if (!epoll.isOpen() || !timer.isOpen() || !watch(epoll.get(), EPOLL_CTL_ADD, timer.get(), EPOLLIN))
        return failSystem("The HTTP server");
    std::unique_ptr<HttpLoop> loop(new HttpLoop(shared, std::move(epoll), std::move(timer)));
    if (!loop->listen())
        return failSystem("The HTTP server");
    return loop;
}

HttpLoop::HttpLoop(Shared shared, FileDescriptor epoll, FileDescriptor timer)
    : m_shared(shared), m_epoll(std::move(epoll)), m_timer(std::move(timer)),
      m_buffer(HttpDelivery::bufferSize) {}

HttpLoop::~HttpLoop() {
    while (!m_clients.empty())
        remove(m_clients.begin()->first);
}

bool HttpLoop::listen() {
    // Exclusive: one connection wakes one loop.
    m_isListening = watch(m_epoll.get(), EPOLL_CTL_ADD, m_shared.listener, EPOLLIN | EPOLLEXCLUSIVE);
    return m_isListening;
}

void HttpLoop::run(const StopSignal& stop) {
    if (!watch(m_epoll.get(), EPOLL_CTL_ADD, stop.fd(), EPOLLIN))
        return;
    std::array<epoll_event, 64> events{};
    Instant lastSweep = BootClock::now();
    while (true) {
        const bool isIdle = m_clients.empty() && m_isListening;
        const int count =
            ::epoll_wait(m_epoll.get(), events.data(), events.size(),
                         isIdle ? -1 : static_cast<int>(std::chrono::milliseconds(sweepInterval).count()));
        bool isCalled = false;
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events.at(static_cast<std::size_t>(i));
            if (event.data.fd == stop.fd())
                return;
            isCalled = isCalled || event.data.fd == m_shared.listener;
            take(event.data.fd, event.events);
        }
        // Last, so that no new connection gets the number of one that ended just now, and an event of it.
        if (isCalled)
            accept();
        if (const Instant now = BootClock::now(); now - lastSweep >= sweepInterval) {
            lastSweep = now;
            sweep();
        }
    }
}

void HttpLoop::take(int fd, std::uint32_t events) {
    if (fd == m_timer.get())
        askAwaiting();
    else if ((events & (EPOLLERR | EPOLLHUP)) != 0)
        remove(fd); // both ways are closed; while an acknowledgement is awaited nothing else would tell
    else
        advance(fd);
}

void HttpLoop::accept() {
    for (int i = 0; i < acceptedAtOnce; ++i) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        FileDescriptor socket(::accept4(m_shared.listener, reinterpret_cast<sockaddr*>(&peer), &size,
                                        SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (socket.isOpen()) {
            admit(std::move(socket), Ipv4Address(ntohl(peer.sin_addr.s_addr)));
            continue;
        }
        // Without descriptors or memory the listener would wake us again and again: look the other way until
        // the next sweep.
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            m_isListening = !watch(m_epoll.get(), EPOLL_CTL_DEL, m_shared.listener, 0);
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

void HttpLoop::admit(FileDescriptor socket, Ipv4Address peer) {
    if (!m_shared.admission.enter(peer)) {
        m_shared.responder.reportCrowd(peer);
        return;
    }
    const int fd = socket.get();
    // The last bytes of an answer must not wait for an acknowledgement (Nagle).
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    Client client;
    client.connection = std::make_unique<HttpConnection>(std::move(socket), peer, m_shared.responder,
                                                         m_shared.transfers, m_buffer);
    client.events = EPOLLIN;
    const bool isWatched = watch(m_epoll.get(), EPOLL_CTL_ADD, fd, client.events);
    m_clients.insert_or_assign(fd, std::move(client));
    if (!isWatched)
        remove(fd);
}

void HttpLoop::advance(int socket) {
    const auto found = m_clients.find(socket);
    if (found != m_clients.end())
        follow(socket, found->second, found->second.connection->advance());
}

void HttpLoop::follow(int socket, Client& client, Wish wish) {
    if (wish == Wish::End) {
        remove(socket);
        return;
    }
    // While an acknowledgement is awaited, epoll tells of a dead connection only.
    const std::uint32_t events = wish == Wish::Read ? EPOLLIN : wish == Wish::Write ? EPOLLOUT : 0U;
    if (wish == Wish::Acknowledgement && std::ranges::find(m_awaiting, socket) == m_awaiting.end()) {
        m_awaiting.push_back(socket);
        m_patience = shortestPatience;
        setTimer(m_patience);
    }
    if (events != client.events && !watch(m_epoll.get(), EPOLL_CTL_MOD, socket, events))
        remove(socket);
    else
        client.events = events;
}

void HttpLoop::remove(int socket) {
    std::erase(m_awaiting, socket);
    const auto found = m_clients.find(socket);
    if (found == m_clients.end())
        return;
    m_shared.admission.leave(found->second.connection->peer());
    m_clients.erase(found); // closes it, so epoll forgets it
}

void HttpLoop::askAwaiting() {
    std::uint64_t expirations = 0;
    (void)::read(m_timer.get(), &expirations, sizeof expirations); // it only says that it expired
    const std::vector<int> asked = std::exchange(m_awaiting, {});
    const auto patience = m_patience;
    for (const int socket : asked)
        advance(socket);
    if (m_awaiting.empty())
        return;
    if (m_awaiting.size() == asked.size())
        m_patience = std::min(patience * 2, longestPatience);
    setTimer(m_patience);
}

void HttpLoop::sweep() {
    std::vector<int> overdue;
    for (const auto& [socket, client] : m_clients) {
        if (client.connection->isOverdue())
            overdue.push_back(socket);
    }
    for (const int socket : overdue)
        remove(socket);
    if (!m_isListening)
        (void)listen(); // else at the next sweep
}

void HttpLoop::setTimer(std::chrono::nanoseconds after) {
    itimerspec time{};
    time.it_value.tv_nsec = after.count();
    ::timerfd_settime(m_timer.get(), 0, &time, nullptr);
}

} // namespace rackmuster::net
