#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::media {

/// Logical sectors and blocks of every image that we read (ECMA-119 6.1.2): bytes.
inline constexpr std::uint64_t isoSectorSize = 2048;

/// Where a directory's records are.
struct IsoDirectory {
    std::uint64_t block = 0; ///< first logical block, extended attribute records already behind us
    std::uint64_t size = 0;  ///< bytes
};

/// What the volume descriptors say (ECMA-119 8).
struct IsoVolume {
    std::string id;                     ///< without trailing blanks
    std::uint64_t fileSize = 0;         ///< of the image file, bytes
    std::optional<IsoDirectory> root;   ///< of the primary descriptor; none in an image of UDF alone
    std::optional<IsoDirectory> joliet; ///< root of a supplementary descriptor with a Joliet escape sequence
    std::optional<IsoDirectory> enhanced;     ///< root of an enhanced descriptor (ISO 9660:1999): long names
    std::optional<std::uint32_t> bootCatalog; ///< sector of the El Torito catalogue
    bool hasUdf = false; ///< NSR02 or NSR03 in the recognition area: UDF, alone or as a bridge
};

/// Reads the descriptors. `name` is for messages. Errors: NotAnIso, TruncatedIso (the volume is larger than
/// the file), BrokenIso.
[[nodiscard]] Result<IsoVolume> readIsoVolume(const FileDescriptor& file, const std::string& name);

} // namespace rackmuster::media
