#include "core/roster/ClonedMacs.h"

#include <algorithm>

namespace rackmuster::roster {

bool ClonedMacs::notice(MacAddress mac, const Uuid& uuid, WallTime now) {
    if (!uuid.isTrustworthy())
        return false;
    auto found = m_machines.find(mac);
    if (found == m_machines.end()) {
        if (m_machines.size() >= maximumMachines)
            forgetOldest();
        found = m_machines.emplace(mac, Past{uuid, now, {}}).first;
    }
    Past& past = found->second;
    past.heard = now;
    if (past.last == uuid)
        return false;
    past.last = uuid;
    past.flips.push_back(now);
    while (now - past.flips.front() > window)
        past.flips.pop_front();
    if (past.flips.size() <= mostFlips || past.isTold)
        return false;
    past.isTold = true;
    return true;
}

void ClonedMacs::forgetOldest() {
    m_machines.erase(
        std::ranges::min_element(m_machines, {}, [](const auto& entry) { return entry.second.heard; }));
}

} // namespace rackmuster::roster
