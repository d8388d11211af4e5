#pragma once

#include "core/base/Clock.h"
#include "core/boot/BootFile.h"
#include "core/wire/Tftp.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rackmuster::boot {

/// One read transfer as a state machine without I/O: the shell reads the blocks it asks for and sends them.
/// RFC 1350, 2347-2349, 7440; P60-P72; windows restart at a gap once (R25), duplicate ACKs send nothing
/// (R24). A window whose ACK is overdue by the client's own measure is followed by its last block once more:
/// the client then says what it has, long before the timeout (R25).
class TftpTransfer {
public:
    struct Limits {
        std::uint16_t maximumBlockSize = 1468; ///< MTU - 32 (P62)
        std::uint16_t maximumWindow = 64;      ///< R23
    };

    /// What the shell does next, in order.
    struct Send {
        std::optional<wire::TftpOptionAck> optionAck;
        std::uint64_t firstBlock = 0; ///< 1... counted without wrap; 0: no data.
        std::uint32_t blocks = 0;
    };
    enum class State : std::uint8_t { Running, Finished, Aborted, TimedOut };

    /// `size` of the file in bytes. `request.isWrite` is the caller's to refuse. Netascii is served as octets
    /// would be for text without CR or LF changes only when the caller translated it before.
    TftpTransfer(const wire::TftpRequest& request, std::uint64_t size, Limits limits, Instant now);

    [[nodiscard]] Send start(Instant now);
    [[nodiscard]] Send onAck(std::uint16_t block, Instant now);
    void onError();
    /// The client's port is closed. With only the end unacknowledged that is a client that was content
    /// without saying so (P72).
    void onPeerGone();
    /// Call at or after deadline(): repeats what is unacknowledged. Gives up after 6 repeats (R30), after 3
    /// when the client was never heard after its request (R33). When only the end is unacknowledged, 3
    /// repeats are enough to call it Finished: the last ACK may never come (R31, P72).
    [[nodiscard]] Send onTimeout(Instant now);
    /// The same request again from the same port (R29): repeats the first answer, also when the client fell
    /// silent later on (a machine that was reset asks from the same port). Nothing while the transfer flows.
    [[nodiscard]] Send onRepeatedRequest(Instant now);

    [[nodiscard]] Instant deadline() const { return m_deadline; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] std::uint16_t blockSize() const { return m_blockSize; }
    [[nodiscard]] std::uint64_t lastBlock() const {
        return m_lastBlock;
    } ///< Number of the final, short block.
    [[nodiscard]] std::uint64_t acknowledgedBytes() const;
    /// The client answered since its request, so its address is no forgery (R33).
    [[nodiscard]] bool isClientHeard() const { return m_isClientHeard; }
    /// DATA in bytes that leaves at most before the client says a word, repeats included (R33).
    [[nodiscard]] static std::size_t unaskedBytes(const wire::TftpRequest& request);
    /// Only the options were fetched, then the client left: a size probe, not a failure (R30).
    [[nodiscard]] bool isProbe() const { return m_acknowledged == 0; }
    /// Bytes of block `number` (1...): its place in the file.
    struct Extent {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
    };
    [[nodiscard]] Extent extentOf(std::uint64_t number) const;

private:
    [[nodiscard]] Send firstAnswer(Instant now);
    [[nodiscard]] Send sendWindow(Instant now);
    [[nodiscard]] Send restartAfter(std::uint64_t block, Instant now);
    [[nodiscard]] Send nudge();
    [[nodiscard]] bool isTailUnacknowledged() const;
    [[nodiscard]] bool isEcho(Instant now) const;
    void measure(Instant now);
    void expectAnswer(Instant now);
    void finish();

    std::uint64_t m_size;
    std::uint16_t m_blockSize = 512;
    std::uint16_t m_window = 1;
    std::uint64_t m_lastBlock;
    std::uint64_t m_acknowledged = 0;           ///< Highest block the client has in order.
    std::uint64_t m_sent = 0;                   ///< Highest block sent.
    std::optional<std::uint64_t> m_restartedAt; ///< Gap already answered.
    wire::TftpOptionAck m_optionAck;
    bool m_isWaitingForOptionAck = false;
    bool m_isClientHeard = false; ///< Since its request.
    bool m_isSentOnce = false;    ///< What is unacknowledged, so that its ACK measures the round trip.
    unsigned m_repeats = 0;       ///< Since the last progress.
    std::chrono::milliseconds m_firstTimeout{250};
    std::chrono::milliseconds m_timeout{250};
    Instant m_sentAt;   ///< The window that is unacknowledged, when it was sent last.
    Instant m_repeatAt; ///< Not before m_deadline.
    Instant m_deadline;
    std::chrono::nanoseconds m_roundTrip{0}; ///< Smoothed, the client's own time included; 0: not known.
    std::chrono::nanoseconds m_variation{0};
    State m_state = State::Running;
};

} // namespace rackmuster::boot
