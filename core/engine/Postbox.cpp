#include "core/engine/Postbox.h"

#include <utility>

namespace rackmuster::engine {

void Postbox::post(std::function<void()> act) {
    const std::lock_guard lock(m_mutex);
    if (m_receiver == nullptr)
        return;
    QMetaObject::invokeMethod(
        m_receiver,
        [self = shared_from_this(), act = std::move(act)] {
            bool isOpen = false;
            {
                const std::lock_guard inner(self->m_mutex);
                isOpen = self->m_receiver != nullptr;
            }
            if (isOpen)
                act();
        },
        Qt::QueuedConnection);
}

void Postbox::close() {
    const std::lock_guard lock(m_mutex);
    m_receiver = nullptr;
}

} // namespace rackmuster::engine
