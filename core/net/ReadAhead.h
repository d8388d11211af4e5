#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstdint>
#include <span>
#include <vector>

namespace rackmuster::net {

/// Reads a file in larger pieces than are asked for, so that most questions cost no system call. What it
/// gives was read before the file was seen to be unchanged (R44): once somebody writes to the file the bytes
/// at hand are still the right ones, and the next piece is an error.
class ReadAhead {
public:
    static constexpr std::size_t capacity = 16UL * 1024; ///< bytes; with all else below 32 KiB (B10)

    /// `size` bytes from `offset`, at most `capacity` and inside of the file; valid until the next call.
    /// Errors as readContent().
    [[nodiscard]] Result<Bytes> at(const boot::BootFile& file, std::uint64_t offset, std::size_t size);

private:
    std::vector<std::uint8_t> m_bytes;
    std::uint64_t m_offset = 0; ///< of m_bytes in the file
};

} // namespace rackmuster::net
