#include "core/media/RpmArchive.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

/// What liblzma cannot get it does without, as in the reading process: a header may ask for a dictionary of
/// 4 GiB, and to hand that out takes seconds.
extern "C" const char* __asan_default_options() { // NOLINT(readability-identifier-naming): the runtime's name
    return "allocator_may_return_null=1:max_allocation_size_mb=512";
}

/// A package out of the input: it must be refused, or unpack within its limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t maximumInput = 1U << 16U;
    constexpr std::uint64_t largestMember = 1U << 20U;
    if (size > maximumInput)
        return -1;
    auto file = std::make_shared<rackmuster::FileDescriptor>(::memfd_create("package", MFD_CLOEXEC));
    if (!file->isOpen() || ::write(file->get(), data, size) != static_cast<ssize_t>(size))
        std::abort();
    const auto members = rackmuster::media::readRpm({{file, 0, size}}, [](std::string_view) { return true; },
                                                    {.member = largestMember, .archive = 16U << 20U});
    if (!members)
        return 0;
    for (const auto& member : *members) {
        if (member.bytes.empty() || member.bytes.size() > largestMember)
            std::abort();
    }
    return 0;
}
