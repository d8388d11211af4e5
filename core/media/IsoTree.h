#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"
#include "core/media/IsoVolume.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace rackmuster::media {

/// The limits of R43 and the bounds that keep memory and time small on hostile images.
struct IsoLimits {
    std::size_t entries = 1'000'000;
    std::size_t depth = 64;                    ///< directories on a path
    std::size_t pathLength = 4096;             ///< bytes
    std::uint64_t directoryBytes = 32U << 20U; ///< of all directories together; of 65,000 files half that
    std::uint64_t pathBytes = 32U << 20U;      ///< of all paths together
    std::size_t facts = 100;                   ///< skipped entries that are kept by name
};

/// Path without leading slash -> extents.
using IsoFiles = std::unordered_map<std::string, std::vector<boot::FileSlice>>;

struct IsoTree {
    IsoFiles files;
    bool hasRockRidge = false; ///< the names are whole
    std::vector<std::string>
        skipped; ///< "path: reason" of entries that were left out; at most IsoLimits::facts
};

/// Walks the directories of `volume`, which has a root. `name` is for messages. Errors: BrokenIso,
/// TruncatedIso (the file shrank).
[[nodiscard]] Result<IsoTree> readIsoTree(std::shared_ptr<const FileDescriptor> file, const IsoVolume& volume,
                                          const std::string& name, const IsoLimits& limits = {});

} // namespace rackmuster::media
