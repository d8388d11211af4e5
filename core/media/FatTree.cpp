#include "core/media/FatTree.h"

#include "core/base/ByteReader.h"
#include "core/media/TreePath.h"

#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t recordSize = 32;             // bytes of a directory record
constexpr std::uint64_t largestTable = 16U << 20U; // bytes; of a volume of 4 million clusters
constexpr qsizetype longestName = 255;             // UTF-16 units
constexpr std::uint32_t firstCluster = 2;          // the data begin with this number

enum Attribute : std::uint8_t { VolumeLabel = 0x08, Directory = 0x10, LongName = 0x0F };

enum class Width : std::uint8_t { Bits12, Bits16, Bits32 };

struct Geometry {
    Width width = Width::Bits12;
    std::uint64_t clusterSize = 0; // bytes, as the other figures
    std::uint64_t tableOffset = 0;
    std::uint64_t tableSize = 0;
    std::uint64_t rootOffset = 0; // of FAT12 and FAT16
    std::uint64_t rootSize = 0;
    std::uint64_t dataOffset = 0;
    std::uint32_t clusters = 0;
    std::uint32_t rootCluster = 0; // of FAT32
};

tl::unexpected<Error> broken(const std::string& detail) {
    return fail(ErrorCode::BrokenIso, "The EFI boot image", detail);
}

/// Spec, "Boot Sector and BPB" and "FAT Type Determination".
Result<Geometry> parseGeometry(Bytes sector, std::uint64_t volumeSize) {
    ByteReader reader(sector);
    const auto u8 = [&](std::size_t at) {
        return *reader.seek(at, "FAT").and_then([&] { return reader.u8("FAT"); });
    };
    const auto u16 = [&](std::size_t at) {
        return *reader.seek(at, "FAT").and_then([&] { return reader.u16le("FAT"); });
    };
    const auto u32 = [&](std::size_t at) {
        return *reader.seek(at, "FAT").and_then([&] { return reader.u32le("FAT"); });
    };
    const std::uint64_t sectorSize = u16(11);
    const std::uint64_t perCluster = u8(13);
    const std::uint64_t reserved = u16(14);
    const std::uint64_t tables = u8(16);
    const std::uint64_t rootEntries = u16(17);
    const std::uint64_t total = u16(19) != 0 ? u16(19) : u32(32);
    const std::uint64_t tableSectors = u16(22) != 0 ? u16(22) : u32(36);
    const bool isSane = sectorSize >= 512 && sectorSize <= 4096 && (sectorSize & (sectorSize - 1)) == 0 &&
                        perCluster != 0 && (perCluster & (perCluster - 1)) == 0 && reserved != 0 &&
                        tables != 0 && tableSectors != 0;
    if (!isSane)
        return broken("it holds no FAT volume");
    Geometry out;
    out.clusterSize = perCluster * sectorSize;
    out.tableOffset = reserved * sectorSize;
    out.tableSize = tableSectors * sectorSize;
    out.rootOffset = out.tableOffset + tables * out.tableSize;
    out.rootSize = (rootEntries * recordSize + sectorSize - 1) / sectorSize * sectorSize;
    out.dataOffset = out.rootOffset + out.rootSize;
    const std::uint64_t end = std::min(total * sectorSize, volumeSize);
    if (out.tableSize > largestTable || out.dataOffset > end)
        return broken("its FAT volume is larger than its place");
    const std::uint64_t clusters = (end - out.dataOffset) / out.clusterSize;
    out.width = clusters < 4085 ? Width::Bits12 : clusters < 65525 ? Width::Bits16 : Width::Bits32;
    // No more clusters than the table tells of: 12, 16 or 32 bits each.
    const std::uint64_t told = out.width == Width::Bits12   ? out.tableSize * 2 / 3
                               : out.width == Width::Bits16 ? out.tableSize / 2
                                                            : out.tableSize / 4;
    out.clusters =
        static_cast<std::uint32_t>(std::min(clusters, told < firstCluster ? 0 : told - firstCluster));
    out.rootCluster = out.width == Width::Bits32 ? u32(44) : 0;
    return out;
}

struct Record {
    std::string name;
    std::uint32_t cluster = 0;
    std::uint32_t size = 0;
    bool isDirectory = false;
};

