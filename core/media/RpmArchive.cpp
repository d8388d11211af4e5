#include "core/media/RpmArchive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t largestPackage = 1U << 30U; // bytes, unpacked: of a bomb no more is looked at

/// Gives libarchive the package's bytes, block by block.
struct PackageReader {
    const std::vector<boot::FileSlice>& slices;
    std::size_t slice = 0;
    std::uint64_t position = 0; // in the slice
    std::array<std::uint8_t, 64U << 10U> block{};

    static la_ssize_t read(archive* /*archive*/, void* data, const void** bytes) {
        auto& self = *static_cast<PackageReader*>(data);
        while (self.slice < self.slices.size() && self.position == self.slices[self.slice].length) {
            ++self.slice;
            self.position = 0;
        }
        if (self.slice == self.slices.size())
            return 0;
        const boot::FileSlice& from = self.slices[self.slice];
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(self.block.size(), from.length - self.position));
        if (!from.file->readExactly(from.offset + self.position, std::span(self.block).first(count)))
            return -1;
        self.position += count;
        *bytes = self.block.data();
        return static_cast<la_ssize_t>(count);
    }
};

struct Free {
    void operator()(archive* opened) const { archive_read_free(opened); }
};

tl::unexpected<Error> broken(const char* why) {
    return fail(ErrorCode::BrokenIso, "A package of the image",
                why == nullptr ? "it cannot be unpacked" : why);
}

Result<std::string> readMember(archive& from, std::uint64_t limit) {
    std::string out;
    std::array<char, 64U << 10U> block{};
    for (;;) {
        const la_ssize_t count = archive_read_data(&from, block.data(), block.size());
        if (count < 0)
            return broken(archive_error_string(&from));
        if (count == 0)
            return out;
        if (out.size() + static_cast<std::size_t>(count) > limit)
            return fail(ErrorCode::NotAllowed, "Unpacking a package of the image",
                        "a file in it is larger than " + std::to_string(limit) + " bytes");
        out.append(block.data(), static_cast<std::size_t>(count));
    }
}

} // namespace

Result<std::vector<RpmMember>> readRpm(const std::vector<boot::FileSlice>& package,
                                       const std::function<bool(std::string_view path)>& wants,
                                       std::uint64_t limit) {
    const std::unique_ptr<archive, Free> opened(archive_read_new());
    if (!opened)
        return broken(nullptr);
    // Only what a package is made of: every other format would be another decoder in reach of hostile bytes.
    for (const auto support :
         {archive_read_support_filter_rpm, archive_read_support_filter_gzip, archive_read_support_filter_xz,
          archive_read_support_filter_lzma, archive_read_support_filter_bzip2,
          archive_read_support_filter_zstd, archive_read_support_format_cpio})
        (void)support(opened.get()); // a filter that this libarchive lacks shows when a package needs it
    PackageReader reader{package};
    if (archive_read_open(opened.get(), &reader, nullptr, &PackageReader::read, nullptr) != ARCHIVE_OK)
        return broken(archive_error_string(opened.get()));
    std::vector<RpmMember> out;
    std::uint64_t unpacked = 0;
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(opened.get(), &entry);
        if (status == ARCHIVE_EOF)
            return out;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return broken(archive_error_string(opened.get()));
        unpacked += static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
        if (unpacked > largestPackage) // passing over a file unpacks it too
            return fail(ErrorCode::NotAllowed, "Unpacking a package of the image", "it is too large");
        const char* const path = archive_entry_pathname(entry);
        if (path == nullptr || archive_entry_filetype(entry) != AE_IFREG || !wants(path))
            continue;
        auto bytes = readMember(*opened, limit);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (!bytes->empty()) // a second name of a file that the package has elsewhere
            out.push_back({path, std::move(*bytes)});
    }
}

} // namespace rackmuster::media
