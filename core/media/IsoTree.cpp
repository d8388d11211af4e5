#include "core/media/IsoTree.h"

#include "core/media/IsoLinks.h"
#include "core/media/IsoOverlaps.h"
#include "core/media/IsoRecord.h"
#include "core/media/RockRidge.h"
#include "core/media/TreePath.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace rackmuster::media {

namespace {

enum class Naming : std::uint8_t { Plain, Enhanced, Joliet, RockRidge };

/// A directory that waits to be read.
struct PendingDirectory {
    IsoDirectory where;
    std::string path; // ends with '/' unless it is the root's
    std::size_t depth = 0;
};

/// A file whose record said that another extent follows (ECMA-119 9.1.6, multi-extent).
struct PendingFile {
    std::string identifier;
    std::string path;
    std::vector<boot::FileSlice> slices;
};

class TreeWalker {
public:
    TreeWalker(std::shared_ptr<const FileDescriptor> file, const IsoVolume& volume, const std::string& name,
               const IsoLimits& limits)
        : m_file(std::move(file)), m_volume(volume), m_name(name), m_limits(limits) {}

    Result<IsoTree> walk();

private:
    Result<void> chooseNaming(IsoDirectory& root);
    Result<std::vector<std::uint8_t>> readDirectory(const IsoDirectory& where, const std::string& path);
    Result<void> readEntries(const PendingDirectory& directory);
    Result<void> readEntry(const IsoRecord& record, const PendingDirectory& directory);
    Result<std::optional<RockRidge>> systemUseOf(const IsoRecord& record, const std::string& where);
    Result<void> addDirectory(const IsoDirectory& where, std::string path, std::size_t depth);
    Result<void> addFile(const IsoRecord& record, std::string path);
    Result<void> addSlice(const IsoRecord& record, PendingFile& file);
    void addMovedDirectory(std::uint32_t block, std::string path, std::size_t depth);
    void finishFile(PendingFile file);
    void dropUnfinishedFile();
    void dropOverlaps();
    void addLinks();
    Result<Bytes> continuation(std::uint32_t block, std::uint32_t offset, std::uint32_t size);
    std::string nameOf(const IsoRecord& record, const std::optional<RockRidge>& rockRidge) const;
    bool isInside(std::uint64_t offset, std::uint64_t length) const;
    void skip(std::string_view path, std::string_view reason);
    tl::unexpected<Error> broken(const std::string& detail) const;
    tl::unexpected<Error> unreadable(const Error& error) const;

