#pragma once

#include "core/media/IsoTree.h"

#include <string_view>

namespace rackmuster::media {

/// The files of a FAT12, FAT16 or FAT32 volume that begins at `place.offset` and ends within `place`, as
/// extents of the same file, under `prefix`. Long names where there are any. Chains that loop, leave the
/// volume or end too early are skipped with their reason. Source: Microsoft FAT32 File System
/// Specification 1.03. Errors: BrokenIso.
[[nodiscard]] Result<IsoTree> readFatTree(const boot::FileSlice& place, std::string_view prefix,
                                          const IsoLimits& limits = {});

} // namespace rackmuster::media
