#include "core/engine/StateLock.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>

namespace rackmuster::engine {

Result<FileDescriptor> lockStateDirectory(const std::string& directory) {
    // No child keeps it (O_CLOEXEC), and it is never removed: who opened it before would hold another file.
    FileDescriptor file(::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return fail(ErrorCode::NoSuchFile, directory, "it cannot be written to");
    // Of an instance that was killed while it started a program, that child has the lock too until it runs;
    // nobody tells when.
    constexpr int tries = 50;
    constexpr int pause = 10; // ms
    int status = ::flock(file.get(), LOCK_EX | LOCK_NB);
    for (int i = 1; i < tries && status != 0 && errno == EWOULDBLOCK; ++i) {
        ::poll(nullptr, 0, pause);
        status = ::flock(file.get(), LOCK_EX | LOCK_NB);
    }
    if (status == 0)
        return file;
    return errno == EWOULDBLOCK ? fail(ErrorCode::AlreadyRunning, directory)
                                : fail(ErrorCode::NoSuchFile, directory, "it cannot be locked");
}

} // namespace rackmuster::engine
