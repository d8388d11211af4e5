#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace rackmuster::engine {

/// A thread for work on files, which may be on a stick that somebody pulls: the system then keeps a thread as
/// long as it likes, and nobody must wait for it.
class BackgroundThread {
public:
    enum class Priority {
        Normal,
        Low, ///< Installations go first, at the disk and at the processor.
    };
    /// Looks at `isEnding` now and then. Owns or shares all that it touches.
    using Work = std::function<void(const std::atomic<bool>& isEnding)>;

    /// `name` is at most 15 characters (Linux shows no more).
    BackgroundThread(const char* name, Priority priority, Work work);
    /// Asks the work to end and waits for it a little; a thread that hangs in the system is left behind.
    ~BackgroundThread();
    BackgroundThread(const BackgroundThread&) = delete;
    BackgroundThread& operator=(const BackgroundThread&) = delete;

    /// Asks the work to end; does not wait.
    void end() { m_shared->isEnding = true; }
    [[nodiscard]] bool hasEnded() const;

private:
    struct Shared {
        std::atomic<bool> isEnding{false};
        std::mutex mutex;
        std::condition_variable changed;
        bool hasEnded = false;
    };
    std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
    std::thread m_thread;
};

} // namespace rackmuster::engine
