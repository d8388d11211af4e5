#include "core/engine/ServiceThread.h"

#include <pthread.h>
#include <utility>

namespace rackmuster::engine {

ServiceThread::ServiceThread(const char* name, Loop loop)
    : m_thread([this, loop = std::move(loop)] { loop(m_stop); }) {
    pthread_setname_np(m_thread.native_handle(), name);
}

ServiceThread::~ServiceThread() {
    m_stop.raise();
    m_thread.join();
}

} // namespace rackmuster::engine
