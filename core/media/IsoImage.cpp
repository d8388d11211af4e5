#include "core/media/IsoImage.h"

#include "core/media/EfiBootImage.h"
#include "core/media/IsoTree.h"
#include "core/media/IsoVolume.h"
#include "core/media/RpmLoaders.h"
#include "core/media/TreePath.h"
#include "core/media/TreeText.h"
#include "core/media/UdfTree.h"

#include <algorithm>
#include <span>
#include <utility>

namespace rackmuster::media {

namespace {

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

/// The files of `tree` on top of `under`, which knows some that are not in it.
void layOver(IsoTree tree, IsoTree& under) {
    for (auto& [path, slices] : tree.files)
        under.files.insert_or_assign(path, std::move(slices));
    std::move(tree.skipped.begin(), tree.skipped.end(), std::back_inserter(under.skipped));
}

/// In the places where every installation medium has one. Without it the packages are worth a look.
bool hasUefiLoader(const IsoFiles& files) {
    return std::any_of(files.begin(), files.end(), [](const auto& file) {
        const std::string path = lowerCase(file.first);
        return path.ends_with("efi/boot/bootx64.efi") || path.ends_with("efi/boot/bootaa64.efi");
    });
}

} // namespace

Result<IsoImage> IsoImage::open(const std::string& path) {
    auto file = FileDescriptor::openForReading(path);
    if (!file)
        return tl::unexpected(file.error());
    return read(std::make_shared<const FileDescriptor>(std::move(*file)), path);
}

IsoImage::IsoImage(Contents contents)
    : m_file(std::move(contents.file)), m_volumeId(std::move(contents.volumeId)), m_size(contents.size),
      m_isUdfUnread(contents.isUdfUnread), m_files(std::move(contents.files)),
      m_skipped(std::move(contents.skipped)) {}

Result<IsoImage> IsoImage::read(std::shared_ptr<const FileDescriptor> file, const std::string& name,
                                MemoryFile kept) {
    const auto volume = readIsoVolume(*file, name);
    if (!volume)
        return tl::unexpected(volume.error());
    IsoTree all;
    if (volume->root) {
        auto tree = readIsoTree(file, *volume, name);
        if (!tree)
            return tl::unexpected(tree.error());
        all = std::move(*tree);
    }
    IsoImage image;
    image.m_kept = std::move(kept);
    if (volume->hasUdf) {
        auto tree = readUdfTree(file, volume->fileSize, name, all, image.m_kept);
        if (tree)
            layOver(std::move(*tree), all);
        else if (!volume->root)
            return tl::unexpected(tree.error());
        else
            image.m_isUdfUnread = true;
    }
    // Only a help: most images keep the same loaders in their tree, and one that cannot be read takes nothing
    // away.
    if (auto tree = readEfiBootImage(file, *volume))
        layOver(std::move(*tree), all);
    if (!hasUefiLoader(all.files))
        layOver(readRpmLoaders(all.files, image.m_kept), all);
    layOver(readRpmBiosLoader(all.files, image.m_kept), all);
    image.m_file = std::move(file);
    image.m_volumeId = volume->id;
    image.m_size = volume->fileSize;
    image.m_files = std::move(all.files);
    image.m_skipped = std::move(all.skipped);
    return image;
}

Result<std::string> IsoImage::readStart(const std::string& path, std::uint64_t limit) const {
    const auto found = m_files.find(path);
    if (found == m_files.end())
        return fail(ErrorCode::NoSuchFile, path, "the image has no such file");
    return readSlices(found->second, limit);
}

Result<std::string> IsoImage::readText(const std::string& path, std::uint64_t limit) const {
    if (const auto found = m_files.find(path); found != m_files.end() && sizeOfSlices(found->second) > limit)
        return fail(ErrorCode::NotAllowed, "Reading " + path,
                    "it is larger than " + std::to_string(limit) + " bytes");
    return readStart(path, limit);
}

} // namespace rackmuster::media
