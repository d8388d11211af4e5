#include "core/media/SequentialReader.h"

#include <algorithm>
#include <fcntl.h>
#include <span>
#include <sys/mman.h>
#include <unistd.h>

namespace rackmuster::media {

namespace {

constexpr std::size_t chunkSize =
    256 * SequentialReader::blockSize; // bytes whose pages are asked for at once

/// Which blocks of [offset, end) are in memory, at least in part. Where the system does not tell (a file of
/// somebody else) all count as being there, so that nothing is pushed out. Nothing is ever read through the
/// mapping, so it cannot raise SIGBUS (R44).
std::vector<bool> blocksInMemory(const FileDescriptor& file, std::uint64_t offset, std::uint64_t end) {
    const auto pageSize = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t pagesPerBlock = SequentialReader::blockSize / pageSize;
    std::vector<bool> out;
    for (; offset < end; offset += chunkSize) {
        const std::size_t size = std::min<std::uint64_t>(chunkSize, end - offset);
        std::vector<unsigned char> pages((size + pageSize - 1) / pageSize, 1);
        void* const mapping =
            ::mmap(nullptr, size, PROT_NONE, MAP_SHARED, file.get(), static_cast<off_t>(offset));
        if (mapping != MAP_FAILED) {
            ::mincore(mapping, size, pages.data());
            ::munmap(mapping, size);
        }
        for (std::size_t first = 0; first < pages.size(); first += pagesPerBlock) {
            const auto block = std::span(pages).subspan(first, std::min(pagesPerBlock, pages.size() - first));
            out.push_back(std::ranges::any_of(block, [](unsigned char page) { return (page & 1U) != 0; }));
        }
    }
    return out;
}

} // namespace

Result<SequentialReader> SequentialReader::open(const FileDescriptor& file, std::uint64_t offset,
                                                std::uint64_t end) {
    auto again = file.reopened();
    if (!again)
        return tl::unexpected(again.error());
    return SequentialReader(std::move(*again), offset, end);
}

SequentialReader::SequentialReader(FileDescriptor file, std::uint64_t offset, std::uint64_t end)
    : m_file(std::move(file)), m_first(offset), m_position(offset), m_end(end),
      // Before the first read, as reading ahead would make everything look as if it had been there.
      m_wasInMemory(blocksInMemory(m_file, offset, end)), m_block(blockSize) {
    ::posix_fadvise(m_file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
}

Result<Bytes> SequentialReader::next() {
    const std::size_t size = std::min<std::uint64_t>(blockSize, m_end - m_position);
    if (size == 0)
        return Bytes();
    const std::span block = std::span(m_block).first(size);
    auto read = m_file.readExactly(m_position, block);
    // Whoever wrote to it or cut it is the better reason.
    if (auto unchanged = m_file.checkUnchanged(); !unchanged)
        return tl::unexpected(unchanged.error());
    if (!read)
        return tl::unexpected(read.error());
    forgetBlock(m_position, size);
    m_position += size;
    return Bytes(block);
}

void SequentialReader::forgetBlock(std::uint64_t offset, std::size_t size) const {
    if (!m_wasInMemory[(offset - m_first) / blockSize])
        ::posix_fadvise(m_file.get(), static_cast<off_t>(offset), static_cast<off_t>(size),
                        POSIX_FADV_DONTNEED);
}

} // namespace rackmuster::media
