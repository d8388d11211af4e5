#include "core/net/StopSignal.h"

#include <cerrno>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster::net {

StopSignal::StopSignal() : m_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    // Without it no loop could ever be ended, so there must be no loop.
    if (!m_event.isOpen())
        throw std::system_error(errno, std::generic_category(), "eventfd");
}

void StopSignal::raise() const {
    const std::uint64_t one = 1;
    // The counter can only be full, which is readable too, or the call be interrupted.
    while (::write(m_event.get(), &one, sizeof one) < 0 && errno == EINTR) {
    }
}

} // namespace rackmuster::net
