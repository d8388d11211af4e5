#include "core/media/UdfTree.h"

#include "core/media/TreePath.h"

#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <udfread/blockinput.h>
#include <udfread/udfread.h>
#include <unordered_map>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t runLength = 16; // blocks

/// What libudfread reads through. Its own reading is bounded, so that a volume of loops comes to an end.
struct BlockInput : udfread_block_input {
    const FileDescriptor* file = nullptr;
    std::uint64_t fileSize = 0;
    std::uint64_t blocksLeft = 0;

    static int readBlocks(udfread_block_input* input, std::uint32_t block, void* into, std::uint32_t count,
                          int /*flags*/) {
        auto* const self = static_cast<BlockInput*>(input);
        const std::uint64_t offset = std::uint64_t{block} * isoSectorSize;
        const std::uint64_t length = std::uint64_t{count} * isoSectorSize;
        if (count == 0 || count > self->blocksLeft || offset + length > self->fileSize)
            return -1;
        self->blocksLeft -= count;
        const std::span bytes(static_cast<std::uint8_t*>(into), length);
        return self->file->readExactly(offset, bytes) ? static_cast<int>(count) : -1;
    }

    static std::uint32_t countBlocks(udfread_block_input* input) {
        const std::uint64_t blocks = static_cast<BlockInput*>(input)->fileSize / isoSectorSize;
        return static_cast<std::uint32_t>(
            std::min<std::uint64_t>(blocks, std::numeric_limits<std::uint32_t>::max()));
    }
};

struct Close {
    void operator()(udfread* volume) const { udfread_close(volume); }
    void operator()(UDFDIR* directory) const { udfread_closedir(directory); }
    void operator()(UDFFILE* file) const { udfread_file_close(file); }
};

struct PendingDirectory {
    std::string path; ///< with a slash at both ends
    std::size_t depth = 0;
};

class UdfWalker {
public:
    UdfWalker(std::shared_ptr<const FileDescriptor> file, std::uint64_t fileSize, const std::string& name,
              const IsoTree& known, MemoryFile& kept, const IsoLimits& limits)
        : m_file(std::move(file)), m_fileSize(fileSize), m_name(name), m_known(known), m_kept(kept),
          m_limits(limits), m_extentBlocksLeft(fileSize / isoSectorSize + limits.entries) {
        m_input.close = nullptr;
        m_input.read = &BlockInput::readBlocks;
        m_input.size = &BlockInput::countBlocks;
        m_input.file = m_file.get();
        m_input.fileSize = fileSize;
        // Folders in a circle are read again and again; others never twice, entry and content.
        const std::uint64_t blocks = fileSize / isoSectorSize;
        m_input.blocksLeft = std::min(2 * limits.directoryBytes / isoSectorSize, 2 * blocks);
        m_filesLeft = std::min<std::uint64_t>(limits.entries, blocks);
    }

    Result<IsoTree> walk();

private:
    Result<void> readDirectory(const PendingDirectory& directory);
    Result<void> readEntry(const udfread_dirent& entry, const PendingDirectory& directory, UDFDIR& within);
    using File = std::unique_ptr<UDFFILE, Close>;

    [[nodiscard]] File openFile(UDFDIR& within, const char* name);
    void addFile(const std::string& path, UDFFILE& file);
    [[nodiscard]] bool isKnownByPlace(const std::vector<boot::FileSlice>& slices);
    Result<std::vector<boot::FileSlice>> slicesOf(UDFFILE& file, std::uint64_t size);
    Result<std::vector<boot::FileSlice>> keep(UDFFILE& file, std::size_t size);
    void skip(const std::string& path, std::string_view reason);

    std::shared_ptr<const FileDescriptor> m_file;
    std::uint64_t m_fileSize;
    const std::string& m_name;
    const IsoTree& m_known;
    std::unordered_multimap<std::uint64_t, const std::string*> m_knownByPlace; ///< made when first needed
    MemoryFile& m_kept;
    IsoLimits m_limits;
    std::uint64_t m_extentBlocksLeft; ///< a block is looked up about once; files that share blocks cost more
    BlockInput m_input;
    std::uint64_t m_filesLeft = 0; ///< to be opened: each has a block of its own
    std::unique_ptr<udfread, Close> m_volume;
    std::vector<PendingDirectory> m_pending;
    std::size_t m_entries = 0;
    std::uint64_t m_pathBytes = 0;
    IsoTree m_out;
};

