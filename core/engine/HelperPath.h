#pragma once

#include <QString>

namespace rackmuster::engine {

/// Where the network helper is: beside this program (build tree, portable archive), else
/// <prefix>/libexec/rackmuster. The place it would be installed to when it is nowhere, so that the error
/// names a path.
[[nodiscard]] QString findHelper();

} // namespace rackmuster::engine
