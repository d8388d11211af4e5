#include "core/media/FatTree.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

/// A FAT volume out of the input: it must be refused, or every extent must lie inside of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t maximumInput = 1U << 20U;
    if (size > maximumInput)
        return -1;
    auto file = std::make_shared<rackmuster::FileDescriptor>(::memfd_create("volume", MFD_CLOEXEC));
    if (!file->isOpen() || ::write(file->get(), data, size) != static_cast<ssize_t>(size))
        std::abort();
    const auto tree = rackmuster::media::readFatTree({file, 0, size}, "fat/");
    if (!tree)
        return 0;
    for (const auto& [path, slices] : tree->files) {
        if (!path.starts_with("fat/") || path.size() > 4096)
            std::abort();
        for (const auto& slice : slices) {
            if (slice.offset > size || slice.length > size - slice.offset)
                std::abort();
        }
    }
    return 0;
}
