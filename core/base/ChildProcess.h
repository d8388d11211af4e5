#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace rackmuster {

/// A program that runs beside this one, with nothing but what it is given: no other descriptor, no
/// environment. It is reaped for sure. Move only; any thread, and no signal handler is needed.
class ChildProcess {
public:
    struct Options {
        std::string program; ///< A path; nothing is searched.
        std::vector<std::string> arguments;
        /// They become 0, 1, 2, ... of the program; -1 stands for /dev/null.
        std::vector<int> descriptors;
    };
    /// How it ended: by its own exit code, or by a signal.
    struct End {
        int exitCode = 0;
        int signal = 0; ///< 0: none.

        bool operator==(const End&) const = default;
    };

    /// Errors: NoPrivilege when it may not be run; NoSuchFile, System.
    [[nodiscard]] static Result<ChildProcess> start(const Options& options);

    ChildProcess() = default; ///< None.
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ~ChildProcess(); ///< Kills it when it still runs, and reaps it.

    /// Waits until it has ended, and reaps it; nothing when it still runs after `patience`.
    [[nodiscard]] std::optional<End> wait(std::chrono::milliseconds patience);
    /// Ends it at once. May be called from another thread while one waits.
    void kill() const;

private:
    FileDescriptor m_handle; ///< pidfd: a number of our own, unlike the pid, which may become another's
    pid_t m_pid = -1;        ///< -1: reaped
};

} // namespace rackmuster
