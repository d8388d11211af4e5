#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Published.h"
#include "core/boot/BootFile.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"

#include <atomic>
#include <memory>
#include <string>

namespace rackmuster::net {

/// Read-only TFTP for many clients in one thread, without a descriptor or a process for each. A transfer has
/// a port that is not its client's last, on the address the request was sent to (P63). Only neighbours are
/// answered, and little to those who never speak (R33).
class TftpServer {
public:
    struct Options {
        FileDescriptor socket; ///< UDP 69 of the helper
        std::string interface; ///< transfers are bound to it; empty: not bound (tests on loopback)
        std::function<std::shared_ptr<const boot::BootFileSource>()> source; ///< newest snapshot
        const Clock* clock = nullptr;                                        ///< Not owned.
        EventSink events;
        std::size_t maximumTransfers = 1024; ///< R34
        /// Also answers clients behind a router, as a DHCP relay brings them. Forged sources are then the
        /// router's to keep out (R33).
        bool answersRouted = false;
    };
    explicit TftpServer(Options options);

    void run(const StopSignal& stop);
    /// Thread-safe, for the status bar.
    [[nodiscard]] int activeTransfers() const { return m_active.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t bytesSent() const { return m_bytesSent.load(std::memory_order_relaxed); }

private:
    class Loop;

    Options m_options;
    std::atomic<int> m_active{0};
    std::atomic<std::uint64_t> m_bytesSent{0};
};

} // namespace rackmuster::net