Result<IsoTree> UdfWalker::walk() {
    m_volume.reset(udfread_init());
    if (!m_volume || udfread_open_input(m_volume.get(), &m_input) < 0)
        return fail(ErrorCode::BrokenIso, m_name, "its UDF volume cannot be read");
    m_pending.push_back({"/", 0});
    while (!m_pending.empty()) {
        const PendingDirectory next = std::move(m_pending.back());
        m_pending.pop_back();
        if (const auto read = readDirectory(next); !read)
            return tl::unexpected(read.error());
    }
    return std::move(m_out);
}

Result<void> UdfWalker::readDirectory(const PendingDirectory& directory) {
    const std::unique_ptr<UDFDIR, Close> open(udfread_opendir(m_volume.get(), directory.path.c_str()));
    if (!open)
        return fail(ErrorCode::BrokenIso, m_name,
                    "the directory " + printableName(directory.path) + " cannot be read");
    udfread_dirent entry{};
    while (udfread_readdir(open.get(), &entry) != nullptr) {
        if (auto read = readEntry(entry, directory, *open); !read)
            return read;
    }
    return {};
}

Result<void> UdfWalker::readEntry(const udfread_dirent& entry, const PendingDirectory& directory,
                                  UDFDIR& within) {
    if (++m_entries > m_limits.entries)
        return fail(ErrorCode::BrokenIso, m_name,
                    "it has more than " + std::to_string(m_limits.entries) + " entries");
    const std::string_view name(entry.d_name);
    if (name == "." || name == "..")
        return {};
    const std::string path = directory.path + std::string(name);
    m_pathBytes += path.size();
    if (m_pathBytes > m_limits.pathBytes)
        return fail(ErrorCode::BrokenIso, m_name, "its paths are longer than any installation image's");
    if (!isUsableName(name) || path.size() > m_limits.pathLength)
        skip(path, "its name cannot be used");
    else if (entry.d_type == UDF_DT_DIR && directory.depth == m_limits.depth)
        skip(path, "it is deeper than " + std::to_string(m_limits.depth) + " directories");
    else if (entry.d_type == UDF_DT_DIR)
        m_pending.push_back({path + '/', directory.depth + 1});
    else if (const auto file = openFile(within, entry.d_name))
        addFile(path.substr(1), *file);
    else
        skip(path, "it cannot be read");
    return {};
}

/// A file costs the block of its entry and the few of more extents, which folders, that libudfread keeps in
/// memory, need not pay for.
UdfWalker::File UdfWalker::openFile(UDFDIR& within, const char* name) {
    constexpr std::uint64_t blocksOfAFile = 8;
    if (m_filesLeft == 0)
        return nullptr;
    --m_filesLeft;
    const std::uint64_t left = std::exchange(m_input.blocksLeft, blocksOfAFile);
    File file(udfread_file_openat(&within, name));
    m_input.blocksLeft = left;
    return file;
}

void UdfWalker::addFile(const std::string& path, UDFFILE& file) {
    const std::int64_t size = udfread_file_size(&file);
    const auto known = m_known.files.find(path);
    // Bridges write links as empty files; ISO 9660 knows where they lead.
    const auto isSame = [size](std::uint64_t other) {
        return size == 0 || (size > 0 && other == static_cast<std::uint64_t>(size));
    };
    if (known != m_known.files.end() && isSame(sizeOfSlices(known->second))) {
        m_out.files.try_emplace(path, known->second);
        return;
    }
    if (size < 0 || static_cast<std::uint64_t>(size) > m_fileSize) {
        skip(path, "it is larger than the image");
        return;
    }
    auto slices = slicesOf(file, static_cast<std::uint64_t>(size));
    if (!slices)
        skip(path, slices.error().detail);
    else if (known != m_known.files.end() || !m_known.hasRockRidge || !isKnownByPlace(*slices))
        m_out.files.try_emplace(path, std::move(*slices));
}

