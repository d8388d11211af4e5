#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"

#include <functional>
#include <optional>

namespace rackmuster::net {

/// Receives the log messages of installers and installed machines, by UDP (RFC 5426) and TCP (RFC 6587), and
/// reports each as a SyslogLine. All that a sender can make it hold or report is bounded: connections, bytes
/// of a message, and lines a second, of which what is too much is counted and said (A9). Answers nothing.
class SyslogServer {
public:
    static constexpr std::size_t connectionLimit = 256;
    static constexpr std::size_t connectionsPerPeer = 8;
    static constexpr double linesPerSecond = 100; ///< of one peer, in the long run
    static constexpr double burst = 1000;         ///< lines of one peer at once: a whole boot

    struct Options {
        FileDescriptor udp;     ///< with IP_PKTINFO
        FileDescriptor tcp;     ///< listening
        int interfaceIndex = 0; ///< datagrams from elsewhere are not ours (R52); 0: any
        std::function<std::optional<MacAddress>(Ipv4Address)> machineAt; ///< who holds an address now
        const Clock* clock = nullptr;                                    ///< Not owned.
        EventSink events;
    };
    explicit SyslogServer(Options options);

    void run(const StopSignal& stop);

private:
    class Loop;

    Options m_options;
};

} // namespace rackmuster::net
