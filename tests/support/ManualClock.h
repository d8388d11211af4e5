#pragma once

#include "core/base/Clock.h"

#include <atomic>

namespace rackmuster::tests {

/// A clock that stands still until a test moves it. Thread-safe.
class ManualClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] WallTime wallNow() const override;
    /// Moves both clocks forward.
    void advance(std::chrono::milliseconds by);
    /// Moves the wall clock alone, as somebody does who sets the date.
    void setDateOff(std::chrono::milliseconds by);

private:
    std::atomic<std::int64_t> m_milliseconds{0};
    std::atomic<std::int64_t> m_wallOffset{0};
};

} // namespace rackmuster::tests
