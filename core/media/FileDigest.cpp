#include "core/media/FileDigest.h"

#include "core/media/SequentialReader.h"

#include <algorithm>

namespace rackmuster::media {

Result<DigestPass> DigestPass::begin(const DigestRequest& request) {
    std::set<DigestKind> kinds = request.kinds;
    kinds.insert(DigestKind::Sha256);
    DigestPass pass;
    for (const DigestKind kind : kinds) {
        auto digest = Digest::begin(kind);
        if (!digest)
            return tl::unexpected(digest.error());
        pass.m_digests.emplace_back(kind, std::move(*digest));
    }
    if (request.implanted) {
        auto md5 = Digest::begin(DigestKind::Md5);
        if (!md5)
            return tl::unexpected(md5.error());
        pass.m_implanted.emplace(*request.implanted, std::move(*md5));
    }
    return pass;
}

void DigestPass::add(Bytes bytes) {
    for (auto& [kind, digest] : m_digests)
        digest.add(bytes);
    if (m_implanted)
        m_implanted->add(bytes);
}

FileDigests DigestPass::finish() {
    FileDigests out;
    for (auto& [kind, digest] : m_digests)
        out.sums.emplace(kind, digest.finish());
    if (m_implanted)
        out.isAsImplanted = m_implanted->finish();
    return out;
}

Result<std::optional<FileDigests>> digestFile(const FileDescriptor& file, const DigestRequest& request,
                                              const DigestProgress& progress) {
    auto pass = DigestPass::begin(request);
    if (!pass)
        return tl::unexpected(pass.error());
    const auto size = file.size();
    if (!size)
        return tl::unexpected(size.error());
    auto reader = SequentialReader::open(file, 0, *size);
    if (!reader)
        return tl::unexpected(reader.error());
    for (;;) {
        const auto block = reader->next();
        if (!block)
            return tl::unexpected(block.error());
        if (block->empty())
            return pass->finish();
        pass->add(*block);
        if (!progress(reader->position()))
            return std::nullopt;
    }
}

Result<std::string> digestEnds(const FileDescriptor& file) {
    constexpr std::uint64_t endSize = 1U << 20U; // bytes
    auto digest = Digest::begin(DigestKind::Sha256);
    if (!digest)
        return tl::unexpected(digest.error());
    const auto size = file.size();
    if (!size)
        return tl::unexpected(size.error());
    std::vector<std::uint8_t> bytes(std::min(*size, endSize));
    for (const std::uint64_t offset : {std::uint64_t{0}, *size - bytes.size()}) {
        if (const auto read = file.readExactly(offset, bytes); !read)
            return tl::unexpected(read.error());
        digest->add(bytes);
    }
    return digest->finish();
}

} // namespace rackmuster::media
