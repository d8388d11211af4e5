#include "core/media/IsoImage.h"
#include "core/media/MediaInspector.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

namespace {

// An image begins with 32 KiB that nobody reads. The input is what follows; the file has a hole in front.
constexpr off_t descriptorsAt = 16 * 2048;
constexpr std::size_t maximumInput = 1U << 20U;

} // namespace

/// An image out of the input: it must be refused, or every extent must lie inside of the file and be
/// readable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > maximumInput)
        return -1;
    auto file = std::make_shared<rackmuster::FileDescriptor>(::memfd_create("image", MFD_CLOEXEC));
    if (!file->isOpen() || ::pwrite(file->get(), data, size, descriptorsAt) != static_cast<ssize_t>(size))
        std::abort();
    const auto image = rackmuster::media::IsoImage::read(file, "image");
    if (!image)
        return 0;
    for (const auto& [path, slices] : image->files()) {
        for (const auto& slice : slices) {
            if (slice.offset > image->size() || slice.length > image->size() - slice.offset)
                std::abort();
        }
        if (path.empty() || path.front() == '/' || path.size() > 4096)
            std::abort();
    }
    const auto report = rackmuster::media::inspect(*image, "image", true);
    if (report.isInstallable() && !(image->contains(report.kernelPath) && image->contains(report.initrdPath)))
        std::abort();
    (void)rackmuster::media::toImageFiles(*image, report, "id");
    return 0;
}
