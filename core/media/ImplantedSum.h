#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/media/Digest.h"

#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::media {

/// The MD5 that makers of RHEL-family images write into the image itself (isomd5sum): in the application use
/// area of the primary volume descriptor, which counts as blanks. Its fragment sums, which only let a check
/// end sooner, are not looked at.
struct ImplantedSum {
    std::string md5;              ///< 32 hex digits, lower case
    std::uint64_t areaOffset = 0; ///< of the application use area in the file, bytes
    std::uint64_t length = 0;     ///< how many bytes from the start of the file count

    bool operator==(const ImplantedSum&) const = default;
};

/// Out of the volume descriptor that lies at `offset` of the file. Nothing when it holds no such sum.
[[nodiscard]] std::optional<ImplantedSum> parseImplantedSum(Bytes descriptor, std::uint64_t offset);

/// Nothing when the file is no ISO 9660 image or has no sum in it. Error: System.
[[nodiscard]] Result<std::optional<ImplantedSum>> readImplantedSum(const FileDescriptor& file);

/// Computes what an implanted sum is about, from the file's bytes in their order.
class ImplantedCheck {
public:
    ImplantedCheck(ImplantedSum expected, Digest md5);

    void add(Bytes bytes);
    /// The bytes are those of the sum. Used up.
    [[nodiscard]] bool finish();

private:
    ImplantedSum m_expected;
    Digest m_md5;
    std::uint64_t m_done = 0; ///< bytes
};

} // namespace rackmuster::media
