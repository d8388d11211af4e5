#pragma once

#include "core/base/Ipv4Address.h"

namespace rackmuster::engine {

/// Addresses to give when the operator named none.
struct DefaultRanges {
    Ipv4Range range;      ///< For approved machines.
    Ipv4Range quarantine; ///< For machines that wait for approval.
};

/// Of a /24: .101 to .202 and .203 to .241, so both ends stay free for what people number by hand. A network
/// of less than sixteen hosts has one range for both.
[[nodiscard]] DefaultRanges defaultRanges(const Ipv4Network& network);

} // namespace rackmuster::engine
