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
    return fd;
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
