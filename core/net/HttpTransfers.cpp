#include "core/net/HttpTransfers.h"

#include <algorithm>
#include <chrono>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace rackmuster::net {

namespace {

constexpr std::chrono::seconds watchInterval{1};

/// Bytes that the peer of `socket` has acknowledged since the connection began; 0 when unknown.
std::uint64_t acknowledgedBytes(int socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return info.tcpi_bytes_acked;
}

} // namespace

std::uint64_t HttpTransfers::Transfer::sent() const {
    // Includes the few hundred bytes of this answer's own head.
    const std::uint64_t now = std::max(acknowledgedBytes(body.socket), acknowledgedBefore);
    return std::min(now - acknowledgedBefore, body.length);
}

bool HttpTransfers::Transfer::isCutShort() const {
    if (!body.run)
        return false;
    const Result<std::uint64_t> size = body.run->file->size();
    return !size || *size < body.run->offset + body.run->length;
}

HttpTransfers::HttpTransfers() : m_watcher([this] { watch(); }) {}

HttpTransfers::~HttpTransfers() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    m_watcher.join();
}

void HttpTransfers::watch() {
    std::unique_lock lock(m_mutex);
    while (!m_isEnding) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_transfers.empty(); });
        m_changed.wait_for(lock, watchInterval, [this] { return m_isEnding; });
        for (const auto& [id, transfer] : m_transfers) {
            if (transfer.isCutShort())
                ::shutdown(transfer.body.socket, SHUT_RDWR);
        }
    }
}

void HttpTransfers::begin(Id id, Body body) {
    const std::uint64_t before = acknowledgedBytes(body.socket);
    const std::lock_guard lock(m_mutex);
    m_transfers.insert_or_assign(id, Transfer{std::move(body), before});
    m_changed.notify_all();
}

std::uint64_t HttpTransfers::end(Id id, bool isWhole) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return 0;
    const std::uint64_t bytes = isWhole ? found->second.body.length : found->second.sent();
    m_finishedBytes += bytes;
    m_transfers.erase(found);
    return bytes;
}

int HttpTransfers::active() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_transfers.size());
}

std::uint64_t HttpTransfers::bytesSent() const {
    const std::lock_guard lock(m_mutex);
    std::uint64_t bytes = m_finishedBytes;
    for (const auto& [id, transfer] : m_transfers)
        bytes += transfer.sent();
    return bytes;
}

} // namespace rackmuster::net
