#include "core/net/HttpConnection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <utility>

namespace rackmuster::net {

namespace {

using namespace std::chrono_literals;

constexpr auto headTime = 10s;            // R36
constexpr auto idleTime = 60s;            // R36
constexpr auto stallTime = 120s;          // P56, R37
constexpr auto lastWordsTime = 2s;        // for the client to read why we end
constexpr std::size_t receiveStep = 2048; // bytes

/// Only an address of ours can be bound to. (Where a system lets others be, all count as ours: the safe
/// side.)
bool isOwnAddress(Ipv4Address address) {
    const FileDescriptor probe(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(address.value());
    return !probe.isOpen() ||
           ::bind(probe.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
}

} // namespace

HttpConnection::HttpConnection(FileDescriptor socket, Ipv4Address peer, HttpResponder& responder,
                               HttpTransfers& transfers, std::span<std::uint8_t> buffer)
    : m_socket(std::move(socket)), m_peer(peer), m_responder(responder), m_transfers(transfers),
      m_buffer(buffer), m_isOwnPeer(isOwnAddress(peer)), m_since(responder.now()) {}

HttpConnection::~HttpConnection() {
    if (m_served)
        reportServed(false);
}

HttpConnection::Wish HttpConnection::advance() {
    switch (m_phase) {
    case Phase::Request:
        return std::exchange(m_hasMore, false) ? answerReceived() : receive();
    case Phase::Reply:
        return deliver();
    case Phase::LastWords:
        break;
    }
    return discard();
}

HttpConnection::Wish HttpConnection::receive() {
    const std::size_t before = m_received.size();
    m_received.resize(std::min(before + receiveStep, longestRequestHead));
    const ssize_t count =
        ::recv(m_socket.get(), m_received.data() + before, m_received.size() - before, MSG_DONTWAIT);
    m_received.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? Wish::Read : Wish::End;
    if (count == 0)
        return Wish::End;
    if (before == 0 && !m_isFirst)
        m_since =
            m_responder.now(); // the time of its head begins; that of the first began with the connection
    return answerReceived();
}

HttpConnection::Wish HttpConnection::answerReceived() {
    const HttpHeadReading reading = readRequestHead(m_received);
    if (reading.refusal != 0) {
        begin(m_responder.refuse(reading.refusal, m_peer));
    } else if (reading.size == 0) {
        return Wish::Read;
    } else {
        begin(m_responder.answer(reading.head, m_peer));
        // What else came is the next request. A client that waits for a file need not hold memory.
        m_received = m_received.size() == reading.size ? std::string() : m_received.substr(reading.size);
        m_hasMore = !m_received.empty();
    }
    return deliver();
}

void HttpConnection::begin(HttpExchange exchange) {
    m_phase = Phase::Reply;
    m_isFirst = false;
    m_since = m_responder.now();
    m_reachesEnd = exchange.reachesEnd;
    m_served = std::move(exchange.served);
    m_transfer.reset();
    if (m_served)
        m_transfer.emplace(m_transfers,
                           HttpProgress{m_peer, m_served->machine, m_served->path, 0, exchange.reply.length});
    m_delivery.emplace(std::move(exchange.reply), m_isOwnPeer);
    // Between the pages of a file full segments only: a half as fast otherwise. What is copied is sent with
    // MSG_MORE, which costs no call.
    setCorked(m_delivery->sendsPages());
}

HttpConnection::Wish HttpConnection::deliver() {
    const Result<HttpDelivery::Step> step = m_delivery->step(m_socket.get(), m_buffer);
    if (m_transfer)
        m_transfer->reach(m_delivery->sent());
    if (!step)
        return breakOff(step.error());
    switch (*step) {
    case HttpDelivery::Step::Moved:
        m_since = m_responder.now();
        return Wish::Write;
    case HttpDelivery::Step::Blocked:
        return Wish::Write;
    case HttpDelivery::Step::Awaits:
        setCorked(false);
        return Wish::Acknowledgement;
    case HttpDelivery::Step::PeerGone:
        return Wish::End;
    case HttpDelivery::Step::Finished:
        break;
    }
    return finishReply();
}

/// While corked, the kernel keeps back what does not fill a segment; it goes out when the cork does.
void HttpConnection::setCorked(bool isCorked) {
    if (isCorked == m_isCorked)
        return;
    m_isCorked = isCorked;
    const int value = isCorked ? 1 : 0;
    ::setsockopt(m_socket.get(), IPPROTO_TCP, TCP_CORK, &value, sizeof value);
}

HttpConnection::Wish HttpConnection::breakOff(const Error& error) {
    if (!m_delivery->isUntouched()) {
        m_responder.reportBroken(error, m_peer);
        reset(); // the client must not take what it has for the whole (R44)
        return Wish::End;
    }
    begin(m_responder.excuse(error, m_peer, true));
    return deliver();
}

HttpConnection::Wish HttpConnection::finishReply() {
    const bool isLast = m_delivery->closes();
    setCorked(false);
    if (m_served)
        reportServed(true);
    m_delivery.reset();
    m_since = m_responder.now();
    if (!isLast) {
        m_phase = Phase::Request;
        return m_hasMore ? Wish::Write : Wish::Read; // a request that came with this one has its turn
    }
    // To close now would throw the answer away on the client's side, if it has sent more than was read.
    ::shutdown(m_socket.get(), SHUT_WR);
    m_phase = Phase::LastWords;
    return discard();
}

HttpConnection::Wish HttpConnection::discard() {
    const ssize_t count = ::recv(m_socket.get(), m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR)) ? Wish::Read : Wish::End;
}

void HttpConnection::reportServed(bool isWhole) {
    // What the peer has not acknowledged of a broken transfer may never have reached it.
    const std::uint64_t sent = m_delivery->sent();
    m_served->bytes = isWhole ? sent : sent - std::min(sent, unacknowledged(m_socket.get()));
    m_served->isComplete = isWhole && m_reachesEnd;
    m_transfer.reset();
    // A part that was asked for and given is neither the whole file nor a failure.
    if (!isWhole || m_reachesEnd)
        m_responder.reportServed(std::move(*m_served));
    m_served.reset();
}

bool HttpConnection::isOverdue() {
    const Instant now = m_responder.now();
    const bool isHead = m_phase == Phase::Request && (m_isFirst || !m_received.empty());
    // The kernel takes bytes in large steps; what a slow client acknowledges is the finer measure.
    const std::uint64_t left = unacknowledged(m_socket.get());
    if (left < std::exchange(m_unacknowledged, left) && !isHead && m_phase != Phase::LastWords)
        m_since = now;
    const auto waited = now - m_since;
    if (m_phase == Phase::LastWords)
        return waited > lastWordsTime;
    if (m_phase == Phase::Request && left == 0)
        return waited > (isHead ? headTime : idleTime);
    if (waited <= (isHead ? headTime : stallTime))
        return false;
    reset(); // else the kernel would keep what it holds for the peer
    return true;
}

void HttpConnection::reset() {
    if (m_served)
        reportServed(false);
    const linger atOnce{1, 0};
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

} // namespace rackmuster::net
