#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

namespace rackmuster::net {

/// Tells that something about the links or addresses of this computer changed (rtnetlink(7)).
class InterfaceMonitor {
public:
    /// Error: System.
    [[nodiscard]] static Result<InterfaceMonitor> open();

    /// Readable after a change.
    [[nodiscard]] int fd() const { return m_socket.get(); }
    /// Takes what it has to say, without blocking: the state itself is asked for with interfaceState()
    /// (Interfaces.h).
    void drain() const;

private:
    explicit InterfaceMonitor(FileDescriptor socket) : m_socket(std::move(socket)) {}

    FileDescriptor m_socket;
};

} // namespace rackmuster::net
