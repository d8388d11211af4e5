#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace rackmuster::media {

/// Holds the bytes that lie nowhere in an image as they are: what it keeps compressed, or inside its
/// directory records. An anonymous file, so that the servers send them as any other slice; gone with the last
/// slice.
class MemoryFile {
public:
    MemoryFile() = default; ///< Makes its file when it is needed.
    /// Fills an empty file that somebody else made, as a process must that cannot make one.
    explicit MemoryFile(std::shared_ptr<const FileDescriptor> file) : m_file(std::move(file)) {}

    /// Errors: System; NotAllowed when more than `limit` bytes would be held. Moves nothing on an error.
    [[nodiscard]] Result<boot::FileSlice> append(Bytes bytes);

    static constexpr std::uint64_t limit = 64U << 20U; ///< bytes of one image

private:
    std::shared_ptr<const FileDescriptor> m_file; ///< made by the first append, or given
    std::uint64_t m_size = 0;
};

} // namespace rackmuster::media
