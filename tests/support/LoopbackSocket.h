#pragma once

#include "core/base/FileDescriptor.h"

#include <cstdint>

namespace rackmuster::tests {

/// A server's socket on 127.0.0.1 and a free port, made as the helper makes it.
struct LoopbackSocket {
    FileDescriptor socket;
    std::uint16_t port = 0;

    [[nodiscard]] static LoopbackSocket udp(); ///< with IP_PKTINFO
    /// TCP. Of a port that was given before: as a server that was started anew.
    [[nodiscard]] static LoopbackSocket listening(std::uint16_t port = 0);
};

} // namespace rackmuster::tests
