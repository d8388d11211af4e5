#include "core/media/SingleFile.h"

#include <sys/stat.h>

namespace rackmuster::media {

std::string identityOf(const struct stat& status) {
    return std::to_string(status.st_dev) + '-' + std::to_string(status.st_ino) + '-' +
           std::to_string(status.st_size) + '-' + std::to_string(status.st_mtim.tv_sec) + '.' +
           std::to_string(status.st_mtim.tv_nsec);
}

std::string identityAt(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? identityOf(status) : std::string();
}

Result<SingleFile> openSingleFile(const std::string& path) {
    auto file = FileDescriptor::openForReading(path);
    if (!file)
        return tl::unexpected(file.error());
    struct stat status {};
    if (::fstat(file->get(), &status) != 0)
        return failSystem(path);
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::NoSuchFile, path, "it is not a file");
    if (status.st_size == 0)
        return fail(ErrorCode::NoSuchFile, path, "it is empty");
    SingleFile out;
    out.content.length = static_cast<std::uint64_t>(status.st_size);
    out.content.file = std::make_shared<const FileDescriptor>(std::move(*file));
    out.identity = identityOf(status);
    return out;
}

} // namespace rackmuster::media
