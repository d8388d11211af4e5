#include "core/boot/Startup.h"

#include "core/boot/TreeFile.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

constexpr std::uint64_t alignment = 4; // bytes

void append(std::vector<FileSlice>& out, std::uint64_t& size, const std::vector<FileSlice>& archive) {
    if (const std::uint64_t over = size % alignment; over != 0) {
        out.push_back({nullptr, 0, alignment - over});
        size += alignment - over;
    }
    for (const FileSlice& slice : archive) {
        out.push_back(slice);
        size += slice.length;
    }
}

} // namespace

bool Startup::isEfiProgram() const {
    constexpr std::string_view suffix = ".efi";
    if (!initrdPaths.empty() || kernelPath.size() < suffix.size())
        return false;
    const std::string_view end = std::string_view(kernelPath).substr(kernelPath.size() - suffix.size());
    return std::equal(end.begin(), end.end(), suffix.begin(),
                      [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); });
}

const MenuEntry* findEntry(const ImageFiles& image, std::string_view title) {
    const auto found = std::find_if(image.entries.begin(), image.entries.end(),
                                    [&](const MenuEntry& entry) { return entry.title == title; });
    return found == image.entries.end() ? nullptr : &*found;
}

std::optional<Startup> startupOf(const ImageFiles& image, const MenuEntry& entry) {
    const auto isThere = [&](const std::string& path) {
        return image.files.contains(path);
    };
    const bool isWhole =
        isThere(entry.kernelPath) && std::all_of(entry.initrdPaths.begin(), entry.initrdPaths.end(), isThere);
    return isWhole ? std::optional(Startup{entry.kernelPath, entry.initrdPaths, &entry}) : std::nullopt;
}

std::optional<Startup> startupOf(const MachineBoot& machine, const ImageFiles* image) {
    const bool mayStart = machine.disposition == Disposition::Install && !machine.ticket.empty() &&
                          image != nullptr && !isForOtherFirmware(*image, machine.firmware);
    if (!mayStart)
        return std::nullopt;
    if (!machine.menuEntry.empty()) {
        const MenuEntry* const entry = findEntry(*image, machine.menuEntry);
        return entry != nullptr ? startupOf(*image, *entry) : std::nullopt;
    }
    if (image->kernelPath.empty() || image->initrdPath.empty())
        return std::nullopt;
    return Startup{image->kernelPath, {image->initrdPath}, nullptr};
}

std::optional<BootFile> initrdFile(const ImageFiles& image, const std::vector<std::string>& paths) {
    if (paths.empty() || image.lacksExtraInitrd)
        return std::nullopt;
    std::vector<FileSlice> slices;
    std::uint64_t size = 0;
    std::string etag;
    for (const std::string& path : paths) {
        const auto file = fileOfImage(image, path, FileRole::Initrd);
        if (!file)
            return std::nullopt;
        append(slices, size, std::get<std::vector<FileSlice>>(file->content));
        etag = etag.empty() ? file->etag : etagFrom(etag, file->etag);
    }
    for (const ExtraInitrd& extra : image.extraInitrds) {
        append(slices, size, {extra.content});
        etag = etagFrom(etag, extra.etagSeed);
    }
    BootFile out;
    out.content = std::move(slices);
    out.role = FileRole::Initrd;
    out.etag = std::move(etag);
    return out;
}

} // namespace rackmuster::boot
