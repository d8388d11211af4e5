#include "core/base/ByteWriter.h"
#include "core/media/MediumFormat.h"
#include "core/media/MediumRecord.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace rackmuster::media {

using namespace format;

namespace {

class RecordWriter {
public:
    explicit RecordWriter(const RecordSink& sink) : m_sink(sink) {}

    ByteWriter& numbers() {
        if (m_buffer.size() > (64U << 10U))
            flush();
        return m_buffer;
    }
    void text(std::string_view text);
    void path(std::string_view path) { bytes(path); }
    /// `write` for each item.
    template <typename T>
    void list(const std::vector<T>& items, void (*write)(RecordWriter&, const T&)) {
        const std::size_t count = std::min(items.size(), longestList);
        numbers().u32le(static_cast<std::uint32_t>(count));
        for (std::size_t i = 0; i < count; ++i)
            write(*this, items[i]);
    }
    Result<void> finish() {
        flush();
        return m_result;
    }

private:
    void bytes(std::string_view text);
    void flush();

    const RecordSink& m_sink;
    ByteWriter m_buffer;
    Result<void> m_result;
};

void RecordWriter::bytes(std::string_view text) {
    numbers().u16le(static_cast<std::uint16_t>(text.size())); // no path and no cut text is longer
    m_buffer.text(text);
}

void RecordWriter::text(std::string_view text) {
    std::size_t count = std::min(text.size(), longestText);
    while (count < text.size() && count > 0 && (static_cast<unsigned char>(text[count]) & 0xC0U) == 0x80)
        --count; // not in the middle of a character
    std::string clean(text.substr(0, count));
    std::replace_if(clean.begin(), clean.end(), isForbiddenInText, '?');
    bytes(clean);
}

void RecordWriter::flush() {
    if (m_result)
        m_result = m_sink(m_buffer.view());
    m_buffer = {};
}

// A structured binding names every member: one that is added is not forgotten here.

void writeText(RecordWriter& out, const std::string& text) {
    out.text(text);
}

void writePath(RecordWriter& out, const std::string& path) {
    out.path(path);
}

void writeError(RecordWriter& out, const Error& error) {
    const auto& [code, subject, detail] = error;
    out.numbers().u8(static_cast<std::uint8_t>(code));
    out.text(subject);
    out.text(detail);
}

void writeLoader(RecordWriter& out, const Loader& loader) {
    const auto& [firmware, path, grubPath, source, isSecureBoot, sbat, signer, grubSbat, linuxCommand] =
        loader;
    out.text(firmware);
    out.path(path);
    out.path(grubPath);
    out.text(source);
    out.numbers().u8(isSecureBoot ? 1 : 0);
    out.text(sbat);
    out.text(signer);
    out.text(grubSbat);
    out.text(linuxCommand);
}

void writeEntry(RecordWriter& out, const boot::MenuEntry& entry) {
    const auto& [title, kernelPath, initrdPaths, arguments] = entry;
    out.text(title);
    out.path(kernelPath);
    out.list(initrdPaths, &writePath);
    out.text(arguments);
}

void writeDistribution(RecordWriter& out, const Distribution& distribution) {
    const auto& [family, name, release, arch, suite] = distribution;
    out.numbers().u8(static_cast<std::uint8_t>(family));
    out.text(name);
    out.text(release);
    out.text(arch);
    out.text(suite);
}

void writeReport(RecordWriter& out, const MediaReport& report) {
    // The console knows the file's name, and its size is the image's.
    const auto& [file, volumeId, size, distribution, kernelPath, initrdPath, loaders, repositories, entries,
                 notes] = report;
    out.text(volumeId);
    writeDistribution(out, distribution);
    out.path(kernelPath);
    out.path(initrdPath);
    out.list(loaders, &writeLoader);
    out.list(repositories, &writePath);
    out.list(entries, &writeEntry);
    out.list(notes, &writeError);
}

void writeFiles(RecordWriter& out, const IsoImage& image) {
    out.numbers().u32le(static_cast<std::uint32_t>(image.files().size()));
    for (const auto& [path, slices] : image.files()) {
        out.path(path);
        out.numbers().u32le(static_cast<std::uint32_t>(slices.size()));
        for (const boot::FileSlice& slice : slices) {
            ByteWriter& numbers = out.numbers();
            numbers.u8(slice.file == image.file() ? OfImage : OfKept);
            numbers.u64le(slice.offset);
            numbers.u64le(slice.length);
        }
    }
}

} // namespace

Result<void> encodeMedium(const Result<Medium>& medium, const RecordSink& sink) {
    RecordWriter out(sink);
    out.numbers().u32le(magic);
    out.numbers().u16le(version);
    out.numbers().u8(medium ? Read : Failed);
    if (!medium) {
        writeError(out, medium.error());
        return out.finish();
    }
    const IsoImage& image = medium->image;
    out.numbers().u64le(image.size());
    writeReport(out, medium->report);
    out.text(image.volumeId());
    out.numbers().u8(image.isUdfUnread() ? 1 : 0);
    out.list(image.skipped(), &writeText);
    writeFiles(out, image);
    return out.finish();
}

} // namespace rackmuster::media
