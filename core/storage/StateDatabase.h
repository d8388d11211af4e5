#pragma once

#include "core/base/Result.h"
#include "core/roster/Roster.h"
#include "core/storage/Connection.h"
#include "core/storage/FileSourceRepository.h"
#include "core/storage/StoredImage.h"

#include <QString>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rackmuster::storage {

struct StoredProfile {
    std::string name;
    std::string text;
    bool operator==(const StoredProfile&) const = default;
};
/// One line of the journal: what happened, in the words of the event stream.
struct JournalEntry {
    WallTime time;
    std::string name;
    std::optional<MacAddress> mac;
    std::string facts; ///< JSON object
};

/// `state.db` of a state directory: WAL, synchronous=FULL, STRICT tables, numbered migrations out of
/// :/sql/state/NNN.sql, mode 0600. One thread owns it, the one that opened it. What a call wrote is on the
/// disk when it returns. The error of every call is Database: the file cannot be read or written, or holds
/// what no version wrote.
class StateDatabase {
public:
    /// Entries that the journal keeps, about 200 bytes each: older ones go (R58).
    static constexpr qint64 journalCapacity = 200'000;

    /// Creates or upgrades. A corrupt file is set aside as state.db.corrupt-<time> and a new one begun (R50);
    /// `wasQuarantined()` tells. Errors: Database, SchemaTooNew.
    [[nodiscard]] static Result<StateDatabase> open(const QString& path);

    [[nodiscard]] bool wasQuarantined() const { return m_wasQuarantined; }
    /// Layout and cursor have their defaults when none was stored. Machines in no order that matters.
    [[nodiscard]] Result<roster::RosterState> loadRoster();
    /// In the order in which they were first put.
    [[nodiscard]] Result<std::vector<StoredImage>> loadImages();
    /// Copies into the library that are not complete.
    [[nodiscard]] Result<std::vector<StoredCopy>> loadCopies();
    /// Files that removed images left to be removed.
    [[nodiscard]] Result<std::vector<std::string>> loadDiscards();
    [[nodiscard]] Result<std::vector<StoredProfile>> loadProfiles();
    [[nodiscard]] Result<std::map<std::string, std::string>> loadSettings();

    /// What one transaction writes: journal and state together (architecture, step 8).
    struct Batch {
        std::vector<roster::Machine> machines; ///< new or changed
        std::vector<MacAddress> removed;       ///< go before `machines` come
        std::optional<roster::RackLayout> layout;
        std::optional<int> cursor;
        std::optional<std::set<int>> reserved; ///< all of them
        std::vector<JournalEntry> journal;
        [[nodiscard]] bool isEmpty() const {
            return machines.empty() && removed.empty() && !layout && !cursor && !reserved && journal.empty();
        }
    };
    [[nodiscard]] Result<void> commit(const Batch& batch);
    [[nodiscard]] Result<void> putImage(const StoredImage& image);
    /// With its copy that is not complete. `discards` are files of ours that are to go then: on record before
    /// nobody owns them any more, so that a crash leaves no orphan (R46).
    [[nodiscard]] Result<void> removeImage(const std::string& id,
                                           const std::vector<std::string>& discards = {});
    [[nodiscard]] Result<void> putCopy(const StoredCopy& copy);
    /// The image as it is with its complete copy, which is no copy in the making any more: both or nothing.
    [[nodiscard]] Result<void> finishCopy(const StoredImage& image);
    [[nodiscard]] Result<void> removeDiscard(const std::string& path);
    [[nodiscard]] Result<void> putProfile(const StoredProfile& profile);
    [[nodiscard]] Result<void> removeProfile(const std::string& name);
    [[nodiscard]] Result<void> putSetting(const std::string& key, const std::string& value);
    /// Folders, extra initrds and kernels of the operator's own. Not to outlive this object.
    [[nodiscard]] FileSourceRepository fileSources() const { return FileSourceRepository(m_connection); }
    /// The newest `limit` entries, oldest first.
    [[nodiscard]] Result<std::vector<JournalEntry>> loadJournal(int limit);

private:
    StateDatabase(Connection connection, bool wasQuarantined);
    [[nodiscard]] Result<void> writeRoster(const Batch& batch);
    [[nodiscard]] Result<void> writeJournal(const std::vector<JournalEntry>& entries);

    Connection m_connection;
    bool m_wasQuarantined = false;
};

} // namespace rackmuster::storage
