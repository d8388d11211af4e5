#pragma once

#include <QByteArray>

#include <sys/types.h>

namespace rackmuster::tests {

/// A reader that this process started, seen from outside.
struct ReaderProcess {
    pid_t pid = -1;
    QByteArray status; ///< of /proc

    [[nodiscard]] bool isFound() const { return pid > 0; }
    [[nodiscard]] bool isConfined() const { return status.contains("\nSeccomp:\t2\n"); }
    [[nodiscard]] QByteArray statusOf(const char* field) const;
};

/// One that is confined, and so reads already; none when there is none within some seconds.
[[nodiscard]] ReaderProcess waitForReader();

} // namespace rackmuster::tests
