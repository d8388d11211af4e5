#pragma once

#include "core/media/IsoImage.h"
#include "core/media/MediaInspector.h"

namespace rackmuster::media {

/// An image that was read: where its files are, and what it is.
struct Medium {
    IsoImage image;
    MediaReport report;
};

/// Reads and inspects an open image in this process, which hostile bytes may crash or keep busy: the console
/// has it done by rackmuster-reader (design rule A3). `name` is for messages and stands in the report.
/// `hasHostBiosLoader`: the host's syslinux package is installed. `kept` takes what lies nowhere in the image
/// as it is. Errors: those of IsoImage::read; BrokenIso beyond 1,000,000 files (R43).
[[nodiscard]] Result<Medium> readMedium(std::shared_ptr<const FileDescriptor> file, const std::string& name,
                                        bool hasHostBiosLoader, MemoryFile kept = {});

} // namespace rackmuster::media
