#pragma once

#include "core/base/ChildProcess.h"
#include "core/base/Result.h"
#include "core/net/SocketSet.h"

#include <cstdint>
#include <string>

namespace rackmuster::net {

/// Runs the privileged helper and receives its descriptors. The helper lives as long as this object (it
/// streams the capture) and ends by itself when its socket closes, so a killed console leaves no process
/// behind.
class HelperClient {
public:
    struct Request {
        std::string interface;
        std::uint16_t httpPort = 80;
        bool needsServers = true;       ///< false: capture only
        std::uint16_t syslogPort = 514; ///< 0: none
    };
    /// Starts `helperPath` and waits at most five seconds. Errors: NoPrivilege, PortInUse (names the holder),
    /// NoSuchInterface, HelperFailed.
    [[nodiscard]] static Result<HelperClient> open(const std::string& helperPath, const Request& request);

    HelperClient(HelperClient&&) noexcept = default;
    HelperClient& operator=(HelperClient&& other) noexcept;
    ~HelperClient(); ///< Closes the socket, then reaps the helper.

    /// The descriptors; may be moved from once.
    [[nodiscard]] SocketSet& sockets() { return m_sockets; }

private:
    HelperClient(FileDescriptor control, ChildProcess process);

    ChildProcess m_process;
    FileDescriptor m_control;
    SocketSet m_sockets;
};

} // namespace rackmuster::net
