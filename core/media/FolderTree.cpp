#include "core/media/FolderTree.h"

#include "core/boot/TreeFile.h"
#include "core/media/SingleFile.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster::media {

namespace {

struct CloseDirectory {
    void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

/// O_NONBLOCK: opening a FIFO that lies about must not hang a server.
FileDescriptor openBelow(const FileDescriptor& directory, const std::string& path, std::uint64_t flags) {
    open_how how{};
    how.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const char* const name = path.empty() ? "." : path.c_str();
    return FileDescriptor(static_cast<int>(::syscall(SYS_openat2, directory.get(), name, &how, sizeof how)));
}

/// A name that canonicalPath() would not let through again is not shown.
bool isServable(std::string_view name) {
    return name != "." && name != ".." && std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\';
           });
}

} // namespace

Result<std::shared_ptr<const FolderTree>> FolderTree::open(const std::string& path) {
    FileDescriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen())
        return fail(ErrorCode::NoSuchFile, path, std::generic_category().message(errno));
    if (!openBelow(directory, {}, O_DIRECTORY).isOpen()) {
        if (errno == ENOSYS)
            return fail(ErrorCode::NotAllowed, "Serving the folder " + path, "it needs Linux 5.6 or newer");
        return fail(ErrorCode::NoSuchFile, path, std::generic_category().message(errno));
    }
    return std::shared_ptr<const FolderTree>(new FolderTree(std::move(directory)));
}

std::optional<boot::BootFile> FolderTree::find(const std::string& path) const {
    FileDescriptor file = openBelow(m_directory, path, 0);
    struct stat status {};
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    boot::BootFile out;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    out.etag = boot::etagFrom(identityOf(status), path);
    out.content =
        std::vector<boot::FileSlice>{{std::make_shared<const FileDescriptor>(std::move(file)), 0, size}};
    return out;
}

std::optional<std::vector<boot::FolderEntry>> FolderTree::list(const std::string& path) const {
    FileDescriptor opened = openBelow(m_directory, path, O_DIRECTORY);
    const Directory directory(opened.isOpen() ? ::fdopendir(opened.get()) : nullptr);
    if (!directory)
        return std::nullopt;
    (void)opened.release(); // closedir closes it
    std::vector<boot::FolderEntry> out;
    while (out.size() <= maximumNames) {
        const dirent* const entry =
            ::readdir(directory.get()); // NOLINT(concurrency-mt-unsafe): a stream of our own
        if (entry == nullptr)
            break;
        struct stat status {};
        if (!isServable(entry->d_name) ||
            ::fstatat(::dirfd(directory.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(status.st_mode))
            out.push_back({entry->d_name, false, static_cast<std::uint64_t>(status.st_size)});
        else if (S_ISDIR(status.st_mode))
            out.push_back({entry->d_name, true, 0});
    }
    return out;
}

bool FolderTree::isAt(const std::string& path) const {
    struct stat pinned {};
    struct stat now {};
    return ::fstat(m_directory.get(), &pinned) == 0 && ::stat(path.c_str(), &now) == 0 &&
           pinned.st_dev == now.st_dev && pinned.st_ino == now.st_ino;
}

} // namespace rackmuster::media