std::string shortNameOf(Bytes record) {
    const auto part = [&](std::size_t at, std::size_t count, bool isLower) {
        std::string text(asText(record.subspan(at, count)));
        text.erase(text.find_last_not_of(' ') + 1);
        if (isLower)
            std::transform(text.begin(), text.end(), text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return text;
    };
    const std::uint8_t letters = record[12]; // as Windows NT writes it: no long name for lower case alone
    const std::string extension = part(8, 3, (letters & 0x10U) != 0);
    return part(0, 8, (letters & 0x08U) != 0) + (extension.empty() ? "" : "." + extension);
}

/// Thirteen UTF-16 units of a long name, up to its end.
QString longNamePart(Bytes record) {
    QString out;
    for (const std::size_t at :
         std::initializer_list<std::size_t>{1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30}) {
        const char16_t unit = static_cast<char16_t>(record[at] | record[at + 1] << 8U);
        if (unit == 0 || unit == 0xFFFF)
            break;
        out += QChar(unit);
    }
    return out;
}

struct PendingDirectory {
    std::uint32_t cluster = 0; // 0: the fixed root of FAT12 and FAT16
    std::string path;          // ends with '/'
    std::size_t depth = 0;
};

class FatWalker {
public:
    FatWalker(const boot::FileSlice& place, const IsoLimits& limits) : m_place(place), m_limits(limits) {}

    Result<IsoTree> walk(std::string_view prefix);

private:
    Result<void> readTable();
    std::uint32_t next(std::uint32_t cluster) const;
    /// The clusters of a chain, each visited once in the volume: two files that share one are broken.
    Result<std::vector<boot::FileSlice>> chain(std::uint32_t cluster, std::uint64_t wanted);
    Result<std::vector<std::uint8_t>> readDirectory(const PendingDirectory& directory);
    void readRecords(Bytes bytes, const PendingDirectory& directory);
    void add(const Record& record, const PendingDirectory& directory);
    void skip(std::string_view path, std::string_view reason);

    boot::FileSlice m_place;
    IsoLimits m_limits;
    Geometry m_geometry;
    std::vector<std::uint8_t> m_table;
    std::vector<bool> m_isUsed; // by cluster
    std::vector<PendingDirectory> m_pending;
    std::size_t m_entries = 0;
    std::uint64_t m_directoryBytes = 0;
    std::uint64_t m_pathBytes = 0;
    IsoTree m_out;
};

Result<IsoTree> FatWalker::walk(std::string_view prefix) {
    std::array<std::uint8_t, 512> sector{};
    if (m_place.length < sector.size() || !m_place.file->readExactly(m_place.offset, sector))
        return broken("it cannot be read");
    auto geometry = parseGeometry(sector, m_place.length);
    if (!geometry)
        return tl::unexpected(geometry.error());
    m_geometry = *geometry;
    if (const auto read = readTable(); !read)
        return tl::unexpected(read.error());
    m_pending.push_back({m_geometry.rootCluster, std::string(prefix), 0});
    while (!m_pending.empty()) {
        const PendingDirectory directory = std::move(m_pending.back());
        m_pending.pop_back();
        if (const auto bytes = readDirectory(directory))
            readRecords(*bytes, directory);
        else
            skip(directory.path, bytes.error().detail);
    }
    return std::move(m_out);
}

Result<void> FatWalker::readTable() {
    m_table.resize(m_geometry.tableSize);
    if (!m_place.file->readExactly(m_place.offset + m_geometry.tableOffset, m_table))
        return broken("it cannot be read");
    m_isUsed.assign(std::size_t{m_geometry.clusters} + firstCluster, false);
    return {};
}

/// The cluster after this one; out of range at the end of a chain. `cluster` is in range.
std::uint32_t FatWalker::next(std::uint32_t cluster) const {
    const auto byte = [this](std::size_t at) {
        return std::uint32_t{m_table.at(at)};
    };
    switch (m_geometry.width) {
    case Width::Bits12: {
        const std::size_t at = std::size_t{cluster} + cluster / 2;
        const std::uint32_t pair = byte(at) | byte(at + 1) << 8U;
        return (cluster & 1U) != 0 ? pair >> 4U : pair & 0xFFFU;
    }
    case Width::Bits16:
        return byte(std::size_t{cluster} * 2) | byte(std::size_t{cluster} * 2 + 1) << 8U;
    case Width::Bits32:
        break;
    }
    const std::size_t at = std::size_t{cluster} * 4;
    return (byte(at) | byte(at + 1) << 8U | byte(at + 2) << 16U | byte(at + 3) << 24U) & 0x0FFFFFFFU;
}

Result<std::vector<boot::FileSlice>> FatWalker::chain(std::uint32_t cluster, std::uint64_t wanted) {
    std::vector<boot::FileSlice> slices;
    std::uint64_t length = 0;
    while (length < wanted && cluster >= firstCluster && cluster < m_isUsed.size()) {
        if (m_isUsed[cluster])
            return broken("it shares its place with another file");
        m_isUsed[cluster] = true;
        const std::uint64_t offset =
            m_place.offset + m_geometry.dataOffset + (cluster - firstCluster) * m_geometry.clusterSize;
        const std::uint64_t part = std::min(m_geometry.clusterSize, wanted - length);
        if (!slices.empty() && slices.back().offset + slices.back().length == offset)
            slices.back().length += part;
        else
            slices.push_back({m_place.file, offset, part});
        length += part;
        cluster = next(cluster);
    }
    return slices;
}

Result<std::vector<std::uint8_t>> FatWalker::readDirectory(const PendingDirectory& directory) {
    std::vector<boot::FileSlice> slices;
    if (directory.cluster == 0) {
        slices.push_back({m_place.file, m_place.offset + m_geometry.rootOffset, m_geometry.rootSize});
    } else {
        auto found = chain(directory.cluster, m_limits.directoryBytes);
        if (!found)
            return tl::unexpected(found.error());
        slices = std::move(*found);
    }
    m_directoryBytes += sizeOfSlices(slices);
    if (m_directoryBytes > m_limits.directoryBytes)
        return broken("its directories are larger than any boot image's");
    std::vector<std::uint8_t> bytes;
    for (const boot::FileSlice& slice : slices) {
        const std::size_t start = bytes.size();
        bytes.resize(start + slice.length);
        if (!slice.file->readExactly(slice.offset, std::span(bytes).subspan(start)))
            return broken("it cannot be read");
    }
    return bytes;
}

void FatWalker::readRecords(Bytes bytes, const PendingDirectory& directory) {
    constexpr std::uint8_t end = 0x00;
    constexpr std::uint8_t deleted = 0xE5;
    QString longName;
    for (std::size_t at = 0; at + recordSize <= bytes.size() && bytes[at] != end; at += recordSize) {
        const Bytes record = bytes.subspan(at, recordSize);
        const std::uint8_t attributes = record[11];
        if (record[0] == deleted) {
            longName.clear();
        } else if ((attributes & 0x3FU) == LongName) {
            if (longName.size() <= longestName)         // then it cannot be used, whatever else follows
                longName.prepend(longNamePart(record)); // its last part comes first
        } else {
            ByteReader reader(record);
            const auto high = reader.seek(20, "FAT").and_then([&] { return reader.u16le("FAT"); });
            const auto low = reader.seek(26, "FAT").and_then([&] { return reader.u16le("FAT"); });
            const auto size = reader.u32le("FAT");
            Record found;
            if (longName.size() <= longestName)
                found.name = longName.isEmpty() ? shortNameOf(record) : longName.toStdString();
            found.cluster = *low;
            if (m_geometry.width == Width::Bits32)
                found.cluster |= std::uint32_t{*high} << 16U;
            found.size = *size;
            found.isDirectory = (attributes & Directory) != 0;
            longName.clear();
            if ((attributes & VolumeLabel) == 0)
                add(found, directory);
        }
    }
}

void FatWalker::add(const Record& record, const PendingDirectory& directory) {
    if (record.name == "." || record.name == "..")
        return;
    std::string path = directory.path + record.name;
    m_pathBytes += path.size();
    if (m_pathBytes > m_limits.pathBytes)
        return; // of a boot image nobody misses the millionth file
    if (++m_entries > m_limits.entries || !isUsableName(record.name) || path.size() > m_limits.pathLength) {
        skip(path, "its name cannot be used");
    } else if (record.isDirectory) {
        if (directory.depth < m_limits.depth && record.cluster != 0)
            m_pending.push_back({record.cluster, std::move(path) + '/', directory.depth + 1});
    } else if (auto slices = chain(record.cluster, record.size); !slices) {
        skip(path, slices.error().detail);
    } else if (sizeOfSlices(*slices) != record.size) {
        skip(path, "its last part is missing");
    } else {
        if (slices->empty())
            slices->push_back({m_place.file, 0, 0});
        m_out.files.try_emplace(std::move(path), std::move(*slices));
    }
}

void FatWalker::skip(std::string_view path, std::string_view reason) {
    if (m_out.skipped.size() < m_limits.facts)
        m_out.skipped.push_back(printableName(path) + ": " + std::string(reason));
}

} // namespace

Result<IsoTree> readFatTree(const boot::FileSlice& place, std::string_view prefix, const IsoLimits& limits) {
    return FatWalker(place, limits).walk(prefix);
}

} // namespace rackmuster::media
