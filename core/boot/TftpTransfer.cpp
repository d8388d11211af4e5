#include "core/boot/TftpTransfer.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds slowestRepeat{3000}; // six repeats stay below 15 s (R30)
constexpr milliseconds longestAskedTimeout{2000};
constexpr milliseconds overdue{3}; // above the round trip: beyond what a scheduler does to a client (R25)
constexpr unsigned repeatsWhenHeard = 6;
constexpr unsigned repeatsWhenUnheard = 3; // R33: little is sent to an address that may be forged
constexpr unsigned repeatsOfTail = 3;      // R31

} // namespace

TftpTransfer::TftpTransfer(const wire::TftpRequest& request, std::uint64_t size, Limits limits, Instant now)
    : m_size(size), m_lastBlock(0), m_deadline(now) {
    // P61: never more than was asked; P60: only what was asked.
    if (request.blockSize)
        m_optionAck.blockSize = m_blockSize = std::min(*request.blockSize, limits.maximumBlockSize);
    if (request.timeoutSeconds) {
        m_optionAck.timeoutSeconds = request.timeoutSeconds;
        m_firstTimeout =
            std::min<milliseconds>(std::chrono::seconds(*request.timeoutSeconds), longestAskedTimeout);
    }
    // R32: a translated file has neither a size known before nor room for windows.
    if (request.wantsSize && !request.isNetascii)
        m_optionAck.size = size;
    if (request.windowSize && !request.isNetascii)
        m_optionAck.windowSize = m_window = std::min(*request.windowSize, limits.maximumWindow);
    m_timeout = m_firstTimeout;
    m_lastBlock = m_size / m_blockSize + 1; // R27: a full last block is followed by an empty one
}

TftpTransfer::Send TftpTransfer::start(Instant now) {
    return firstAnswer(now);
}

TftpTransfer::Send TftpTransfer::firstAnswer(Instant now) {
    m_isWaitingForOptionAck = !m_optionAck.isEmpty();
    if (!m_isWaitingForOptionAck)
        return sendWindow(now); // P64
    expectAnswer(now);
    Send send;
    send.optionAck = m_optionAck;
    return send;
}

TftpTransfer::Send TftpTransfer::sendWindow(Instant now) {
    const std::uint64_t end = std::min(m_acknowledged + m_window, m_lastBlock);
    m_sent = end;
    expectAnswer(now);
    Send send;
    send.firstBlock = m_acknowledged + 1;
    send.blocks = static_cast<std::uint32_t>(end - m_acknowledged);
    return send;
}

TftpTransfer::Send TftpTransfer::restartAfter(std::uint64_t block, Instant now) {
    m_restartedAt = block;
    return sendWindow(now);
}

TftpTransfer::Send TftpTransfer::onAck(std::uint16_t block, Instant now) {
    if (m_state != State::Running)
        return {};
    if (m_isWaitingForOptionAck) {
        if (block != 0)
            return {};
        measure(now);
        m_isWaitingForOptionAck = false;
        m_isClientHeard = true;
        m_repeats = 0;
        m_timeout = m_firstTimeout;
        return sendWindow(now);
    }

    // R26: the 16-bit number means the one block of the window, or the one before it, that ends in these
    // bits.
    const auto step =
        static_cast<std::uint16_t>(block - static_cast<std::uint16_t>(m_acknowledged & 0xFFFFU));
    const std::uint64_t number = m_acknowledged + step;
    if (number > m_sent)
        return {}; // older than the window, or never sent
    m_isClientHeard = true;
    if (step == 0) {
        // R24: in lockstep a second ACK means nothing. In a window it means that its first block is missing
        // (RFC 7440 4); edk2 says so once per unexpected packet, one restart answers them all (R25).
        if (m_window == 1 || m_restartedAt == m_acknowledged || isEcho(now))
            return {};
        return restartAfter(m_acknowledged, now);
    }

    measure(now);
    const bool isGap = number < m_sent;
    m_acknowledged = number;
    m_repeats = 0;
    m_timeout = m_firstTimeout;
    if (number == m_lastBlock) {
        finish();
        return {};
    }
    if (isGap)
        return restartAfter(number, now);
    m_restartedAt.reset();
    return sendWindow(now);
}

