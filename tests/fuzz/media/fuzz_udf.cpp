#include "core/media/TreePath.h"
#include "core/media/UdfTree.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

namespace {

constexpr std::uint64_t sectors = 512; // of the image
constexpr std::size_t pieceSize = 2 + 2048;

} // namespace

/// What libudfread cannot get it does without, as in the reading process; to hand out gigabytes takes
/// seconds.
extern "C" const char* __asan_default_options() { // NOLINT(readability-identifier-naming): the runtime's name
    return "allocator_may_return_null=1:max_allocation_size_mb=512";
}

/// A UDF volume out of the input, which is a row of (sector number, sector): a volume has few that are not
/// empty, and they lie far apart. It must be refused, or every extent must lie inside of its file and have
/// the file's size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t maximumInput = 64 * pieceSize;
    if (size > maximumInput)
        return -1;
    auto file = std::make_shared<rackmuster::FileDescriptor>(::memfd_create("volume", MFD_CLOEXEC));
    if (!file->isOpen() || ::ftruncate(file->get(), sectors * rackmuster::media::isoSectorSize) != 0)
        std::abort();
    for (std::size_t at = 0; at + pieceSize <= size; at += pieceSize) {
        const std::uint64_t sector = (data[at] | std::uint64_t{data[at + 1]} << 8U) % sectors;
        if (::pwrite(file->get(), data + at + 2, 2048, static_cast<off_t>(sector * 2048)) != 2048)
            std::abort();
    }
    rackmuster::media::MemoryFile kept;
    const auto tree = rackmuster::media::readUdfTree(file, sectors * 2048, "volume", {}, kept);
    if (!tree)
        return 0;
    for (const auto& [path, slices] : tree->files) {
        if (path.empty() || path.front() == '/' || path.size() > 4096)
            std::abort();
        for (const auto& slice : slices) {
            const std::uint64_t end = slice.file == file ? sectors * 2048 : kept.limit;
            if (slice.offset > end || slice.length > end - slice.offset)
                std::abort();
        }
    }
    return 0;
}
