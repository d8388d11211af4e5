#include "core/media/IsoVolume.h"

#include "core/base/ByteReader.h"
#include "core/media/IsoRecord.h"

#include <array>
#include <string_view>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t firstDescriptor = 16; // sector, ECMA-119 6.2.1
constexpr std::uint64_t lastDescriptor = 64;  // sector; real images end near 20

enum DescriptorType : std::uint8_t { Boot = 0, Primary = 1, Supplementary = 2, Terminator = 255 };

using Sector = std::array<std::uint8_t, isoSectorSize>;

Bytes slice(Bytes sector, std::size_t offset, std::size_t count) {
    return sector.subspan(offset, count);
}

std::string trimmed(std::string_view text) {
    const std::size_t end = text.find_last_not_of(std::string_view(" \0", 2));
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

/// ISO 9660:1999 8.5: a supplementary descriptor of version 2.
bool isEnhanced(Bytes sector) {
    constexpr std::uint8_t enhancedVersion = 2;
    return sector[6] == enhancedVersion;
}

bool isJoliet(Bytes sector) {
    const std::string_view escape = asText(slice(sector, 88, 3)); // the three UCS-2 levels
    return escape == "%/@" || escape == "%/C" || escape == "%/E";
}

Result<IsoDirectory> rootOf(Bytes sector) {
    return parseIsoRecord(slice(sector, 156, 34)).map([](const IsoRecord& record) {
        return IsoDirectory{record.block, record.size};
    });
}

std::string sizes(std::uint64_t found, std::uint64_t wanted) {
    return "it has " + std::to_string(found) + " bytes and its file system needs " + std::to_string(wanted);
}

Result<void> readPrimary(Bytes sector, IsoVolume& volume, const std::string& name) {
    ByteReader reader(sector);
    const auto blocks = reader.seek(80, "volume").and_then([&] { return reader.u32le("volume"); });
    const auto blockSize = reader.seek(128, "volume").and_then([&] { return reader.u16le("volume"); });
    const auto root = rootOf(sector);
    if (!blocks || !blockSize || *blockSize != isoSectorSize || !root)
        return fail(ErrorCode::BrokenIso, name, "its volume descriptor cannot be read");
    if (*blocks * isoSectorSize > volume.fileSize)
        return fail(ErrorCode::TruncatedIso, name, sizes(volume.fileSize, *blocks * isoSectorSize));
    volume.id = trimmed(asText(slice(sector, 40, 32)));
    volume.root = *root;
    return {};
}

Result<void> readDescriptor(Bytes sector, IsoVolume& volume, const std::string& name) {
    if (sector[0] == Primary && !volume.root)
        return readPrimary(sector, volume, name);
    if (sector[0] == Boot && asText(slice(sector, 7, 23)) == "EL TORITO SPECIFICATION") {
        ByteReader reader(slice(sector, 71, 4)); // El Torito 1.0, figure 7
        if (const auto catalog = reader.u32le("El Torito"))
            volume.bootCatalog = *catalog;
    }
    if (sector[0] == Supplementary && (isJoliet(sector) || isEnhanced(sector))) {
        // A tree that cannot be read is as good as none: the primary one holds the same files.
        if (const auto root = rootOf(sector))
            (isJoliet(sector) ? volume.joliet : volume.enhanced) = *root;
    }
    return {};
}

} // namespace

Result<IsoVolume> readIsoVolume(const FileDescriptor& file, const std::string& name) {
    const auto size = file.size();
    if (!size)
        return tl::unexpected(size.error());
    IsoVolume volume;
    volume.fileSize = *size;
    bool isTerminated = false;
    for (std::uint64_t number = firstDescriptor; number < lastDescriptor; ++number) {
        Sector sector{};
        if (!file.readExactly(number * isoSectorSize, sector))
            break;
        const std::string_view identifier = asText(slice(sector, 1, 5));
        if (identifier == "NSR02" || identifier == "NSR03")
            volume.hasUdf = true;
        else if (identifier == "TEA01" || (identifier != "CD001" && identifier != "BEA01"))
            break;
        else if (identifier == "CD001" && !isTerminated) {
            if (const auto read = readDescriptor(sector, volume, name); !read)
                return tl::unexpected(read.error());
            isTerminated = sector[0] == Terminator;
        }
    }
    if (!volume.root && !volume.hasUdf)
        return fail(ErrorCode::NotAnIso, name);
    return volume;
}

} // namespace rackmuster::media
