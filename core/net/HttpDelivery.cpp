#include "core/net/HttpDelivery.h"

#include "core/net/FileContent.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace rackmuster::net {

namespace {

// Bytes. A slice is a client's turn, so it bounds how long the others wait.
constexpr std::uint64_t sliceSize = 2 << 20;
constexpr std::uint64_t pageSize = 4 << 10;
// A receiver acknowledges every second full segment at once, but may let one that is not full wait for 200
// ms, such as the last of the pages. So full ones follow it, and of the copied end only the very last is held
// back.
constexpr std::uint64_t copiedEndSize = 64 << 10;
constexpr std::uint64_t heldBackSize = 4 << 10;
// Up to here copying costs less than the wait for an acknowledgement.
constexpr std::uint64_t shortBody = 1 << 20;

bool isOfPeer(int error) {
    constexpr std::array errors{EPIPE,        ECONNRESET,  ECONNABORTED, ETIMEDOUT,
                                EHOSTUNREACH, ENETUNREACH, ENETDOWN};
    return std::ranges::find(errors, error) != errors.end();
}

} // namespace

std::uint64_t unacknowledged(int socket) {
    int bytes = 0;
    // Of a dead connection: whatever is said, the next send finds out.
    return ::ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0 ? static_cast<std::uint64_t>(bytes) : 0;
}

HttpDelivery::HttpDelivery(HttpReply reply, bool isOwnPeer)
    : m_reply(std::move(reply)), m_position(m_reply.first), m_copiedFrom(end()) {
    const bool isForeign = isOfOthers(m_reply.file);
    if (m_reply.length <= shortBody || (isForeign && isOwnPeer)) {
        m_copiedFrom = m_position;
    } else if (isForeign) {
        m_copiedFrom = end() - copiedEndSize;
        m_end = End::HeldBack;
    }
}

Result<HttpDelivery::Step> HttpDelivery::step(int socket, std::span<std::uint8_t> buffer) {
    if (m_position >= m_copiedFrom) {
        if (m_end == End::HeldBack) {
            if (const std::uint64_t heldBack = end() - heldBackSize; m_position < heldBack)
                return copySlice(socket, heldBack, buffer);
            if (unacknowledged(socket) > m_position - m_copiedFrom)
                return Step::Awaits;
            m_end = End::Released; // now, so that the look at the stamps comes after it
        }
        return copySlice(socket, end(), buffer);
    }
    const std::optional<boot::FileSlice> run = runAt(m_reply.file, m_position);
    if (!run) // text
        return copySlice(socket, m_copiedFrom, buffer);
    if (m_headSent < m_reply.head.size() || !run->file)
        return copySlice(socket, std::min(m_copiedFrom, m_position + run->length), buffer);
    return sendfileSlice(socket, *run);
}

Result<HttpDelivery::Step> HttpDelivery::copySlice(int socket, std::uint64_t until,
                                                   std::span<std::uint8_t> buffer) {
    const std::span<std::uint8_t> bytes =
        buffer.first(std::min<std::uint64_t>(buffer.size(), until - m_position));
    if (auto read = readContent(m_reply.file, m_position, bytes); !read)
        return tl::unexpected(read.error());
    // Reading has looked at what it read from; now it is about all that was sent.
    if (m_end == End::Released) {
        if (auto unchanged = checkUnchanged(m_reply.file); !unchanged)
            return tl::unexpected(unchanged.error());
    }
    const std::string_view head = std::string_view(m_reply.head).substr(m_headSent);
    std::array<iovec, 2> parts{iovec{const_cast<char*>(head.data()), head.size()}, // sendmsg only reads it
                               iovec{bytes.data(), bytes.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const int more = m_position + bytes.size() < end() ? MSG_MORE : 0;
    const ssize_t count = ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL | more);
    if (count >= 0)
        return took(static_cast<std::size_t>(count));
    if (errno == EAGAIN)
        return Step::Blocked;
    return errno == EINTR ? Step::Moved : Step::PeerGone;
}

Result<HttpDelivery::Step> HttpDelivery::sendfileSlice(int socket, const boot::FileSlice& run) {
    if (auto unchanged = run.file->checkUnchanged(); !unchanged)
        return tl::unexpected(unchanged.error());
    auto offset = static_cast<off_t>(run.offset);
    // A slice ends with a page: files in an image begin within one, and parts of pages cost a tenth more.
    const std::uint64_t slice = sliceSize - run.offset % pageSize;
    const std::uint64_t length = std::min({slice, run.length, m_copiedFrom - m_position});
    const ssize_t count = ::sendfile(socket, run.file->get(), &offset, length);
    if (count > 0)
        return took(static_cast<std::size_t>(count));
    if (count == 0)
        return fail(ErrorCode::FileChanged, run.file->path());
    if (errno == EAGAIN)
        return Step::Blocked;
    if (errno == EINTR)
        return Step::Moved;
    if (isOfPeer(errno))
        return Step::PeerGone;
    return failSystem("Sending a file");
}

HttpDelivery::Step HttpDelivery::took(std::size_t count) {
    const std::size_t ofHead = std::min(count, m_reply.head.size() - m_headSent);
    m_headSent += ofHead;
    m_position += count - ofHead;
    return m_headSent == m_reply.head.size() && m_position == end() ? Step::Finished : Step::Moved;
}

} // namespace rackmuster::net
