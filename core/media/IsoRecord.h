#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rackmuster::media {

/// One directory record (ECMA-119 9.1). Views into the bytes it was read from.
struct IsoRecord {
    enum Flag : std::uint8_t { Directory = 0x02, Associated = 0x04, MoreExtents = 0x80 };

    std::uint64_t block = 0; ///< first logical block of the data, behind the extended attribute record
    std::uint32_t size = 0;  ///< bytes
    std::uint8_t flags = 0;
    bool isInterleaved = false; ///< written in pieces with gaps (9.1.7); nobody does
    std::string_view identifier;
    Bytes systemUse; ///< where Rock Ridge lives

    [[nodiscard]] bool isDirectory() const { return (flags & Directory) != 0; }
    /// "." and ".." are the identifiers 0x00 and 0x01 (9.1.11).
    [[nodiscard]] bool isSelf() const { return identifier == std::string_view("\0", 1); }
    [[nodiscard]] bool isParent() const { return identifier == std::string_view("\1", 1); }
};

/// `record` is as long as its first byte says. Errors: Truncated, Malformed.
[[nodiscard]] Result<IsoRecord> parseIsoRecord(Bytes record);

/// The record that begins at `position` of a directory, which moves behind it; an empty span at the end. Zero
/// bytes fill a sector up, and no record crosses into the next one (6.8.1.1). Error: Malformed.
[[nodiscard]] Result<Bytes> nextIsoRecord(Bytes directory, std::size_t& position);

/// An identifier without Rock Ridge: without version and trailing dot, in lower case.
[[nodiscard]] std::string plainIsoName(std::string_view identifier);
/// An identifier of an ISO 9660:1999 tree, in which any name stands as it is.
[[nodiscard]] std::string enhancedName(std::string_view identifier);
/// An identifier of a Joliet tree (UCS-2, big end first) as UTF-8 without its version.
[[nodiscard]] std::string jolietName(std::string_view identifier);

} // namespace rackmuster::media
