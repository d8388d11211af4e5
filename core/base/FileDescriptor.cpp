#include "core/base/FileDescriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = std::exchange(other.m_fd, -1);
        m_origin = std::exchange(other.m_origin, std::nullopt);
    }
    return *this;
}

FileDescriptor::~FileDescriptor() {
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<FileDescriptor> FileDescriptor::openForReading(const std::string& path) {
    // O_NONBLOCK: opening a FIFO that somebody dropped on the window must not hang.
    FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isOpen())
        return fail(ErrorCode::NoSuchFile, path, std::generic_category().message(errno));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0)
        return fail(ErrorCode::NoSuchFile, path, std::generic_category().message(errno));
    if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode))
        return fail(ErrorCode::NoSuchFile, path, "it is not a file");
    const auto stamp = stampOf(fd.get());
    if (!stamp)
        return tl::unexpected(stamp.error());
    fd.m_origin = Origin{path, *stamp};
    return fd;
}

Result<void> FileDescriptor::checkUnchanged() const {
    if (!m_origin)
        return {};
    const auto now = stampOf(m_fd);
    if (!now)
        return tl::unexpected(now.error());
    if (!now->isUnwritten(m_origin->stamp))
        return fail(ErrorCode::FileChanged, m_origin->path);
    return {};
}

Result<FileDescriptor> FileDescriptor::reopened() const {
    const std::string link = "/proc/self/fd/" + std::to_string(m_fd);
    FileDescriptor again(::open(link.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!again.isOpen())
        return failSystem("Opening a file once more");
    again.m_origin = m_origin;
    return again;
}

Result<void> FileDescriptor::readExactly(std::uint64_t offset, std::span<std::uint8_t> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count =
            ::pread(m_fd, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failSystem("Reading a file");
        if (count == 0)
            return fail(ErrorCode::Truncated, "a file");
        done += static_cast<std::size_t>(count);
    }
    return {};
}

Result<std::uint64_t> FileDescriptor::size() const {
    const off_t end = ::lseek(m_fd, 0, SEEK_END);
    if (end < 0)
        return failSystem("Measuring a file");
    return static_cast<std::uint64_t>(end);
}

} // namespace rackmuster