void TftpTransfer::onError() {
    m_isClientHeard = true;
    if (m_state == State::Running)
        m_state = State::Aborted;
}

void TftpTransfer::onPeerGone() {
    if (m_state != State::Running)
        return;
    if (isTailUnacknowledged())
        finish();
    else
        m_state = State::Aborted;
}

TftpTransfer::Send TftpTransfer::onTimeout(Instant now) {
    if (m_state != State::Running)
        return {};
    if (now < m_repeatAt)
        return nudge();
    if (isTailUnacknowledged() && m_repeats >= repeatsOfTail) {
        finish();
        return {};
    }
    if (m_repeats >= (m_isClientHeard ? repeatsWhenHeard : repeatsWhenUnheard)) {
        m_state = State::TimedOut;
        return {};
    }
    ++m_repeats;
    m_timeout = std::min(m_timeout * 2, std::max(slowestRepeat, m_firstTimeout));
    if (m_isWaitingForOptionAck)
        return firstAnswer(now);
    return restartAfter(m_acknowledged, now); // P61
}

TftpTransfer::Send TftpTransfer::onRepeatedRequest(Instant now) {
    const bool isFlowing = m_isClientHeard && m_repeats == 0;
    if (m_state != State::Running || isFlowing)
        return {};
    m_acknowledged = 0;
    m_sent = 0;
    m_restartedAt.reset();
    return firstAnswer(now);
}

TftpTransfer::Send TftpTransfer::nudge() {
    m_deadline = m_repeatAt;
    m_isSentOnce = false;
    m_restartedAt.reset(); // what the client says to this block is news
    Send send;
    send.firstBlock = m_sent;
    send.blocks = 1;
    return send;
}

/// A second ACK before the window can have arrived speaks of a block that came twice. Were it answered, its
/// answer would come twice as well, and so on to the end of the file.
bool TftpTransfer::isEcho(Instant now) const {
    return now - m_sentAt < m_roundTrip / 2;
}

/// RFC 6298 2, without its coarse clock. What was sent twice measures nothing.
void TftpTransfer::measure(Instant now) {
    if (!m_isSentOnce)
        return;
    const auto sample = now - m_sentAt;
    if (m_roundTrip.count() == 0) {
        m_roundTrip = sample;
        m_variation = sample / 2;
        return;
    }
    const auto error = sample - m_roundTrip;
    m_variation += (std::chrono::abs(error) - m_variation) / 4;
    m_roundTrip += error / 8;
}

void TftpTransfer::expectAnswer(Instant now) {
    m_sentAt = now;
    m_isSentOnce = m_repeats == 0 && !m_restartedAt;
    m_deadline = m_repeatAt = now + m_timeout;
    // In lockstep the clients are too simple to be hurried.
    if (m_window > 1 && m_repeats == 0 && !m_isWaitingForOptionAck && m_roundTrip.count() > 0)
        m_deadline =
            std::min(m_repeatAt, now + m_roundTrip + std::max<Instant::duration>(overdue, 4 * m_variation));
}

bool TftpTransfer::isTailUnacknowledged() const {
    return m_isClientHeard && !m_isWaitingForOptionAck && m_sent == m_lastBlock;
}

void TftpTransfer::finish() {
    m_acknowledged = m_lastBlock;
    m_state = State::Finished;
}

std::size_t TftpTransfer::unaskedBytes(const wire::TftpRequest& request) {
    constexpr std::size_t blockWithHeader = 516; // bytes
    const TftpTransfer answer(request, 0, {}, {});
    return answer.m_optionAck.isEmpty() ? (1 + repeatsWhenUnheard) * blockWithHeader : 0;
}

std::uint64_t TftpTransfer::acknowledgedBytes() const {
    return std::min(m_acknowledged * m_blockSize, m_size);
}

TftpTransfer::Extent TftpTransfer::extentOf(std::uint64_t number) const {
    Extent extent;
    extent.offset = std::min((number - 1) * m_blockSize, m_size);
    extent.length = static_cast<std::uint32_t>(std::min<std::uint64_t>(m_blockSize, m_size - extent.offset));
    return extent;
}

} // namespace rackmuster::boot
