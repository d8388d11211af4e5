#pragma once

namespace rackmuster::net {

/// Lets this process hold as many descriptors as the system allows; a desktop's usual soft limit of 1024 is
/// less than a rack needs. Thread-safe, and nothing after the first call.
void raiseDescriptorLimit();

} // namespace rackmuster::net
