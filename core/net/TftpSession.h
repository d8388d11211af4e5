#pragma once

#include "core/base/Clock.h"
#include "core/boot/BootFile.h"
#include "core/boot/TftpTransfer.h"
#include "core/net/ReadAhead.h"
#include "core/net/ServerEvents.h"
#include "core/net/TftpPort.h"
#include "core/wire/Tftp.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace rackmuster::net {

/// One transfer: brings the decisions of its TftpTransfer, the bytes of its file and the port that it shares
/// together. Keeps at most 32 KiB (B10).
class TftpSession {
public:
    struct Options {
        TftpPort* port = nullptr; ///< Not owned; outlives the session.
        UdpRoute route;
        wire::TftpRequest request;
        boot::BootFile file; ///< already translated when the request is for netascii
        boot::TftpTransfer::Limits limits;
    };
    TftpSession(Options options, Instant now);

    void start(Instant now);
    /// The same request came once more (R29).
    void repeat(Instant now);
    /// What its client sent. Packets that say nothing to a reader of files are passed over.
    void onPacket(Bytes packet, Instant now);
    void onDeadline(Instant now);
    void onPeerGone() { m_transfer.onPeerGone(); }

    /// A packet that came to `port` along `route` is of this session's client.
    [[nodiscard]] bool isOf(const TftpPort& port, const UdpRoute& route) const {
        return usesPort(port) && route == m_options.route;
    }
    [[nodiscard]] bool usesPort(const TftpPort& port) const { return &port == m_options.port; }
    [[nodiscard]] const UdpEndpoint& peer() const { return m_options.route.peer; }
    [[nodiscard]] bool isFor(const wire::TftpRequest& request) const;
    [[nodiscard]] Instant deadline() const { return m_transfer.deadline(); }
    [[nodiscard]] bool isProbe() const { return m_transfer.isProbe(); }
    [[nodiscard]] bool isClientHeard() const { return m_transfer.isClientHeard(); }
    [[nodiscard]] bool isOver() const;
    /// What boot::TftpAdmission takes it for.
    [[nodiscard]] std::size_t unaskedBytes() const {
        return boot::TftpTransfer::unaskedBytes(m_options.request);
    }
    /// Over, and its client knows: what still comes from it is an echo, not a stranger's.
    [[nodiscard]] bool isSettled() const;
    /// What to report of it once it is over; nothing for a client that only asked for the size (R30).
    [[nodiscard]] std::optional<FileServed> served() const;
    /// Bytes of file content sent since the last call.
    [[nodiscard]] std::uint64_t takeSentBytes() { return std::exchange(m_sentBytes, 0); }
    /// Why the file could not be read, when it could not.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

private:
    void carryOut(const boot::TftpTransfer::Send& send);
    void sendPacket(const wire::TftpPacket& packet);
    void sendBlocks(std::uint64_t first, std::uint32_t count);

    Options m_options;
    boot::TftpTransfer m_transfer;
    ReadAhead m_readAhead;
    std::uint64_t m_sentBytes = 0;
    std::optional<Error> m_failure;
};

} // namespace rackmuster::net
