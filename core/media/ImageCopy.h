#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/media/FileDigest.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace rackmuster::media {

/// One copy of a file, which may have begun earlier.
struct CopyRequest {
    std::shared_ptr<const FileDescriptor> source; ///< with a stamp()
    std::string partPath;                         ///< where the copy grows
    std::string targetPath;                       ///< where it lies once it is whole; of the same folder
    std::uint64_t good = 0; ///< so many bytes of partPath are known to be right: of an earlier try
    DigestRequest digests;
    std::chrono::milliseconds syncInterval{250}; ///< how much work a crash may cost
};

struct CopyCallbacks {
    DigestProgress progress; ///< as of digestFile()
    /// So many bytes are on the disk: what a later try may begin with.
    std::function<void(std::uint64_t good)> isGood;
};

/// Copies with size, bytes and modification time, so that a download that began from the source may go on
/// from the copy (P55). The target appears whole and on the disk or not at all; the part stays for another
/// try. Digests are of the bytes in the copy. Nothing when `progress` ended it. Errors: FileGone when the
/// source cannot be read (any more), FileChanged when somebody wrote to it, DiskFull, System for the copy.
[[nodiscard]] Result<std::optional<FileDigests>> copyImage(const CopyRequest& request,
                                                           const CopyCallbacks& callbacks);

} // namespace rackmuster::media
