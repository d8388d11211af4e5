#include "core/boot/BootFile.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace

std::uint64_t BootFile::size() const {
    if (const auto* rendered = std::get_if<std::shared_ptr<const std::string>>(&content))
        return (*rendered)->size();
    std::uint64_t sum = 0;
    for (const FileSlice& slice : std::get<std::vector<FileSlice>>(content))
        sum += slice.length;
    return sum;
}

std::optional<std::string> canonicalPath(std::string_view path) {
    path = path.substr(0, path.find_last_not_of("\xFF/\\") + 1);
    if (std::any_of(path.begin(), path.end(), isControl))
        return std::nullopt;

    std::string out;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
        const std::string_view part = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (part == "." || part == "..")
            return std::nullopt;
        if (part.empty())
            continue;
        if (!out.empty())
            out += '/';
        out += part;
    }
    return out;
}

} // namespace rackmuster::boot
