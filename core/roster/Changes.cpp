#include "core/roster/Changes.h"

#include <algorithm>

namespace rackmuster::roster {

namespace {

bool contains(const std::vector<MacAddress>& list, MacAddress mac) {
    return std::find(list.begin(), list.end(), mac) != list.end();
}

} // namespace

Changes Changes::of(MacAddress mac) {
    Changes changes;
    changes.updated.push_back(mac);
    return changes;
}

void Changes::merge(Changes&& other) {
    for (const MacAddress mac : other.added) {
        std::erase(removed, mac);
        if (!contains(added, mac))
            added.push_back(mac);
    }
    for (const MacAddress mac : other.updated) {
        if (!contains(added, mac) && !contains(updated, mac))
            updated.push_back(mac);
    }
    for (const MacAddress mac : other.removed) {
        std::erase(added, mac);
        std::erase(updated, mac);
        if (!contains(removed, mac))
            removed.push_back(mac);
    }
    layout = layout || other.layout;
    steps.insert(steps.end(), other.steps.begin(), other.steps.end());
}

} // namespace rackmuster::roster
