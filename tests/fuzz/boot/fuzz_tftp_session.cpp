#include "core/base/ByteReader.h"
#include "core/boot/TftpTransfer.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::boot;
using fuzz::require;

namespace {

/// The transfer and the promises it keeps whatever the client does.
class Session {
public:
    Session(const wire::TftpRequest& request, std::uint64_t size)
        : m_size(size), m_transfer(request, size, TftpTransfer::Limits{}, m_now) {
        const std::uint16_t asked = request.blockSize.value_or(512);
        require(m_transfer.blockSize() <= asked && m_transfer.blockSize() <= 1468);
        check(m_transfer.start(m_now));
    }

    void step(std::uint8_t event, std::uint16_t block) {
        switch (event % 8) {
        case 0:
            m_now = std::max(m_now, m_transfer.deadline());
            return check(m_transfer.onTimeout(m_now));
        case 1:
            return check(m_transfer.onRepeatedRequest(m_now));
        case 2:
            return (block & 1U) != 0 ? m_transfer.onPeerGone() : m_transfer.onError();
        case 3: // what a good client would say
            return check(m_transfer.onAck(static_cast<std::uint16_t>(m_lastSent & 0xFFFFU), m_now));
        case 4:
            m_now += std::chrono::milliseconds(block);
            return;
        default:
            return check(m_transfer.onAck(block, m_now));
        }
    }

    /// A datagram as net::TftpSession takes it.
    void receive(Bytes datagram) {
        const auto packet = wire::decodeTftp(datagram);
        if (!packet)
            return;
        if (const auto* ack = std::get_if<wire::TftpAck>(&*packet))
            check(m_transfer.onAck(ack->block, m_now));
        else if (std::holds_alternative<wire::TftpError>(*packet))
            m_transfer.onError();
    }

    /// Silence ends every transfer: six repeats, a nudge and the end.
    void end() {
        for (int i = 0; i < 9 && m_transfer.state() == TftpTransfer::State::Running; ++i)
            step(0, 0);
        require(m_transfer.state() != TftpTransfer::State::Running);
        require(m_transfer.acknowledgedBytes() <= m_size);
    }

private:
    void check(const TftpTransfer::Send& send) {
        if (send.optionAck)
            require(send.blocks == 0);
        if (send.blocks == 0)
            return;
        require(m_transfer.state() == TftpTransfer::State::Running);
        require(send.blocks <= 64 && send.firstBlock >= 1);
        m_lastSent = send.firstBlock + send.blocks - 1;
        require(m_lastSent <= m_transfer.lastBlock());
        require(m_transfer.deadline() > m_now);
        for (std::uint64_t number = send.firstBlock; number <= m_lastSent; ++number) {
            const TftpTransfer::Extent extent = m_transfer.extentOf(number);
            require(extent.offset + extent.length <= m_size && extent.length <= m_transfer.blockSize());
            require((extent.length < m_transfer.blockSize()) == (number == m_transfer.lastBlock()));
        }
    }

    Instant m_now{std::chrono::hours(1)};
    std::uint64_t m_size;
    TftpTransfer m_transfer;
    std::uint64_t m_lastSent = 0;
};

/// Sizes round the edges, and some beyond 32 bits.
std::uint64_t sizeFrom(std::uint32_t value) {
    return (value & 1U) != 0 ? value >> 1U : std::uint64_t{value} << 8U;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteReader reader(Bytes(data, size));
    const auto fileSize = reader.u32be("the file size");
    const auto requestSize = reader.u8("the request size");
    if (!fileSize || !requestSize || *requestSize > reader.remaining())
        return 0;
    const auto packet = wire::decodeTftp(*reader.take(*requestSize, "the request"));
    if (!packet || !std::holds_alternative<wire::TftpRequest>(*packet))
        return 0;
    Session session(std::get<wire::TftpRequest>(*packet), sizeFrom(*fileSize));
    while (const auto event = reader.u8("an event")) {
        if (*event % 8 == 5) {
            const std::size_t length = std::min<std::size_t>(*event / 8U, reader.remaining());
            session.receive(*reader.take(length, "a datagram"));
            continue;
        }
        const auto block = *event % 8 >= 4 || *event % 8 == 2 ? reader.u16be("a block")
                                                              : Result<std::uint16_t>(std::uint16_t{0});
        if (!block)
            break;
        session.step(*event, *block);
    }
    session.end();
    return 0;
}
