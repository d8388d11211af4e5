#pragma once

#include "core/base/FileDescriptor.h"

namespace rackmuster::net {

/// An eventfd by which one thread ends another's loop. raise() is thread-safe and final.
class StopSignal {
public:
    StopSignal();
    void raise() const;
    [[nodiscard]] int fd() const { return m_event.get(); } ///< Readable once raised.

private:
    FileDescriptor m_event;
};

} // namespace rackmuster::net
