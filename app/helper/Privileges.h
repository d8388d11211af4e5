#pragma once

#include "core/base/Result.h"

namespace rackmuster::helper {

/// Gives up every capability for good, also those that root would get back by exec. Error: HelperFailed.
[[nodiscard]] Result<void> dropPrivileges();

} // namespace rackmuster::helper
