#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/media/Digest.h"
#include "core/media/ImplantedSum.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rackmuster::media {

/// What one pass over a file is to compute.
struct DigestRequest {
    std::set<DigestKind> kinds; ///< SHA-256 comes always
    std::optional<ImplantedSum> implanted;
};

struct FileDigests {
    std::map<DigestKind, std::string> sums; ///< lower-case hex digits
    std::optional<bool> isAsImplanted;      ///< nothing when none was asked for
};

/// Told after each block how many bytes are done; false ends the work between two blocks.
using DigestProgress = std::function<bool(std::uint64_t done)>;

/// All sums of a file in one pass over its bytes.
class DigestPass {
public:
    /// Error: System, when a sum cannot be computed on this computer.
    [[nodiscard]] static Result<DigestPass> begin(const DigestRequest& request);

    /// The next bytes of the file.
    void add(Bytes bytes);
    /// Used up.
    [[nodiscard]] FileDigests finish();

private:
    DigestPass() = default;
    std::vector<std::pair<DigestKind, Digest>> m_digests;
    std::optional<ImplantedCheck> m_implanted;
};

/// Reads `file` once, nothing else of it is held in memory. Nothing when `progress` ended it. Errors:
/// FileChanged, System.
[[nodiscard]] Result<std::optional<FileDigests>>
digestFile(const FileDescriptor& file, const DigestRequest& request, const DigestProgress& progress);

/// SHA-256 over the first and the last mebibyte: enough to know a file again that came back, not enough to
/// vouch for it. Errors: Truncated, System.
[[nodiscard]] Result<std::string> digestEnds(const FileDescriptor& file);

} // namespace rackmuster::media
