#include "core/media/MemoryFile.h"

#include <cerrno>
#include <sys/mman.h>
#include <unistd.h>

namespace rackmuster::media {

Result<boot::FileSlice> MemoryFile::append(Bytes bytes) {
    if (bytes.size() > limit - m_size)
        return fail(ErrorCode::NotAllowed, "Keeping a part of the image in memory",
                    "it needs more than " + std::to_string(limit) + " bytes");
    if (!m_file) {
        FileDescriptor made(::memfd_create("rackmuster-image", MFD_CLOEXEC));
        if (!made.isOpen())
            return failSystem("Keeping a part of the image in memory");
        m_file = std::make_shared<const FileDescriptor>(std::move(made));
    }
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::pwrite(m_file->get(), bytes.data() + written, bytes.size() - written,
                                       static_cast<off_t>(m_size + written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failSystem("Keeping a part of the image in memory");
        written += static_cast<std::size_t>(count);
    }
    const boot::FileSlice slice{m_file, m_size, bytes.size()};
    m_size += bytes.size();
    return slice;
}

} // namespace rackmuster::media
