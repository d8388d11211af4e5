#pragma once

#include "core/base/Result.h"
#include "core/media/Digest.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// A sum that somebody published for an image.
struct PublishedSum {
    DigestKind kind = DigestKind::Sha256;
    std::string hex;    ///< lower case
    std::string source; ///< where it stands: the name of a checksum file, "pasted"

    bool operator==(const PublishedSum&) const = default;
};

/// One line of a checksum file.
struct ChecksumLine {
    DigestKind kind = DigestKind::Sha256;
    std::string hex;  ///< lower case
    std::string file; ///< the last part of the name it is for; empty: a bare sum

    bool operator==(const ChecksumLine&) const = default;
};

/// The lines that hold a sum: "SHA256 (file) = hex", "hex  file", "hex *file" or a bare "hex" of MD5, SHA-1,
/// SHA-256 or SHA-512. Others, as comments and the parts of a PGP signature, are passed over; the signature
/// is not checked.
[[nodiscard]] std::vector<ChecksumLine> parseChecksums(std::string_view text);

/// The sums for the file `image` in checksum files of its folder: those that are about one image
/// (IMAGE.sha256 ...: the line that names it, or the only one) and those about many (CHECKSUM, *-CHECKSUM,
/// SHA256SUMS ...: the line that names it). A file above 1 MiB or that cannot be read is passed over.
[[nodiscard]] std::vector<PublishedSum> findPublishedSums(const std::string& image);

/// What an operator pasted for `image`: a bare sum, or lines of a checksum file of which one names the image
/// or only one holds a sum. Error: Malformed, when no sum for this image is in it.
[[nodiscard]] Result<std::vector<PublishedSum>> parsePastedSum(std::string_view text,
                                                               const std::string& image);

} // namespace rackmuster::media
