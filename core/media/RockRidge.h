#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace rackmuster::media {

/// What the system use area of one directory record says (SUSP 1.12, RRIP 1.12).
struct RockRidge {
    std::optional<std::string> name;       ///< NM, its continuations joined
    std::optional<std::string> linkTarget; ///< SL: relative, "/" between parts; begins with "/" when absolute
    std::optional<std::uint32_t> childBlock; ///< CL: this is a directory that was moved there
    bool isRelocated = false;                ///< RE: listed here only because it was moved
    bool isEncoded = false;                  ///< ZF or SF: the extents are not the file's bytes
    bool isPresent = false;                  ///< PX, RR, NM or a Rock Ridge ER was seen
};

/// Fetches a continuation area: `size` bytes at `offset` of logical block `block`. The view lives until the
/// next call.
using ContinuationSource =
    std::function<Result<Bytes>(std::uint32_t block, std::uint32_t offset, std::uint32_t size)>;

/// Reads the area and at most 32 continuations (CE). An entry that does not fit ends the area, as for every
/// reader in use. Errors: Malformed (too many continuations, a name beyond 4 KiB), and what `continuation`
/// says.
[[nodiscard]] Result<RockRidge> parseRockRidge(Bytes systemUse, const ContinuationSource& continuation);

/// Bytes to skip at the start of each system use area (SP of the root's "." record, SUSP 5.3); nothing when
/// the tree has no SUSP. `systemUse` is the area of that record.
[[nodiscard]] std::optional<std::size_t> suspSkip(Bytes systemUse);

} // namespace rackmuster::media
