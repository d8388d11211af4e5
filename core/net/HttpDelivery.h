#pragma once

#include "core/base/Result.h"
#include "core/net/HttpReply.h"

#include <cstdint>
#include <span>

namespace rackmuster::net {

/// One reply on its way to its client, a slice at a time. It keeps no byte of a body, only how far it came:
/// a client that does not read costs nothing but its socket (R37).
///
/// Of the files that only this program writes, and of those of others, everything but short ones goes by
/// sendfile, straight from the page cache. Others may write to theirs at any moment, and then what is still
/// on its way changes too, as the network is given the very pages. A client must never take such bytes for
/// the whole (R44), so the end of the body is held back:
///
/// 1. Everything but the last 64 KiB goes by sendfile. The stamp is looked at before each slice, only to
///    end the transfer of a changed file early. Most of those 64 KiB follow, read into a buffer of ours.
/// 2. Then nothing is sent until the peer has acknowledged all pages. A peer acknowledges what lies in memory
///    of its own: from here on nothing that we do to the pages reaches what it has, and what the kernel might
///    send once more is dropped there as known.
/// 3. The last bytes are read into a buffer of ours, and only then the stamp of every file in the body is
///    looked at. A file system sets the time before the bytes change, so if the stamps are those of when the
///    files were opened, nothing was written to them before now: all that the peer has was right when it was
///    taken, and so are the bytes in the buffer, whatever happens next.
/// 4. The buffer is sent. If a stamp differs, the connection is reset instead: the client is short of what
///    Content-Length promised, and cannot take it for a success.
///
/// Step 2 needs a peer with memory of its own. A client on this computer is handed the pages themselves, and
/// acknowledges them unread, so to our own addresses everything is sent by reading. (A network namespace on
/// this very computer cannot be told from another computer; a virtual machine has memory of its own.)
class HttpDelivery {
public:
    enum class Step : std::uint8_t {
        Moved,    ///< A slice went; the socket may take more.
        Blocked,  ///< The socket takes nothing now.
        Awaits,   ///< Nothing may go before the peer has acknowledged the pages.
        Finished, ///< All was handed to the kernel.
        PeerGone, ///< The connection is dead.
    };

    static constexpr std::size_t bufferSize = 128 << 10; ///< bytes, of the `buffer` of step()

    /// `isOwnPeer`: the client runs on this computer.
    HttpDelivery(HttpReply reply, bool isOwnPeer);

    /// Sends one slice. `buffer` is scratch, of bufferSize. An error is one of the file (FileChanged,
    /// System): the connection must be reset.
    [[nodiscard]] Result<Step> step(int socket, std::span<std::uint8_t> buffer);

    [[nodiscard]] std::uint64_t sent() const { return m_position - m_reply.first; } ///< bytes of the body
    [[nodiscard]] std::uint64_t length() const { return m_reply.length; }           ///< bytes of the body
    /// Some of it may go by sendfile.
    [[nodiscard]] bool sendsPages() const { return m_copiedFrom > m_reply.first; }
    [[nodiscard]] bool closes() const { return m_reply.closes; }
    [[nodiscard]] bool isUntouched() const { return m_headSent == 0; } ///< Nothing was sent yet.

private:
    [[nodiscard]] std::uint64_t end() const { return m_reply.first + m_reply.length; }
    [[nodiscard]] Result<Step> copySlice(int socket, std::uint64_t until, std::span<std::uint8_t> buffer);
    [[nodiscard]] Result<Step> sendfileSlice(int socket, const boot::FileSlice& run);
    [[nodiscard]] Step took(std::size_t count);

    HttpReply m_reply;
    std::size_t m_headSent = 0; // bytes
    std::uint64_t m_position;   // in the file
    std::uint64_t m_copiedFrom; // in the file: from here on by reading
    enum class End : std::uint8_t { Free, HeldBack, Released };
    End m_end = End::Free; // whether the very end waits for the acknowledgement of the pages
};

/// Bytes that were handed to the kernel and that the peer has not acknowledged yet.
[[nodiscard]] std::uint64_t unacknowledged(int socket);

} // namespace rackmuster::net
