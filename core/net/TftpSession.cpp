#include "core/net/TftpSession.h"

#include "core/net/FileContent.h"
#include "core/net/RequestName.h"

#include <array>
#include <span>

namespace rackmuster::net {

TftpSession::TftpSession(Options options, Instant now)
    : m_options(std::move(options)),
      m_transfer(m_options.request, m_options.file.size(), m_options.limits, now) {}

void TftpSession::start(Instant now) {
    carryOut(m_transfer.start(now));
}

void TftpSession::repeat(Instant now) {
    carryOut(m_transfer.onRepeatedRequest(now));
}

void TftpSession::onDeadline(Instant now) {
    carryOut(m_transfer.onTimeout(now));
}

void TftpSession::onPacket(Bytes packet, Instant now) {
    const auto decoded = wire::decodeTftp(packet);
    if (!decoded)
        return; // it came from the client of a running transfer, which will repeat what it meant
    if (const auto* ack = std::get_if<wire::TftpAck>(&*decoded))
        carryOut(m_transfer.onAck(ack->block, now));
    else if (std::holds_alternative<wire::TftpError>(*decoded))
        m_transfer.onError();
}

bool TftpSession::isFor(const wire::TftpRequest& request) const {
    return request == m_options.request;
}

bool TftpSession::isOver() const {
    return m_failure || m_transfer.state() != boot::TftpTransfer::State::Running;
}

bool TftpSession::isSettled() const {
    return isOver() && m_transfer.state() != boot::TftpTransfer::State::TimedOut;
}

std::optional<FileServed> TftpSession::served() const {
    const bool isComplete = m_transfer.state() == boot::TftpTransfer::State::Finished;
    if (!isComplete && isProbe() && !m_failure)
        return std::nullopt;
    return FileServed{Protocol::Tftp,
                      eventPath(m_options.request.path, m_options.file),
                      m_options.route.peer.address,
                      m_options.file.machine,
                      m_options.file.role,
                      m_transfer.acknowledgedBytes(),
                      isComplete,
                      m_options.file.spendsTicket};
}

void TftpSession::carryOut(const boot::TftpTransfer::Send& send) {
    if (send.optionAck)
        sendPacket(*send.optionAck);
    if (send.blocks > 0)
        sendBlocks(send.firstBlock, send.blocks);
}

void TftpSession::sendPacket(const wire::TftpPacket& packet) {
    m_options.port->send(m_options.route, wire::encodeTftp(packet));
}

void TftpSession::sendBlocks(std::uint64_t first, std::uint32_t count) {
    // What fits into the read-ahead twice gains by it; larger windows are read as they go.
    constexpr std::size_t largestWindow = 96UL * 1024;
    std::array<std::uint8_t, largestWindow> window; // filled below

    const std::uint64_t start = m_transfer.extentOf(first).offset;
    const boot::TftpTransfer::Extent last = m_transfer.extentOf(first + count - 1);
    const std::size_t size = last.offset + last.length - start;
    Result<Bytes> content = Bytes(window).first(size);
    if (size <= ReadAhead::capacity / 2) {
        content = m_readAhead.at(m_options.file, start, size);
    } else if (auto read = readContent(m_options.file, start, std::span(window).first(size)); !read) {
        content = tl::unexpected(read.error());
    }
    if (!content) {
        m_failure = content.error();
        sendPacket(wire::TftpError{wire::TftpErrorCode::Undefined, "The file cannot be read"}); // R44
        return;
    }
    const std::uint32_t sent =
        m_options.port->sendBlocks(m_options.route, {first, count, m_transfer.blockSize(), *content});
    if (sent > 0) {
        const boot::TftpTransfer::Extent end = m_transfer.extentOf(first + sent - 1);
        m_sentBytes += end.offset + end.length - start;
    }
}

} // namespace rackmuster::net
