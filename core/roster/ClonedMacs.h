#pragma once

#include "core/base/Clock.h"
#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"

#include <deque>
#include <unordered_map>

namespace rackmuster::roster {

/// Notices two machines behind one hardware address by their UUIDs, which change places (R19). A UUID that
/// changes once is a new mainboard. Remembers a bounded number of machines; kept by nobody over a restart.
class ClonedMacs {
public:
    static constexpr std::size_t mostFlips = 2; ///< in `window`; one more is an alert
    static constexpr std::chrono::minutes window{10};
    static constexpr std::size_t maximumMachines = 4096;

    /// `mac` told `uuid` at `now`. True once for each pair of machines: when they are noticed.
    [[nodiscard]] bool notice(MacAddress mac, const Uuid& uuid, WallTime now);

private:
    struct Past {
        Uuid last;
        WallTime heard;
        std::deque<WallTime> flips; ///< within the window
        bool isTold = false;
    };
    void forgetOldest();

    std::unordered_map<MacAddress, Past> m_machines;
};

} // namespace rackmuster::roster
