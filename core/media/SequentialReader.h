#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <cstdint>
#include <vector>

namespace rackmuster::media {

/// Reads a large file once from one end to the other, in blocks, and leaves the page cache as it found it:
/// what was in memory before (an initrd that machines fetch) stays, what only this pass brought in goes.
class SequentialReader {
public:
    static constexpr std::size_t blockSize = 1U << 20U; ///< bytes

    /// From byte `offset`, which is a multiple of blockSize, to `end`. Error: System.
    [[nodiscard]] static Result<SequentialReader> open(const FileDescriptor& file, std::uint64_t offset,
                                                       std::uint64_t end);

    /// The next block, a view that lasts until the next call; empty at the end. Errors: FileChanged when the
    /// file was cut or written to, System when it cannot be read.
    [[nodiscard]] Result<Bytes> next();
    [[nodiscard]] std::uint64_t position() const { return m_position; } ///< bytes from the file's start

private:
    SequentialReader(FileDescriptor file, std::uint64_t offset, std::uint64_t end);
    void forgetBlock(std::uint64_t offset, std::size_t size) const;

    FileDescriptor m_file;
    std::uint64_t m_first;
    std::uint64_t m_position;
    std::uint64_t m_end;
    std::vector<bool> m_wasInMemory; ///< by block, from m_first
    std::vector<std::uint8_t> m_block;
};

} // namespace rackmuster::media
