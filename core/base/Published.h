#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace rackmuster {

/// The newest immutable snapshot of something, handed from one writer to many readers. A reader copies the
/// pointer and then holds no lock. (std::atomic<std::shared_ptr> of GCC 12 is not visible to
/// ThreadSanitizer.)
template <typename T>
class Published {
public:
    explicit Published(std::shared_ptr<const T> first) : m_value(std::move(first)) {}

    [[nodiscard]] std::shared_ptr<const T> get() const {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

    void set(std::shared_ptr<const T> next) {
        const std::lock_guard lock(m_mutex);
        m_value.swap(next);
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
};

} // namespace rackmuster
