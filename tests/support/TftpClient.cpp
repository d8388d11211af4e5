#include "tests/support/TftpClient.h"

#include "core/base/ByteWriter.h"
#include "core/base/FileDescriptor.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <sys/socket.h>
#include <utility>

namespace rackmuster::tests {

namespace {

sockaddr_in endpoint(Ipv4Address address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address.value());
    out.sin_port = htons(port);
    return out;
}

std::vector<std::uint8_t> requestBytes(const TftpQuery& query) {
    ByteWriter writer;
    writer.u16be(1);
    const auto put = [&](const std::string& text) {
        writer.text(text);
        writer.u8(0);
    };
    put(query.path);
    put(query.mode);
    for (const auto& [name, value] : query.options) {
        put(name);
        put(value);
    }
    return std::move(writer).take();
}

/// One transfer as a client that keeps RFC 7440, apart from the faults it was told to have.
class Transfer {
public:
    Transfer(const TftpQuery& query, Ipv4Address local) : m_query(query) {
        m_socket = FileDescriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        const timeval patience{0, 300'000};
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const int room = 4 * 1024 * 1024;
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        const sockaddr_in from = endpoint(local, 0);
        ::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&from), sizeof from);
    }

    TftpOutcome run() {
        m_peer = endpoint(m_query.server, m_query.port);
        for (int i = 0; i < m_query.requests; ++i)
            send(requestBytes(m_query));
        int silences = 0;
        while (!m_isOver && silences < (m_isSilent ? 15 : 30)) {
            std::array<std::uint8_t, 65536> buffer; // filled by the kernel
            sockaddr_in from{};
            socklen_t size = sizeof from;
            const ssize_t count = ::recvfrom(m_socket.get(), buffer.data(), buffer.size(), 0,
                                             reinterpret_cast<sockaddr*>(&from), &size);
            if (count < 0) {
                ++silences;
                onSilence();
                continue;
            }
            silences = 0;
            const auto now = std::chrono::steady_clock::now();
            if (!m_outcome.serverPorts.empty())
                m_outcome.longestSilence = std::max(m_outcome.longestSilence, now - m_heard);
            m_heard = now;
            learnPeer(from);
            onPacket(Bytes(buffer).first(static_cast<std::size_t>(count)));
        }
        return std::move(m_outcome);
    }

private:
    void learnPeer(const sockaddr_in& from) {
        m_peer = from;
        const std::uint16_t port = ntohs(from.sin_port);
        if (std::ranges::find(m_outcome.serverPorts, port) == m_outcome.serverPorts.end())
            m_outcome.serverPorts.push_back(port);
        if (m_outcome.serverPorts.size() == 1 && m_query.learnsPort && !std::exchange(m_isPortTold, true))
            m_query.learnsPort(port);
    }

    void send(const std::vector<std::uint8_t>& packet) {
        ::sendto(m_socket.get(), packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&m_peer),
                 sizeof m_peer);
    }

    /// Asks again while nothing came, else says what came last in order (RFC 7440 4).
    void onSilence() {
        if (m_outcome.serverPorts.empty())
            send(requestBytes(m_query));
        else if (!m_isSilent)
            acknowledge();
    }

    void acknowledge(int copies) {
        m_inWindow = 0;
        if (m_query.losesAck && m_query.losesAck(++m_acks))
            return;
        const auto ack = wire::encodeTftp(wire::TftpAck{static_cast<std::uint16_t>(m_expected - 1)});
        for (int i = 0; i < copies; ++i)
            send(ack);
    }
    void acknowledge() { acknowledge(m_query.copiesOfAcks); }

    void onPacket(Bytes bytes) {
        const auto packet = wire::decodeTftp(bytes);
        if (!packet)
            return;
        if (const auto* error = std::get_if<wire::TftpError>(&*packet)) {
            m_outcome.error = *error;
            m_isOver = true;
        } else if (const auto* options = std::get_if<wire::TftpOptionAck>(&*packet)) {
            onOptions(*options);
        } else if (const auto* data = std::get_if<wire::TftpData>(&*packet)) {
            onData(*data);
        }
    }

    void onOptions(const wire::TftpOptionAck& options) {
        m_outcome.options = options;
        m_blockSize = options.blockSize.value_or(512);
        m_window = options.windowSize.value_or(1);
        if (m_query.abortsAfterOptions) {
            send(wire::encodeTftp(
                wire::TftpError{wire::TftpErrorCode::Undefined, "User aborted the transfer"}));
            m_isOver = true;
        } else if (m_expected == 1) {
            acknowledge();
        }
    }

    void onData(const wire::TftpData& data) {
        ++m_outcome.dataPackets;
        if (m_isSilent || (m_query.losesData && m_query.losesData(m_outcome.dataPackets, data.block)))
            return;
        if (data.block != static_cast<std::uint16_t>(m_expected)) {
            if (!m_isGapTold && m_window > 1)
                acknowledge(m_query.copiesOfGapAcks);
            m_isGapTold = true;
            return;
        }
        m_isGapTold = false;
        ++m_expected;
        if (m_query.takes)
            m_query.takes(asText(data.payload));
        else
            m_outcome.content += asText(data.payload);
        const bool isLast = data.payload.size() < m_blockSize;
        m_outcome.isComplete = isLast;
        if (m_query.closesAfterBlock > 0 &&
            m_expected > static_cast<std::uint64_t>(m_query.closesAfterBlock)) {
            m_isOver = true;
            return;
        }
        if (isLast && m_query.keepsLastAck) {
            m_isSilent = true;
            return;
        }
        if (++m_inWindow == m_window || isLast)
            acknowledge();
        m_isOver = isLast;
    }

    const TftpQuery& m_query;
    FileDescriptor m_socket;
    sockaddr_in m_peer{};
    TftpOutcome m_outcome;
    std::size_t m_blockSize = 512;
    unsigned m_window = 1;
    unsigned m_inWindow = 0;
    int m_acks = 0;
    std::chrono::steady_clock::time_point m_heard;
    std::uint64_t m_expected = 1;
    bool m_isGapTold = false;
    bool m_isPortTold = false;
    bool m_isSilent = false;
    bool m_isOver = false;
};

} // namespace

TftpOutcome tftpGet(const TftpQuery& query, Ipv4Address local) {
    return Transfer(query, local).run();
}

} // namespace rackmuster::tests
