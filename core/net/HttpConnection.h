#pragma once

#include "core/net/HttpDelivery.h"
#include "core/net/HttpResponder.h"
#include "core/net/HttpTransfers.h"

#include <memory>
#include <optional>
#include <string>

namespace rackmuster::net {

/// One client's connection: its requests one after the other, and how long it may keep us waiting. Of one
/// thread; it never blocks.
class HttpConnection {
public:
    /// What it waits for.
    enum class Wish : std::uint8_t {
        Read,
        Write,
        Acknowledgement, ///< Of what was sent; no event tells, so ask again soon.
        End,             ///< Nothing: destroy it.
    };

    /// `buffer` is scratch that connections of the same thread share.
    HttpConnection(FileDescriptor socket, Ipv4Address peer, HttpResponder& responder,
                   HttpTransfers& transfers, std::span<std::uint8_t> buffer);
    ~HttpConnection(); ///< Reports a file that was not handed over whole.
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    [[nodiscard]] int socket() const { return m_socket.get(); }
    [[nodiscard]] Ipv4Address peer() const { return m_peer; }

    /// Goes on: its wish has come true, or may have.
    [[nodiscard]] Wish advance();
    /// Whether the client took too long (R36, R37, P56); to be asked once or twice a second.
    [[nodiscard]] bool isOverdue();

private:
    enum class Phase : std::uint8_t { Request, Reply, LastWords };

    [[nodiscard]] Wish receive();
    [[nodiscard]] Wish answerReceived();
    [[nodiscard]] Wish deliver();
    [[nodiscard]] Wish breakOff(const Error& error);
    [[nodiscard]] Wish finishReply();
    [[nodiscard]] Wish discard();
    void begin(HttpExchange exchange);
    void reportServed(bool isWhole);
    void setCorked(bool isCorked);
    void reset();

    FileDescriptor m_socket;
    Ipv4Address m_peer;
    HttpResponder& m_responder;
    HttpTransfers& m_transfers;
    std::span<std::uint8_t> m_buffer;

    Phase m_phase = Phase::Request;
    std::string m_received; // not answered yet
    std::optional<HttpDelivery> m_delivery;
    std::optional<FileServed> m_served;
    std::optional<HttpTransfers::Transfer> m_transfer;
    bool m_reachesEnd = false;
    bool m_isOwnPeer;
    bool m_isCorked = false;
    bool m_hasMore = false;             // in m_received, that nobody looked at yet
    Instant m_since;                    // when what the client owes us became due, or it last made progress
    bool m_isFirst = true;              // no request was answered yet
    std::uint64_t m_unacknowledged = 0; // bytes, at the last look
};

} // namespace rackmuster::net