    std::shared_ptr<const FileDescriptor> m_file;
    const IsoVolume& m_volume;
    const std::string& m_name;
    IsoLimits m_limits;
    Naming m_naming = Naming::Plain;
    std::size_t m_suspSkip = 0;
    std::vector<PendingDirectory> m_pending;
    std::optional<PendingFile> m_unfinished;
    std::unordered_set<std::uint64_t> m_visited; // first blocks of directories
    IsoLinks m_links;
    IsoTree m_out;
    std::size_t m_entries = 0;
    std::uint64_t m_directoryBytes = 0;
    std::uint64_t m_pathBytes = 0;
    std::size_t m_linkedSlices = 0;           // links share no memory with their files
    std::vector<std::uint8_t> m_continuation; // one block: neighbours share it
    std::uint64_t m_continuationBlock = 0;
};

Result<IsoTree> TreeWalker::walk() {
    IsoDirectory root = *m_volume.root;
    if (const auto chosen = chooseNaming(root); !chosen)
        return tl::unexpected(chosen.error());
    m_pending.push_back({root, {}, 0});
    while (!m_pending.empty()) {
        const PendingDirectory next = std::move(m_pending.back());
        m_pending.pop_back();
        if (!m_visited.insert(next.where.block).second) {
            skip(next.path, "the directory is listed a second time");
            continue;
        }
        if (const auto read = readEntries(next); !read)
            return tl::unexpected(read.error());
    }
    dropOverlaps();
    addLinks();
    return std::move(m_out);
}

/// Rock Ridge before Joliet, whose names are cut at 64 characters but in a known alphabet, before those of
/// ISO 9660:1999, before plain names.
Result<void> TreeWalker::chooseNaming(IsoDirectory& root) {
    const auto bytes = readDirectory({root.block, std::min(root.size, isoSectorSize)}, "/");
    if (!bytes)
        return tl::unexpected(bytes.error());
    std::size_t position = 0;
    const auto self = nextIsoRecord(*bytes, position).and_then(parseIsoRecord);
    if (!self || !self->isSelf())
        return broken("its root directory cannot be read");
    if (const auto skipped = suspSkip(self->systemUse)) {
        const auto parsed = parseRockRidge(self->systemUse, [this](auto block, auto offset, auto size) {
            return continuation(block, offset, size);
        });
        if (parsed && parsed->isPresent) {
            m_naming = Naming::RockRidge;
            m_out.hasRockRidge = true;
            m_suspSkip = *skipped;
            return {};
        }
    }
    if (m_volume.joliet) {
        m_naming = Naming::Joliet;
        root = *m_volume.joliet;
    } else if (m_volume.enhanced) {
        m_naming = Naming::Enhanced;
        root = *m_volume.enhanced;
    }
    return {};
}

Result<std::vector<std::uint8_t>> TreeWalker::readDirectory(const IsoDirectory& where,
                                                            const std::string& path) {
    if (!isInside(where.block * isoSectorSize, where.size))
        return broken("the directory " + printableName(path) + " lies outside of it");
    m_directoryBytes += where.size;
    if (m_directoryBytes > m_limits.directoryBytes)
        return broken("its directories are larger than any installation image's");
    std::vector<std::uint8_t> bytes(where.size);
    if (const auto read = m_file->readExactly(where.block * isoSectorSize, bytes); !read)
        return unreadable(read.error());
    return bytes;
}

Result<void> TreeWalker::readEntries(const PendingDirectory& directory) {
    const auto bytes = readDirectory(directory.where, directory.path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    std::size_t position = 0;
    for (;;) {
        const auto next = nextIsoRecord(*bytes, position);
        const auto record = next && !next->empty() ? parseIsoRecord(*next) : Result<IsoRecord>();
        if (!next || !record)
            return broken("the directory " + printableName("/" + directory.path) + " cannot be read");
        if (next->empty())
            break;
        if (record->isSelf() || record->isParent())
            continue;
        if (++m_entries > m_limits.entries)
            return broken("it has more than " + std::to_string(m_limits.entries) + " entries");
        if (auto read = readEntry(*record, directory); !read)
            return read;
    }
    dropUnfinishedFile();
    return {};
}

Result<void> TreeWalker::readEntry(const IsoRecord& record, const PendingDirectory& directory) {
    if (m_unfinished && m_unfinished->identifier == record.identifier && !record.isDirectory())
        return addFile(record, m_unfinished->path);
    dropUnfinishedFile();
    const std::string shownPath = directory.path + printableName(plainIsoName(record.identifier));
    auto rockRidge = systemUseOf(record, shownPath);
    if (!rockRidge)
        return {}; // kept as a fact by systemUseOf
    const std::string name = nameOf(record, *rockRidge);
    if (!isUsableName(name)) {
        skip(directory.path + name, "its name cannot be used");
        return {};
    }
    std::string path = directory.path + name;
    m_pathBytes += path.size();
    if (m_pathBytes > m_limits.pathBytes)
        return broken("its paths are longer than any installation image's");
    if (path.size() > m_limits.pathLength) {
        skip(path, "its path is longer than " + std::to_string(m_limits.pathLength) + " bytes");
        return {};
    }
    if (const RockRidge extra = rockRidge->value_or(RockRidge()); extra.isRelocated) {
        return {}; // the place it was moved from names it
    } else if (extra.childBlock) {
        addMovedDirectory(*extra.childBlock, std::move(path), directory.depth + 1);
        return {};
    } else if (extra.linkTarget) {
        m_pathBytes += extra.linkTarget->size();
        m_links.emplace(std::move(path), *extra.linkTarget);
        return {};
    } else if (extra.isEncoded && !record.isDirectory()) {
        skip(path, "it is stored compressed");
        return {};
    }
    if (record.isDirectory())
        return addDirectory({record.block, record.size}, std::move(path), directory.depth + 1);
    return addFile(record, std::move(path));
}

/// Nothing inside when the tree has no Rock Ridge. On an error the entry is skipped; the fact is kept here.
Result<std::optional<RockRidge>> TreeWalker::systemUseOf(const IsoRecord& record, const std::string& where) {
    if (m_naming != Naming::RockRidge)
        return std::optional<RockRidge>();
    const Bytes area = record.systemUse.subspan(std::min(m_suspSkip, record.systemUse.size()));
    auto parsed = parseRockRidge(
        area, [this](auto block, auto offset, auto size) { return continuation(block, offset, size); });
    if (!parsed) {
        skip(where, "its Rock Ridge entries cannot be read");
        return tl::unexpected(parsed.error());
    }
    return std::optional<RockRidge>(std::move(*parsed));
}

Result<void> TreeWalker::addDirectory(const IsoDirectory& where, std::string path, std::size_t depth) {
    if (depth > m_limits.depth) {
        skip(path, "it is deeper than " + std::to_string(m_limits.depth) + " directories");
        return {};
    }
    m_pending.push_back({where, std::move(path) + '/', depth});
    return {};
}

/// The record at the old place has no size; the "." record of the moved directory does (RRIP 4.1.5.1).
void TreeWalker::addMovedDirectory(std::uint32_t block, std::string path, std::size_t depth) {
    std::vector<std::uint8_t> sector(isoSectorSize);
    const std::uint64_t offset = std::uint64_t{block} * isoSectorSize;
    std::size_t position = 0;
    if (!isInside(offset, sector.size()) || !m_file->readExactly(offset, sector)) {
        skip(path, "it was moved to outside of the image");
        return;
    }
    const auto self = nextIsoRecord(sector, position).and_then(parseIsoRecord);
    if (!self || !self->isSelf() || !self->isDirectory() || self->block != block) {
        skip(path, "there is no directory where it was moved to");
        return;
    }
    // addDirectory fails for nothing but its depth, which it keeps as a fact itself.
    (void)addDirectory({self->block, self->size}, std::move(path), depth);
}

Result<void> TreeWalker::addFile(const IsoRecord& record, std::string path) {
    if ((record.flags & IsoRecord::Associated) != 0)
        return {}; // a resource fork: not the file of that name
    if (record.isInterleaved) {
        skip(path, "it is stored interleaved");
        m_unfinished.reset();
        return {};
    }
    PendingFile file = m_unfinished ? std::move(*m_unfinished)
                                    : PendingFile{std::string(record.identifier), std::move(path), {}};
    m_unfinished.reset();
    if (auto added = addSlice(record, file); !added)
        return added;
    if ((record.flags & IsoRecord::MoreExtents) != 0)
        m_unfinished = std::move(file);
    else
        finishFile(std::move(file));
    return {};
}

Result<void> TreeWalker::addSlice(const IsoRecord& record, PendingFile& file) {
    if (record.size == 0)
        return {}; // what its extent says means nothing
    const std::uint64_t offset = record.block * isoSectorSize;
    if (!isInside(offset, record.size))
        return broken("the file " + printableName(file.path) + " lies outside of it");
    if (!file.slices.empty() && file.slices.back().offset + file.slices.back().length == offset)
        file.slices.back().length += record.size;
    else
        file.slices.push_back({m_file, offset, record.size});
    return {};
}

void TreeWalker::finishFile(PendingFile file) {
    if (file.slices.empty())
        file.slices.push_back({m_file, 0, 0});
    const auto [place, isNew] = m_out.files.try_emplace(std::move(file.path), std::move(file.slices));
    if (!isNew)
        skip(place->first, "a second file has this name");
}

void TreeWalker::dropUnfinishedFile() {
    if (m_unfinished)
        skip(m_unfinished->path, "its last part is missing");
    m_unfinished.reset();
}

/// One of them lies about its size, and nobody can say which.
void TreeWalker::dropOverlaps() {
    for (const IsoOverlap& overlap : findOverlaps(m_out.files)) {
        if (m_out.files.erase(overlap.path) > 0)
            skip(overlap.path, "it overlaps " + printableName(overlap.other));
    }
}

/// A link to a file of the image becomes another name of it. Others (to directories, to nowhere) are no
/// files.
void TreeWalker::addLinks() {
    std::size_t stepsLeft = 8 * m_limits.entries;
    for (const auto& [path, target] : m_links) {
        const std::optional<std::string> at = followIsoLink(path, m_links, stepsLeft);
        const auto file = at ? m_out.files.find(*at) : m_out.files.end();
        if (file == m_out.files.end())
            continue;
        m_linkedSlices += file->second.size();
        if (m_linkedSlices > m_limits.entries || stepsLeft == 0) {
            skip(path, "the links of the image lead to too many pieces");
            return;
        }
        auto slices = file->second; // a copy first: adding may move the table
        m_out.files.try_emplace(path, std::move(slices));
    }
}

Result<Bytes> TreeWalker::continuation(std::uint32_t block, std::uint32_t offset, std::uint32_t size) {
    if (std::uint64_t{offset} + size > isoSectorSize)
        return fail(ErrorCode::Malformed, "A continuation area", "it crosses its sector");
    // Records may share an area, so there is more to read of a small image than it has bytes.
    m_directoryBytes += size;
    if (m_directoryBytes > m_limits.directoryBytes)
        return fail(ErrorCode::Malformed, "A continuation area", "there are too many of them");
    if (m_continuation.empty() || m_continuationBlock != block) {
        const std::uint64_t start = std::uint64_t{block} * isoSectorSize;
        if (!isInside(start, isoSectorSize))
            return fail(ErrorCode::Malformed, "A continuation area", "it lies outside of the image");
        m_directoryBytes += isoSectorSize;
        m_continuation.resize(isoSectorSize);
        if (const auto read = m_file->readExactly(start, m_continuation); !read) {
            m_continuation.clear();
            return tl::unexpected(read.error());
        }
        m_continuationBlock = block;
    }
    return Bytes(m_continuation).subspan(offset, size);
}

std::string TreeWalker::nameOf(const IsoRecord& record, const std::optional<RockRidge>& rockRidge) const {
    if (rockRidge && rockRidge->name)
        return *rockRidge->name;
    switch (m_naming) {
    case Naming::Joliet:
        return jolietName(record.identifier);
    case Naming::Enhanced:
        return enhancedName(record.identifier);
    case Naming::Plain:
    case Naming::RockRidge:
        break;
    }
    return plainIsoName(record.identifier);
}

bool TreeWalker::isInside(std::uint64_t offset, std::uint64_t length) const {
    return offset <= m_volume.fileSize && length <= m_volume.fileSize - offset;
}

void TreeWalker::skip(std::string_view path, std::string_view reason) {
    if (m_out.skipped.size() < m_limits.facts)
        m_out.skipped.push_back(printableName(path) + ": " + std::string(reason));
}

tl::unexpected<Error> TreeWalker::broken(const std::string& detail) const {
    return fail(ErrorCode::BrokenIso, m_name, detail);
}

tl::unexpected<Error> TreeWalker::unreadable(const Error& error) const {
    if (error.code == ErrorCode::Truncated)
        return fail(ErrorCode::TruncatedIso, m_name, "it became shorter while it was read");
    return broken(error.detail);
}

} // namespace

Result<IsoTree> readIsoTree(std::shared_ptr<const FileDescriptor> file, const IsoVolume& volume,
                            const std::string& name, const IsoLimits& limits) {
    return TreeWalker(std::move(file), volume, name, limits).walk();
}

} // namespace rackmuster::media
