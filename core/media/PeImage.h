#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rackmuster::media {

/// A section of a PE program: its bytes in the file, as far as they are filled.
struct PeSection {
    std::string name; ///< eight characters at most: ".sbat", "mods"
    Bytes bytes;
};

/// What an audit reads of a UEFI program (Microsoft PE Format). Views into the bytes it was read from.
struct PeImage {
    std::uint16_t machine = 0; ///< 0x8664 x86-64, 0x014C i386, 0xAA64 arm64
    std::vector<PeSection> sections;
    std::vector<Bytes> signatures; ///< PKCS#7 bodies of the attribute certificate table

    /// Null when there is none of this name.
    [[nodiscard]] const PeSection* section(std::string_view name) const;
};

/// Reads the headers of PE32 and PE32+. A section or certificate that is not inside the bytes is left out: it
/// is as good as absent. Errors: Malformed (no such program), Truncated.
[[nodiscard]] Result<PeImage> parsePe(Bytes bytes);

} // namespace rackmuster::media
