#pragma once

#include "core/boot/Catalog.h"

#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::boot {

/// What cloud-init's NoCloud source asks for beside the answer file ("user-data"): "meta-data" names the
/// instance and the host, "vendor-data" has nothing to add. Without the first it takes the answer file for
/// nobody's. Nothing for every other name: newer releases ask for some that may be missing
/// ("network-config").
[[nodiscard]] std::optional<std::string> cloudInitSeed(std::string_view name, const MachineBoot& machine);

} // namespace rackmuster::boot
