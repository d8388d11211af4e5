#pragma once

#include "core/media/IsoTree.h"
#include "core/media/MemoryFile.h"

namespace rackmuster::media {

/// The files of a UDF volume (ECMA-167, by libudfread), as extents of the image like those of an ISO 9660
/// tree. A file that `known` lists with the same size under the same path keeps the extents from there; where
/// the sizes differ UDF is right, as ISO 9660 has no more than 32 bits for a size. Beside Rock Ridge, whose
/// names are whole, a file that lies where `known` has one is the same file under a shorter name. `kept`
/// takes what lies inside of directory records. Errors: BrokenIso.
[[nodiscard]] Result<IsoTree> readUdfTree(std::shared_ptr<const FileDescriptor> file, std::uint64_t fileSize,
                                          const std::string& name, const IsoTree& known, MemoryFile& kept,
                                          const IsoLimits& limits = {});

} // namespace rackmuster::media
