#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace rackmuster::engine {

/// The way back into a thread with an event loop, for threads that may outlive whoever they report to. Both
/// sides hold it by std::shared_ptr.
class Postbox : public std::enable_shared_from_this<Postbox> {
public:
    /// What is posted runs in the thread of `receiver`, which must live until close().
    explicit Postbox(QObject& receiver) : m_receiver(&receiver) {}

    /// Any thread. Dropped after close().
    void post(std::function<void()> act);
    /// The receiver's thread. Nothing that was posted runs from now on.
    void close();

private:
    std::mutex m_mutex;
    QObject* m_receiver;
};

} // namespace rackmuster::engine
