#include "core/net/FileContent.h"

#include <algorithm>

namespace rackmuster::net {

namespace {

using Slices = std::vector<boot::FileSlice>;

Result<void> readText(const std::string& text, std::uint64_t offset, std::span<std::uint8_t> into) {
    if (offset > text.size() || into.size() > text.size() - offset)
        return fail(ErrorCode::Truncated, "a file");
    std::ranges::copy(text.substr(offset, into.size()), into.begin());
    return {};
}

Result<void> readSlice(const boot::FileSlice& slice, std::uint64_t offset, std::span<std::uint8_t> into) {
    if (slice.file)
        return slice.file->readExactly(slice.offset + offset, into);
    std::ranges::fill(into, std::uint8_t{0});
    return {};
}

Result<void> readSlices(const Slices& slices, std::uint64_t offset, std::span<std::uint8_t> into) {
    for (const boot::FileSlice& slice : slices) {
        if (into.empty())
            break;
        if (offset >= slice.length) {
            offset -= slice.length;
            continue;
        }
        const std::size_t count = std::min<std::uint64_t>(into.size(), slice.length - offset);
        auto read = readSlice(slice, offset, into.first(count));
        // Whoever cut it or wrote to it is the better reason.
        if (slice.file) {
            if (auto unchanged = slice.file->checkUnchanged(); !unchanged)
                return unchanged;
        }
        if (!read)
            return read;
        into = into.subspan(count);
        offset = 0;
    }
    if (!into.empty())
        return fail(ErrorCode::Truncated, "a file");
    return {};
}

bool continues(const boot::FileSlice& first, const boot::FileSlice& second) {
    return first.file && first.file == second.file && first.offset + first.length == second.offset;
}

} // namespace

Result<void> readContent(const boot::BootFile& file, std::uint64_t offset, std::span<std::uint8_t> into) {
    if (const auto* text = std::get_if<std::shared_ptr<const std::string>>(&file.content))
        return readText(**text, offset, into);
    return readSlices(std::get<Slices>(file.content), offset, into);
}

Result<void> checkUnchanged(const boot::BootFile& file) {
    const auto* slices = std::get_if<Slices>(&file.content);
    if (slices == nullptr)
        return {};
    const FileDescriptor* seen = nullptr; // most files lie in one
    for (const boot::FileSlice& slice : *slices) {
        if (!slice.file || slice.file.get() == seen)
            continue;
        seen = slice.file.get();
        if (auto unchanged = seen->checkUnchanged(); !unchanged)
            return unchanged;
    }
    return {};
}

std::optional<boot::FileSlice> runAt(const boot::BootFile& file, std::uint64_t offset) {
    const auto* slices = std::get_if<Slices>(&file.content);
    if (slices == nullptr)
        return std::nullopt;
    std::optional<boot::FileSlice> run;
    for (const boot::FileSlice& slice : *slices) {
        if (run && continues(*run, slice)) {
            run->length += slice.length;
        } else if (run) {
            break;
        } else if (offset < slice.length) {
            run = boot::FileSlice{slice.file, slice.offset + offset, slice.length - offset};
        } else {
            offset -= slice.length;
        }
    }
    return run;
}

bool isOfOthers(const boot::BootFile& file) {
    const auto* slices = std::get_if<Slices>(&file.content);
    return slices != nullptr && std::ranges::any_of(*slices, [](const boot::FileSlice& slice) {
               return slice.file && slice.file->stamp().has_value();
           });
}

} // namespace rackmuster::net
