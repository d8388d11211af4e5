#include "core/net/DescriptorLimit.h"

#include <sys/resource.h>

namespace rackmuster::net {

void raiseDescriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    // Where this is refused, fewer machines at a time are served; the others are told to come again.
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace rackmuster::net
