#include "core/boot/TreeFile.h"

#include "core/base/ByteWriter.h"
#include "core/base/Hex.h"
#include "core/boot/FolderFiles.h"

#include <algorithm>
#include <array>
#include <map>

namespace rackmuster::boot {

namespace {

constexpr std::array<std::string_view, 4> metadataDirectories{"repodata", "dists", "descr", "media.1"};
/// Anaconda and linuxrc read these before they load stage 2: no sign that packages are near.
constexpr std::array<std::string_view, 4> descriptionNames{".treeinfo", ".discinfo", "content", "CHECKSUMS"};
constexpr std::array<std::string_view, 3> metadataPrefixes{"Packages", "Release", "InRelease"};
constexpr std::array<std::string_view, 3> packageSuffixes{".rpm", ".deb", ".udeb"};
constexpr std::array<std::string_view, 4> installerNames{"install.img", "squashfs.img", "product.img",
                                                         "updates.img"};

bool hasMetadataDirectory(std::string_view path) {
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos)
            return false;
        const std::string_view part = path.substr(0, slash);
        if (std::find(metadataDirectories.begin(), metadataDirectories.end(), part) !=
            metadataDirectories.end())
            return true;
        path.remove_prefix(slash + 1);
    }
    return false;
}

/// boot/<arch>/root, common, ...: the parts of SUSE's installer, some of them packages. Those of its loader
/// lie deeper.
bool isSuseInstallerPart(std::string_view path) {
    return path.starts_with("boot/") && std::count(path.begin(), path.end(), '/') == 2;
}

/// FNV-1a, 64 bits. Only has to differ between files, nobody gains by a collision in his own image.
std::uint64_t hashOf(std::string_view seed, std::string_view path) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    const auto mix = [&hash](std::string_view text) {
        for (const char c : text) {
            hash ^= static_cast<unsigned char>(c);
            hash *= 0x100000001B3U;
        }
    };
    mix(seed);
    mix(std::string_view("\0", 1));
    mix(path);
    return hash;
}

} // namespace

std::string etagFrom(std::string_view seed, std::string_view text) {
    const std::uint64_t hash = hashOf(seed, text);
    ByteWriter writer;
    writer.u32be(static_cast<std::uint32_t>(hash >> 32U));
    writer.u32be(static_cast<std::uint32_t>(hash & 0xFFFFFFFFU));
    return toHexText(writer.view());
}

FileRole roleOfTreePath(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const auto endsIn = [name](std::string_view suffix) {
        return name.ends_with(suffix);
    };
    const auto beginsWith = [name](std::string_view prefix) {
        return name.starts_with(prefix);
    };
    const auto is = [name](std::string_view whole) {
        return name == whole;
    };
    if (isSuseInstallerPart(path))
        return FileRole::InstallerImage;
    // A package first: a file of Packages/ may be called Packages-1.0.rpm or release-1.rpm.
    if (std::any_of(packageSuffixes.begin(), packageSuffixes.end(), endsIn))
        return FileRole::Package;
    if (std::any_of(descriptionNames.begin(), descriptionNames.end(), is))
        return FileRole::Other;
    if (hasMetadataDirectory(path) ||
        std::any_of(metadataPrefixes.begin(), metadataPrefixes.end(), beginsWith) || endsIn(".xml.gz"))
        return FileRole::Metadata;
    if (std::any_of(installerNames.begin(), installerNames.end(), is) || endsIn(".squashfs"))
        return FileRole::InstallerImage;
    return FileRole::Other;
}

std::optional<BootFile> fileOfImage(const ImageFiles& image, std::string_view path, FileRole role) {
    const auto found = image.files.find(std::string(path));
    if (found == image.files.end())
        return std::nullopt;
    BootFile file;
    file.content = found->second;
    file.role = role;
    file.etag = etagFrom(image.etagSeed, path);
    return file;
}

std::optional<BootFile> listingOfImage(const ImageFiles& image, std::string_view directory) {
    const std::string prefix = directory.empty() ? std::string() : std::string(directory) + '/';
    std::map<std::string_view, FolderEntry> entries;
    for (const auto& [path, slices] : image.files) {
        if (!path.starts_with(prefix))
            continue;
        const std::string_view rest = std::string_view(path).substr(prefix.size());
        const std::size_t slash = rest.find('/');
        const std::string_view name = rest.substr(0, slash);
        const bool isDirectory = slash != std::string_view::npos;
        BootFile file;
        if (!isDirectory)
            file.content = slices;
        entries.try_emplace(name, FolderEntry{std::string(name), isDirectory, file.size()});
    }
    if (entries.empty())
        return std::nullopt;
    std::vector<FolderEntry> list;
    list.reserve(entries.size());
    for (auto& [name, entry] : entries)
        list.push_back(std::move(entry));
    return listingFile('/' + prefix, std::move(list));
}

std::optional<BootFile> wholeImage(const ImageFiles& image) {
    if (image.whole.length == 0)
        return std::nullopt;
    BootFile file;
    file.content = std::vector{image.whole};
    file.role = FileRole::InstallerImage;
    file.etag = etagFrom(image.etagSeed, {}); // no file of the tree has an empty path
    return file;
}

} // namespace rackmuster::boot
