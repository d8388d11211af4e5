#include "core/media/MediumRecord.h"
#include "core/media/TreePath.h"
#include "tests/fuzz/support/Require.h"

#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::media;
using fuzz::require;

namespace {

using File = std::shared_ptr<const FileDescriptor>;

// As long as the kept inputs say.
constexpr std::uint64_t imageSize = 1U << 20U;
constexpr std::uint64_t keptSize = 1U << 12U;

File makeFile(std::uint64_t size) {
    FileDescriptor made(::memfd_create("fuzz", MFD_CLOEXEC));
    require(made.isOpen() && ::ftruncate(made.get(), static_cast<off_t>(size)) == 0);
    return std::make_shared<const FileDescriptor>(std::move(made));
}

void checkFiles(const IsoImage& image, const File& file) {
    for (const auto& [path, slices] : image.files()) {
        require(isUsablePath(path) && !slices.empty());
        for (const boot::FileSlice& slice : slices) {
            const std::uint64_t size = slice.file == file ? imageSize : keptSize;
            require(slice.offset <= size && slice.length <= size - slice.offset);
        }
    }
}

} // namespace

/// What a reader may answer: it must be refused, or point nowhere but into the two files, and be written as
/// it was read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const File file = makeFile(imageSize);
    static const File kept = makeFile(keptSize);
    const auto medium = decodeMedium({data, size}, "image", file, kept);
    if (!medium)
        return 0;
    checkFiles(medium->image, file);
    const MediaReport& report = medium->report;
    require(!report.isInstallable() ||
            (medium->image.contains(report.kernelPath) && medium->image.contains(report.initrdPath)));
    std::size_t written = 0;
    const auto again = encodeMedium(medium, [&written](Bytes bytes) -> Result<void> {
        written += bytes.size();
        return {};
    });
    require(again && written == size);
    return 0;
}
