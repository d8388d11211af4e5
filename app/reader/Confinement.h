#pragma once

#include "core/base/Result.h"

#include <cstdint>

namespace rackmuster::reader {

struct Limits {
    std::uint64_t addressSpace = 0;     ///< bytes; more is bad_alloc
    std::uint64_t processorSeconds = 0; ///< more is SIGXCPU
    std::uint64_t writtenBytes = 0;     ///< of each file; more is SIGXFSZ
};

/// Leaves this process nothing but its open descriptors, memory and processor, for good: no file is opened,
/// no program started, no socket made; the attempt ends it by SIGSYS (design rule A3). Nobody may look into
/// it. It does not outlive the thread that started it. To be called before a second thread runs. Error:
/// System.
[[nodiscard]] Result<void> confine(const Limits& limits);

} // namespace rackmuster::reader
