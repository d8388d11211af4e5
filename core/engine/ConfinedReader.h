#pragma once

#include "core/base/Result.h"
#include "core/media/Medium.h"

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

namespace rackmuster::engine {

/// What one reading may take (design rule A3).
struct ReaderLimits {
    std::uint64_t addressSpace = 512U << 20U; ///< bytes
    std::chrono::seconds processorTime{60};
    std::chrono::milliseconds wallTime{90'000};
};

/// Has images read by rackmuster-reader, a process of its own without any right: what a hostile image does to
/// it is an Error here, and nothing else happens. A value; any thread, which waits meanwhile.
class ConfinedReader {
public:
    ConfinedReader(); ///< With findReader().
    explicit ConfinedReader(std::string program, ReaderLimits limits = {});

    /// Opens a file or block device in place and reads it; `hasHostBiosLoader` as for media::readMedium.
    /// Errors: NoSuchFile, those of media::readMedium; ReaderUnusable, ReaderFailed, ReaderEscaped,
    /// ReadingTooSlow, ReadingTooLarge; ReadingCancelled soon after `stop` was requested.
    [[nodiscard]] Result<media::Medium> read(const std::string& path, bool hasHostBiosLoader,
                                             const std::stop_token& stop = {}) const;

private:
    std::string m_program;
    ReaderLimits m_limits;
};

} // namespace rackmuster::engine
