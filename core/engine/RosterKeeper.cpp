#include "core/engine/RosterKeeper.h"

#include <QJsonDocument>

namespace rackmuster::engine {

Result<void> RosterKeeper::load() {
    return m_database.loadRoster().map(
        [this](roster::RosterState state) { m_roster = roster::Roster(std::move(state)); });
}

roster::Changes RosterKeeper::apply(const roster::Observation& observation, WallTime now) {
    roster::Changes changes = m_roster.apply(observation, now);
    remember(changes);
    return changes;
}

Result<roster::Changes> RosterKeeper::apply(const roster::Command& command, WallTime now) {
    auto changes = m_roster.apply(command, now);
    if (changes)
        remember(*changes);
    return changes;
}

Result<roster::Changes> RosterKeeper::applyTogether(const std::vector<roster::Command>& commands,
                                                    WallTime now) {
    roster::Roster before = m_roster;
    std::set<MacAddress> touched;
    roster::Changes all;
    for (const roster::Command& command : commands) {
        const auto changes = m_roster.apply(command, now);
        if (!changes) {
            m_roster = std::move(before);
            return tl::unexpected(changes.error());
        }
        for (const auto* list : {&changes->added, &changes->updated, &changes->removed})
            touched.insert(list->begin(), list->end());
        all.layout = all.layout || changes->layout;
    }
    for (const MacAddress mac : touched) {
        const bool isKnown = m_roster.find(mac) != nullptr;
        const bool wasKnown = before.find(mac) != nullptr;
        if (isKnown)
            (wasKnown ? all.updated : all.added).push_back(mac);
        else if (wasKnown)
            all.removed.push_back(mac);
    }
    remember(all);
    return all;
}

void RosterKeeper::journal(const EngineEvent& event) {
    m_journal.push_back({event.time, event.name.toStdString(), event.mac,
                         QJsonDocument(event.facts).toJson(QJsonDocument::Compact).toStdString()});
}

void RosterKeeper::remember(const roster::Changes& changes) {
    for (const auto* list : {&changes.added, &changes.updated, &changes.removed})
        m_touched.insert(list->begin(), list->end());
    m_isLayoutTouched = m_isLayoutTouched || changes.layout;
}

storage::StateDatabase::Batch RosterKeeper::pendingBatch() const {
    storage::StateDatabase::Batch batch;
    for (const MacAddress mac : m_touched) {
        if (const roster::Machine* machine = m_roster.find(mac))
            batch.machines.push_back(*machine);
        else
            batch.removed.push_back(mac);
    }
    if (m_isLayoutTouched) {
        batch.layout = m_roster.layout();
        batch.cursor = m_roster.cursor();
        batch.reserved = m_roster.reserved();
    }
    batch.journal = m_journal;
    return batch;
}

Result<void> RosterKeeper::commit() {
    storage::StateDatabase::Batch batch = pendingBatch();
    if (batch.isEmpty())
        return {};
    auto stored = m_database.commit(batch);
    if (!stored && !batch.journal.empty()) {
        batch.journal.clear(); // logs go first when the disk is full (R49)
        stored = m_database.commit(batch);
    }
    if (!stored) {
        m_journal.clear();
        return stored;
    }
    m_touched.clear();
    m_isLayoutTouched = false;
    m_journal.clear();
    return {};
}

} // namespace rackmuster::engine
