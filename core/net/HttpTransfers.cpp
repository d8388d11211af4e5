#include "core/net/HttpTransfers.h"

#include <utility>

namespace rackmuster::net {

HttpTransfers::Transfer::Transfer(HttpTransfers& table, HttpProgress start)
    : m_table(table), m_start(std::move(start)) {
    const std::lock_guard lock(m_table.m_mutex);
    m_table.m_transfers.insert(this);
}

HttpTransfers::Transfer::~Transfer() {
    const std::lock_guard lock(m_table.m_mutex);
    m_table.m_transfers.erase(this);
}

void HttpTransfers::Transfer::reach(std::uint64_t sent) {
    const std::uint64_t before = m_sent.exchange(sent, std::memory_order_relaxed);
    m_table.m_bytesSent.fetch_add(sent - before, std::memory_order_relaxed);
}

HttpProgress HttpTransfers::Transfer::progress() const {
    HttpProgress progress = m_start;
    progress.sent = m_sent.load(std::memory_order_relaxed);
    return progress;
}

int HttpTransfers::active() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_transfers.size());
}

std::vector<HttpProgress> HttpTransfers::list() const {
    const std::lock_guard lock(m_mutex);
    std::vector<HttpProgress> out;
    out.reserve(m_transfers.size());
    for (const Transfer* transfer : m_transfers)
        out.push_back(transfer->progress());
    return out;
}

} // namespace rackmuster::net
