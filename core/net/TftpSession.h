#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/boot/BootFile.h"
#include "core/boot/TftpTransfer.h"
#include "core/net/ServerEvents.h"
#include "core/net/UdpEndpoint.h"
#include "core/wire/Tftp.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace rackmuster::net {

/// One transfer with its own socket, whose port is its identity (P63). The socket is connected, so the kernel
/// keeps strangers out (R28) and tells when the client is gone. Decisions are the TftpTransfer's.
class TftpSession {
public:
    struct Options {
        UdpEndpoint peer;
        Ipv4Address local;     ///< the address the request was sent to
        std::string interface; ///< empty: not bound to one
        wire::TftpRequest request;
        boot::BootFile file; ///< already translated when the request is for netascii
    };
    /// Error: System.
    [[nodiscard]] static Result<std::unique_ptr<TftpSession>> open(Options options, Instant now);

    void start(Instant now);
    /// The same request came once more (R29).
    void repeat(Instant now);
    void onReadable(Instant now);
    void onDeadline(Instant now);

    [[nodiscard]] int socket() const { return m_socket.get(); }
    [[nodiscard]] const UdpEndpoint& peer() const { return m_options.peer; }
    [[nodiscard]] bool isFor(const wire::TftpRequest& request) const;
    [[nodiscard]] Instant deadline() const { return m_transfer.deadline(); }
    [[nodiscard]] bool isProbe() const { return m_transfer.isProbe(); }
    [[nodiscard]] bool isOver() const;
    /// What to report of it once it is over; nothing for a client that only asked for the size (R30).
    [[nodiscard]] std::optional<FileServed> served() const;
    /// Bytes of file content sent since the last call.
    [[nodiscard]] std::uint64_t takeSentBytes() { return std::exchange(m_sentBytes, 0); }
    /// Why the file could not be read, when it could not.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

private:
    TftpSession(Options options, FileDescriptor socket, Instant now);
    void onPacket(Bytes packet, Instant now);
    void carryOut(const boot::TftpTransfer::Send& send);
    void sendPacket(const wire::TftpPacket& packet);
    void sendBlocks(std::uint64_t first, std::uint32_t count);

    Options m_options;
    FileDescriptor m_socket;
    boot::TftpTransfer m_transfer;
    std::uint64_t m_sentBytes = 0;
    bool m_isPeerGone = false;
    std::optional<Error> m_failure;
};

} // namespace rackmuster::net
