#include "core/boot/AddressCheck.h"

#include <algorithm>

namespace rackmuster::boot {

bool AddressCheck::isNeeded(MacAddress mac, Ipv4Address address, const Lease* held, Instant now) const {
    if (m_trustsNothing)
        return true;
    const bool isLeased =
        held != nullptr && held->address == address && (!held->expires || *held->expires + trusted > now);
    const auto found = m_trusted.find(mac);
    const bool isTrusted =
        found != m_trusted.end() && found->second.address == address && found->second.until > now;
    return !isLeased && !isTrusted;
}

bool AddressCheck::begin(MacAddress mac, Ipv4Address address, Instant now) {
    if (const auto found = m_byAddress.find(address); found != m_byAddress.end()) {
        if (found->second->mac == mac)
            return true; // it asked again, and waits for the same verdict (P11)
        end(address);
    }
    if (m_checks.size() >= maximumPending)
        return false;
    m_byAddress.emplace(address, m_checks.insert(m_checks.end(), Check{mac, address, now}));
    return true;
}

void AddressCheck::end(Ipv4Address address) {
    const auto found = m_byAddress.find(address);
    if (found == m_byAddress.end())
        return;
    m_checks.erase(found->second);
    m_byAddress.erase(found);
}

void AddressCheck::trust(MacAddress mac, Ipv4Address address, Instant now) {
    forgetOld(now);
    m_trusted.insert_or_assign(mac, Trust{address, now + trusted});
    m_trustEnds.emplace_back(now + trusted, mac);
    if (m_trustEnds.size() > maximumTrusted) {
        m_trusted.erase(m_trustEnds.front().second);
        m_trustEnds.pop_front();
    }
}

AddressCheck::Due AddressCheck::due(Instant now) {
    Due due;
    for (auto check = m_checks.begin(); check != m_checks.end();) {
        if (check->nextStep > now) {
            ++check;
            continue;
        }
        if (check->sent < probes) {
            due.probes.push_back(check->address);
            ++check->sent;
            // Counted from now: however late this thread came to run, an answer has its time.
            check->nextStep = now + patience;
            ++check;
            continue;
        }
        due.free.push_back(check->address);
        trust(check->mac, check->address, now);
        m_byAddress.erase(check->address);
        check = m_checks.erase(check);
    }
    return due;
}

std::optional<Instant> AddressCheck::next() const {
    std::optional<Instant> soonest;
    for (const Check& check : m_checks)
        soonest = std::min(soonest.value_or(check.nextStep), check.nextStep);
    return soonest;
}

void AddressCheck::forgetOld(Instant now) {
    while (!m_trustEnds.empty() && m_trustEnds.front().first <= now) {
        const auto found = m_trusted.find(m_trustEnds.front().second);
        if (found != m_trusted.end() && found->second.until <= now)
            m_trusted.erase(found);
        m_trustEnds.pop_front();
    }
}

} // namespace rackmuster::boot
