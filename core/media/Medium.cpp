#include "core/media/Medium.h"

#include "core/media/IsoTree.h"

#include <utility>

namespace rackmuster::media {

Result<Medium> readMedium(std::shared_ptr<const FileDescriptor> file, const std::string& name,
                          bool hasHostBiosLoader, MemoryFile kept) {
    auto image = IsoImage::read(std::move(file), name, std::move(kept));
    if (!image)
        return tl::unexpected(image.error());
    // Each tree of the image keeps this limit; one on top of the other may not.
    constexpr std::size_t most = IsoLimits{}.entries;
    if (image->files().size() > most)
        return fail(ErrorCode::BrokenIso, name, "it has more than " + std::to_string(most) + " entries");
    MediaReport report = inspect(*image, name, hasHostBiosLoader);
    return Medium{std::move(*image), std::move(report)};
}

} // namespace rackmuster::media
