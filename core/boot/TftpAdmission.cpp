#include "core/boot/TftpAdmission.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds pause = milliseconds(seconds(1)) / TftpAdmission::unansweredAtOnce;

} // namespace

bool TftpAdmission::admit(Ipv4Address source, std::size_t requestBytes, std::size_t unaskedBytes,
                          Instant now) {
    const auto elapsed = duration_cast<milliseconds>(now - m_counted);
    m_counted += elapsed;
    m_credit += static_cast<std::int64_t>(requestBytes) + elapsed.count() * creditPerSecond / 1000;
    m_credit = std::min(m_credit, largestCredit);

    const auto cost = static_cast<std::int64_t>(unaskedBytes);
    Source* const known = sourceOf(source, now);
    if (known == nullptr || known->unanswered >= unansweredAtOnce || cost > m_credit)
        return false;
    ++known->unanswered;
    m_credit -= cost;
    return true;
}

void TftpAdmission::onHeard(Ipv4Address source, std::size_t unaskedBytes) {
    m_sources.erase(source);
    m_credit = std::min(m_credit + static_cast<std::int64_t>(unaskedBytes), largestCredit);
}

/// Null when there are too many addresses that nobody was heard at.
TftpAdmission::Source* TftpAdmission::sourceOf(Ipv4Address address, Instant now) {
    if (m_sources.size() >= mostAddresses && !m_sources.contains(address)) {
        for (auto& [known, source] : m_sources)
            forgive(source, now);
        std::erase_if(m_sources, [](const auto& entry) { return entry.second.unanswered == 0; });
        if (m_sources.size() >= mostAddresses)
            return nullptr;
    }
    Source& found = m_sources.try_emplace(address, Source{0, now}).first->second;
    forgive(found, now);
    return &found;
}

void TftpAdmission::forgive(Source& source, Instant now) {
    const auto pauses = (now - source.counted) / pause;
    source.unanswered -= static_cast<int>(std::min<std::int64_t>(source.unanswered, pauses));
    source.counted += pauses * pause;
}

} // namespace rackmuster::boot
