#include "core/boot/DhcpLimits.h"

#include <algorithm>

namespace rackmuster::boot {

DhcpLimits::Verdict DhcpLimits::judge(MacAddress mac, bool isKnown, std::uint64_t addresses, Instant now) {
    if (m_settings.perSecond == 0)
        return Verdict::Serve;
    m_limit = static_cast<std::size_t>(
        std::clamp<std::uint64_t>(addresses, m_settings.leastStrangers, m_settings.mostStrangers));
    roll(now);
    if (!isKnown && !m_byMac.contains(mac)) {
        ++m_strangers;
        m_isFlood = m_isFlood || m_strangers > m_limit;
        if (m_isFlood) {
            ++m_dropped;
            return Verdict::Stranger;
        }
    }
    return takeToken(mac, now) ? Verdict::Serve : Verdict::TooFast;
}

std::optional<DhcpLimits::Flood> DhcpLimits::takeChange(Instant now) {
    roll(now);
    if (m_isFlood == m_isTold)
        return std::nullopt;
    m_isTold = m_isFlood;
    const Flood change{m_isFlood, m_dropped};
    if (!m_isFlood)
        m_dropped = 0;
    return change;
}

std::optional<Instant> DhcpLimits::next() const {
    if (!m_isFlood)
        return std::nullopt;
    return m_windowStart + m_settings.window;
}

void DhcpLimits::roll(Instant now) {
    if (now - m_windowStart < m_settings.window)
        return;
    if (m_strangers <= m_limit)
        m_isFlood = false;
    m_windowStart = now;
    m_strangers = 0;
}

/// A bucket that holds `burst` and fills by `perSecond`.
bool DhcpLimits::takeToken(MacAddress mac, Instant now) {
    const auto found = m_byMac.find(mac);
    if (found == m_byMac.end()) {
        if (m_machines.size() >= maximumMachines) {
            m_byMac.erase(m_machines.back().mac);
            m_machines.pop_back();
        }
        m_machines.push_front({mac, static_cast<double>(m_settings.burst) - 1, now});
        m_byMac.emplace(mac, m_machines.begin());
        return true;
    }
    m_machines.splice(m_machines.begin(), m_machines, found->second);
    Machine& machine = *found->second;
    const std::chrono::duration<double> passed = now - machine.since;
    machine.since = now;
    machine.tokens = std::min(machine.tokens + passed.count() * m_settings.perSecond,
                              static_cast<double>(m_settings.burst));
    if (machine.tokens < 1)
        return false;
    machine.tokens -= 1;
    return true;
}

} // namespace rackmuster::boot
