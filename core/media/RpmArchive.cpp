#include "core/media/RpmArchive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace rackmuster::media {

namespace {

/// Gives libarchive the package's bytes, block by block. Small blocks: each may unpack to a thousand times
/// its size.
struct PackageReader {
    const std::vector<boot::FileSlice>& slices;
    std::size_t slice = 0;
    std::uint64_t position = 0; // in the slice
    std::array<std::uint8_t, 16U << 10U> block{};

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

tl::unexpected<Error> broken(archive* opened) {
    const char* const why = opened == nullptr ? nullptr : archive_error_string(opened);
    return fail(ErrorCode::BrokenIso, "A package of the image",
                why == nullptr ? "it cannot be unpacked" : why);
}

} // namespace

Result<std::vector<RpmMember>> readRpm(const std::vector<boot::FileSlice>& package,
                                       const std::function<bool(std::string_view path)>& wants,
                                       const CpioLimits& limits) {
    const std::unique_ptr<archive, Free> opened(archive_read_new());
    if (!opened)
        return broken(nullptr);
    // Only what a package is made of: every other format would be another decoder in reach of hostile bytes.
    for (const auto support :
         {archive_read_support_filter_rpm, archive_read_support_filter_gzip, archive_read_support_filter_xz,
          archive_read_support_filter_lzma, archive_read_support_filter_bzip2,
          archive_read_support_filter_zstd, archive_read_support_format_raw})
        (void)support(opened.get()); // a filter that this libarchive lacks shows when a package needs it
    PackageReader reader{package};
    archive_entry* entry = nullptr; // the payload, as one file
    if (archive_read_open(opened.get(), &reader, nullptr, &PackageReader::read, nullptr) != ARCHIVE_OK ||
        archive_read_next_header(opened.get(), &entry) != ARCHIVE_OK)
        return broken(opened.get());
    const ByteSource payload = [&](std::span<std::uint8_t> into) -> Result<std::size_t> {
        const la_ssize_t count = archive_read_data(opened.get(), into.data(), into.size());
        if (count < 0)
            return broken(opened.get());
        return static_cast<std::size_t>(count);
    };
    return readCpio(payload, wants, limits);
}

} // namespace rackmuster::media
