#include "core/net/ReadAhead.h"

#include "core/net/FileContent.h"

#include <algorithm>

namespace rackmuster::net {

Result<Bytes> ReadAhead::at(const boot::BootFile& file, std::uint64_t offset, std::size_t size) {
    const bool isAtHand =
        offset >= m_offset && size <= m_bytes.size() && offset - m_offset <= m_bytes.size() - size;
    if (!isAtHand) {
        m_bytes.resize(std::max<std::size_t>(size, std::min<std::uint64_t>(capacity, file.size() - offset)));
        m_offset = offset;
        if (auto read = readContent(file, offset, m_bytes); !read) {
            m_bytes.clear();
            return tl::unexpected(read.error());
        }
    }
    return Bytes(m_bytes).subspan(offset - m_offset, size);
}

} // namespace rackmuster::net
