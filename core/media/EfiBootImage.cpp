#include "core/media/EfiBootImage.h"

#include "core/base/ByteReader.h"
#include "core/media/FatTree.h"

#include <array>

namespace rackmuster::media {

namespace {

constexpr std::size_t entrySize = 32; // of the catalogue, bytes
constexpr std::uint8_t efiPlatform = 0xEF;
constexpr std::uint8_t isBootable = 0x88;

enum CatalogEntry : std::uint8_t { Validation = 0x01, SectionFollows = 0x90, LastSection = 0x91 };

/// The first sector of the image that an entry starts; none when it is not for booting without emulation.
std::optional<std::uint32_t> imageOf(Bytes entry) {
    ByteReader reader(entry);
    const auto indicator = reader.u8("El Torito");
    const auto medium = reader.u8("El Torito");
    const auto sector = reader.seek(8, "El Torito").and_then([&] { return reader.u32le("El Torito"); });
    if (!indicator || !medium || !sector || *indicator != isBootable || (*medium & 0x0FU) != 0)
        return std::nullopt;
    return *sector;
}

/// The catalogue is one sector of entries: validation, the default one of its platform, sections of others.
std::optional<std::uint32_t> efiImageIn(Bytes catalog) {
    if (catalog[0] != Validation)
        return std::nullopt;
    std::uint8_t platform = catalog[1];
    for (std::size_t at = entrySize; at + entrySize <= catalog.size(); at += entrySize) {
        const Bytes entry = catalog.subspan(at, entrySize);
        if (entry[0] == SectionFollows || entry[0] == LastSection)
            platform = entry[1];
        else if (const auto sector = imageOf(entry); sector && platform == efiPlatform)
            return sector;
    }
    return std::nullopt;
}

} // namespace

std::optional<IsoTree> readEfiBootImage(const std::shared_ptr<const FileDescriptor>& file,
                                        const IsoVolume& volume, const IsoLimits& limits) {
    if (!volume.bootCatalog)
        return std::nullopt;
    std::array<std::uint8_t, isoSectorSize> catalog{};
    if (!file->readExactly(*volume.bootCatalog * isoSectorSize, catalog))
        return std::nullopt;
    const auto sector = efiImageIn(catalog);
    if (!sector || *sector * isoSectorSize >= volume.fileSize)
        return std::nullopt;
    // The catalogue's own size field has 16 bits and is often wrong; the FAT volume knows its size itself.
    const boot::FileSlice place{file, *sector * isoSectorSize, volume.fileSize - *sector * isoSectorSize};
    auto tree = readFatTree(place, efiBootDirectory, limits);
    return tree ? std::optional(std::move(*tree)) : std::nullopt;
}

} // namespace rackmuster::media
