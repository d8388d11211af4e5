#include "core/net/LeaseWriter.h"

#include <cerrno>
#include <pthread.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace rackmuster::net {

LeaseWriter::LeaseWriter(boot::LeaseStore& store)
    : m_store(store), m_written(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    // Without it no ACK could ever be sent, so there must be no service.
    if (!m_written.isOpen())
        throw std::system_error(errno, std::generic_category(), "eventfd");
    m_thread = std::thread([this] { run(); });
    ::pthread_setname_np(m_thread.native_handle(), "leases");
}

LeaseWriter::~LeaseWriter() {
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

const Result<std::vector<boot::StoredLease>>& LeaseWriter::load() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_loaded.has_value(); });
    return *m_loaded;
}

void LeaseWriter::write(boot::LeaseJournal::Group group) {
    {
        const std::lock_guard lock(m_mutex);
        m_group = std::move(group);
    }
    m_changed.notify_all();
}

std::optional<Result<void>> LeaseWriter::takeOutcome() {
    std::uint64_t count = 0;
    static_cast<void>(::read(m_written.get(), &count, sizeof count)); // it only wakes
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_outcome, std::nullopt);
}

void LeaseWriter::run() {
    keepLoaded();
    for (;;) {
        boot::LeaseJournal::Group group;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isStopping || m_group; });
            if (!m_group)
                break;
            group = std::move(*m_group);
            m_group.reset();
        }
        Result<void> outcome = m_store.commit(group.changed, group.removed);
        {
            const std::lock_guard lock(m_mutex);
            m_outcome = std::move(outcome);
        }
        const std::uint64_t one = 1;
        while (::write(m_written.get(), &one, sizeof one) < 0 && errno == EINTR) {
        }
    }
    m_store.close();
}

void LeaseWriter::keepLoaded() {
    auto loaded = m_store.load();
    {
        const std::lock_guard lock(m_mutex);
        m_loaded = std::move(loaded);
        m_hasLostLeases = m_store.hasLostLeases();
    }
    m_changed.notify_all();
}

} // namespace rackmuster::net
