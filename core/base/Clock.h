#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rackmuster {

/// CLOCK_BOOTTIME: goes on through suspend and never jumps (design rule A7). For every timer.
struct BootClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
    static time_point now() noexcept;
};

/// A moment for timers; has no meaning after a restart of the computer.
using Instant = BootClock::time_point;
/// A moment for people and for the database: milliseconds since 1970, UTC.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where shells get the time from. Pure functions take the time as a parameter instead.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual WallTime wallNow() const = 0;
};

/// The computer's own clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] WallTime wallNow() const override;
};

/// "2026-11-22T15:00:00.123Z".
[[nodiscard]] std::string toIsoText(WallTime time);

} // namespace rackmuster
