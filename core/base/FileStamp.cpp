#include "core/base/FileStamp.h"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>

namespace rackmuster {

namespace {

FileStamp toStamp(const struct stat& status) {
    constexpr std::int64_t perSecond = 1'000'000'000;
    return {static_cast<std::uint64_t>(status.st_size),
            std::int64_t{status.st_mtim.tv_sec} * perSecond + status.st_mtim.tv_nsec,
            std::uint64_t{status.st_dev}, std::uint64_t{status.st_ino}};
}

} // namespace

Result<FileStamp> stampOf(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0)
        return failSystem("Looking at a file");
    return toStamp(status);
}

Result<FileStamp> stampOf(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return fail(ErrorCode::NoSuchFile, path, std::generic_category().message(errno));
    return toStamp(status);
}

} // namespace rackmuster
