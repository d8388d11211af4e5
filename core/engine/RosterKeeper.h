#pragma once

#include "core/base/Result.h"
#include "core/engine/EngineEvent.h"
#include "core/roster/Roster.h"
#include "core/storage/StateDatabase.h"

#include <set>
#include <vector>

namespace rackmuster::engine {

/// The roster with its memory: what was applied is stored together with the journal in one transaction per
/// commit().
class RosterKeeper {
public:
    /// `database` is not owned and outlives this object.
    explicit RosterKeeper(storage::StateDatabase& database) : m_database(database) {}

    /// The roster as it was. Errors: Database.
    [[nodiscard]] Result<void> load();

    roster::Changes apply(const roster::Observation& observation, WallTime now);
    [[nodiscard]] Result<roster::Changes> apply(const roster::Command& command, WallTime now);
    /// All of them, or none when one is refused. Of a machine that many of them change, the lists of the
    /// result name it once; stages do not come from commands.
    [[nodiscard]] Result<roster::Changes> applyTogether(const std::vector<roster::Command>& commands,
                                                        WallTime now);
    void journal(const EngineEvent& event);
    /// Durable when it returns. After an error everything is kept for the next call.
    [[nodiscard]] Result<void> commit();

    [[nodiscard]] const roster::Roster& roster() const { return m_roster; }

private:
    void remember(const roster::Changes& changes);
    [[nodiscard]] storage::StateDatabase::Batch pendingBatch() const;

    storage::StateDatabase& m_database;
    roster::Roster m_roster;
    std::set<MacAddress> m_touched; ///< added, updated or removed since the last commit
    bool m_isLayoutTouched = false;
    std::vector<storage::JournalEntry> m_journal;
};

} // namespace rackmuster::engine
