#include "core/media/IsoImage.h"

#include "core/media/IsoTree.h"
#include "core/media/IsoVolume.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace rackmuster::media {

namespace {

std::uint64_t sizeOf(const std::vector<boot::FileSlice>& slices) {
    return std::accumulate(
        slices.begin(), slices.end(), std::uint64_t{0},
        [](std::uint64_t sum, const boot::FileSlice& slice) { return sum + slice.length; });
}

/// Appends the first `limit` bytes of `slices`.
Result<std::string> readSlices(const std::vector<boot::FileSlice>& slices, std::uint64_t limit) {
    std::string out;
    for (const boot::FileSlice& slice : slices) {
        const std::size_t start = out.size();
        const auto count = static_cast<std::size_t>(std::min(slice.length, limit - start));
        out.resize(start + count);
        const std::span into(reinterpret_cast<std::uint8_t*>(out.data()) + start, count);
        if (const auto read = slice.file->readExactly(slice.offset, into); !read)
            return tl::unexpected(read.error());
    }
    return out;
}

} // namespace

Result<IsoImage> IsoImage::open(const std::string& path) {
    auto file = FileDescriptor::openForReading(path);
    if (!file)
        return tl::unexpected(file.error());
    return read(std::make_shared<const FileDescriptor>(std::move(*file)), path);
}

Result<IsoImage> IsoImage::read(std::shared_ptr<const FileDescriptor> file, const std::string& name) {
    const auto volume = readIsoVolume(*file, name);
    if (!volume)
        return tl::unexpected(volume.error());
    auto tree = readIsoTree(file, *volume, name);
    if (!tree)
        return tl::unexpected(tree.error());
    IsoImage image;
    image.m_file = std::move(file);
    image.m_volumeId = volume->id;
    image.m_size = volume->fileSize;
    image.m_hasUdf = volume->hasUdf;
    image.m_files = std::move(tree->files);
    image.m_skipped = std::move(tree->skipped);
    return image;
}

Result<std::string> IsoImage::readStart(const std::string& path, std::uint64_t limit) const {
    const auto found = m_files.find(path);
    if (found == m_files.end())
        return fail(ErrorCode::NoSuchFile, path, "the image has no such file");
    return readSlices(found->second, limit);
}

Result<std::string> IsoImage::readText(const std::string& path, std::uint64_t limit) const {
    if (const auto found = m_files.find(path); found != m_files.end() && sizeOf(found->second) > limit)
        return fail(ErrorCode::NotAllowed, "Reading " + path,
                    "it is larger than " + std::to_string(limit) + " bytes");
    return readStart(path, limit);
}

} // namespace rackmuster::media
