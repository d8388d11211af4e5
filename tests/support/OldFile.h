#pragma once

#include <fcntl.h>
#include <string>
#include <sys/stat.h>

namespace rackmuster::tests {

/// Gives a file an old modification time. The kernel's clock for it ticks every few milliseconds only, so
/// what a test writes twice at once would look as if it were written once.
inline bool makeOld(const std::string& path) {
    const timespec old{1'700'000'000, 0};
    const timespec times[] = {old, old};
    return ::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0;
}

} // namespace rackmuster::tests
