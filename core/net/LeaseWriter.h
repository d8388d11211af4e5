#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/LeaseJournal.h"
#include "core/boot/LeaseStore.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rackmuster::net {

/// The thread that owns the lease store. While it waits for the disk, the next messages are received and
/// decided. One group at a time; the rest waits in the journal, which is bounded by the addresses there are.
class LeaseWriter {
public:
    /// `store` is not owned; all its calls are made in the writer's thread.
    explicit LeaseWriter(boot::LeaseStore& store);
    /// Waits for the group that is being written, then closes the store.
    ~LeaseWriter();
    LeaseWriter(const LeaseWriter&) = delete;
    LeaseWriter& operator=(const LeaseWriter&) = delete;

    /// Waits until the store has read its leases; the same answer at every call. Errors: those of the store.
    [[nodiscard]] const Result<std::vector<boot::StoredLease>>& load();
    /// Valid after load().
    [[nodiscard]] bool hasLostLeases() const { return m_hasLostLeases; }
    /// Only while no other group is being written.
    void write(boot::LeaseJournal::Group group);
    /// Readable when takeOutcome() has something.
    [[nodiscard]] int fd() const { return m_written.get(); }
    /// Whether the group was written, once; nothing while it is being written.
    [[nodiscard]] std::optional<Result<void>> takeOutcome();

private:
    void run();
    void keepLoaded();

    boot::LeaseStore& m_store;
    FileDescriptor m_written; ///< eventfd
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Result<std::vector<boot::StoredLease>>> m_loaded;
    bool m_hasLostLeases = false;
    std::optional<boot::LeaseJournal::Group> m_group;
    std::optional<Result<void>> m_outcome;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace rackmuster::net
