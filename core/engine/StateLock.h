#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <string>

namespace rackmuster::engine {

/// Claims a state directory for this instance, as long as the descriptor is open. The kernel gives it back
/// when the process ends, however it ends: a lock that is known by what stands in its file is lost for good
/// when its owner was killed before it wrote that (R46). Errors: AlreadyRunning, NoSuchFile when the
/// directory cannot be written to.
[[nodiscard]] Result<FileDescriptor> lockStateDirectory(const std::string& directory);

} // namespace rackmuster::engine
