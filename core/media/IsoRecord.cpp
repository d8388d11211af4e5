#include "core/media/IsoRecord.h"

#include "core/media/IsoVolume.h"

#include <QString>

#include <algorithm>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t fixedPart = 33; // bytes before the identifier

/// As a mount shows it. Only digits are a version: a name without one may have a semicolon of its own.
std::string_view withoutVersion(std::string_view name) {
    const std::size_t semicolon = name.find_last_not_of("0123456789");
    if (semicolon != std::string_view::npos && name[semicolon] == ';' && semicolon + 1 < name.size())
        name = name.substr(0, semicolon);
    if (name.ends_with('.'))
        name.remove_suffix(1);
    return name;
}

} // namespace

Result<IsoRecord> parseIsoRecord(Bytes bytes) {
    ByteReader reader(bytes);
    IsoRecord record;
    const auto length = reader.u8("a directory record");
    const auto attributes = reader.u8("a directory record");
    const auto block = reader.u32le("a directory record");
    const auto skipped = reader.skip(4, "a directory record"); // the same number, big end first
    const auto size = reader.u32le("a directory record");
    const auto skippedToo = reader.skip(4 + 7, "a directory record"); // big end, date
    const auto flags = reader.u8("a directory record");
    const auto unit = reader.u8("a directory record");
    const auto gap = reader.u8("a directory record");
    const auto volume = reader.skip(4, "a directory record");
    const auto nameLength = reader.u8("a directory record");
    if (!length || !attributes || !block || !skipped || !size || !skippedToo || !flags || !unit || !gap ||
        !volume || !nameLength)
        return fail(ErrorCode::Truncated, "a directory record");
    const auto name = reader.take(*nameLength, "a directory record");
    if (!name)
        return tl::unexpected(name.error());
    if (*nameLength == 0)
        return fail(ErrorCode::Malformed, "A directory record", "it has no name");
    record.block = std::uint64_t{*block} + *attributes;
    record.size = *size;
    record.flags = *flags;
    record.isInterleaved = *unit != 0 || *gap != 0;
    record.identifier = asText(*name);
    // An even name is followed by a pad byte, so that the system use area is aligned.
    if (*nameLength % 2 == 0 && reader.remaining() > 0)
        (void)reader.skip(1, "padding");
    record.systemUse = reader.rest();
    return record;
}

Result<Bytes> nextIsoRecord(Bytes directory, std::size_t& position) {
    while (position < directory.size()) {
        const std::size_t sectorEnd =
            std::min<std::size_t>((position / isoSectorSize + 1) * isoSectorSize, directory.size());
        ByteReader reader(directory);
        const auto length = reader.seek(position, "a directory record").and_then([&] {
            return reader.u8("a directory record");
        });
        if (!length)
            return tl::unexpected(length.error());
        if (*length == 0) {
            position = sectorEnd;
            continue;
        }
        if (*length <= fixedPart || position + *length > sectorEnd)
            return fail(ErrorCode::Malformed, "A directory record", "it does not fit its sector");
        return reader.seek(std::exchange(position, position + *length), "a directory record").and_then([&] {
            return reader.take(*length, "a directory record");
        });
    }
    return Bytes();
}

std::string plainIsoName(std::string_view identifier) {
    std::string name(withoutVersion(identifier));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::string enhancedName(std::string_view identifier) {
    return std::string(withoutVersion(identifier));
}

std::string jolietName(std::string_view identifier) {
    QString name;
    ByteReader reader(asBytes(identifier));
    while (const auto unit = reader.u16be("a Joliet name"))
        name += QChar(*unit);
    return std::string(withoutVersion(name.toStdString()));
}

} // namespace rackmuster::media