/// Bridges cut names that Rock Ridge has whole. Such a file is known by its first byte, and gets only its
/// size from here; an empty one has none.
bool UdfWalker::isKnownByPlace(const std::vector<boot::FileSlice>& slices) {
    const std::uint64_t size = sizeOfSlices(slices);
    if (size == 0)
        return true;
    if (m_knownByPlace.empty()) {
        for (const auto& [path, known] : m_known.files)
            m_knownByPlace.emplace(known.front().offset, &path);
    }
    const auto [first, last] = m_knownByPlace.equal_range(slices.front().offset);
    for (auto known = first; known != last; ++known) {
        if (sizeOfSlices(m_known.files.at(*known->second)) != size)
            m_out.files.insert_or_assign(*known->second, slices);
    }
    return first != last;
}

Result<std::vector<boot::FileSlice>> UdfWalker::slicesOf(UDFFILE& file, std::uint64_t size) {
    if (size == 0)
        return std::vector{boot::FileSlice{m_file, 0, 0}};
    const std::uint64_t blocks = (size + isoSectorSize - 1) / isoSectorSize;
    if (blocks > m_extentBlocksLeft)
        return fail(ErrorCode::BrokenIso, m_name, "its files share more blocks than any image's");
    m_extentBlocksLeft -= blocks;
    const auto placeOf = [&file](std::uint64_t block) {
        return std::uint64_t{udfread_file_lba(&file, static_cast<std::uint32_t>(block))} * isoSectorSize;
    };
    std::vector<boot::FileSlice> slices;
    for (std::uint64_t block = 0; block < blocks;) {
        const std::uint64_t offset = placeOf(block);
        // Block 0 stands for none: the bytes are in the directory record, or there is a hole.
        if (offset == 0)
            return blocks == 1 ? keep(file, size)
                               : fail(ErrorCode::BrokenIso, m_name, "it has parts that are stored nowhere");
        // A look-up passes all extents in front, so blocks are taken by runs where there are any: an extent
        // that is left is not come back to within so few.
        const bool isRun = blocks - block > runLength &&
                           placeOf(block + runLength / 2) == offset + runLength / 2 * isoSectorSize &&
                           placeOf(block + runLength) == offset + runLength * isoSectorSize;
        const std::uint64_t count = isRun ? runLength : 1;
        const std::uint64_t length = std::min(count * isoSectorSize, size - block * isoSectorSize);
        if (offset > m_fileSize || length > m_fileSize - offset)
            return fail(ErrorCode::BrokenIso, m_name, "it lies outside of the image");
        if (!slices.empty() && slices.back().offset + slices.back().length == offset)
            slices.back().length += length;
        else
            slices.push_back({m_file, offset, length});
        block += count;
    }
    return slices;
}

Result<std::vector<boot::FileSlice>> UdfWalker::keep(UDFFILE& file, std::size_t size) {
    std::array<std::uint8_t, isoSectorSize> bytes{};
    if (udfread_file_read(&file, bytes.data(), size) != static_cast<ssize_t>(size))
        return fail(ErrorCode::BrokenIso, m_name, "it cannot be read");
    return m_kept.append(Bytes(bytes).first(size)).map([](boot::FileSlice slice) {
        return std::vector{std::move(slice)};
    });
}

void UdfWalker::skip(const std::string& path, std::string_view reason) {
    if (m_out.skipped.size() < m_limits.facts)
        m_out.skipped.push_back(printableName(path) + ": " + std::string(reason));
}

} // namespace

Result<IsoTree> readUdfTree(std::shared_ptr<const FileDescriptor> file, std::uint64_t fileSize,
                            const std::string& name, const IsoTree& known, MemoryFile& kept,
                            const IsoLimits& limits) {
    return UdfWalker(std::move(file), fileSize, name, known, kept, limits).walk();
}

} // namespace rackmuster::media
