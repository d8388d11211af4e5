#include "core/media/KernelImage.h"

#include "core/media/TreePath.h"

namespace rackmuster::media {

namespace {

constexpr std::size_t magicAt = 0x202; // "HdrS", then the protocol's version
constexpr std::size_t versionAt = 0x20E;
constexpr std::size_t flagsAt = 0x236;
constexpr std::size_t textsStart = 0x200;    // what the version's offset counts from
constexpr std::uint16_t withFlags = 0x020C;  // the protocol that brought xloadflags
constexpr std::uint16_t has64BitEntry = 0x1; // XLF_KERNEL_64

} // namespace

std::optional<KernelImage> parseKernelImage(Bytes bytes) {
    ByteReader reader(bytes);
    const auto magic = reader.seek(magicAt, "kernel").and_then([&] { return reader.take(4, "kernel"); });
    const auto protocol = reader.u16le("kernel");
    if (!magic || asText(*magic) != "HdrS" || !protocol)
        return std::nullopt;
    KernelImage out;
    const auto flags = reader.seek(flagsAt, "kernel").and_then([&] { return reader.u16le("kernel"); });
    out.is64Bit = *protocol >= withFlags && flags && (*flags & has64BitEntry) != 0;
    const auto offset = reader.seek(versionAt, "kernel").and_then([&] { return reader.u16le("kernel"); });
    if (offset && *offset != 0 && reader.seek(textsStart + *offset, "kernel")) {
        if (const auto text = reader.cString("kernel"))
            out.version = printableName(*text);
    }
    return out;
}

} // namespace rackmuster::media
