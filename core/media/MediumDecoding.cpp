#include "core/media/MediumFormat.h"
#include "core/media/MediumRecord.h"
#include "core/media/TreePath.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace rackmuster::media {

using namespace format;

namespace {

/// Keeps the first failure; from then on everything is zero, empty and soon at its end.
class RecordReader {
public:
    explicit RecordReader(Bytes record) : m_bytes(record) {}

    template <typename T>
    T number(Result<T> (ByteReader::*read)(std::string_view), const char* field) {
        const auto value = (m_bytes.*read)(field);
        if (!value)
            refuse(field);
        return m_bad == nullptr ? *value : T{};
    }
    std::uint8_t u8(const char* field) { return number(&ByteReader::u8, field); }
    std::uint32_t u32(const char* field) { return number(&ByteReader::u32le, field); }
    std::uint64_t u64(const char* field) { return number(&ByteReader::u64le, field); }
    bool flag(const char* field) { return upTo(1, field) == 1; }
    /// A number that has names up to `last`.
    std::uint8_t upTo(std::uint8_t last, const char* field) {
        const std::uint8_t value = u8(field);
        return value <= last ? value : (refuse(field), std::uint8_t{0});
    }
    /// How many things follow, each of `least` bytes at least: so no memory is taken for what cannot be
    /// there.
    std::size_t count(std::size_t most, std::size_t least, const char* field) {
        const std::size_t value = u32(field);
        return value <= most && value <= m_bytes.remaining() / least ? value : (refuse(field), 0);
    }
    std::string text(const char* field) {
        const std::string_view text = bytes(longestText, field);
        if (std::any_of(text.begin(), text.end(), isForbiddenInText))
            refuse(field);
        return std::string(text);
    }
    std::string path(const char* field) {
        const std::string_view path = bytes(IsoLimits{}.pathLength, field);
        if (!path.empty() && !isUsablePath(path))
            refuse(field);
        return std::string(path);
    }
    template <typename T>
    std::vector<T> list(T (*read)(RecordReader&), std::size_t least, const char* field) {
        std::vector<T> items;
        for (std::size_t left = count(longestList, least, field); left > 0 && isGood(); --left)
            items.push_back(read(*this));
        return items;
    }

    void refuse(const char* field) {
        if (m_bad == nullptr)
            m_bad = field;
    }
    [[nodiscard]] bool isGood() const { return m_bad == nullptr; }
    [[nodiscard]] bool atEnd() const { return m_bytes.atEnd(); }
    [[nodiscard]] const char* badField() const { return m_bad; }

private:
    std::string_view bytes(std::size_t most, const char* field) {
        const std::size_t size = number(&ByteReader::u16le, field);
        const auto taken = m_bytes.take(size, field);
        if (!taken || size > most)
            refuse(field);
        return isGood() ? asText(*taken) : std::string_view();
    }

