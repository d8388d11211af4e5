#pragma once

#include <QString>

namespace rackmuster::engine {

// Programs of ours that people do not start. Each is beside this program (build tree, portable archive), else
// in <prefix>/libexec/rackmuster; where it would be installed to when it is nowhere, so that an error names a
// path. Any thread.

/// The network helper.
[[nodiscard]] QString findHelper();
/// The image reader.
[[nodiscard]] QString findReader();

} // namespace rackmuster::engine
