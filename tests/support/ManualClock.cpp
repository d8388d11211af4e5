#include "tests/support/ManualClock.h"

namespace rackmuster::tests {

Instant ManualClock::now() const {
    return Instant(std::chrono::milliseconds(m_milliseconds.load()));
}

WallTime ManualClock::wallNow() const {
    // 2026-01-01T00:00:00Z: any fixed date far from zero.
    return WallTime(std::chrono::milliseconds(1767225600000 + m_milliseconds.load() + m_wallOffset.load()));
}

void ManualClock::advance(std::chrono::milliseconds by) {
    m_milliseconds += by.count();
}

void ManualClock::setDateOff(std::chrono::milliseconds by) {
    m_wallOffset = by.count();
}

} // namespace rackmuster::tests
