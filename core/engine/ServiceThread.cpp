#include "core/engine/ServiceThread.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace rackmuster::engine {

namespace {

/// Before the window and other programs (R56): a machine that is not answered in time tries its next boot
/// device. Most users may not have it; then the ordinary turn has to do.
void preferThisThread() {
    constexpr int niceness = -5;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
}

} // namespace

ServiceThread::ServiceThread(const char* name, Loop loop)
    : m_thread([this, loop = std::move(loop)] {
          preferThisThread();
          loop(m_stop);
      }) {
    pthread_setname_np(m_thread.native_handle(), name);
}

ServiceThread::~ServiceThread() {
    m_stop.raise();
    m_thread.join();
}

} // namespace rackmuster::engine
