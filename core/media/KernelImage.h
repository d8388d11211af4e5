#pragma once

#include "core/base/ByteReader.h"

#include <optional>
#include <string>

namespace rackmuster::media {

/// What the header of an x86 kernel says (Linux, Documentation/arch/x86/boot.rst).
struct KernelImage {
    std::string version;  ///< "6.1.0-18-amd64 (...)", "Memtest86+ v6.10"; empty: it has none
    bool is64Bit = false; ///< has a 64-bit entry point
};

/// `bytes` is the start of a file, 64 KiB are enough. Nothing when it is no such kernel.
[[nodiscard]] std::optional<KernelImage> parseKernelImage(Bytes bytes);

} // namespace rackmuster::media
