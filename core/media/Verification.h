#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/media/ChecksumFile.h"
#include "core/media/FileDigest.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::media {

/// What comparing an image's bytes with what is known of them found.
struct Verification {
    enum class Verdict {
        Match,     ///< All that there was to compare with is equal.
        Mismatch,  ///< Something is not.
        NoCompare, ///< There was nothing.
    };

    Verdict verdict = Verdict::NoCompare;
    std::string sha256; ///< 64 hex digits
    std::string source; ///< what it was compared with, or what differs: "SHA256SUMS, implanted MD5"
};

/// What has to be computed to compare with `published` and with the sum inside the image. Error: System.
[[nodiscard]] Result<DigestRequest> requestFor(const FileDescriptor& file,
                                               const std::vector<PublishedSum>& published);

[[nodiscard]] Verification judge(const FileDigests& digests, const std::vector<PublishedSum>& published);

/// Reads the whole file. Nothing when `progress` ended it. Errors: FileChanged, System.
[[nodiscard]] Result<std::optional<Verification>> verifyFile(const FileDescriptor& file,
                                                             const std::vector<PublishedSum>& published,
                                                             const DigestProgress& progress);

} // namespace rackmuster::media