    ByteReader m_bytes;
    const char* m_bad = nullptr;
};

// The least that something needs: its numbers, and two bytes for each empty text.
constexpr std::size_t leastText = 2;
constexpr std::size_t leastError = 1 + 2 * leastText;
constexpr std::size_t leastLoader = 1 + 8 * leastText;
constexpr std::size_t leastEntry = 4 + 3 * leastText;
constexpr std::size_t leastSlice = 1 + 8 + 8;
constexpr std::size_t leastFile = leastText + 4 + leastSlice;

std::string readText(RecordReader& in) {
    return in.text("a text");
}

std::string readPath(RecordReader& in) {
    return in.path("a path");
}

std::string readRepository(RecordReader& in) {
    std::string path = in.text("a repository");
    if (path != "." && !isUsablePath(path))
        in.refuse("a repository");
    return path;
}

Error readError(RecordReader& in) {
    Error error;
    error.code = static_cast<ErrorCode>(in.upTo(static_cast<std::uint8_t>(ErrorCode::System), "an error"));
    error.subject = in.text("an error");
    error.detail = in.text("an error");
    return error;
}

Loader readLoader(RecordReader& in) {
    Loader loader;
    loader.firmware = in.text("a loader");
    loader.path = in.path("a loader");
    loader.grubPath = in.path("a loader");
    loader.source = in.text("a loader");
    loader.isSecureBoot = in.flag("a loader");
    loader.sbat = in.text("a loader");
    loader.signer = in.text("a loader");
    loader.grubSbat = in.text("a loader");
    loader.linuxCommand = in.text("a loader");
    return loader;
}

boot::MenuEntry readEntry(RecordReader& in) {
    boot::MenuEntry entry;
    entry.title = in.text("a menu entry");
    entry.kernelPath = in.path("a menu entry");
    entry.initrdPaths = in.list(&readPath, leastText, "a menu entry");
    entry.arguments = in.text("a menu entry");
    return entry;
}

Distribution readDistribution(RecordReader& in) {
    constexpr auto last = static_cast<std::uint8_t>(boot::InstallerFamily::Suse);
    Distribution distribution;
    distribution.family = static_cast<boot::InstallerFamily>(in.upTo(last, "the family"));
    distribution.name = in.text("the distribution");
    distribution.version = in.text("the distribution");
    distribution.arch = in.text("the distribution");
    distribution.suite = in.text("the distribution");
    return distribution;
}

MediaReport readReport(RecordReader& in) {
    MediaReport report;
    report.volumeId = in.text("the volume");
    report.distribution = readDistribution(in);
    report.kernelPath = in.path("the kernel");
    report.initrdPath = in.path("the initrd");
    report.loaders = in.list(&readLoader, leastLoader, "the loaders");
    report.repositories = in.list(&readRepository, leastText, "the repositories");
    report.entries = in.list(&readEntry, leastEntry, "the menu");
    report.notes = in.list(&readError, leastError, "the notes");
    return report;
}

/// A file that slices may lie in, and how long it is.
struct Place {
    std::shared_ptr<const FileDescriptor> file;
    std::uint64_t size = 0;
};

struct Places {
    Place image, kept;
};

boot::FileSlice readSlice(RecordReader& in, const Places& places) {
    const Place& place = in.upTo(OfKept, "a slice") == OfImage ? places.image : places.kept;
    const std::uint64_t offset = in.u64("a slice");
    const std::uint64_t length = in.u64("a slice");
    if (place.file == nullptr || offset > place.size || length > place.size - offset)
        in.refuse("a slice");
    return {place.file, offset, length};
}

IsoFiles readFiles(RecordReader& in, const Places& places) {
    IsoFiles files;
    std::size_t slicesLeft = mostSlices;
    const std::size_t count = in.count(mostFiles, leastFile, "the files");
    files.reserve(count);
    for (std::size_t i = 0; i < count && in.isGood(); ++i) {
        std::string path = in.path("a file");
        std::vector<boot::FileSlice> slices(in.count(slicesLeft, leastSlice, "a file"));
        slicesLeft -= slices.size();
        for (boot::FileSlice& slice : slices)
            slice = readSlice(in, places);
        if (path.empty() || slices.empty() || !files.try_emplace(std::move(path), std::move(slices)).second)
            in.refuse("a file");
    }
    return files;
}

IsoImage::Contents readImage(RecordReader& in, const Places& places) {
    IsoImage::Contents contents;
    contents.file = places.image.file;
    contents.volumeId = in.text("the volume");
    contents.size = places.image.size;
    contents.isUdfUnread = in.flag("the volume");
    contents.skipped = in.list(&readText, leastText, "the skipped entries");
    contents.files = readFiles(in, places);
    return contents;
}

Result<Place> placeOf(std::shared_ptr<const FileDescriptor> file) {
    if (file == nullptr)
        return Place();
    return file->size().map([&](std::uint64_t size) { return Place{std::move(file), size}; });
}

Result<Medium> readRest(RecordReader& in, const std::string& name, const Places& places) {
    if (in.upTo(Read, "the outcome") == Failed) {
        Error error = readError(in);
        if (!in.atEnd())
            in.refuse("the end");
        return tl::unexpected(std::move(error));
    }
    if (in.u64("the size") != places.image.size && in.isGood())
        return fail(ErrorCode::FileChanged, name);
    MediaReport report = readReport(in);
    report.file = name;
    report.size = places.image.size;
    IsoImage::Contents contents = readImage(in, places);
    for (const std::string& path : {report.kernelPath, report.initrdPath}) {
        if (!path.empty() && !contents.files.contains(path))
            in.refuse("the installer");
    }
    if (!in.atEnd())
        in.refuse("the end");
    return Medium{IsoImage(std::move(contents)), std::move(report)};
}

} // namespace

Result<Medium> decodeMedium(Bytes record, const std::string& name, std::shared_ptr<const FileDescriptor> file,
                            std::shared_ptr<const FileDescriptor> kept) {
    auto image = placeOf(std::move(file));
    auto memory = placeOf(std::move(kept));
    if (!image || !memory)
        return tl::unexpected(image ? memory.error() : image.error());
    RecordReader in(record);
    const std::uint32_t mark = in.u32("its beginning");
    const std::uint16_t theirs = in.number(&ByteReader::u16le, "its version");
    if (in.isGood() && (mark != magic || theirs != version))
        return fail(ErrorCode::ReaderUnusable, "rackmuster-reader", "it is of another version");
    auto medium = readRest(in, name, {std::move(*image), std::move(*memory)});
    if (!in.isGood())
        return fail(ErrorCode::ReaderFailed, name,
                    std::string("its answer is not valid at ") + in.badField());
    return medium;
}

} // namespace rackmuster::media
