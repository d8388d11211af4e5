#pragma once

#include "core/base/Clock.h"

#include <cstdint>
#include <deque>

namespace rackmuster::engine {

/// Bytes per second over the last seconds, for people: it does not jump with every block.
class SpeedMeter {
public:
    /// So much is done now. `done` may fall when the work begins anew; the meter then does, too.
    void add(Instant now, std::uint64_t done);
    /// 0 when there is nothing to tell from yet.
    [[nodiscard]] double bytesPerSecond() const;

private:
    struct Sample {
        Instant time;
        std::uint64_t done = 0;
    };
    std::deque<Sample> m_samples; ///< oldest first
};

} // namespace rackmuster::engine
