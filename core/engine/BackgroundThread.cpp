#include "core/engine/BackgroundThread.h"

#include <chrono>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace rackmuster::engine {

namespace {

constexpr std::chrono::seconds patience{3};

/// Of the calling thread only. That a system refuses is no reason not to work.
void lowerPriority() {
    constexpr int niceness = 10;
    constexpr int whoThread = 1;       // IOPRIO_WHO_PROCESS; glibc has no header for these
    constexpr int idleClass = 3 << 13; // IOPRIO_CLASS_IDLE
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    (void)::setpriority(PRIO_PROCESS, thread, niceness);
    (void)::syscall(SYS_ioprio_set, whoThread, thread, idleClass);
}

} // namespace

BackgroundThread::BackgroundThread(const char* name, Priority priority, Work work)
    : m_thread([shared = m_shared, priority, work = std::move(work)] {
          if (priority == Priority::Low)
              lowerPriority();
          work(shared->isEnding);
          const std::lock_guard lock(shared->mutex);
          shared->hasEnded = true;
          shared->changed.notify_all();
      }) {
    ::pthread_setname_np(m_thread.native_handle(), name);
}

BackgroundThread::~BackgroundThread() {
    end();
    bool hasEnded = false;
    {
        std::unique_lock lock(m_shared->mutex);
        hasEnded = m_shared->changed.wait_for(lock, patience, [this] { return m_shared->hasEnded; });
    }
    if (hasEnded)
        m_thread.join();
    else
        m_thread.detach();
}

bool BackgroundThread::hasEnded() const {
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->hasEnded;
}

} // namespace rackmuster::engine
