#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/net/HelperProtocol.h"

#include <vector>

namespace rackmuster::helper {

/// The servers' sockets in the order of HelperDescriptor, from Dhcp to Packet, all bound to the interface.
/// All or none (R53). Errors: NoAddress, PortInUse, NoPrivilege, HelperFailed.
[[nodiscard]] Result<std::vector<FileDescriptor>> openSockets(const net::HelperRequest& request);

} // namespace rackmuster::helper
