#include "core/media/PeImage.h"

#include <algorithm>

namespace rackmuster::media {

namespace {

constexpr std::string_view field = "UEFI program";
constexpr std::size_t headerPointerAt = 0x3C;
constexpr std::size_t coffHeaderSize = 20; // bytes, behind "PE\0\0"
constexpr std::size_t maxSections = 96;    // what Windows loads
constexpr std::size_t maxSignatures = 16;
constexpr std::uint16_t pkcs7Signature = 2; // WIN_CERT_TYPE_PKCS_SIGNED_DATA

struct Headers {
    std::uint16_t machine = 0;
    std::uint16_t sectionCount = 0;
    std::size_t optionalAt = 0;
    std::uint16_t optionalSize = 0;
};

/// The `count` bytes at `offset` of the file; empty when they are not all there.
Bytes partOf(Bytes bytes, std::uint32_t offset, std::uint32_t count) {
    return offset <= bytes.size() && count <= bytes.size() - offset ? bytes.subspan(offset, count) : Bytes();
}

Result<Headers> readHeaders(Bytes bytes) {
    ByteReader reader(bytes);
    const auto mark = reader.take(2, field);
    if (!mark)
        return tl::unexpected(mark.error());
    if (asText(*mark) != "MZ")
        return fail(ErrorCode::Malformed, std::string(field), "it does not begin with MZ");
    const auto at = reader.seek(headerPointerAt, field).and_then([&] { return reader.u32le(field); });
    const auto magic = at ? reader.seek(*at, field).and_then([&] { return reader.take(4, field); })
                          : tl::unexpected(at.error());
    if (!magic)
        return tl::unexpected(magic.error());
    if (asText(*magic) != std::string_view("PE\0\0", 4))
        return fail(ErrorCode::Malformed, std::string(field), "it has no PE header");
    Headers out;
    const auto machine = reader.u16le(field);
    const auto sections = reader.u16le(field);
    const auto size = reader.skip(12, field).and_then([&] { return reader.u16le(field); });
    if (!machine || !sections || !size)
        return fail(ErrorCode::Truncated, std::string(field));
    out.machine = *machine;
    out.sectionCount = *sections;
    out.optionalAt = *at + 4 + coffHeaderSize;
    out.optionalSize = *size;
    return out;
}

/// Entry 4 of the data directories, which holds an offset in the file and a size.
Bytes certificateTable(Bytes bytes, const Headers& headers) {
    ByteReader reader(bytes);
    const auto magic = reader.seek(headers.optionalAt, field).and_then([&] { return reader.u16le(field); });
    if (!magic || (*magic != 0x10B && *magic != 0x20B))
        return {};
    const std::size_t countAt = headers.optionalAt + (*magic == 0x20B ? 108 : 92);
    const auto count = reader.seek(countAt, field).and_then([&] { return reader.u32le(field); });
    const auto offset = reader.skip(4 * std::size_t{8}, field).and_then([&] { return reader.u32le(field); });
    const auto size = reader.u32le(field);
    return count && *count > 4 && offset && size ? partOf(bytes, *offset, *size) : Bytes();
}

std::vector<Bytes> signaturesIn(Bytes table) {
    std::vector<Bytes> out;
    ByteReader reader(table);
    while (out.size() < maxSignatures) {
        const auto length = reader.u32le(field);
        const auto revision = reader.u16le(field);
        const auto type = reader.u16le(field);
        if (!length || !revision || !type || *length < 8)
            break;
        const auto body = reader.take(*length - 8, field);
        if (!body)
            break;
        if (*type == pkcs7Signature)
            out.push_back(*body);
        if (!reader.skip((8 - *length % 8) % 8, field)) // entries begin at multiples of eight
            break;
    }
    return out;
}

std::vector<PeSection> sectionsOf(Bytes bytes, const Headers& headers) {
    std::vector<PeSection> out;
    ByteReader reader(bytes);
    if (!reader.seek(headers.optionalAt + headers.optionalSize, field))
        return out;
    for (std::size_t i = 0; i < std::min<std::size_t>(headers.sectionCount, maxSections); ++i) {
        const auto name = reader.take(8, field);
        const auto size = reader.u32le(field);
        const auto address = reader.u32le(field);
        const auto rawSize = reader.u32le(field);
        const auto rawAt = reader.u32le(field);
        if (!name || !size || !address || !rawSize || !rawAt || !reader.skip(16, field))
            break;
        const std::string_view text = asText(*name);
        const Bytes raw = partOf(bytes, *rawAt, *rawSize);
        // The size in memory is the true one where the file pads; some linkers leave it 0.
        const std::size_t filled = *size == 0 ? raw.size() : std::min<std::size_t>(*size, raw.size());
        out.push_back({std::string(text.substr(0, text.find('\0'))), raw.first(filled)});
    }
    return out;
}

} // namespace

const PeSection* PeImage::section(std::string_view name) const {
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [name](const PeSection& one) { return one.name == name; });
    return found == sections.end() ? nullptr : &*found;
}

Result<PeImage> parsePe(Bytes bytes) {
    const auto headers = readHeaders(bytes);
    if (!headers)
        return tl::unexpected(headers.error());
    PeImage out;
    out.machine = headers->machine;
    out.sections = sectionsOf(bytes, *headers);
    out.signatures = signaturesIn(certificateTable(bytes, *headers));
    return out;
}

} // namespace rackmuster::media
