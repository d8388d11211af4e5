#pragma once

#include <cstdint>

/// What the console and rackmuster-reader agree on besides MediumRecord. Arguments: the image's name for
/// messages, "host" or "own" (where the BIOS loader comes from), bytes of address space, seconds of
/// processor time.
namespace rackmuster::media::reader {

/// Its descriptors. Nothing else is open.
enum Descriptor : int {
    Image = 0,  ///< for reading
    Answer = 1, ///< an empty memfd: a MediumRecord
    Log = 2,    ///< /dev/null, for libraries that write there
    Kept = 3,   ///< an empty memfd: what lies nowhere in the image as it is
    DescriptorCount = 4,
};

enum ExitCode : int {
    Answered = 0, ///< an answer that says what is wrong with the image is one, too
    WrongUse = 2,
    NotConfined = 3, ///< the kernel refuses; no byte was read
    OutOfMemory = 4,
    TooMuchToSay = 5, ///< the answer is larger than `largestAnswer`
};

constexpr std::uint64_t largestAnswer = 128U << 20U; ///< bytes

} // namespace rackmuster::media::reader
