#include "core/media/ImageCopy.h"

#include "core/base/Clock.h"
#include "core/media/SequentialReader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster::media {

namespace {

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

std::string inGigabytes(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text;
}

tl::unexpected<Error> failWriting(const std::string& path) {
    const int reason = errno;
    if (reason == ENOSPC || reason == EDQUOT)
        return fail(ErrorCode::DiskFull, folderOf(path), std::generic_category().message(reason));
    return fail(ErrorCode::System, "Writing " + path, std::generic_category().message(reason));
}

/// One copy in the making.
class Copy {
public:
    Copy(const CopyRequest& request, const CopyCallbacks& callbacks)
        : m_request(request), m_callbacks(callbacks), m_stamp(request.source->stamp().value_or(FileStamp())) {
    }

    Result<std::optional<FileDigests>> run();

private:
    Result<void> openPart();
    Result<void> reserve();
    Result<bool> hashPart();
    Result<bool> copyRest();
    Result<void> write(std::uint64_t offset, Bytes bytes);
    Result<void> settle();

    const CopyRequest& m_request;
    const CopyCallbacks& m_callbacks;
    FileStamp m_stamp; ///< of the source
    FileDescriptor m_part;
    std::uint64_t m_good = 0;
    std::optional<DigestPass> m_pass;
};

Result<std::optional<FileDigests>> Copy::run() {
    if (auto opened = openPart(); !opened)
        return tl::unexpected(opened.error());
    if (auto reserved = reserve(); !reserved)
        return tl::unexpected(reserved.error());
    auto pass = DigestPass::begin(m_request.digests);
    if (!pass)
        return tl::unexpected(pass.error());
    m_pass = std::move(*pass);
    for (auto step : {&Copy::hashPart, &Copy::copyRest}) {
        const auto isGoingOn = (this->*step)();
        if (!isGoingOn)
            return tl::unexpected(isGoingOn.error());
        if (!*isGoingOn)
            return std::nullopt;
    }
    if (auto settled = settle(); !settled)
        return tl::unexpected(settled.error());
    return m_pass->finish();
}

Result<void> Copy::openPart() {
    const std::string& path = m_request.partPath;
    // A crash came between the last rename and the moment when somebody knew of it.
    if (::access(path.c_str(), F_OK) != 0)
        (void)::rename(m_request.targetPath.c_str(), path.c_str());
    m_part = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!m_part.isOpen())
        return failWriting(path);
    const auto size = m_part.size();
    if (!size)
        return tl::unexpected(size.error());
    m_good = std::min({m_request.good, *size, m_stamp.size});
    if (m_good != m_stamp.size)
        m_good -= m_good % SequentialReader::blockSize;
    if (::ftruncate(m_part.get(), static_cast<off_t>(m_good)) != 0)
        return failWriting(path);
    return {};
}

/// Room for all of it, before the first byte: a copy that fails at its end has only cost time.
Result<void> Copy::reserve() {
    // A file system that can share blocks has the whole copy at once.
    if (m_good == 0 && ::ioctl(m_part.get(), FICLONE, m_request.source->get()) == 0) {
        m_good = m_stamp.size;
        return {};
    }
    struct statvfs room {};
    const std::uint64_t needed = m_stamp.size - m_good;
    if (::fstatvfs(m_part.get(), &room) != 0)
        return failWriting(m_request.partPath);
    const std::uint64_t free = std::uint64_t{room.f_bavail} * room.f_frsize;
    const bool isFull = free < needed || (needed > 0 &&
                                          ::fallocate(m_part.get(), FALLOC_FL_KEEP_SIZE, 0,
                                                      static_cast<off_t>(m_stamp.size)) != 0 &&
                                          (errno == ENOSPC || errno == EDQUOT));
    if (isFull)
        return fail(ErrorCode::DiskFull, folderOf(m_request.targetPath),
                    inGigabytes(needed) + " are needed and " + inGigabytes(free) + " are free");
    return {};
}

/// What an earlier try left counts only as far as it is read again.
Result<bool> Copy::hashPart() {
    auto reader = SequentialReader::open(m_part, 0, m_good);
    if (!reader)
        return tl::unexpected(reader.error());
    for (;;) {
        const auto block = reader->next();
        if (!block)
            return tl::unexpected(block.error());
        if (block->empty())
            return true;
        m_pass->add(*block);
        if (!m_callbacks.progress(reader->position()))
            return false;
    }
}

Result<bool> Copy::copyRest() {
    auto reader = SequentialReader::open(*m_request.source, m_good, m_stamp.size);
    if (!reader)
        return tl::unexpected(reader.error());
    Instant synced = BootClock::now();
    for (;;) {
        const std::uint64_t offset = reader->position();
        const auto block = reader->next();
        if (!block && block.error().code != ErrorCode::FileChanged)
            return fail(ErrorCode::FileGone, m_request.source->path(), block.error().detail);
        if (!block)
            return tl::unexpected(block.error());
        if (block->empty())
            return true;
        if (auto written = write(offset, *block); !written)
            return tl::unexpected(written.error());
        m_pass->add(*block);
        const Instant now = BootClock::now();
        if (now - synced >= m_request.syncInterval) {
            if (::fdatasync(m_part.get()) != 0)
                return failWriting(m_request.partPath);
            synced = BootClock::now();
            m_callbacks.isGood(reader->position());
        }
        if (!m_callbacks.progress(reader->position()))
            return false;
    }
}

Result<void> Copy::write(std::uint64_t offset, Bytes bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(m_part.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failWriting(m_request.partPath);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

/// Bytes, time and name are on the disk when it returns (R46, R48).
Result<void> Copy::settle() {
    if (auto unchanged = m_request.source->checkUnchanged(); !unchanged) // of one that shares its blocks, too
        return unchanged;
    constexpr std::int64_t perSecond = 1'000'000'000;
    const std::int64_t nanoseconds = ((m_stamp.modified % perSecond) + perSecond) % perSecond;
    const timespec modified{(m_stamp.modified - nanoseconds) / perSecond, nanoseconds};
    const timespec times[] = {modified, modified};
    if (::futimens(m_part.get(), times) != 0 || ::fsync(m_part.get()) != 0)
        return failWriting(m_request.partPath);
    m_callbacks.isGood(m_stamp.size);
    if (::rename(m_request.partPath.c_str(), m_request.targetPath.c_str()) != 0)
        return failWriting(m_request.targetPath);
    const FileDescriptor folder(
        ::open(folderOf(m_request.targetPath).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isOpen() || ::fsync(folder.get()) != 0)
        return failWriting(m_request.targetPath);
    return {};
}

} // namespace

Result<std::optional<FileDigests>> copyImage(const CopyRequest& request, const CopyCallbacks& callbacks) {
    return Copy(request, callbacks).run();
}

} // namespace rackmuster::media
